// Command carryover is the whole program: the API, its workers, the schema, the loading of data and the demo.
//
// It owns commands, flags, signals and how an error is said on a terminal. It does not own settings (package config), what
// is put together (package app) or what any of it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // locations have time zones, and not every machine has the database of them

	"github.com/alecthomas/kong"
)

func main() {
	os.Exit(run(stoppable(), os.Args[1:], environment(os.Environ()), os.Stdout, os.Stderr))
}

// stoppable ends with the first SIGINT or SIGTERM. A second one then kills the process, as if nobody listened.
func stoppable() context.Context {
	ctx, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, release)
	return ctx
}

// cli is every command.
type cli struct {
	LogLevel string `enum:"debug,info,warn,error" default:"info" env:"CARRYOVER_LOG_LEVEL" help:"Least level that is logged: ${enum}."`

	Demo    demoCommand    `cmd:"" help:"Run everything here, with a private PostgreSQL, stand-ins of the providers and a data set."`
	Serve   serveCommand   `cmd:"" help:"Run the API and the workers. Settings come from the environment."`
	Work    workCommand    `cmd:"" help:"Run the workers alone."`
	Load    loadCommand    `cmd:"" help:"Load locations, plans, insurance, staff, tenants and terms from CSV files."`
	Import  importCommand  `cmd:"" help:"Import the people of an old system from its CSV file."`
	Schema  schemaCommand  `cmd:"" help:"Bring the database's schema up, or show what is done."`
	Staff   staffCommand   `cmd:"" help:"Who works here."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// process is what a command has of the world.
type process struct {
	environ     map[string]string
	out, errOut io.Writer
	logLevel    string
}

// run carries out one command and answers the exit code: 1 after an error, which is then told in a sentence on errOut.
func run(ctx context.Context, args []string, environ map[string]string, out, errOut io.Writer) int {
	var c cli
	code := -1
	parser, err := kong.New(&c, kong.Name("carryover"), kong.Description("Moves paying people from a legacy billing system to Stripe subscriptions."),
		kong.Writers(out, errOut), kong.Exit(func(n int) { code = n }), kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return fail(errOut, err)
	}
	chosen, err := parser.Parse(args)
	switch {
	case code >= 0: // --help was printed
		return code
	case err != nil:
		return fail(errOut, fmt.Errorf("%w (see carryover --help)", err))
	}
	if err := chosen.Run(&process{environ, out, errOut, c.LogLevel}); err != nil {
		return fail(errOut, err)
	}
	return 0
}

// fail says each error on a line of its own: there may be several mistakes, and each is mended by itself.
func fail(errOut io.Writer, err error) int {
	for line := range strings.Lines(err.Error()) {
		if _, failed := fmt.Fprintln(errOut, "carryover: "+strings.TrimSpace(line)); failed != nil {
			break
		}
	}
	return 1
}

func environment(pairs []string) map[string]string {
	environ := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		environ[name] = value
	}
	return environ
}

// databaseURL is the one setting of the commands that need nothing but a database.
func (p *process) databaseURL() (string, error) {
	if url := p.environ["DATABASE_URL"]; url != "" {
		return url, nil
	}
	return "", errors.New("DATABASE_URL: set it to the database, like postgres://user:password@host:5432/carryover")
}
