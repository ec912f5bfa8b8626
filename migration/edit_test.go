package migration_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

// asItIs is the edit that changes nothing.
func asItIs(inv *queries.Invitation) migration.InvitationEdit {
	own := func(minor *int64) *migration.Price {
		if minor == nil {
			return nil
		}
		return &migration.Price{Amount: money.Money{Minor: *minor, Currency: inv.Currency}.Decimal(), Currency: inv.Currency}
	}
	return migration.InvitationEdit{ID: inv.ID, Revision: inv.Revision, InvitationDraft: migration.InvitationDraft{
		PlanID: inv.PlanID, Unit: inv.Unit, AnchorDay: inv.AnchorDay, InsurancePlanID: inv.InsurancePlanID,
		CardPrice: own(inv.CardPriceOverrideMinor), AchPrice: own(inv.AchPriceOverrideMinor)}}
}

// edit is what the manager makes of an invitation.
func (b *bundle) edit(t *testing.T, inv *queries.Invitation, change ...func(*migration.InvitationDraft)) (migration.Saved, error) {
	t.Helper()
	e := asItIs(inv)
	for _, c := range change {
		c(&e.InvitationDraft)
	}
	return b.Rules.UpdateInvitation(t.Context(), testkit.By(b.Manager), e)
}

func priced(amount string) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.CardPrice = &migration.Price{Amount: amount, Currency: "USD"} }
}

// aBatch goes before a statement that needs one.
const aBatch = `WITH b AS (INSERT INTO batches (id, kind, channel, staff_id, client_key, request, total, created_at)
	SELECT gen_random_uuid(), 'send', 'sms', id, 'k', sha256('x'), 1, created_at FROM staff LIMIT 1 RETURNING id) `

// withdrawnDelivery is a text of the oldest invitation that was canceled before its turn.
const withdrawnDelivery = `INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, invitation_id, status, created_at, status_changed_at)
	SELECT gen_random_uuid(), 'invitation', 'sms', '+13035550123', location_id, tenant_id, id, 'canceled', created_at, created_at
	FROM invitations ORDER BY id LIMIT 1`

// ways are all the ways in which somebody may come to know of an offer.
var ways = map[string]func(*testing.T, *bundle, *queries.Invitation){
	"Emailed": func(t *testing.T, b *bundle, inv *queries.Invitation) { b.Send(t, inv); b.MustWork(t) },
	"Queued":  func(t *testing.T, b *bundle, inv *queries.Invitation) { b.Send(t, inv) },
	"AboutToBeQueued": func(t *testing.T, b *bundle, inv *queries.Invitation) {
		b.Exec(t, aBatch+`INSERT INTO batch_parts (batch_id, part, first_position, invitation_ids) SELECT b.id, 0, 0, ARRAY[i.id] FROM b, invitations i`)
	},
	"Opened": func(t *testing.T, b *bundle, inv *queries.Invitation) { b.Open(t, inv) },
	"Started": func(t *testing.T, b *bundle, inv *queries.Invitation) {
		b.Exec(t, `UPDATE invitations SET started_at = created_at WHERE id = $1`, inv.ID)
	},
	"Texted": func(t *testing.T, b *bundle, inv *queries.Invitation) {
		b.Exec(t, `UPDATE invitations SET sms_sent_at = created_at WHERE id = $1`, inv.ID)
	},
	"Copied": func(t *testing.T, b *bundle, inv *queries.Invitation) {
		_, err := b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID)
		require.NoError(t, err)
	},
	"RefusedByTheProvider": func(t *testing.T, b *bundle, inv *queries.Invitation) {
		b.Send(t, inv)
		b.MustWork(t)
		b.Exec(t, `ALTER TABLE deliveries DISABLE TRIGGER deliveries_step; UPDATE deliveries SET status = 'failed'`)
		b.Exec(t, `ALTER TABLE invitations DISABLE TRIGGER invitations_step; UPDATE invitations SET status = 'pending', email_sent_at = NULL`)
	},
}

func TestUpdateInvitation(t *testing.T) {
	t.Parallel()

	t.Run("ChangesInPlaceWhileNobodyWasTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, testkit.Insured(b.Insurance))
		next, err := b.edit(t, inv, newTenant("other@home.test", "Olga Other"), priced("99"), testkit.OnDay(3),
			func(d *migration.InvitationDraft) { d.Unit, d.InsurancePlanID = "12b", nil })
		require.NoError(t, err)
		require.Equal(t, 2, next.Revision)
		require.Equal(t, "12b", next.Unit)
		require.Equal(t, 3, next.AnchorDay)
		require.Nil(t, next.InsurancePlanID)
		require.NotEqual(t, inv.TenantID, next.TenantID)
		require.Equal(t, []string{"olga other 9900 -1"}, b.Strings(t, `SELECT concat_ws(' ', tenant_key, card_key, insurance_key) FROM invitations`))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM invitation_revisions`))
		require.Equal(t, []string{"created", "edited"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
		require.Equal(t, "Olga Other", b.Open(t, next.Invitation).Tenant.Name)
		b.RequireStories(t)
	})

	t.Run("KeepsItsStateOnceSomebodyWasTold", func(t *testing.T) {
		t.Parallel()
		for name, tell := range ways {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv := b.Invited(t, testkit.Insured(b.Insurance))
				tell(t, b, inv)
				_, err := b.edit(t, b.Invitation(t, inv.ID), newTenant("other@home.test", "Olga Other"))
				requireRefused(t, err, "WRONG_STATE newTenant")
				_, err = b.edit(t, b.Invitation(t, inv.ID), testkit.For(b.Invited(t).TenantID), testkit.At(b.Wash))
				requireRefused(t, err, "WRONG_STATE tenantId")
				next, err := b.edit(t, b.Invitation(t, inv.ID), testkit.At(b.Wash), testkit.OnDay(3))
				require.NoError(t, err)
				require.Equal(t, 2, next.Revision)
				require.Equal(t, []string{"1 15 Studio 12"}, b.Strings(t, `SELECT concat_ws(' ', r.revision, r.anchor_day, p.name)
					FROM invitation_revisions r JOIN plans p ON p.id = r.plan_id WHERE r.invitation_id = $1`, inv.ID))
			})
		}
	})

	t.Run("KeepsTheOldPrices", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t, testkit.Insured(b.Insurance))
		b.Exec(t, `UPDATE plans SET card_price_minor = 13900 WHERE id = $1`, b.Studio.ID)
		next, err := b.edit(t, inv, priced("99"), testkit.OnDay(3))
		require.NoError(t, err)
		b.Exec(t, `UPDATE plans SET card_price_minor = 14900 WHERE id = $1`, b.Studio.ID)
		last, err := b.edit(t, next.Invitation, testkit.OnDay(4))
		require.NoError(t, err)
		require.Equal(t, 3, last.Revision)
		require.Equal(t, queries.InvitationStatusSent, last.Status)
		require.Equal(t, []string{"1 15 13900 12500 Gear cover Max Manager", "2 3 9900 12500 Gear cover Max Manager"}, b.Strings(t,
			`SELECT concat_ws(' ', r.revision, r.anchor_day, r.card_price_minor, r.ach_price_minor, i.name, s.name)
			 FROM invitation_revisions r JOIN insurance_plans i ON i.id = r.insurance_plan_id JOIN staff s ON s.id = r.changed_by ORDER BY r.revision`))
	})

	t.Run("TheRecipientGivenAgainIsNoChange", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		next, err := b.edit(t, inv, testkit.For(inv.TenantID), testkit.OnDay(3))
		require.NoError(t, err)
		email := b.Strings(t, `SELECT email FROM tenants`)[0]
		_, err = b.edit(t, next.Invitation, newTenant(email, "Another Name"), testkit.OnDay(4))
		require.NoError(t, err)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM tenants`))
	})

	t.Run("NothingChangedIsNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t, priced("99"))
		next, err := b.edit(t, inv)
		require.NoError(t, err)
		require.Equal(t, inv, next.Invitation)
		require.Equal(t, []string{"created", "sent"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("MovesToAnotherManagedLocation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t, testkit.Insured(b.Insurance))
		next, err := b.edit(t, inv, testkit.At(b.Maple), func(d *migration.InvitationDraft) { d.InsurancePlanID = nil })
		require.NoError(t, err)
		require.Equal(t, b.Toronto.ID, next.LocationID)
		require.Equal(t, "CAD", next.Currency)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM tenant_locations WHERE location_id = $1 AND known_as IS NULL`, b.Toronto.ID))
		_, err = b.Rules.UpdateInvitation(t.Context(), testkit.By(b.Colleague), asItIs(next.Invitation))
		requireRefused(t, err, "NOT_FOUND id")
	})

	t.Run("AlsoWhenExpired", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		b.Clock.Move(testkit.LinkLife + time.Hour)
		next, err := b.edit(t, inv, testkit.OnDay(3))
		require.NoError(t, err)
		require.True(t, next.LinkExpiresAt.Equal(inv.LinkExpiresAt), "an edit renews no link")
	})

	t.Run("KeepsABillingDayOfTheOldSystem", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `WITH old AS (INSERT INTO legacy_memberships (id, location_id, source, source_id, name, currency, created_at, updated_at)
			VALUES (gen_random_uuid(), $1, 'old', '1', 'Tess', 'USD', '2026-01-01', '2026-01-01') RETURNING id)
			UPDATE invitations SET legacy_membership_id = old.id, anchor_day = 31, first_bill_on = '2026-03-31' FROM old`, b.Denver.ID)
		next, err := b.edit(t, b.Invitation(t, inv.ID), priced("99"))
		require.NoError(t, err)
		require.Equal(t, 31, next.AnchorDay)
		require.NotNil(t, next.FirstBillOn)
		_, err = b.edit(t, next.Invitation, testkit.OnDay(30))
		requireRefused(t, err, "INVALID anchorDay")
		next, err = b.edit(t, next.Invitation, testkit.OnDay(28))
		require.NoError(t, err)
		require.Nil(t, next.FirstBillOn, "the first bill of another day goes with it")
	})

	t.Run("WhatTheTenantLookedAtIsNoLongerAccepted", func(t *testing.T) {
		t.Parallel()
		for name, change := range map[string]func(*bundle) func(*migration.InvitationDraft){
			"Price": func(*bundle) func(*migration.InvitationDraft) { return priced("99") },
			"Day":   func(*bundle) func(*migration.InvitationDraft) { return testkit.OnDay(3) },
			"Plan":  func(b *bundle) func(*migration.InvitationDraft) { return testkit.At(b.Wash) },
			"LocationAndCurrency": func(b *bundle) func(*migration.InvitationDraft) {
				return testkit.At(b.Maple)
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv := b.Sent(t)
				looked := b.Acceptance(t, inv, testkit.Visa)
				_, err := b.edit(t, b.Invitation(t, inv.ID), change(b))
				require.NoError(t, err)
				now, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), looked)
				requireRefused(t, err, "QUOTE_CHANGED digest")
				require.Equal(t, b.Open(t, inv).Digest(), now.Digest(), "the answer holds the offer as it is now")
				b.Submit(t, inv, b.Acceptance(t, b.Invitation(t, inv.ID), testkit.Visa))
				b.RequireStories(t)
			})
		}
	})

	t.Run("ErrStaleAnswersTheOneOfNow", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		next, err := b.edit(t, inv, testkit.OnDay(3))
		require.NoError(t, err)
		for _, revision := range []int{inv.Revision, 0, -1, 1 << 40} {
			e := asItIs(next.Invitation)
			e.Revision, e.AnchorDay = revision, 7
			now, err := b.Rules.UpdateInvitation(t.Context(), testkit.By(b.Colleague), e)
			requireRefused(t, err, "STALE revision")
			require.Equal(t, 3, now.AnchorDay)
		}
	})

	t.Run("ErrClaimedOrRevoked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		claimed := b.Invitation(t, *b.Claimed(t, testkit.Visa).InvitationID)
		now, err := b.edit(t, claimed, testkit.OnDay(3))
		requireRefused(t, err, "WRONG_STATE id")
		require.Equal(t, queries.InvitationStatusClaimed, now.Status)
		revoked, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), b.Invited(t).ID, "")
		require.NoError(t, err)
		_, err = b.edit(t, revoked, testkit.OnDay(3))
		requireRefused(t, err, "WRONG_STATE id")
	})

	t.Run("ErrTaken", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		studio := b.Invited(t)
		wash := b.Invited(t, testkit.For(studio.TenantID), testkit.At(b.Wash))
		_, err := b.edit(t, wash, testkit.At(b.Studio))
		requireRefused(t, err, "TAKEN planId")
		_, err = b.edit(t, b.Invited(t), testkit.For(studio.TenantID))
		requireRefused(t, err, "TAKEN planId")
		sub := b.Claimed(t, testkit.Visa)
		_, err = b.edit(t, b.Invited(t), testkit.For(sub.TenantID))
		requireRefused(t, err, "TAKEN planId")
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, theirs := b.Invited(t), b.Invited(t, testkit.At(b.Loft))
		said := map[string]bool{}
		for _, id := range []uuid.UUID{theirs.ID, testkit.Missing(), uuid.Nil} {
			e := asItIs(theirs)
			e.ID = id
			_, err := b.Rules.UpdateInvitation(t.Context(), testkit.By(b.Manager), e)
			requireRefused(t, err, "NOT_FOUND id")
			said[err.Error()] = true
		}
		require.Len(t, said, 1)
		_, err := b.edit(t, inv, testkit.At(b.Loft))
		requireRefused(t, err, "NOT_FOUND planId")
		_, err = b.edit(t, inv, testkit.For(theirs.TenantID))
		requireRefused(t, err, "NOT_FOUND tenantId")
		for _, by := range []migration.Actor{testkit.By(b.Stranger), testkit.By(b.Attendant), testkit.By(b.Gone), testkit.Browser, migration.SystemActor("job")} {
			_, err := b.Rules.UpdateInvitation(t.Context(), by, asItIs(inv))
			requireRefused(t, err, "NOT_FOUND id")
		}
	})

	t.Run("ErrEverythingAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		_, err := b.Rules.UpdateInvitation(t.Context(), testkit.By(b.Manager), migration.InvitationEdit{ID: inv.ID, Revision: 1,
			InvitationDraft: migration.InvitationDraft{PlanID: b.Hourly.ID, AnchorDay: 29, Unit: strings.Repeat("x", 61),
				NewTenant: &migration.NewTenant{Email: "x", Phone: "1", Consent: &migration.PhoneConsent{GivenAt: testkit.Start.Add(time.Second)}},
				CardPrice: &migration.Price{Amount: "-1", Currency: "USD"}, AchPrice: &migration.Price{Amount: "1e9", Currency: "USD"},
				InsurancePlanID: &b.BostonInsurance.ID}})
		requireRefused(t, err, "INVALID anchorDay", "INVALID unit", "REQUIRED newTenant.name", "INVALID newTenant.email", "INVALID newTenant.phone",
			"INVALID newTenant.phoneConsent.givenAt", "REQUIRED newTenant.phoneConsent.source", "INVALID planId", "INVALID cardPrice.amount",
			"INVALID achPrice.amount", "NOT_FOUND insurancePlanId")
		require.Equal(t, inv, b.Invitation(t, inv.ID))
	})
}

// draftFor offers the same to the same tenant anew.
func draftFor(inv *queries.Invitation) migration.InvitationDraft {
	d := asItIs(inv).InvitationDraft
	d.TenantID = &inv.TenantID
	return d
}
