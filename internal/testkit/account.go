package testkit

import (
	"regexp"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

// TenantOf is the tenant of a submission, as they stand.
func (b *Bundle) TenantOf(t testing.TB, sub *queries.Submission) *queries.Tenant {
	t.Helper()
	row, err := b.Q.TenantGet(t.Context(), b.DB.Pool, sub.TenantID)
	require.NoError(t, err)
	return row
}

// SignedIn is a request of a tenant who has signed in.
func SignedIn(tenant uuid.UUID) migration.Actor {
	return migration.TenantActor(tenant, "req-of-signed-in-tenant", Browser.IP, Browser.UserAgent)
}

var signInLink = regexp.MustCompile(`/account#(\S+)`)

// MailedLinks are the tokens of the sign-in links that an address was mailed, oldest first.
func (b *Bundle) MailedLinks(address string) (tokens []string) {
	for _, e := range b.Resend.Emails() {
		if found := signInLink.FindStringSubmatch(e.Text); found != nil && e.To[0] == address {
			tokens = append(tokens, found[1])
		}
	}
	return tokens
}

// MailedLink asks for a sign-in link and answers the token that the tenant's mailbox holds afterwards.
func (b *Bundle) MailedLink(t testing.TB, address string) string {
	t.Helper()
	require.NoError(t, b.Rules.RequestSignInLink(t.Context(), Browser, address, queries.MessageLanguageEn))
	b.MustWork(t)
	links := b.MailedLinks(address)
	require.NotEmpty(t, links, "%s was mailed no link", address)
	return links[len(links)-1]
}

// GivenMethod is what a signed-in tenant hands in who has saved another card for a live subscription.
func (b *Bundle) GivenMethod(t testing.TB, sub *queries.Submission, card string) migration.MethodChange {
	t.Helper()
	started, err := b.Rules.StartMethodChange(t.Context(), SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeCard)
	require.NoError(t, err)
	return migration.MethodChange{ReservationID: sub.ReservationID, Language: queries.MessageLanguageEn,
		SetupIntentID: b.Stripe.Confirm(t, started.ClientSecret, card)}
}
