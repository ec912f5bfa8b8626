package play

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// patience is how long a background job may take before a story gives up.
const patience = 2 * time.Minute

// Money is an amount as the API writes it.
type Money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// SignIn signs a staff member in; all further requests are theirs.
func (p *Player) SignIn(ctx context.Context, email, password string) error {
	var out struct{ Token string }
	err := p.mutate(ctx, "signIn", `mutation($input: SignInInput!) { signIn(input: $input) { token userErrors { code field message } } }`,
		map[string]any{"email": email, "password": password}, &out)
	if err == nil {
		p.token = out.Token
	}
	return err
}

// ComeInWith is a program with an API token.
func (p *Player) ComeInWith(token string) { p.token = token }

// SignOut ends the sign-in but keeps its token, to see that it opens nothing any more.
func (p *Player) SignOut(ctx context.Context) error {
	var out struct{}
	return p.mutate(ctx, "signOut", `mutation { signOut { userErrors { code field message } } }`, nil, &out)
}

// Plan is a plan on offer.
type Plan struct {
	ID, Name  string
	CardPrice Money
	AchPrice  *Money
	Location  struct{ ID, Name, TimeZone, Currency string }
}

// Plans answers what the staff member may invite to.
func (p *Player) Plans(ctx context.Context) ([]Plan, error) {
	var out struct{ Plans struct{ Nodes []Plan } }
	err := p.Do(ctx, `{ plans(first: 100) { nodes { id name cardPrice { amount currency } achPrice { amount currency }
		location { id name timeZone currency } } } }`, nil, &out)
	return out.Plans.Nodes, err
}

// Invitation is an invitation as staff see it.
type Invitation struct {
	ID, Status string
	Tenant     struct{ ID, Name, Email string }
}

// Invite creates an invitation. input is a CreateInvitationInput.
func (p *Player) Invite(ctx context.Context, input map[string]any) (Invitation, error) {
	var out struct{ Invitation Invitation }
	err := p.mutate(ctx, "createInvitation", `mutation($input: CreateInvitationInput!) { createInvitation(input: $input) {
		invitation { id status tenant { id name email } } userErrors { code field message } } }`, input, &out)
	return out.Invitation, err
}

// Invitation reads one again.
func (p *Player) Invitation(ctx context.Context, id string) (Invitation, error) {
	var out struct{ Invitation *Invitation }
	err := p.Do(ctx, `query($id: ID!) { invitation(id: $id) { id status tenant { id name email } } }`, map[string]any{"id": id}, &out)
	if err == nil && out.Invitation == nil {
		err = errors.New("no such invitation")
	}
	if err != nil {
		return Invitation{}, err
	}
	return *out.Invitation, nil
}

// Batch is what became of a bulk act.
type Batch struct {
	ID                                         string
	Total, Succeeded, Skipped, Failed, Pending int
	FinishedAt                                 *time.Time
}

// SendEmail sends invitations and waits for the outcome.
func (p *Player) SendEmail(ctx context.Context, clientKey string, ids ...string) (Batch, error) {
	var out struct{ Batch Batch }
	err := p.mutate(ctx, "sendInvitations", `mutation($input: SendInvitationsInput!) { sendInvitations(input: $input) {
		batch { id } userErrors { code field message } } }`,
		map[string]any{"channel": "EMAIL", "ids": ids, "expectedCount": len(ids), "clientKey": clientKey}, &out)
	if err != nil {
		return Batch{}, err
	}
	return Until(ctx, patience, func(ctx context.Context) (Batch, error) { return p.batch(ctx, out.Batch.ID) },
		func(b Batch) bool { return b.FinishedAt != nil })
}

func (p *Player) batch(ctx context.Context, id string) (Batch, error) {
	var out struct{ Batch Batch }
	err := p.Do(ctx, `query($id: ID!) { batch(id: $id) { id total succeeded skipped failed pending finishedAt } }`, map[string]any{"id": id}, &out)
	return out.Batch, err
}

// Submission is a submission as staff see it.
type Submission struct {
	ID, Status, StatusReason, PaymentMethod string
	CanApprove                              bool
	Invitation                              struct{ ID string }
	Quote                                   struct{ Total Money }
	Reservation                             struct {
		ID, Status   string
		Subscription *struct{ StripeSubscriptionID, Status string }
	}
	Approvals []struct{ Option, Outcome, OutcomeReason string }
	History   []struct{ ActorKind, ActorName, Action, Before, After string }
}

const submissionFields = `id status statusReason paymentMethod canApprove invitation { id } quote { total { amount currency } }
	reservation { id status subscription { stripeSubscriptionId status } }
	approvals { option outcome outcomeReason } history { actorKind actorName action before after }`

// SubmissionOf finds the newest submission of an invitation.
func (p *Player) SubmissionOf(ctx context.Context, invitationID string) (Submission, error) {
	var out struct {
		Invitation struct {
			Reservation *struct{ Submission Submission }
		}
	}
	err := p.Do(ctx, `query($id: ID!) { invitation(id: $id) { reservation { submission { `+submissionFields+` } } } }`,
		map[string]any{"id": invitationID}, &out)
	if err != nil || out.Invitation.Reservation == nil {
		return Submission{}, errors.Join(err, errors.New("the invitation has no reservation yet"))
	}
	return out.Invitation.Reservation.Submission, nil
}

// Submission reads one again.
func (p *Player) Submission(ctx context.Context, id string) (Submission, error) {
	var out struct{ Submission Submission }
	err := p.Do(ctx, `query($id: ID!) { submission(id: $id) { `+submissionFields+` } }`, map[string]any{"id": id}, &out)
	return out.Submission, err
}

// Preview is what one choice at approval would charge.
type Preview struct {
	Option       string
	DueToday     Money
	NextChargeOn string
	NextCharge   Money
	NotBefore    time.Time
}

// Previews answers both choices.
func (p *Player) Previews(ctx context.Context, submissionID string) (map[string]Preview, error) {
	var out struct{ BillingPreview []Preview }
	err := p.Do(ctx, `query($id: ID!) { billingPreview(submissionId: $id) { option dueToday { amount currency } nextChargeOn
		nextCharge { amount currency } notBefore } }`, map[string]any{"id": submissionID}, &out)
	byOption := map[string]Preview{}
	for _, one := range out.BillingPreview {
		byOption[one.Option] = one
	}
	return byOption, err
}

// Approve decides, with the amount that was seen.
func (p *Player) Approve(ctx context.Context, submissionID, option string, seen Preview) (Submission, error) {
	return p.decide(ctx, map[string]any{"submissionId": submissionID, "option": option,
		"expectedDueToday": seen.DueToday, "expectedNextChargeOn": seen.NextChargeOn})
}

// ApproveUnseen decides without having looked at the preview.
func (p *Player) ApproveUnseen(ctx context.Context, submissionID, option string, due Money) (Submission, error) {
	return p.decide(ctx, map[string]any{"submissionId": submissionID, "option": option, "expectedDueToday": due})
}

func (p *Player) decide(ctx context.Context, input map[string]any) (Submission, error) {
	var out struct{ Submission *Submission }
	err := p.mutate(ctx, "approveSubmission", `mutation($input: ApproveSubmissionInput!) { approveSubmission(input: $input) {
		submission { `+submissionFields+` } userErrors { code field message } } }`,
		input, &out)
	if out.Submission == nil {
		return Submission{}, err
	}
	return *out.Submission, err
}

// Settled waits until an approval is done with, however it ended.
func (p *Player) Settled(ctx context.Context, submissionID string) (Submission, error) {
	return Until(ctx, patience, func(ctx context.Context) (Submission, error) { return p.Submission(ctx, submissionID) },
		func(s Submission) bool { return s.Status != "APPROVING" && s.Status != "" })
}

// PlanAt answers the first plan whose location has this time zone and that takes this currency.
func PlanAt(plans []Plan, timeZone string) (Plan, error) {
	for _, one := range plans {
		if one.Location.TimeZone == timeZone {
			return one, nil
		}
	}
	return Plan{}, fmt.Errorf("no plan at a location in %s among %d plans", timeZone, len(plans))
}

// Approved is an approved reservation with its subscription.
type Approved struct {
	ReservationID        string
	StripeSubscriptionID string
	MonthlyTotal         Money
}

// Approved answers every approved reservation that the staff member may see, page by page.
func (p *Player) Approved(ctx context.Context) ([]Approved, error) {
	var all []Approved
	var after *string
	for {
		var out struct {
			Submissions struct {
				Nodes []struct {
					Reservation struct {
						ID           string
						Subscription struct {
							StripeSubscriptionID string
							MonthlyTotal         Money
						}
					}
				}
				PageInfo struct {
					HasNextPage bool
					EndCursor   *string
				}
			}
		}
		err := p.Do(ctx, `query($after: String) { submissions(first: 100, after: $after, filter: { statuses: [APPROVED] }) {
			nodes { reservation { id subscription { stripeSubscriptionId monthlyTotal { amount currency } } } }
			pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after}, &out)
		if err != nil {
			return nil, err
		}
		for _, n := range out.Submissions.Nodes {
			all = append(all, Approved{n.Reservation.ID, n.Reservation.Subscription.StripeSubscriptionID, n.Reservation.Subscription.MonthlyTotal})
		}
		if !out.Submissions.PageInfo.HasNextPage {
			return all, nil
		}
		after = out.Submissions.PageInfo.EndCursor
	}
}
