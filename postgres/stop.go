package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Done is closed when the server has ended, by Stop or by itself.
func (e *Embedded) Done() <-chan struct{} { return e.done }

// Stop disconnects everybody and returns when the server is gone and its folder free. If ctx ends
// before that, the server is stopped without a checkpoint; its data are safe, its next start slower.
// Further calls wait for the first and return its answer.
func (e *Embedded) Stop(ctx context.Context) error {
	e.stop.Do(func() {
		e.stopped = errors.Join(e.shutDown(ctx), e.close())
		e.log.Info("private PostgreSQL server is stopped", "folder", e.home.dir)
	})
	return e.stopped
}

// close keeps the lock until nothing is left to remove.
func (e *Embedded) close() error { return errors.Join(e.removeAll(), e.home.close()) }

func (e *Embedded) removeAll() error {
	var failures []error
	for _, path := range e.remove {
		failures = append(failures, os.RemoveAll(path))
	}
	return errors.Join(failures...)
}

// shutDown sends the signals of https://www.postgresql.org/docs/15/server-shutdown.html. An immediate
// shutdown needs no limit: the server kills what does not answer it within five seconds.
func (e *Embedded) shutDown(ctx context.Context) error {
	if err := e.signal(syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-e.done:
		return nil
	case <-ctx.Done():
		e.log.Warn("the server did not stop in time and is stopped at once", "folder", e.home.dir)
	}
	err := e.signal(syscall.SIGQUIT)
	if err == nil {
		<-e.done
	}
	return err
}

func (e *Embedded) signal(signal os.Signal) error {
	if err := e.process.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop the server in %q: %w", e.home.dir, err)
	}
	return nil
}
