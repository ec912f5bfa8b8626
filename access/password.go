package access

import (
	"context"
	_ "embed" // the commonest passwords
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"carryover/migration"
	"carryover/queries"
	"carryover/throttle"
)

const (
	minPassword = 12
	// maxPassword keeps a stranger from having a megabyte hashed.
	maxPassword = 256
	// hashPatience is how long somebody waits for their turn to be hashed.
	hashPatience = 2 * time.Second
	// hashQueue is how many wait for one place: as many as their turn comes to within the patience.
	hashQueue = 16
)

// params follow OWASP's Password Storage Cheat Sheet for Argon2id, with more memory than its least. A hash takes one processor and no
// more, or it would not be true that a flood leaves the others.
var params = &argon2id.Params{Memory: 64 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword answers what is stored of a password.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// hashesAtOnce leaves half of the processors to those who are in already.
func hashesAtOnce() int { return max(1, runtime.GOMAXPROCS(0)/2) }

// line is where passwords wait to be hashed: a hash takes 64 MiB and a processor for tens of milliseconds. Whoever finds the line
// too long is refused at once, and whoever waits for too long is refused then, so that a flood takes neither all memory nor all time.
type line struct {
	queue, places chan struct{}
}

func newLine(places int) *line {
	return &line{queue: make(chan struct{}, places*(hashQueue+1)), places: make(chan struct{}, places)}
}

// isFull tells that whoever enters now is refused, unless somebody leaves in between.
func (l *line) isFull() bool { return len(l.queue) == cap(l.queue) }

func (l *line) enter(ctx context.Context) error {
	select {
	case l.queue <- struct{}{}:
	default:
		return throttle.Refuse(hashPatience)
	}
	patience := time.NewTimer(hashPatience)
	defer patience.Stop()
	var err error
	select {
	case l.places <- struct{}{}:
		return nil
	case <-patience.C:
		err = throttle.Refuse(hashPatience)
	case <-ctx.Done():
		err = ctx.Err()
	}
	<-l.queue
	return err
}

func (l *line) leave() {
	<-l.places
	<-l.queue
}

// compare answers *throttle.Refused where too many others are compared.
func (l *line) compare(ctx context.Context, password, hash string) (bool, error) {
	if utf8.RuneCountInString(password) > maxPassword {
		password = "" // is nobody's, and takes as long
	}
	if err := l.enter(ctx); err != nil {
		return false, err
	}
	defer l.leave()
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return right, nil
}

func (l *line) hash(ctx context.Context, password string) (string, error) {
	if err := l.enter(ctx); err != nil {
		return "", err
	}
	defer l.leave()
	return HashPassword(password)
}

//go:embed common_passwords.txt
var commonPasswords string

// isCommon holds the commonest passwords that are long enough to be chosen here, one a line.
var isCommon = func() map[string]bool {
	all := map[string]bool{}
	for one := range strings.Lines(commonPasswords) {
		all[strings.TrimSpace(one)] = true
	}
	return all
}()

// checkPassword refuses what is guessed first. There are no rules about signs and digits: they make people choose worse ones.
func checkPassword(password string, of *queries.Staff, field string) error {
	plain := strings.ToLower(strings.Join(strings.Fields(password), ""))
	local, _, _ := strings.Cut(of.Email, "@")
	n := utf8.RuneCountInString(password)
	switch {
	case n < minPassword || n > maxPassword || !utf8.ValidString(password):
		return migration.Refuse(migration.CodeInvalid, fmt.Sprintf("Choose a password of %d to %d characters.", minPassword, maxPassword), field)
	case plain == of.Email || plain == local || plain == local+local:
		return migration.Refuse(migration.CodeInvalid, "Your email is no password. Choose one that nobody can know.", field)
	case isCommon[plain] || strings.Trim(plain, plain[:min(1, len(plain))]) == "":
		return migration.Refuse(migration.CodeInvalid, "This password is one of the first that are tried. Choose another, like four words that have nothing to do with each other.", field)
	}
	return nil
}
