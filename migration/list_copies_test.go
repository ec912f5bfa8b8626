package migration_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// changed changes something and lets the list follow, as whoever changes it does.
func (b *bundle) changed(t *testing.T, of migration.CopyOf, id uuid.UUID, sql string, args ...any) {
	t.Helper()
	require.NoError(t, pgx.BeginFunc(t.Context(), b.DB.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), sql, args...); err != nil {
			return err
		}
		return migration.EnqueueListRefresh(t.Context(), tx, b.Rules.Jobs, of, id)
	}))
}

// copies are what the list sorts and searches an invitation by.
func (b *bundle) copies(t *testing.T, id uuid.UUID) string {
	t.Helper()
	return b.Strings(t, `SELECT concat_ws('|', tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, has_phone) FROM invitations WHERE id = $1`, id)[0]
}

func TestRefreshListCopies(t *testing.T) {
	t.Parallel()
	b := setup(t)
	follows := b.Invited(t, testkit.Insured(b.Insurance))
	priced := b.Invited(t, func(d *migration.InvitationDraft) { d.CardPrice = &migration.Price{Amount: "99", Currency: "USD"} })
	elsewhere := b.Invited(t, testkit.At(b.Wash))
	claimed := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance)).InvitationID
	b.MustWork(t)
	first := map[uuid.UUID]string{}
	for _, id := range []uuid.UUID{follows.ID, priced.ID, elsewhere.ID, *claimed} {
		first[id] = b.copies(t, id)
	}
	require.Equal(t, "tess tenant|studio 12|denver studios|12900|12500|1500|t", first[follows.ID])
	require.Equal(t, "tess tenant|studio 12|denver studios|9900|12500|-1|t", first[priced.ID])
	require.Equal(t, "tess tenant|unlimited wash|denver studios|3900|-1|-1|t", first[elsewhere.ID])

	t.Run("PricesOfAPlan", func(t *testing.T) {
		b.changed(t, migration.CopyOfPlan, b.Studio.ID, `UPDATE plans SET card_price_minor = 14000, ach_price_minor = NULL WHERE id = $1`, b.Studio.ID)
		require.Equal(t, first[follows.ID], b.copies(t, follows.ID), "until its job has run")
		b.MustWork(t)
		require.Equal(t, "tess tenant|studio 12|denver studios|14000|-1|1500|t", b.copies(t, follows.ID))
		require.Equal(t, "tess tenant|studio 12|denver studios|9900|-1|-1|t", b.copies(t, priced.ID), "its own price stays")
		require.Equal(t, first[elsewhere.ID], b.copies(t, elsewhere.ID))
		require.Equal(t, first[*claimed], b.copies(t, *claimed), "who has claimed keeps the price of then")
	})

	t.Run("PriceOfAnInsurance", func(t *testing.T) {
		b.changed(t, migration.CopyOfInsurance, b.Insurance.ID, `UPDATE insurance_plans SET price_minor = 1700 WHERE id = $1`, b.Insurance.ID)
		b.MustWork(t)
		require.Equal(t, "tess tenant|studio 12|denver studios|14000|-1|1700|t", b.copies(t, follows.ID))
		require.Equal(t, first[*claimed], b.copies(t, *claimed))
	})

	t.Run("NamesOfAllEvenTheClosed", func(t *testing.T) {
		b.changed(t, migration.CopyOfLocation, b.Denver.ID, `UPDATE locations SET name = 'Dénver  Larimer' WHERE id = $1`, b.Denver.ID)
		b.changed(t, migration.CopyOfPlan, b.Studio.ID, `UPDATE plans SET name = 'Übungsraum' WHERE id = $1`, b.Studio.ID)
		b.changed(t, migration.CopyOfTenant, follows.TenantID, `UPDATE tenants SET name = 'Zoë Łucka', phone = NULL WHERE id = $1`, follows.TenantID)
		b.MustWork(t)
		require.Equal(t, "zoe lucka|ubungsraum|denver larimer|14000|-1|1700|f", b.copies(t, follows.ID))
		require.Equal(t, "tess tenant|ubungsraum|denver larimer|12900|12500|1500|t", b.copies(t, *claimed))
		require.Equal(t, "tess tenant|unlimited wash|denver larimer|3900|-1|-1|t", b.copies(t, elsewhere.ID))
	})

	t.Run("AgainChangesNothing", func(t *testing.T) {
		before := b.Strings(t, `SELECT xmin::text FROM invitations ORDER BY id`)
		require.NoError(t, b.Rules.RefreshListCopies(t.Context(), migration.RefreshListCopiesArgs{Of: migration.CopyOfLocation, ID: b.Denver.ID}))
		require.Equal(t, before, b.Strings(t, `SELECT xmin::text FROM invitations ORDER BY id`), "a row that is right is not written")
	})

	t.Run("ErrNoCopies", func(t *testing.T) {
		err := b.Rules.RefreshListCopies(t.Context(), migration.RefreshListCopiesArgs{Of: "weather", ID: b.Denver.ID})
		require.ErrorContains(t, err, `keeps no copies of a "weather"`)
	})
}

// TestRefreshListCopiesOfVeryMany hands on from job to job, and one that was stopped half-way is run again from where it began.
func TestRefreshListCopiesOfVeryMany(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one := b.Invited(t)
	const many = 11_000
	b.Exec(t, fmt.Sprintf(`INSERT INTO tenants (id, name, created_at) SELECT gen_random_uuid(), 'Somebody', created_at FROM invitations, generate_series(1, %d)`, many))
	b.Exec(t, `INSERT INTO invitations (id, tenant_id, location_id, plan_id, currency, anchor_day, status, link_expires_at, created_by, created_at, updated_at)
		SELECT gen_random_uuid(), t.id, i.location_id, i.plan_id, i.currency, 1, 'pending', i.link_expires_at, i.created_by, i.created_at, i.updated_at
		FROM tenants t, invitations i WHERE t.name = 'Somebody'`)
	b.changed(t, migration.CopyOfPlan, b.Studio.ID, `UPDATE plans SET card_price_minor = 100 WHERE id = $1`, b.Studio.ID)
	job := b.Waiting(t)[0]
	ctx, stop := context.WithCancel(t.Context())
	parts := 0
	stopped := b.Service(t, func(o *migration.Options) {
		o.Step = func(string) {
			if parts++; parts == 3 {
				stop()
			}
		}
	})
	require.ErrorIs(t, testkit.Run(ctx, stopped, job), context.Canceled)
	require.Positive(t, b.Count(t, `SELECT count(*) FROM invitations WHERE card_key <> 100`))
	b.MustWork(t)
	require.Equal(t, many+1, b.Count(t, `SELECT count(*) FROM invitations WHERE card_key = 100`))
	require.Equal(t, 4, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'refresh_list_copies'`), "two looks, of two jobs each")
	require.Equal(t, "tess tenant|studio 12|denver studios|100|12500|-1|t", b.copies(t, one.ID))
}

// TestRefreshListCopiesOfSubmissions: names follow, what was offered and signed does not.
func TestRefreshListCopiesOfSubmissions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance))
	elsewhere := b.Claimed(t, testkit.Visa, testkit.At(b.Loft))
	b.MustWork(t)
	copies := func(id uuid.UUID) string {
		return b.Strings(t, `SELECT concat_ws('|', tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, search_text) FROM submissions WHERE id = $1`, id)[0]
	}
	email := b.Strings(t, `SELECT email FROM tenants WHERE id = $1`, sub.TenantID)[0]
	theirs := copies(elsewhere.ID)
	require.Equal(t, "tess tenant|studio 12|denver studios|12900|12500|1500| tess tenant "+email+" studio 12 denver studios", copies(sub.ID))

	b.changed(t, migration.CopyOfPlan, b.Studio.ID, `UPDATE plans SET name = 'Übungsraum', card_price_minor = 1 WHERE id = $1`, b.Studio.ID)
	b.changed(t, migration.CopyOfLocation, b.Denver.ID, `UPDATE locations SET name = 'Dénver' WHERE id = $1`, b.Denver.ID)
	b.changed(t, migration.CopyOfInsurance, b.Insurance.ID, `UPDATE insurance_plans SET price_minor = 1700 WHERE id = $1`, b.Insurance.ID)
	b.MustWork(t)
	require.Equal(t, "tess tenant|ubungsraum|denver|12900|12500|1500| tess tenant "+email+" ubungsraum denver", copies(sub.ID))

	name := "Zoë Łucka"
	_, err := b.Rules.UpdateTenant(t.Context(), testkit.By(b.Manager), migration.TenantEdit{ID: sub.TenantID, Name: &name})
	require.NoError(t, err)
	require.Equal(t, "zoe lucka|ubungsraum|denver|12900|12500|1500| zoe lucka "+email+" ubungsraum denver", copies(sub.ID), "at once")
	require.Equal(t, theirs, copies(elsewhere.ID))

	before := b.Strings(t, `SELECT xmin::text FROM submissions ORDER BY id`)
	require.NoError(t, b.Rules.RefreshListCopies(t.Context(), migration.RefreshListCopiesArgs{Of: migration.CopyOfLocation, ID: b.Denver.ID}))
	require.Equal(t, before, b.Strings(t, `SELECT xmin::text FROM submissions ORDER BY id`), "a row that is right is not written")

	_, err = b.DB.Pool.Exec(t.Context(), `UPDATE submissions SET card_key = 1`)
	require.ErrorContains(t, err, "evidence", "what was offered is not changed")
}
