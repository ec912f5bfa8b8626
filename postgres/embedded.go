package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// ErrInUse is returned by [Start] if another process has a server in that folder.
var ErrInUse = errors.New("the database folder is in use")

// Options say where and how a private server runs.
type Options struct {
	// Dir keeps the data between runs. It belongs to the server: put nothing else in it. Empty with
	// Ephemeral is a temporary folder.
	Dir string
	// BinDir holds postgres and initdb. Empty searches [EnvBinDir], PATH, Debian's folders and
	// tools/postgres, in this order.
	BinDir string
	// Log hears of starts, stops and folders chosen instead of Dir. Nil is silence.
	Log *slog.Logger
	// Settings are settings of postgresql.conf and win over everything that Start chooses.
	Settings map[string]string
	// Ephemeral trades safety for speed: what an earlier run left is removed first, what this run
	// makes is removed by Stop, and nothing waits for the disk.
	Ephemeral bool
	// TCP also listens on a free port of 127.0.0.1, with a password that is new at each start;
	// URL then gives that address. Without it only processes of the same user (and root) get in.
	TCP bool
}

// Embedded is a private PostgreSQL server. It ends with [Embedded.Stop], and on Linux by itself
// when the process that started it dies, even of SIGKILL.
type Embedded struct {
	log      *slog.Logger
	home     *home
	remove   []string // by Stop
	port     int
	password string // set if TCP was asked for
	process  *exec.Cmd
	done     chan struct{}
	stop     sync.Once
	stopped  error
}

// Start returns once the server answers. ctx bounds the start only. A server that another living
// process has in the same folder is not taken over: that is [ErrInUse]; one whose owner was killed
// is stopped first.
func Start(ctx context.Context, opts Options) (*Embedded, error) {
	as, err := serverAccount()
	if err != nil {
		return nil, err
	}
	bin, err := findBinaries(opts.BinDir, as)
	if err != nil {
		return nil, err
	}
	e := &Embedded{log: opts.Log, port: 5432, done: make(chan struct{})}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	if err := e.open(opts, as); err != nil {
		return nil, err
	}
	if err := e.start(ctx, bin, as, opts); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

func (e *Embedded) open(opts Options, as account) error {
	dir := opts.Dir
	if dir == "" {
		var err error
		if dir, err = temporaryFolder(opts.Ephemeral); err != nil {
			return err
		}
		e.remove = append(e.remove, dir)
	}
	home, err := openHome(dir, as, e.log)
	if err != nil {
		return errors.Join(err, e.removeAll())
	}
	e.home = home
	if len(e.remove) > 0 {
		e.remove = append(e.remove, home.dir) // which may stand for the temporary one
	}
	e.remove = append(e.remove, home.run)
	if opts.Ephemeral {
		e.remove = append(e.remove, home.data)
	}
	return nil
}

func temporaryFolder(ephemeral bool) (string, error) {
	if !ephemeral {
		return "", errors.New("a private PostgreSQL server needs a folder for its data, or to be ephemeral")
	}
	dir, err := os.MkdirTemp("", "carryover-")
	if err != nil {
		return "", fmt.Errorf("make a temporary database folder: %w", err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", fmt.Errorf("open the temporary database folder to the server's user: %w", err)
	}
	return dir, nil
}

func (e *Embedded) start(ctx context.Context, bin binaries, as account, opts Options) error {
	began := time.Now()
	if err := e.home.prepareCluster(ctx, bin, as, opts.Ephemeral); err != nil {
		return err
	}
	if opts.TCP {
		var err error
		if e.port, err = freePort(ctx); err != nil {
			return err
		}
	}
	if err := e.launch(ctx, bin, as, settings(opts)); err != nil {
		return err
	}
	if err := e.waitReady(ctx, opts.TCP); err != nil {
		return errors.Join(err, e.shutDown(context.WithoutCancel(ctx)))
	}
	e.log.Info("private PostgreSQL server is up", "folder", e.home.dir, "binaries", string(bin), "user", as.name, "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// settings of an ephemeral server are those of
// https://www.postgresql.org/docs/15/non-durability.html
func settings(opts Options) map[string]string {
	all := map[string]string{"timezone": "UTC", "log_timezone": "UTC", "listen_addresses": ""}
	if opts.TCP {
		all["listen_addresses"] = "127.0.0.1"
	}
	if opts.Ephemeral {
		all["fsync"], all["synchronous_commit"], all["full_page_writes"] = "off", "off", "off"
	}
	maps.Copy(all, opts.Settings)
	return all
}

// URL is the address of a database on this server, for the superuser. It names the unix socket, or
// the TCP port and its password if Options.TCP was set.
func (e *Embedded) URL(database string) string {
	if e.password == "" {
		return e.socketURL(database)
	}
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(superuser, e.password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(e.port)), Path: "/" + database, RawQuery: "sslmode=disable",
	}
	return u.String()
}

func (e *Embedded) socketURL(database string) string {
	query := url.Values{"host": {e.home.run}, "port": {strconv.Itoa(e.port)}}
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}
