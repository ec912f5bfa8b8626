package testkit

import (
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
	"carryover/workers"
)

var phones atomic.Int64

// NewPhone is a number that nobody else in this process has.
func NewPhone() string {
	return "+1303" + string("2345678"[phones.Add(1)%7]) + six(phones.Add(1))
}

func six(n int64) string {
	digits := []byte("000000")
	for i := len(digits) - 1; i >= 0; i, n = i-1, n/10 {
		digits[i] = byte('0' + n%10)
	}
	return string(digits)
}

// WithPhone offers to somebody with this number.
func WithPhone(phone string) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.NewTenant.Phone = phone }
}

// QueueText queues an invitation's text to a number with its job, as planning does, but leaves the claim on the number to the
// text's own turn: whatever planned it and however often, the number gets one.
func (b *Bundle) QueueText(t testing.TB, inv *queries.Invitation, phone string) uuid.UUID {
	t.Helper()
	jobs, err := workers.NewInserter(b.DB.Pool, b.Log.Logger)
	require.NoError(t, err)
	id := ids.New()
	require.NoError(t, pgx.BeginFunc(t.Context(), b.DB.Pool, func(tx pgx.Tx) error {
		d, err := b.Q.DeliveryInsert(t.Context(), tx, queries.DeliveryInsertParams{ID: id, Purpose: queries.DeliveryPurposeInvitation,
			Channel: queries.MessageChannelSms, Address: phone, LocationID: inv.LocationID, TenantID: &inv.TenantID, InvitationID: &inv.ID, Now: b.Clock.Now()})
		if err != nil {
			return err
		}
		if err := b.Q.EventInsertMany(t.Context(), tx, queries.EventInsertManyParams{Ids: []uuid.UUID{ids.New()}, At: b.Clock.Now(),
			ActorKinds: []string{string(queries.ActorKindSystem)}, ActorIds: []uuid.UUID{{}}, RequestIds: []string{"req-of-testkit"}, TokenNames: []string{""}, SubjectKinds: []string{string(queries.EventSubjectDelivery)}, SubjectIds: []uuid.UUID{id},
			LocationIds: []uuid.UUID{inv.LocationID}, Actions: []string{"queued"}, Befores: []string{""}, Afters: []string{string(d.Status)},
			Details: []string{"{}"}}); err != nil {
			return err
		}
		_, err = jobs.InsertTx(t.Context(), tx, migration.SendTextArgs{DeliveryID: id}, nil)
		return err
	}))
	return id
}

// Delivery reads one as it stands.
func (b *Bundle) Delivery(t testing.TB, id uuid.UUID) *queries.Delivery {
	t.Helper()
	row, err := b.Q.DeliveryGet(t.Context(), b.DB.Pool, id)
	require.NoError(t, err)
	return row
}
