package stripefake

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// journal is a file of JSON lines. A line holds everything one request changed,
// its idempotency key included, so a process killed at any moment has either
// all of a request or none of it. It reaches the operating system before the
// answer leaves; it is not synced, so a power cut may lose the last moments.
type journal struct {
	file *os.File
}

// record is one object as it stood after a change.
type record struct {
	Table  string          `json:"t"`
	Row    json.RawMessage `json:"v"`
	Secret json.RawMessage `json:"s,omitempty"`
}

// openJournal brings the store to where the file left it and then rewrites the
// file with the last state of each object only. A last line without an end is
// what a killed process leaves; it is dropped, its request was never answered.
func openJournal(path string, s *store) (*journal, error) {
	if err := replay(path, s); err != nil {
		return nil, err
	}
	if err := compact(path, s); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	return &journal{file}, nil
}

func replay(path string, s *store) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReaderSize(file, 1<<20)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		if err := s.restore(line); err != nil {
			return fmt.Errorf("journal %q line %d: %w", path, n, err)
		}
	}
}

func (s *store) restore(line []byte) error {
	var records []record
	if err := json.Unmarshal(line, &records); err != nil {
		return err
	}
	for _, r := range records {
		shelf, ok := s.shelves[r.Table]
		if !ok {
			return fmt.Errorf("unknown table %q", r.Table)
		}
		if err := shelf.unpack(r); err != nil {
			return err
		}
	}
	return nil
}

func compact(path string, s *store) error {
	next := path + ".next"
	file, err := os.OpenFile(next, os.O_TRUNC|os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("compact journal: %w", err)
	}
	out := bufio.NewWriter(file)
	for name, shelf := range s.shelves {
		for _, id := range shelf.ids() {
			if err := s.append(out, []ref{{name, id}}); err != nil {
				return errors.Join(err, file.Close())
			}
		}
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		return fmt.Errorf("compact journal: %w", err)
	}
	return os.Rename(next, path)
}

// append writes the present state of some rows as one line, in one write.
func (s *store) append(w io.Writer, refs []ref) error {
	records := make([]record, 0, len(refs))
	for _, changed := range refs {
		if _, still := s.shelves[changed.shelf].object(changed.id); !still {
			continue
		}
		r, err := s.shelves[changed.shelf].pack(changed.id)
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	line, err := json.Marshal(records)
	if err != nil {
		return fmt.Errorf("encode journal line: %w", err)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// flush writes what changed since the last flush; without a journal it only
// forgets the marks.
func (s *store) flush(j *journal) error {
	if len(s.dirty) == 0 {
		return nil
	}
	changed := s.dirty
	s.dirty, s.marked = nil, map[ref]bool{}
	if j == nil {
		return nil
	}
	return s.append(j.file, changed)
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}
