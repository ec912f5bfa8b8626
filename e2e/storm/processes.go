package storm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"carryover/postgres"
)

// process is one worker process. gone is closed once it has ended, whoever ended it.
type process struct {
	cmd  *exec.Cmd
	gone chan struct{}
}

// startProcess starts this very program again, as a worker.
func (r *run) startProcess() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	role := "worker"
	if r.Naive {
		role = "naive"
	}
	p := &process{exec.Command(self), make(chan struct{})} //nolint:noctx // its end is the storm's to choose
	p.cmd.Env = append(append(os.Environ(), r.env...), roleVariable+"="+role)
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return fmt.Errorf("start a worker process: %w", err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.gone)
	}()
	r.processes = append(r.processes, p)
	return nil
}

// revive starts a process anew that ended by itself, as whatever looks after one does: who starts while PostgreSQL restarts gives up.
func (r *run) revive() error {
	for i := len(r.processes) - 1; i >= 0; i-- {
		select {
		case <-r.processes[i].gone:
			r.processes = append(r.processes[:i], r.processes[i+1:]...)
			if err := r.startProcess(); err != nil {
				return err
			}
		default:
		}
	}
	return nil
}

// kill ends it as a power cut would.
func (p *process) kill() error {
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.gone
	return nil
}

// stop ends it in the ordinary way, and waits for that.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.gone
	return nil
}

// rage hurts the processes in a random order at random moments, each time another one in place of the one that went.
func (r *run) rage(ctx context.Context) error {
	blows := make([]string, 0, r.Kills+r.Stops+r.Restarts)
	for range r.Kills {
		blows = append(blows, "kill")
	}
	for range r.Stops {
		blows = append(blows, "stop")
	}
	for range r.Restarts {
		blows = append(blows, "restart")
	}
	r.rng.Shuffle(len(blows), func(i, j int) { blows[i], blows[j] = blows[j], blows[i] })
	for _, blow := range blows {
		if err := wait(ctx, r.Pace/4+time.Duration(r.rng.Int64N(int64(r.Pace*3/2)))); err != nil {
			return err
		}
		if err := r.strike(ctx, blow); err != nil {
			return fmt.Errorf("%s: %w", blow, err)
		}
	}
	return nil
}

func (r *run) strike(ctx context.Context, blow string) error {
	if blow == "restart" {
		return r.restartDatabase(ctx)
	}
	i := r.rng.IntN(len(r.processes))
	p := r.processes[i]
	r.processes = append(r.processes[:i], r.processes[i+1:]...)
	end := p.stop
	if blow == "kill" {
		end = p.kill
	}
	if err := end(); err != nil {
		return err
	}
	if err := r.startProcess(); err != nil {
		return err
	}
	return r.findTheDead(ctx)
}

// restartDatabase cuts every connection; the folder and the address stay.
func (r *run) restartDatabase(ctx context.Context) error {
	if err := r.server.Stop(ctx); err != nil {
		return err
	}
	server, err := postgres.Start(ctx, r.postgresOptions())
	if err != nil {
		return err
	}
	r.server = server
	return nil
}

// findTheDead lets an hour pass for the job library, so that what a dead process held is given to another one. What living
// processes hold is given away too: a second copy then runs beside the first, which is one more thing to survive.
func (r *run) findTheDead(ctx context.Context) error {
	return exec1(ctx, r.server.URL("postgres"), `UPDATE river_job SET attempted_at = attempted_at - interval '1 hour'
		WHERE id IN (SELECT id FROM river_job WHERE state = 'running' ORDER BY id FOR UPDATE SKIP LOCKED)`, // others are being ended just now
		`DELETE FROM river_leader`)
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
