package access_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/migration"
	"carryover/queries"
)

func errorsAs[T error](err error, target *T) bool { return errors.As(err, target) }

// by is a member of staff who does something.
func (b *bundle) by(s *queries.Staff) migration.Actor { return migration.StaffActor(s.ID, "req-1") }

// requireRefused wants exactly these refusals, each "CODE field".
func requireRefused(t *testing.T, err error, want ...string) {
	t.Helper()
	refusals, ok := migration.RefusalsIn(err)
	require.True(t, ok, "%v", err)
	var got []string
	for _, r := range refusals {
		got = append(got, strings.TrimSpace(string(r.Code)+" "+strings.Join(r.Field, ".")))
	}
	require.Equal(t, want, got, "%v", err)
}

// idOf is the row of a sign-in.
func (b *bundle) idOf(t *testing.T, in *access.SignIn) (id uuid.UUID) {
	t.Helper()
	require.NoError(t, b.DB.Pool.QueryRow(t.Context(), `SELECT id FROM sign_ins WHERE token_hash = sha256(convert_to($1, 'UTF8'))`, in.Token).Scan(&id))
	return id
}

var staffLink = regexp.MustCompile(`/staff/(invitation|password)#(\S+)`)

// mailed are the tokens that an address was mailed, oldest first.
func (b *bundle) mailed(t *testing.T, address string) (tokens []string) {
	t.Helper()
	b.MustWork(t)
	for _, e := range b.Resend.Emails() {
		if found := staffLink.FindStringSubmatch(e.Text); found != nil && e.To[0] == address {
			tokens = append(tokens, found[2])
		}
	}
	return tokens
}
