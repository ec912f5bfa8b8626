package graph

import (
	"context"
	"errors"

	"carryover/access"
	"carryover/migration"
)

// linkErrors is userErrors of a verb that opens a mailed link.
func linkErrors(err error) ([]*migration.Refusal, error) {
	if errors.Is(err, access.ErrLinkClosed) {
		return migration.Refuse(migration.CodeLinkClosed, "This link opens nothing any more: each opens once and for a while. Ask for a new one.", "token"), nil
	}
	return userErrors(err)
}

func (r *mutationResolver) AcceptStaffInvitation(ctx context.Context, input AcceptStaffInvitationInput) (*AcceptStaffInvitationPayload, error) {
	req := access.From(ctx)
	in, err := r.Access.AcceptInvitation(ctx, input.Token, input.Password, req.Origin())
	refusals, err := linkErrors(err)
	if in == nil || err != nil {
		return &AcceptStaffInvitationPayload{UserErrors: refusals}, err
	}
	letIn(req, in)
	return &AcceptStaffInvitationPayload{Token: &in.Token, ExpiresAt: &in.ExpiresAt, Viewer: &Viewer{Staff: in.Staff, resolver: r.Resolver}, UserErrors: noErrors}, nil
}

func (r *mutationResolver) RequestPasswordReset(ctx context.Context, input RequestPasswordResetInput) (*RequestPasswordResetPayload, error) {
	refusals, err := userErrors(r.Migration.RequestPasswordReset(ctx, Actor(ctx), input.Email))
	return &RequestPasswordResetPayload{UserErrors: refusals}, err
}

func (r *mutationResolver) ResetPassword(ctx context.Context, input ResetPasswordInput) (*ResetPasswordPayload, error) {
	req := access.From(ctx)
	device, err := r.Access.ResetPassword(ctx, input.Token, input.Password, req.Origin())
	req.SetDeviceCookie(device)
	refusals, err := linkErrors(err)
	return &ResetPasswordPayload{UserErrors: refusals}, err
}

func (r *mutationResolver) ChangePassword(ctx context.Context, input ChangePasswordInput) (*ChangePasswordPayload, error) {
	req := access.From(ctx)
	in, err := r.Access.ChangePassword(ctx, req.Viewer, input.Current, input.Password, req.Origin())
	refusals, err := userErrors(err)
	if in == nil || err != nil {
		return &ChangePasswordPayload{UserErrors: refusals}, err
	}
	letIn(req, in)
	return &ChangePasswordPayload{Token: &in.Token, ExpiresAt: &in.ExpiresAt, UserErrors: noErrors}, nil
}
