package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// superuser is the login of a private server.
const superuser = "postgres"

// prepareCluster leaves a data folder that the server can start on: the one of the last run, or a new one.
func (h *home) prepareCluster(ctx context.Context, bin binaries, as account, fresh bool) error {
	if err := h.endOrphan(ctx); err != nil {
		return err
	}
	if fresh {
		if err := os.RemoveAll(h.data); err != nil {
			return fmt.Errorf("remove the data of an earlier run: %w", err)
		}
	}
	made, err := os.ReadFile(filepath.Join(h.data, "PG_VERSION"))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return h.initialise(ctx, bin, as, fresh)
	case err != nil:
		return fmt.Errorf("read the version of the data folder: %w", err)
	}
	return h.checkVersion(ctx, bin, as, strings.TrimSpace(string(made)))
}

func (h *home) checkVersion(ctx context.Context, bin binaries, as account, made string) error {
	major, err := bin.major(ctx, as)
	if err != nil {
		return err
	}
	if made != major {
		return fmt.Errorf("the data in %q were made by PostgreSQL %s and %q is version %s: "+
			"name the binaries of version %s in %s, or remove the folder", h.data, made, bin, major, made, EnvBinDir)
	}
	return nil
}

// initialise runs initdb beside the final place and renames: a run killed in the middle leaves
// nothing that looks like a cluster.
func (h *home) initialise(ctx context.Context, bin binaries, as account, fresh bool) error {
	draft := h.data + ".new"
	if err := os.RemoveAll(draft); err != nil {
		return fmt.Errorf("remove an unfinished data folder: %w", err)
	}
	if err := privateFolder(draft, 0o700, os.Geteuid()); err != nil {
		return err
	}
	if err := as.give(draft); err != nil {
		return err
	}
	args := []string{"-D", draft, "-U", superuser, "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256"}
	if fresh {
		args = append(args, "--no-sync")
	}
	if out, err := as.command(ctx, bin.initdb(), args...).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb of %q: %w: %s", h.data, err, strings.TrimSpace(string(out)))
	}
	if err := os.Rename(draft, h.data); err != nil {
		return fmt.Errorf("put the new data folder in place: %w", err)
	}
	return nil
}

// endOrphan stops a server that outlived a killed owner, and clears the note of one that did not.
// The lock of the folder is ours by now, so whatever still runs here has no owner.
//
// PostgreSQL clears a stale postmaster.pid by itself, except if another process has got that id
// since; a server's working directory is its data folder, which tells the two apart.
func (h *home) endOrphan(ctx context.Context) error {
	note := filepath.Join(h.data, "postmaster.pid")
	text, err := os.ReadFile(note)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("read the note of an earlier server: %w", err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return os.Remove(note) // cut off while it was being written
	}
	cwd, err := workingDir(pid)
	switch {
	case err != nil: // no such process, or not to be seen: PostgreSQL decides
		return nil //nolint:nilerr // what cannot be seen is no error yet
	case cwd == h.data:
		return h.end(ctx, pid)
	default:
		return os.Remove(note)
	}
}

// end asks for a fast shutdown, and after ten seconds takes an immediate one, as pg_ctl would.
func (h *home) end(ctx context.Context, pid int) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	hurry := time.After(10 * time.Second)
	signal := syscall.SIGINT
	for {
		if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop the server left over in %q (process %d): %w", h.dir, pid, err)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-hurry:
			signal = syscall.SIGQUIT
		case <-ctx.Done():
			return fmt.Errorf("stop the server left over in %q (process %d): %w", h.dir, pid, ctx.Err())
		}
		if cwd, err := workingDir(pid); err != nil || cwd != h.data {
			return nil
		}
	}
}
