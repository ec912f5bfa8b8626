package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// launch starts the server on a thread that does nothing else until the server has ended: the kernel
// ties the server to that thread (see dieWithParent), and Go would otherwise end an idle one.
func (e *Embedded) launch(ctx context.Context, bin binaries, as account, settings map[string]string) error {
	log, err := os.Create(e.home.log)
	if err != nil {
		return fmt.Errorf("open the server's log: %w", err)
	}
	args := []string{"-D", e.home.data, "-k", e.home.run, "-p", strconv.Itoa(e.port)}
	for name, value := range settings {
		args = append(args, "-c", name+"="+value)
	}
	cmd := as.command(context.WithoutCancel(ctx), bin.postgres(), args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr.Setpgid = true // Ctrl-C is for the program, which stops the server when it is done with it
	dieWithParent(cmd.SysProcAttr)

	started := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine
		err := cmd.Start()
		started <- errors.Join(err, log.Close())
		if err == nil {
			_ = cmd.Wait() // how it ended is in its log
			close(e.done)
		}
	}()
	e.process = cmd
	if err := <-started; err != nil {
		return fmt.Errorf("start %q: %w", bin.postgres(), err)
	}
	return nil
}

// waitReady polls, since PostgreSQL tells nobody that it is ready but those who ask.
func (e *Embedded) waitReady(ctx context.Context, tcp bool) error {
	for {
		conn, err := pgx.Connect(ctx, e.socketURL("postgres"))
		if err == nil {
			return errors.Join(e.setPassword(ctx, conn, tcp), conn.Close(ctx))
		}
		select {
		case <-e.done:
			return fmt.Errorf("the server in %q did not start, it said: %s", e.home.dir, e.home.logTail())
		case <-ctx.Done():
			return fmt.Errorf("wait for the server in %q: %w: %w", e.home.dir, ctx.Err(), err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// setPassword gives the superuser a password for TCP, where the folder's permissions protect nothing.
// Without TCP a password of an earlier start may stay: nobody can use it.
func (e *Embedded) setPassword(ctx context.Context, conn *pgx.Conn, tcp bool) error {
	if !tcp {
		return nil
	}
	password := rand.Text() // letters and digits, so it can be quoted by hand: ALTER ROLE takes no parameter
	if _, err := conn.Exec(ctx, "ALTER ROLE "+superuser+" PASSWORD '"+password+"'"); err != nil {
		return errors.New("set the server's password: it was refused") // pgx's error could show the statement
	}
	e.password = password
	return nil
}

// freePort is free now; that nobody takes it in the next moment is luck, and bad luck is an error of the start.
func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if err := listener.Close(); err != nil || !ok {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return address.Port, nil
}
