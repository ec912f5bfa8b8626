package migration

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// Where the links in messages lead; a token follows. The shorter one is for texts and leads on to the first.
const (
	setupPath       = "/setup/"
	textPath        = "/s/"
	unsubscribePath = "/unsubscribe/"
)

// content gathers what a message says, at the moment when it is frozen. gone is the reason why there is nothing to say any
// more; the delivery is then withdrawn.
func (s *Service) content(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	switch d.Purpose {
	case queries.DeliveryPurposeInvitation:
		return s.invitationContent(ctx, tx, *d.InvitationID)
	case queries.DeliveryPurposeActionNeeded:
		return s.actionNeededContent(ctx, tx, d)
	case queries.DeliveryPurposeStaffNotice:
		return s.staffNoticeContent(ctx, tx, d)
	default:
		return c, "", fmt.Errorf("no message is known for purpose %q", d.Purpose)
	}
}

// invitationContent also extends the link: it opens for its whole life from the moment it is sent.
func (s *Service) invitationContent(ctx context.Context, tx pgx.Tx, id uuid.UUID) (c EmailContent, gone string, err error) {
	inv, err := s.q.InvitationLock(ctx, tx, id)
	if err != nil {
		return c, "", fmt.Errorf("lock invitation: %w", err)
	}
	switch inv.Status {
	case queries.InvitationStatusClaimed:
		return c, ReasonClaimed, nil
	case queries.InvitationStatusRevoked:
		return c, ReasonRevoked, nil
	default: // pending and sent ones are mailed
	}
	if err := s.extendLink(ctx, tx, inv.ID); err != nil {
		return c, "", err
	}
	c, err = s.linkContent(ctx, tx, inv, queries.DeliveryPurposeInvitation)
	return c, "", err
}

// actionNeededContent says why the tenant's link is open again or, where the delivery names it, one thing about a bank account
// that is waited for; the latter has nothing to say once the waiting is over.
func (s *Service) actionNeededContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	sub, err := s.q.SubmissionGet(ctx, tx, *d.SubmissionID)
	if err != nil {
		return c, "", fmt.Errorf("read submission: %w", err)
	}
	inv, err := s.q.InvitationGet(ctx, tx, *sub.InvitationID)
	if err != nil {
		return c, "", fmt.Errorf("read invitation: %w", err)
	}
	if c, err = s.linkContent(ctx, tx, inv, queries.DeliveryPurposeActionNeeded); err != nil {
		return c, "", err
	}
	c.Language = sub.Language
	if d.Says == "" {
		c.Reason = reasonFor(sub)
		return c, "", nil
	}
	if sub.Status != queries.SubmissionStatusWaitingForBankVerification {
		return c, ReasonOver, nil
	}
	c.Waiting = d.Says == saysVerifying || d.Says == saysDepositComing
	c.Reason, err = s.verificationReason(ctx, tx, sub, d.Says)
	return c, "", err
}

func (s *Service) verificationReason(ctx context.Context, tx pgx.Tx, sub *queries.Submission, says string) (string, error) {
	v, err := s.q.BankVerificationGet(ctx, tx, sub.ID)
	if err != nil {
		return "", fmt.Errorf("read bank verification: %w", err)
	}
	location, err := s.q.LocationGet(ctx, tx, sub.LocationID)
	if err != nil {
		return "", fmt.Errorf("read location: %w", err)
	}
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return "", fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	on := v.DeadlineAt
	if says == saysDepositComing && v.DepositArrivesAt != nil {
		on = *v.DepositArrivesAt
	}
	return wordsFor(says, sub.Language, DateIn(on, zone))
}

// linkContent is what every message with a tenant's link holds.
func (s *Service) linkContent(ctx context.Context, db queries.DBTX, inv *queries.Invitation, purpose queries.DeliveryPurpose) (EmailContent, error) {
	offer, err := s.loadOffer(ctx, db, inv)
	if err != nil {
		return EmailContent{}, err
	}
	tenant, err := s.q.TenantGet(ctx, db, inv.TenantID)
	if err != nil {
		return EmailContent{}, fmt.Errorf("read tenant: %w", err)
	}
	c := s.baseContent(purpose, tenant.Name, offer.Location, offer.Plan, inv.Unit)
	if tenant.Language != nil {
		c.Language = *tenant.Language
	}
	c.LinkInvitation, c.LinkVersion, c.LinkKey = inv.ID, inv.LinkVersion, s.Links.PrimaryKey()
	return c, nil
}

func (s *Service) baseContent(purpose queries.DeliveryPurpose, recipient string, l *queries.Location, p *queries.Plan, unit string) EmailContent {
	c := EmailContent{
		Version: s.Renderer.TemplateVersion(), Purpose: purpose, Language: l.Language, FromName: l.SenderName,
		Recipient: recipient, LocationName: l.Name, PlanName: p.Name, PlanKind: p.Kind, Unit: unit,
	}
	if l.ReplyTo != nil {
		c.ReplyTo = *l.ReplyTo
	}
	return c
}

// staffNoticeContent tells the location's contact who was approved, with what, and where to look.
func (s *Service) staffNoticeContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	row, err := s.q.StaffNoticeGet(ctx, tx, queries.StaffNoticeGetParams{SubmissionID: *d.SubmissionID, StaffID: *d.StaffID})
	if err != nil {
		return c, "", fmt.Errorf("read what was approved: %w", err)
	}
	sub, approval := &row.Submission, &row.Approval
	c = s.baseContent(queries.DeliveryPurposeStaffNotice, row.Staff.Name, &row.Location, &row.Plan, row.Reservation.Unit)
	c.Tenant = row.Tenant.Name
	c.TenantEmail, c.TenantPhone = orEmpty(row.Tenant.Email), orEmpty(row.Tenant.Phone)
	c.MonthlyTotal = money.Money{Minor: sub.MonthlyTotalMinor, Currency: sub.Currency}.String()
	c.Billing = describeBilling(approval)
	if approval.OutcomeReason != "" { // what exists is not what was chosen, or waits for the tenant's bank
		c.Billing = approval.OutcomeReason
	}
	c.LinkPath = "/submissions/" + sub.ID.String()
	return c, "", nil
}

func describeBilling(a *queries.Approval) string {
	due := money.Money{Minor: a.DueTodayMinor, Currency: a.Currency}
	if a.Option == queries.StartOptionCurrentMonth {
		return fmt.Sprintf("Current Month: %s charged at once, next charge on %s", due, a.NextChargeOn)
	}
	return fmt.Sprintf("Next Month: nothing charged until %s", a.NextChargeOn)
}

func (s *Service) extendLink(ctx context.Context, tx pgx.Tx, invitation uuid.UUID) error {
	err := s.q.InvitationExtendLink(ctx, tx, queries.InvitationExtendLinkParams{
		ID: invitation, LinkExpiresAt: s.now().Add(s.LinkLife), Now: s.now()})
	if err != nil {
		return fmt.Errorf("extend link: %w", err)
	}
	return nil
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}
