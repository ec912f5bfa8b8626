package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// InvitationEdit is the whole offer as it shall be. Revision is the one that was read; without a recipient the invitation keeps
// its own.
type InvitationEdit struct {
	ID       uuid.UUID
	Revision int
	InvitationDraft
}

// UpdateInvitation changes an offer that is PENDING or SENT, expired or not. An edit counts the revision up; once anybody was
// told of the offer, its old state is kept with the prices that it had, and the recipient stays.
//
// It refuses with STALE where somebody edited it since it was read, and with WRONG_STATE where the tenant submitted or staff
// revoked it first: the answered invitation is then the one of now. What the tenant saw before the edit can no longer be
// submitted (QUOTE_CHANGED).
func (s *Service) UpdateInvitation(ctx context.Context, by Actor, e InvitationEdit) (Saved, error) {
	var saved Saved
	err := s.inTxAgain(ctx, func(tx pgx.Tx) (err error) {
		saved, err = s.edit(ctx, tx, by, e)
		return err
	})
	return saved, refusal(err)
}

func (s *Service) edit(ctx context.Context, tx pgx.Tx, by Actor, e InvitationEdit) (Saved, error) {
	was, err := s.managedInvitation(ctx, tx, by, e.ID)
	if err != nil {
		return Saved{}, err
	}
	if err := refuseEdit(was, e.Revision); err != nil {
		return Saved{Invitation: was}, err
	}
	checked, err := s.checkDraft(ctx, tx, by, e.InvitationDraft, was)
	if err != nil {
		return Saved{Invitation: was}, err
	}
	warnings, err := s.warnOfDraft(ctx, tx, by, checked, e.ID)
	if err != nil {
		return Saved{}, err
	}
	tenant, err := s.recipient(ctx, tx, checked)
	if err != nil {
		return Saved{}, err
	}
	if was, err = s.lockManaged(ctx, tx, by, e.ID); err != nil {
		return Saved{}, err
	}
	if err := refuseEdit(was, e.Revision); err != nil {
		return Saved{Invitation: was}, err
	}
	next, err := s.rewrite(ctx, tx, by, was, tenant, checked)
	return Saved{Invitation: next, Warnings: warnings}, err
}

// refuseEdit: the row may be edited, and is the one that was read.
func refuseEdit(inv *queries.Invitation, revision int) error {
	switch {
	case inv.Status == queries.InvitationStatusClaimed:
		return Refuse(CodeWrongState, "The tenant has completed the form, so this offer is kept as it was accepted.", "id")
	case inv.Status == queries.InvitationStatusRevoked:
		return Refuse(CodeWrongState, "This invitation was revoked. Create a new one instead.", "id")
	case inv.Revision != revision:
		return Refuse(CodeStale, "Somebody edited this invitation since you opened it. Look at it as it is now and edit it again.", "revision")
	}
	return nil
}

// CanEdit tells whether an invitation may be edited in the state that it is in, expired or not.
func CanEdit(inv *queries.Invitation) bool {
	return inv.Status == queries.InvitationStatusPending || inv.Status == queries.InvitationStatusSent
}

// CanRevoke tells whether an invitation may be withdrawn in the state that it is in.
func CanRevoke(inv *queries.Invitation) bool {
	return InvitationSteps.Allows(inv.Status, queries.InvitationStatusRevoked)
}

// rewrite makes the locked invitation into what was checked.
func (s *Service) rewrite(ctx context.Context, tx pgx.Tx, by Actor, was *queries.Invitation, tenant *queries.Tenant, c checkedDraft) (*queries.Invitation, error) {
	changed := changes(was, tenant.ID, c)
	if len(changed) == 0 {
		return was, nil
	}
	traces, err := s.traces(ctx, tx, was.ID)
	if err != nil {
		return nil, err
	}
	if traces.Told {
		if err := s.keepRevision(ctx, tx, by, was, tenant.ID, c); err != nil {
			return was, err
		}
	}
	if err := s.refuseSecondClaim(ctx, tx, tenant.ID, c.offer.Invitation); err != nil {
		return was, err
	}
	if err := s.linkTenant(ctx, tx, by, tenant, c); err != nil {
		return nil, err
	}
	draft := c.offer.Invitation
	next, err := s.q.InvitationUpdateIfOpen(ctx, tx, queries.InvitationUpdateIfOpenParams{
		ID: was.ID, Revision: was.Revision, TenantID: tenant.ID, LocationID: c.offer.Plan.LocationID, PlanID: c.offer.Plan.ID,
		Unit: draft.Unit, Currency: c.offer.Plan.Currency, InsurancePlanID: draft.InsurancePlanID, AnchorDay: draft.AnchorDay,
		CardPriceOverrideMinor: draft.CardPriceOverrideMinor, AchPriceOverrideMinor: draft.AchPriceOverrideMinor, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("update invitation: %w", err)
	}
	edited := invitationEvent(next, "edited")
	edited.detail = map[string]any{"revision": next.Revision, "changed": changed}
	return next, s.record(ctx, tx, by, edited)
}

// keepRevision keeps what somebody was told of. Who was told stays who is invited.
func (s *Service) keepRevision(ctx context.Context, tx pgx.Tx, by Actor, was *queries.Invitation, tenant uuid.UUID, c checkedDraft) error {
	if tenant != was.TenantID {
		field := "newTenant"
		if c.chosen {
			field = "tenantId"
		}
		return Refuse(CodeWrongState, "Somebody was told of this offer already, so its recipient stays. Revoke it and invite the other person instead.", field)
	}
	err := s.q.InvitationRevisionInsert(ctx, tx, queries.InvitationRevisionInsertParams{
		InvitationID: was.ID, ChangedBy: by.staffID(), Now: s.now()})
	if err != nil {
		return fmt.Errorf("keep the revision: %w", err)
	}
	return nil
}

// changes names what the draft would change, as the API calls it.
func changes(was *queries.Invitation, tenant uuid.UUID, c checkedDraft) (names []string) {
	draft := c.offer.Invitation
	for _, one := range []struct {
		name string
		is   bool
	}{
		{"tenant", tenant != was.TenantID},
		{"location", c.offer.Plan.LocationID != was.LocationID},
		{"plan", c.offer.Plan.ID != was.PlanID},
		{"unit", draft.Unit != was.Unit},
		{"cardPrice", differ(draft.CardPriceOverrideMinor, was.CardPriceOverrideMinor)},
		{"achPrice", differ(draft.AchPriceOverrideMinor, was.AchPriceOverrideMinor)},
		{"insurancePlan", differ(draft.InsurancePlanID, was.InsurancePlanID)},
		{"anchorDay", draft.AnchorDay != was.AnchorDay},
	} {
		if one.is {
			names = append(names, one.name)
		}
	}
	return names
}

// differ compares what may not be there.
func differ[T comparable](a, b *T) bool {
	return (a == nil) != (b == nil) || (a != nil && *a != *b)
}
