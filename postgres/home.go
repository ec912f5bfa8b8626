package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	// socketName is the file that PostgreSQL makes in its socket folder; a port follows it.
	socketName = ".s.PGSQL."
	// socketPathMax is what sun_path of unix(7) holds, without the closing zero.
	socketPathMax = 107
)

// home is the folder of one server:
//
//	data/       the cluster, the server's own
//	run/        the unix socket, if its path is not too long for one
//	server.log  what the server said since its last start
//	lock        held for as long as a process has the server; its content is that process's id
type home struct {
	dir, data, run, log string
	lock                *os.File
}

// openHome makes the folder and takes its lock. A folder that the server's user cannot enter (a home
// directory of root is 0700) is replaced by one under /var/tmp that is always the same for it, so the data are kept.
func openHome(dir string, as account, log *slog.Logger) (*home, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder of the database: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	if !as.reaches(dir) {
		instead := filepath.Join("/var/tmp", "carryover-"+shortHash(dir))
		if err := privateFolder(instead, 0o711, os.Geteuid()); err != nil {
			return nil, err
		}
		log.Warn("the server's user cannot enter the folder of the database, another one is used", "folder", dir, "user", as.name, "instead", instead)
		dir = instead
	}
	h := &home{dir: dir, data: filepath.Join(dir, "data"), run: filepath.Join(dir, "run"), log: filepath.Join(dir, "server.log")}
	if err := h.takeLock(); err != nil {
		return nil, err
	}
	if err := h.makeRun(as); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

// takeLock holds the folder until close, or until this process ends in whatever way: the system
// lets go of the lock then, so a killed run leaves nothing behind that would stop the next.
func (h *home) takeLock() error {
	file, err := os.OpenFile(filepath.Join(h.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the lock of the database folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(file) // an unreadable id makes the sentence poorer, not wrong
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return fmt.Errorf("%w: the server in %q belongs to process %q: stop that one or choose another folder", ErrInUse, h.dir, holder)
		}
		return fmt.Errorf("lock the database folder %q: %w", h.dir, err)
	}
	h.lock = file
	if err := file.Truncate(0); err != nil {
		return errors.Join(fmt.Errorf("write the lock of the database folder: %w", err), h.close())
	}
	if _, err := fmt.Fprintf(file, "%d", os.Getpid()); err != nil {
		return errors.Join(fmt.Errorf("write the lock of the database folder: %w", err), h.close())
	}
	return nil
}

// makeRun chooses the socket's folder: only the server's user and root may enter it, which is what
// stands in for a password there.
func (h *home) makeRun(as account) error {
	if len(filepath.Join(h.run, socketName+"65535")) > socketPathMax {
		h.run = filepath.Join("/tmp", "carryover-"+shortHash(h.dir))
	}
	if err := privateFolder(h.run, 0o700, os.Geteuid(), int(as.uid)); err != nil {
		return err
	}
	return as.give(h.run)
}

func (h *home) close() error { return h.lock.Close() }

// logTail is the end of what the server said, on one line, to tell why it did not come up.
func (h *home) logTail() string {
	text, err := os.ReadFile(h.log)
	if err != nil {
		return "its log cannot be read: " + err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-4):], " | ")
}

// privateFolder makes a folder, or takes one that is there and belongs to one of owners. A stranger's
// folder or a link of that name in a place open to all is refused.
func privateFolder(path string, mode os.FileMode, owners ...int) error {
	if err := os.Mkdir(path, mode); err == nil {
		return os.Chmod(path, mode)
	} else if !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("make a folder for the server: %w", err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("look at the server's folder: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	for _, uid := range owners {
		if ok && info.IsDir() && stat.Uid == uint32(uid) {
			return os.Chmod(path, mode)
		}
	}
	return fmt.Errorf("%q is not a folder of ours (users %v): remove it", path, owners)
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
