package postgres

import (
	"fmt"
	"os"
	"syscall"
)

// dieWithParent has the kernel send SIGINT, PostgreSQL's fast shutdown, when the thread that starts
// the process ends; see PR_SET_PDEATHSIG in prctl(2). That thread must therefore live as long as
// the server is wanted. The setting survives here because Go makes it after the change of user.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }

// workingDir fails for a process that is gone, a zombie, or somebody else's.
func workingDir(pid int) (string, error) { return os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)) }
