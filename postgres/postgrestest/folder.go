package postgrestest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folder is where the processes that share a private server meet:
//
//	users    a lock, shared by everybody who uses the server, for as long as their process lives
//	start    a lock of the one who looks whether there is a server, and starts it
//	address  of the server, while it runs
//	log      of the supervisor
//	server/  the server's own
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

// privateFolder belongs to this user and checkout, so neither another user's files nor another
// branch's server settings come in between.
func privateFolder() (folder, error) {
	sum := sha256.Sum256([]byte(projectRoot()))
	path := filepath.Join(baseFolder(), fmt.Sprintf("carryover-test-%d-%s", os.Geteuid(), hex.EncodeToString(sum[:4])))
	if err := os.Mkdir(path, 0o711); err != nil && !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("make the folder of the test server: %w", err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return "", fmt.Errorf("look at the folder of the test server: %w", err)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(stat.Uid) != os.Geteuid() {
		return "", fmt.Errorf("%q is not a folder of this user: remove it", path)
	}
	if err := os.Chmod(path, 0o711); err != nil { // whatever the umask: the server's user passes through
		return "", fmt.Errorf("open the folder of the test server: %w", err)
	}
	return folder(path), nil
}

// memory is a file system in memory on Linux. A database is a few hundred files: it is copied there in
// 20 ms, and on a busy disk in 300. Containers often have one of 64 MB only, which is too little.
const (
	memory       = "/dev/shm"
	memoryEnough = 2 << 30
)

// baseFolder depends on nothing that changes during a run, so all processes find the same.
func baseFolder() string {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(memory, &stat); err == nil && stat.Blocks*uint64(stat.Bsize) >= memoryEnough {
		if info, err := os.Stat(memory); err == nil && info.Mode().Perm() == 0o777 {
			return memory
		}
	}
	return os.TempDir()
}

// projectRoot is the folder of go.mod: tests run in their package's folder.
func projectRoot() string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	for dir := here; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return here
		}
	}
}

// lock waits until it has the lock; closing the file lets go of it.
func (f folder) lock(name string, how int) (*os.File, error) {
	file, err := os.OpenFile(f.path(name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock %q of the test server: %w", name, err)
	}
	if err := flock(file, how); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %q of the test server: %w", name, err), file.Close())
	}
	return file, nil
}

func flock(file *os.File, how int) error {
	for {
		err := syscall.Flock(int(file.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
