package testkit

import (
	"net/netip"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

// Visa is a card that is taken, now and later. NoFunds can be saved and is declined when it is charged.
const (
	Visa    = "pm_card_visa"
	NoFunds = "pm_card_chargeDeclinedInsufficientFunds"
)

// Browser is a tenant's request.
var Browser = migration.Actor{Kind: queries.ActorKindSystem, RequestID: "req-of-tenant", IP: addr("203.0.113.7"), UserAgent: "Browser/1.0"}

func addr(s string) *netip.Addr {
	a := netip.MustParseAddr(s)
	return &a
}

// Draft offers Studio 12 on the 15th to somebody new.
func (b *Bundle) Draft() migration.InvitationDraft {
	return migration.InvitationDraft{PlanID: b.Studio.ID, AnchorDay: 15,
		NewTenant: &migration.NewTenant{Name: "Tess Tenant", Email: "tess-" + ids.New().String() + "@home.test", Phone: "+1 303 555 0123"}}
}

// Invited is an invitation that nobody was told of.
func (b *Bundle) Invited(t testing.TB, change ...func(*migration.InvitationDraft)) *queries.Invitation {
	t.Helper()
	d := b.Draft()
	for _, c := range change {
		c(&d)
	}
	inv, err := b.Rules.CreateInvitation(t.Context(), By(b.Admin), d)
	require.NoError(t, err)
	return inv.Invitation
}

// Send accepts one act of sending by the manager, and plans it.
func (b *Bundle) Send(t testing.TB, invitations ...*queries.Invitation) *queries.Batch {
	t.Helper()
	batch := b.Accepted(t, SendRequest(ids.New().String(), invitations...))
	b.Plan(t)
	return batch
}

// Accepted is one act of sending by the manager of which nothing is planned yet.
func (b *Bundle) Accepted(t testing.TB, r migration.SendRequest) *queries.Batch {
	t.Helper()
	batch, err := b.Rules.SendInvitations(t.Context(), By(b.Manager), r)
	require.NoError(t, err)
	return batch
}

// SendRequest is an act of sending as the console asks for it.
func SendRequest(key string, invitations ...*queries.Invitation) migration.SendRequest {
	r := migration.SendRequest{Channel: queries.MessageChannelEmail, ExpectedCount: len(invitations), ClientKey: key}
	for _, inv := range invitations {
		r.IDs = append(r.IDs, inv.ID)
	}
	return r
}

// Sent is an invitation whose email went out.
func (b *Bundle) Sent(t testing.TB, change ...func(*migration.InvitationDraft)) *queries.Invitation {
	t.Helper()
	inv := b.Invited(t, change...)
	b.Send(t, inv)
	b.MustWork(t)
	return b.Invitation(t, inv.ID)
}

// Token is what the tenant's link ends in.
func (b *Bundle) Token(t testing.TB, inv *queries.Invitation) string {
	t.Helper()
	token, err := b.Links.Token(b.Links.PrimaryKey(), inv.ID, inv.LinkVersion)
	require.NoError(t, err)
	return token
}

// Open is the tenant looking at the link.
func (b *Bundle) Open(t testing.TB, inv *queries.Invitation) *migration.Setup {
	t.Helper()
	setup, err := b.Rules.OpenSetup(t.Context(), Browser, b.Token(t, inv), queries.MessageLanguageEn)
	require.NoError(t, err)
	return setup
}

// Acceptance is what a tenant hands in who has seen the offer and has given the card.
func (b *Bundle) Acceptance(t testing.TB, inv *queries.Invitation, card string) migration.Acceptance {
	t.Helper()
	setup := b.Open(t, inv)
	require.Equal(t, migration.SetupStateOpen, setup.State)
	started, err := b.Rules.StartSetup(t.Context(), Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
	require.NoError(t, err)
	return migration.Acceptance{SetupIntentID: b.Stripe.Confirm(t, started.ClientSecret, card), Digest: setup.Digest(),
		AcceptTerms: true, Language: queries.MessageLanguageEn,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}}
}

// Submit hands the acceptance in and answers the submission that it made.
func (b *Bundle) Submit(t testing.TB, inv *queries.Invitation, a migration.Acceptance) *queries.Submission {
	t.Helper()
	setup, err := b.Rules.SubmitSetup(t.Context(), Browser, b.Token(t, inv), a)
	require.NoError(t, err)
	require.Equal(t, migration.SetupStateSubmitted, setup.State)
	return setup.Submission
}

// Claimed is a submission that waits for approval, paid with the card.
func (b *Bundle) Claimed(t testing.TB, card string, change ...func(*migration.InvitationDraft)) *queries.Submission {
	t.Helper()
	inv := b.Invited(t, change...)
	return b.Submit(t, inv, b.Acceptance(t, inv, card))
}

// Decision is what staff hand in who have seen what is due today.
func (b *Bundle) Decision(t testing.TB, sub *queries.Submission, option migration.StartOption) migration.ApprovalRequest {
	t.Helper()
	previews, err := b.Rules.BillingPreviews(t.Context(), sub)
	require.NoError(t, err)
	r := migration.ApprovalRequest{SubmissionID: sub.ID, Option: option}
	for _, p := range previews {
		if p.Option == option {
			r.ExpectedDueToday = Price(p.DueToday)
		}
	}
	return r
}

// Price is an amount as a client hands it in.
func Price(m money.Money) migration.Price {
	return migration.Price{Amount: m.Decimal(), Currency: m.Currency}
}

// Decided is an approval whose job has not run.
func (b *Bundle) Decided(t testing.TB, sub *queries.Submission, option migration.StartOption) *queries.Approval {
	t.Helper()
	done, err := b.Rules.ApproveSubmission(t.Context(), By(b.Admin), b.Decision(t, sub, option))
	require.NoError(t, err)
	return done.Approval
}

// Approved is a whole case: a submission whose subscription exists and whose location's contact was told.
func (b *Bundle) Approved(t testing.TB, option migration.StartOption, change ...func(*migration.InvitationDraft)) *queries.Submission {
	t.Helper()
	sub := b.Claimed(t, Visa, change...)
	b.Decided(t, sub, option)
	b.MustWork(t)
	sub = b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusApproved, sub.Status)
	return sub
}

// At offers another plan.
func At(p *queries.Plan) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.PlanID = p.ID }
}

// OnDay offers another billing day.
func OnDay(day int) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.AnchorDay = day }
}

// Insured adds insurance.
func Insured(i *queries.InsurancePlan) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.InsurancePlanID = &i.ID }
}

// For invites somebody who is known.
func For(tenant uuid.UUID) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.TenantID, d.NewTenant = &tenant, nil }
}
