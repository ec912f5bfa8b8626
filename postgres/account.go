package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the operating system's user that the server runs as. PostgreSQL refuses to run as root,
// so a root process drops to a user of its own for initdb and the server.
type account struct {
	name     string
	uid, gid uint32
	dropped  bool
}

// serverAccount is the caller itself, or for root the first of "postgres" and "nobody" that exists.
func serverAccount() (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{name: strconv.Itoa(uid), uid: uint32(uid), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return droppedTo(u)
		}
	}
	return account{}, errors.New(`PostgreSQL does not run as root, and neither of the users "postgres" and "nobody" exists to run it as`)
}

func droppedTo(u *user.User) (account, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, fmt.Errorf("read the uid of user %q: %w", u.Username, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return account{}, fmt.Errorf("read the gid of user %q: %w", u.Username, err)
	}
	return account{name: u.Username, uid: uint32(uid), gid: uint32(gid), dropped: true}, nil
}

// command runs as the account, in a folder that it can surely enter, and with an environment of its
// own: a PGDATA or PGPORT meant for psql would otherwise change what the server does.
func (a account) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if a.dropped {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return cmd
}

// reaches reports whether the account may enter a folder, or execute a file, and everything above
// it. It reads the permission bits, not access control lists. A caller that drops nothing asks about
// itself, and the system will answer when it tries.
func (a account) reaches(path string) bool {
	if !a.dropped {
		return true
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	for p := real; ; p = filepath.Dir(p) {
		info, err := os.Stat(p)
		if err != nil || !a.mayExecute(info) {
			return false
		}
		if p == filepath.Dir(p) {
			return true
		}
	}
}

func (a account) mayExecute(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case ok && stat.Uid == a.uid:
		return info.Mode()&0o100 != 0
	case ok && stat.Gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

// give makes the account the owner of a folder. Only root needs to, and may.
func (a account) give(path string) error {
	if !a.dropped {
		return nil
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("give the folder %q to user %q: %w", path, a.name, err)
	}
	return nil
}
