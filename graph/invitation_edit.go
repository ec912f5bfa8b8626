package graph

import (
	"context"

	"carryover/migration"
	"carryover/queries"
)

func (r *queryResolver) PreviewInvitation(ctx context.Context, input CreateInvitationInput) (*InvitationPreview, error) {
	preview, err := r.Migration.PreviewInvitation(ctx, Actor(ctx), draft(input))
	if err != nil {
		refusals, err := userErrors(err)
		return &InvitationPreview{Warnings: noWarnings, UserErrors: refusals}, err
	}
	card := preview.Card()
	return &InvitationPreview{Card: &card, Ach: preview.Ach(), Warnings: warnings(preview.Warnings), UserErrors: noErrors}, nil
}

func (r *mutationResolver) CreateInvitation(ctx context.Context, input CreateInvitationInput) (*CreateInvitationPayload, error) {
	saved, err := r.Migration.CreateInvitation(ctx, Actor(ctx), draft(input))
	forget(ctx, saved.Invitation)
	refusals, err := userErrors(err)
	return &CreateInvitationPayload{Invitation: saved.Invitation, Warnings: warnings(saved.Warnings), UserErrors: refusals}, err
}

func (r *mutationResolver) UpdateInvitation(ctx context.Context, in UpdateInvitationInput) (*UpdateInvitationPayload, error) {
	edit := migration.InvitationEdit{Revision: in.Revision, InvitationDraft: draft(CreateInvitationInput{
		TenantID: in.TenantID, NewTenant: in.NewTenant, PlanID: in.PlanID, Unit: in.Unit, CardPrice: in.CardPrice,
		AchPrice: in.AchPrice, AnchorDay: in.AnchorDay, InsurancePlanID: in.InsurancePlanID})}
	edit.ID, _ = nounInvitation.parse(in.ID)
	saved, err := r.Migration.UpdateInvitation(ctx, Actor(ctx), edit)
	forget(ctx, saved.Invitation)
	refusals, err := userErrors(err)
	return &UpdateInvitationPayload{Invitation: saved.Invitation, Warnings: warnings(saved.Warnings), UserErrors: refusals}, err
}

func (r *mutationResolver) DeleteInvitation(ctx context.Context, input DeleteInvitationInput) (*DeleteInvitationPayload, error) {
	id, _ := nounInvitation.parse(input.ID)
	if err := r.Migration.DeleteInvitation(ctx, Actor(ctx), id); err != nil {
		refusals, err := userErrors(err)
		return &DeleteInvitationPayload{UserErrors: refusals}, err
	}
	return &DeleteInvitationPayload{DeletedID: &input.ID, UserErrors: noErrors}, nil
}

func (r *mutationResolver) RevokeInvitation(ctx context.Context, input RevokeInvitationInput) (*RevokeInvitationPayload, error) {
	id, _ := nounInvitation.parse(input.ID)
	inv, err := r.Migration.RevokeInvitation(ctx, Actor(ctx), id, orBlank(input.Reason))
	forget(ctx, inv)
	refusals, err := userErrors(err)
	return &RevokeInvitationPayload{Invitation: inv, UserErrors: refusals}, err
}

func (r *mutationResolver) RenewInvitationLink(ctx context.Context, input RenewInvitationLinkInput) (*RenewInvitationLinkPayload, error) {
	id, _ := nounInvitation.parse(input.ID)
	inv, err := r.Migration.RenewInvitationLink(ctx, Actor(ctx), id, input.Replace)
	refusals, err := userErrors(err)
	return &RenewInvitationLinkPayload{Invitation: inv, UserErrors: refusals}, err
}

func (r *mutationResolver) CopyInvitationLink(ctx context.Context, input CopyInvitationLinkInput) (*CopyInvitationLinkPayload, error) {
	id, _ := nounInvitation.parse(input.ID)
	copied, err := r.Migration.CopyInvitationLink(ctx, Actor(ctx), id)
	if err != nil {
		refusals, err := userErrors(err)
		return &CopyInvitationLinkPayload{UserErrors: refusals}, err
	}
	forget(ctx, copied.Invitation)
	return &CopyInvitationLinkPayload{Link: &copied.Link, ExpiresAt: &copied.ExpiresAt, UserErrors: noErrors}, nil
}

// forget lets a second mutation of one request not be answered with what the first one read.
func forget(ctx context.Context, inv *queries.Invitation) {
	if inv != nil {
		from(ctx).traces.Clear(inv.ID)
		from(ctx).revisions.Clear(inv.ID)
		from(ctx).knownAs.Clear(inv.TenantID)
		from(ctx).recipients.Clear(inv.ID)
	}
}

// draft takes an input as it is; ids that are none become ids of nothing, which the rules then refuse beside their field.
func draft(in CreateInvitationInput) migration.InvitationDraft {
	plan, _ := nounPlan.parse(in.PlanID)
	d := migration.InvitationDraft{
		TenantID: only(nounTenant, in.TenantID), PlanID: plan, Unit: orBlank(in.Unit), AnchorDay: in.AnchorDay,
		InsurancePlanID: only(nounInsurance, in.InsurancePlanID), CardPrice: price(in.CardPrice), AchPrice: price(in.AchPrice),
		LegacyMembershipID: only(nounLegacy, in.LegacyMembershipID),
	}
	if n := in.NewTenant; n != nil {
		d.NewTenant = &migration.NewTenant{Name: n.Name, Email: n.Email, Phone: orBlank(n.Phone), Consent: consent(n.PhoneConsent)}
	}
	return d
}

func price(in *MoneyInput) *migration.Price {
	if in == nil {
		return nil
	}
	return &migration.Price{Amount: in.Amount, Currency: in.Currency}
}

func consent(in *PhoneConsentInput) *migration.PhoneConsent {
	if in == nil {
		return nil
	}
	return &migration.PhoneConsent{GivenAt: in.GivenAt, Source: in.Source}
}

func orBlank(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// noWarnings is an empty list, which clients can count on instead of null.
var noWarnings = []*migration.Warning{}

func warnings(list []*migration.Warning) []*migration.Warning {
	if list == nil {
		return noWarnings
	}
	return list
}

func (r *invitationResolver) CanEdit(_ context.Context, obj *queries.Invitation) (bool, error) {
	return migration.CanEdit(obj), nil
}

func (r *invitationResolver) CanRevoke(_ context.Context, obj *queries.Invitation) (bool, error) {
	return migration.CanRevoke(obj), nil
}

func (r *invitationResolver) CanDelete(ctx context.Context, obj *queries.Invitation) (bool, error) {
	if obj.Status != queries.InvitationStatusPending {
		return false, nil
	}
	traces, err := from(ctx).traces.Load(ctx, obj.ID)
	return err == nil && migration.CanDelete(obj, traces), err
}

func (r *invitationResolver) CanRenewLink(ctx context.Context, obj *queries.Invitation) (bool, error) {
	if obj.ReservationID == nil {
		return migration.CanRenewLink(obj, nil, false), nil
	}
	reservation, err := from(ctx).reservations.Load(ctx, *obj.ReservationID)
	if err != nil {
		return false, err
	}
	last, err := optional(ctx, from(ctx).submissions, reservation.CurrentSubmissionID)
	return migration.CanRenewLink(obj, last, reservation.EndedAt != nil), err
}
