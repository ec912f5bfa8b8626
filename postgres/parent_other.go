//go:build !linux

package postgres

import (
	"errors"
	"syscall"
)

// dieWithParent can do nothing here: a server whose owner was killed runs on, and the next start
// reports it by PostgreSQL's own message about postmaster.pid.
func dieWithParent(*syscall.SysProcAttr) {}

func workingDir(int) (string, error) {
	return "", errors.New("the working directory of another process is known on Linux only")
}
