package migration_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// warned are the warnings that a draft gets before it is saved: "PHONE_IN_USE newTenant.phone: …".
func (b *bundle) warned(t *testing.T, by *queries.Staff, change ...func(*migration.InvitationDraft)) []string {
	t.Helper()
	d := b.Draft()
	d.NewTenant.Phone = ""
	for _, c := range change {
		c(&d)
	}
	preview, err := b.Rules.PreviewInvitation(t.Context(), testkit.By(by), d)
	require.NoError(t, err)
	return words(preview.Warnings)
}

func words(warnings []*migration.Warning) []string {
	out := []string{}
	for _, w := range warnings {
		out = append(out, string(w.Code)+" "+strings.Join(w.Field, ".")+": "+w.Message)
	}
	return out
}

const (
	once   = " A number gets one invitation by text, ever."
	kimsNo = "+1 617 555 0199"
)

func TestWarnings(t *testing.T) {
	t.Parallel()

	t.Run("NoneForSomebodyNew", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Empty(t, b.warned(t, b.Manager, withPhone(kimsNo)))
		saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), b.Draft())
		require.NoError(t, err)
		require.Empty(t, saved.Warnings)
		again, err := b.edit(t, saved.Invitation, testkit.OnDay(3))
		require.NoError(t, err)
		require.Empty(t, again.Warnings, "an invitation is no other one to itself")
	})

	t.Run("EmailOfSomebodyHere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, newTenant("kim@home.test", "Kim Known"))
		require.Equal(t, []string{
			"EMAIL_IN_USE newTenant.email: This address belongs to Kim Known, who is invited under that name.",
			"EMAIL_IN_USE newTenant.email: This tenant has other open invitations: Studio 12 at Denver Studios."},
			b.warned(t, b.Manager, newTenant(" KIM@home.test", "Somebody"), testkit.At(b.Wash)))
		require.Equal(t, []string{"EMAIL_IN_USE tenantId: This tenant has other open invitations: Studio 12 at Denver Studios."},
			b.warned(t, b.Manager, testkit.For(inv.TenantID), testkit.At(b.Wash)))
	})

	t.Run("OfAnotherLocationsPeopleNothingElseIsSaid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		kim := newTenant("kim@home.test", "Kim Known")
		b.Invited(t, testkit.At(b.Loft), kim, withPhone(kimsNo))
		one := b.warned(t, b.Manager, kim)
		require.Equal(t, []string{"EMAIL_IN_USE newTenant.email: This tenant is also known at another location."}, one)
		for _, unit := range []string{"1", "2", "3", "4"} {
			b.Invited(t, testkit.At(b.Loft), kim, func(d *migration.InvitationDraft) { d.Unit = unit })
		}
		require.Equal(t, one, b.warned(t, b.Manager, kim), "no number of invitations")
		elsewhere := []string{"PHONE_IN_USE newTenant.phone: Somebody at another location has this number too." + once}
		require.Equal(t, elsewhere, b.warned(t, b.Manager, withPhone(kimsNo)))
		for _, email := range []string{"lou@home.test", "mo@home.test"} {
			b.Invited(t, testkit.At(b.Loft), newTenant(email, "Lou Loft"), withPhone(kimsNo))
		}
		require.Equal(t, elsewhere, b.warned(t, b.Manager, withPhone(kimsNo)), "no number of people")
		require.Contains(t, strings.Join(b.warned(t, b.Stranger, testkit.At(b.Loft), withPhone(kimsNo)), ""), "Kim Known, Lou Loft", "who manages them knows them")
	})

	t.Run("PhoneOfPeopleHere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, name := range []string{"Ann", "Bea", "Cleo", "Dora"} {
			b.Invited(t, newTenant(strings.ToLower(name)+"@home.test", name), withPhone(kimsNo))
		}
		require.Equal(t, []string{"PHONE_IN_USE newTenant.phone: This is also the number of Ann, Bea, Cleo and more." + once},
			b.warned(t, b.Manager, withPhone(kimsNo)))
	})

	t.Run("ByTheNameThatWasTyped", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Invited(t, newTenant("kim@home.test", "Kim Known"), withPhone("+1 303 555 0100"))
		d := b.Draft()
		d.PlanID, d.NewTenant = b.Loft.ID, &migration.NewTenant{Name: "Typed in Boston", Email: "kim@home.test", Phone: kimsNo}
		_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Stranger), d)
		require.NoError(t, err)
		require.Equal(t, []string{"PHONE_IN_USE newTenant.phone: This is also the number of Typed in Boston." + once},
			b.warned(t, b.Stranger, testkit.At(b.Loft), withPhone(kimsNo)))
		require.Equal(t, []string{"PHONE_IN_USE newTenant.phone: Somebody at another location has this number too." + once},
			b.warned(t, b.Stranger, testkit.At(b.Loft), withPhone("+1 303 555 0100")), "the record's number is not tied to the name that was typed")
		require.Equal(t, []string{"PHONE_IN_USE newTenant.phone: Somebody at another location has this number too." + once},
			b.warned(t, b.Manager, withPhone(kimsNo)), "nor the typed one to the record")
	})

	t.Run("TextedAndSuppressed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Sent(t)
		b.Exec(t, `INSERT INTO phone_claims (phone, delivery_id, claimed_at) SELECT '+16175550199', id, created_at FROM deliveries`)
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at) VALUES
			(gen_random_uuid(), 'sms', '+16175550199', 'all', 'stop', '2026-01-01'),
			(gen_random_uuid(), 'email', 'kim@home.test', 'invitations', 'unsubscribe', '2026-01-01')`)
		require.Equal(t, []string{
			"SUPPRESSED newTenant.email: This email address is on the suppression list; invitations to it are skipped.",
			"ALREADY_TEXTED newTenant.phone: This number has had its one invitation by text; texts to it are skipped.",
			"SUPPRESSED newTenant.phone: This number is on the suppression list; texts to it are skipped."},
			b.warned(t, b.Manager, newTenant("kim@home.test", "Kim"), withPhone(kimsNo)))
		b.Exec(t, `UPDATE suppressions SET lifted_at = created_at`)
		require.Len(t, b.warned(t, b.Manager, newTenant("kim@home.test", "Kim"), withPhone(kimsNo)), 1, "a lifted entry says nothing")
	})

	t.Run("UnusualPrice", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for amount, unusual := range map[string]bool{"64.49": true, "64.50": false, "129": false, "193.50": false, "193.51": true, "0": true} {
			want := []string{}
			if unusual {
				want = []string{"UNUSUAL_PRICE cardPrice.amount: The plan's price is $129.00; this one differs by more than half of it."}
			}
			require.Equal(t, want, b.warned(t, b.Manager, priced(amount)), amount)
		}
		require.Equal(t, []string{"UNUSUAL_PRICE achPrice.amount: The plan's price is $39.00; this one differs by more than half of it."},
			b.warned(t, b.Manager, testkit.At(b.Wash), func(d *migration.InvitationDraft) { d.AchPrice = &migration.Price{Amount: "3.9", Currency: "USD"} }))
	})

	t.Run("AlsoWhenSaved", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		d := b.Draft()
		priced("9")(&d)
		saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), d)
		require.NoError(t, err)
		require.Len(t, words(saved.Warnings), 1)
		next, err := b.edit(t, saved.Invitation, priced("8"))
		require.NoError(t, err)
		require.Len(t, words(next.Warnings), 1)
	})
}
