package migration_test

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// TestTenantMoves is the whole way, as people go it: staff invite, the tenant opens the link out of the email, gives a card,
// accepts, staff approve, and the location's contact is told.
func TestTenantMoves(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t, testkit.Insured(b.Insurance))
	require.Equal(t, queries.InvitationStatusSent, inv.Status)
	emails := b.Resend.Emails()
	require.Len(t, emails, 1)
	_, rest, ok := strings.Cut(emails[0].Text, testkit.PublicURL+"/setup/")
	require.True(t, ok, "the email has no link: %s", emails[0].Text)
	token := strings.Fields(rest)[0]
	require.Equal(t, b.Token(t, inv), token)

	setup, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, token, queries.MessageLanguageEn)
	require.NoError(t, err)
	require.Equal(t, migration.SetupStateOpen, setup.State)
	require.EqualValues(t, 14400, setup.Offer.Card().Total.Minor)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Empty(t, b.Stripe.Charged(t), "money moves only in the approval job")

	b.Decided(t, sub, migration.CurrentMonth)
	require.Empty(t, b.Stripe.Charged(t), "money moves only in the approval job")
	b.MustWork(t)
	require.Equal(t, []int64{14400}, b.Stripe.Charged(t))
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	require.Equal(t, migration.SetupStateDone, b.Open(t, inv).State)
	require.Equal(t, []string{b.Resend.Emails()[0].To[0], b.Manager.Email}, b.Resend.Addresses())
	notice := b.Resend.Emails()[1].Text
	require.Contains(t, notice, "Tess Tenant")
	require.Contains(t, notice, "144.00")
	require.Contains(t, notice, testkit.PublicURL+"/submissions/"+sub.ID.String())
	b.RequireStories(t)
	requireSecret(t, b, token)
}

// requireSecret looks for the token in everything that the database and the logs hold.
func requireSecret(t *testing.T, b *bundle, token string) {
	t.Helper()
	_, body, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(body)
	require.NoError(t, err)
	mac := raw[20:]
	require.NotZero(t, holding(t, b, []byte("Tess Tenant")), "the search itself finds nothing")
	require.NotZero(t, holding(t, b, raw[:16]), "the search finds no bytes")
	for name, secret := range map[string][]byte{"token": []byte(token), "its body": []byte(body), "its mac": mac,
		"its mac in base64": []byte(base64.RawURLEncoding.EncodeToString(mac)), "its mac in hex": []byte(hex.EncodeToString(mac))} {
		require.Empty(t, holding(t, b, secret), name)
	}
	log := b.Log.Text()
	require.NotContains(t, log, body)
	require.NotContains(t, log, "_secret_", "a client secret")
}

// holding are the columns, River's included, with a value that holds the needle: as text, or as bytes in any binary value.
func holding(t *testing.T, b *bundle, needle []byte) (columns []string) {
	t.Helper()
	for _, column := range b.Strings(t, `SELECT table_name || ' ' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT IN ('goose_db_version', 'river_migration') ORDER BY 1`) {
		table, name, _ := strings.Cut(column, " ")
		sql := `SELECT count(*) FROM ` + table + ` WHERE position(encode($1::bytea, 'hex') IN encode(convert_to(` + name + `::text, 'UTF8'), 'hex')) > 0
			OR position(encode($1::bytea, 'hex') IN replace(` + name + `::text, '-', '')) > 0`
		if b.Count(t, sql, needle) > 0 {
			columns = append(columns, column)
		}
	}
	return columns
}
