package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// Saved is an invitation as it is now, with what a careful person would want to know of it.
type Saved struct {
	*queries.Invitation
	Warnings []*Warning
}

// Preview is the offer that a draft would make.
type Preview struct {
	Offer
	Warnings []*Warning
}

// PreviewInvitation answers the offer that the draft would make. It refuses what CreateInvitation refuses, but for what only
// the saving can find out, and saves nothing.
func (s *Service) PreviewInvitation(ctx context.Context, by Actor, d InvitationDraft) (Preview, error) {
	checked, err := s.checkDraft(ctx, s.Pool, by, d, nil)
	if err != nil {
		return Preview{}, err
	}
	warnings, err := s.warnOfDraft(ctx, s.Pool, by, checked, uuid.Nil)
	return Preview{Offer: checked.offer, Warnings: warnings}, err
}

// CreateInvitation saves an offer as PENDING. Nobody is told. It refuses with everything that is wrong at once, and with
// TAKEN where this tenant has an open invitation or a live reservation for this plan and unit.
func (s *Service) CreateInvitation(ctx context.Context, by Actor, d InvitationDraft) (Saved, error) {
	var saved Saved
	err := s.inTxAgain(ctx, func(tx pgx.Tx) error {
		if err := s.lockDrafted(ctx, tx, d); err != nil {
			return err
		}
		checked, err := s.checkDraft(ctx, tx, by, d, nil)
		if err != nil {
			return err
		}
		if saved.Warnings, err = s.warnOfDraft(ctx, tx, by, checked, uuid.Nil); err != nil {
			return err
		}
		saved.Invitation, err = s.insertInvitation(ctx, tx, by, checked)
		return err
	})
	if err != nil {
		return Saved{}, refusal(err)
	}
	return saved, nil
}

// lockDrafted holds the tenant of a draft that names an old membership: tenants come before memberships, for everybody who holds both.
func (s *Service) lockDrafted(ctx context.Context, tx pgx.Tx, d InvitationDraft) (err error) {
	switch {
	case d.LegacyMembershipID == nil:
		return nil
	case d.TenantID != nil:
		_, err = found(s.q.TenantLockShared(ctx, tx, *d.TenantID))
	case d.NewTenant != nil:
		if address, bad := ParseEmail(d.NewTenant.Email); bad == nil {
			err = s.q.TenantLockByEmail(ctx, tx, &address)
		}
	}
	if err != nil {
		return fmt.Errorf("lock tenant: %w", err)
	}
	return nil
}

func (s *Service) insertInvitation(ctx context.Context, tx pgx.Tx, by Actor, c checkedDraft) (*queries.Invitation, error) {
	tenant, err := s.recipient(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	draft := c.offer.Invitation
	if err := s.refuseSecondClaim(ctx, tx, tenant.ID, draft); err != nil {
		return nil, err
	}
	if err := s.linkTenant(ctx, tx, by, tenant, c); err != nil {
		return nil, err
	}
	inv, err := s.q.InvitationInsert(ctx, tx, queries.InvitationInsertParams{
		ID: ids.New(), TenantID: tenant.ID, LocationID: c.offer.Plan.LocationID, PlanID: c.offer.Plan.ID, Unit: draft.Unit,
		Currency: c.offer.Plan.Currency, InsurancePlanID: draft.InsurancePlanID,
		CardPriceOverrideMinor: draft.CardPriceOverrideMinor, AchPriceOverrideMinor: draft.AchPriceOverrideMinor,
		AnchorDay: draft.AnchorDay, FirstBillOn: draft.FirstBillOn, LegacyMembershipID: draft.LegacyMembershipID,
		LinkExpiresAt: s.now().Add(s.LinkLife), CreatedBy: by.staffID(), Now: s.now(),
	})
	if err != nil {
		return nil, fmt.Errorf("insert invitation: %w", err)
	}
	return inv, s.record(ctx, tx, by, event{
		subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID, action: "created", after: string(inv.Status)})
}
