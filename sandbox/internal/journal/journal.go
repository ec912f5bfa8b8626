// Package journal keeps the state of a stand-in in one append-only file of
// JSON lines.
//
// It owns the file: its lock, its torn last line, its compaction. It does not
// own what the entries mean; a stand-in reads them back once, at opening, and
// keeps its state in memory from then on.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
)

// Entry is one fact: the latest value of one key of one kind. A nil Value
// says that the key is gone.
type Entry struct {
	Kind  string          `json:"k"`
	Key   string          `json:"id"`
	Value json.RawMessage `json:"v,omitempty"`
}

// Put makes an entry whose value is v as JSON.
func Put(kind, key string, v any) (Entry, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return Entry{}, fmt.Errorf("encode %s %q: %w", kind, key, err)
	}
	return Entry{Kind: kind, Key: key, Value: raw}, nil
}

// Delete makes an entry that forgets a key.
func Delete(kind, key string) Entry { return Entry{Kind: kind, Key: key} }

// Journal appends to the file. A nil *Journal is valid and keeps nothing.
type Journal struct {
	mu   sync.Mutex
	file *os.File
}

// Open reads path, creating it if need be, and returns what is still true:
// the last value of every key, in the order in which the keys first appeared.
// The file is rewritten to hold just that. A last line cut short by a kill is
// dropped, because its writer never answered; damage anywhere else is an
// error. A file that another process holds is refused. An empty path keeps
// nothing and returns a nil Journal.
func Open(path string) (*Journal, []Entry, error) {
	if path == "" {
		return nil, nil, nil
	}
	lock, err := open(path)
	if err != nil {
		return nil, nil, err
	}
	// The lock on the old file is held until the compacted one is locked, so
	// that a second process cannot slip in between.
	defer func() { _ = lock.Close() }()
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read journal %q: %w", path, err)
	}
	live, err := replay(raw)
	if err != nil {
		return nil, nil, fmt.Errorf("read journal %q: %w", path, err)
	}
	j, err := compact(path, live)
	if err != nil {
		return nil, nil, fmt.Errorf("compact journal %q: %w", path, err)
	}
	return j, live, nil
}

func open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock journal %q, which one process at a time may hold: %w", path, err)
	}
	if !current(f, path) {
		_ = f.Close()
		return nil, fmt.Errorf("lock journal %q: another process just replaced it", path)
	}
	return f, nil
}

// current tells whether path still names the open file: a compaction that
// ended between opening and locking leaves us with the lock of a dead file.
func current(f *os.File, path string) bool {
	ours, errOurs := f.Stat()
	theirs, errTheirs := os.Stat(path)
	return errOurs == nil && errTheirs == nil && os.SameFile(ours, theirs)
}

func compact(path string, live []Entry) (*Journal, error) {
	next := path + ".next"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	f, err := open(next)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: f}
	for _, entry := range live {
		if err := j.Append(entry); err != nil {
			_ = f.Close()
			return nil, err
		}
	}
	if err := errors.Join(f.Sync(), os.Rename(next, path)); err != nil {
		_ = f.Close()
		return nil, err
	}
	return j, nil
}

// Append writes the entries as one line, so that after a kill either all of
// them are there or none. It returns once the kernel has the line: that
// survives the end of the process, not of the machine.
func (j *Journal) Append(entries ...Entry) error {
	if j == nil || len(entries) == 0 {
		return nil
	}
	line, err := json.Marshal(entries)
	if err != nil {
		return fmt.Errorf("encode journal line: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	return nil
}

// Close gives up the file and its lock; appending afterwards is an error.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.file.Close()
}

func replay(raw []byte) ([]Entry, error) {
	at := map[[2]string]int{}
	var all []Entry
	for n := 1; ; n++ {
		line, rest, whole := bytes.Cut(raw, []byte{'\n'})
		if !whole {
			break // torn by a kill: nobody was ever answered on its strength
		}
		raw = rest
		var entries []Entry
		if err := json.Unmarshal(line, &entries); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		for _, entry := range entries {
			key := [2]string{entry.Kind, entry.Key}
			if i, seen := at[key]; seen {
				all[i].Value = entry.Value
				continue
			}
			at[key] = len(all)
			all = append(all, entry)
		}
	}
	live := all[:0]
	for _, entry := range all {
		if entry.Value != nil {
			live = append(live, entry)
		}
	}
	return live, nil
}
