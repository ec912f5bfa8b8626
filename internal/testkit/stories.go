package testkit

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/queries"
)

// tables are where the states stand that events tell of.
var tables = map[queries.EventSubject]struct{ table, column string }{
	queries.EventSubjectInvitation:      {"invitations", "status"},
	queries.EventSubjectSubmission:      {"submissions", "status"},
	queries.EventSubjectApproval:        {"approvals", "outcome"},
	queries.EventSubjectBatch:           {"batches", "state"},
	queries.EventSubjectDelivery:        {"deliveries", "status"},
	queries.EventSubjectSubscription:    {"subscriptions", "status"},
	queries.EventSubjectEmailCorrection: {"email_corrections", "state"},
	queries.EventSubjectMethodChange:    {"method_changes", "state"},
}

type telling struct {
	ID        uuid.UUID
	Action    string
	Before    string
	After     string
	RequestID string
	Actor     queries.ActorKind
}

// RequireStories wants every state of every row to be told by its events: the first from nothing, each next from where the
// last one ended, every step allowed, the last one at the state that the row is in, and each with who did it and in which
// request. So nothing changed untold, and nothing was told twice or that did not happen.
func (b *Bundle) RequireStories(t testing.TB) {
	t.Helper()
	allowed := b.Strings(t, `SELECT subject || ' ' || from_status || ' ' || to_status FROM allowed_steps`)
	for subject, at := range tables {
		for _, row := range b.states(t, at.table, at.column) {
			events := b.events(t, subject, row.id)
			require.NotEmpty(t, events, "%s %s was never told of", subject, row.id)
			state := ""
			for i, e := range events {
				require.Equal(t, state, e.Before, "%s: event %d %q", subject, i, e.Action)
				require.NotEmpty(t, e.RequestID, "%s: event %d %q", subject, i, e.Action)
				if state != "" && e.After != state {
					require.True(t, slices.Contains(allowed, string(subject)+" "+e.Before+" "+e.After), "%s: %s to %s", subject, e.Before, e.After)
				}
				state = e.After
			}
			require.Equal(t, row.state, state, "%s %s", subject, row.id)
		}
	}
}

type stated struct {
	id    uuid.UUID
	state string
}

func (b *Bundle) states(t testing.TB, table, column string) []stated {
	t.Helper()
	rows, err := b.DB.Owner.Query(t.Context(), `SELECT id, `+column+`::text FROM `+table+` ORDER BY id`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s stated, err error) { return s, row.Scan(&s.id, &s.state) })
	require.NoError(t, err)
	return all
}

func (b *Bundle) events(t testing.TB, subject queries.EventSubject, id uuid.UUID) (told []telling) {
	t.Helper()
	rows, err := b.Q.EventListBySubject(t.Context(), b.DB.Pool, queries.EventListBySubjectParams{SubjectKind: subject, SubjectID: id})
	require.NoError(t, err)
	for _, e := range rows {
		told = append(told, telling{ID: e.ID, Action: e.Action, Before: e.Before, After: e.After, RequestID: e.RequestID, Actor: e.ActorKind})
	}
	return told
}

// Told are the actions of a subject in their order.
func (b *Bundle) Told(t testing.TB, subject queries.EventSubject, id uuid.UUID) (actions []string) {
	t.Helper()
	for _, e := range b.events(t, subject, id) {
		actions = append(actions, e.Action)
	}
	return actions
}
