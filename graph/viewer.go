package graph

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/migration"
	"carryover/queries"
)

func (r *queryResolver) Viewer(ctx context.Context) (*Viewer, error) {
	req := access.From(ctx)
	if req.Viewer == nil && req.Tenant == nil {
		return nil, nil
	}
	v := &Viewer{Locations: []*queries.Location{}}
	if req.Viewer != nil {
		staff, err := r.viewer(ctx, req.Viewer.Staff)
		if err != nil {
			return nil, err
		}
		v = staff
		v.Token = req.Viewer.Token
	}
	if req.Tenant == nil {
		return v, nil
	}
	account, err := r.Migration.Account(ctx, req.Tenant.Tenant)
	v.Tenant = account
	return v, err
}

func (r *Resolver) viewer(ctx context.Context, staff *queries.Staff) (*Viewer, error) {
	locations, err := r.q.LocationListManaged(ctx, r.Pool, queries.LocationListManagedParams{StaffID: staff.ID, RowLimit: 1000})
	return &Viewer{Staff: staff, Locations: locations}, err
}

// SignIn answers a token and sets it as a cookie; wrong credentials of any kind are one answer.
func (r *mutationResolver) SignIn(ctx context.Context, input SignInInput) (*SignInPayload, error) {
	req := access.From(ctx)
	in, err := r.Access.SignIn(ctx, input.Email, input.Password, req.Origin())
	if errors.Is(err, access.ErrWrongCredentials) {
		return &SignInPayload{UserErrors: migration.Refuse(migration.CodeWrongCredentials, "Email or password is wrong.")}, nil
	}
	refusals, err := userErrors(err)
	if in == nil || err != nil {
		return &SignInPayload{UserErrors: refusals}, err
	}
	req.SetCookie(in.Token)
	viewer, err := r.viewer(ctx, in.Staff)
	return &SignInPayload{Token: &in.Token, ExpiresAt: &in.ExpiresAt, Viewer: viewer, UserErrors: noErrors}, err
}

// SignOut ends the sign-ins of this request. Without one there is nothing to end.
func (r *mutationResolver) SignOut(ctx context.Context) (*SignOutPayload, error) {
	req := access.From(ctx)
	if req.Viewer != nil {
		if err := r.Access.SignOut(ctx, req.Viewer, actor(ctx)); err != nil {
			return nil, err
		}
	}
	if req.Tenant != nil {
		if err := r.Access.SignOutTenant(ctx, req.Tenant); err != nil {
			return nil, err
		}
		req.SetTenantCookie("")
	}
	req.SetCookie("")
	return &SignOutPayload{UserErrors: noErrors}, nil
}

type staffResolver struct{ *Resolver }

func (r *staffResolver) ID(_ context.Context, obj *queries.Staff) (string, error) {
	return nounStaff.id(obj.ID), nil
}

// staff answers oneself, and everybody to an ADMIN.
func (r *Resolver) staff(ctx context.Context, id uuid.UUID) (*queries.Staff, error) {
	v := access.From(ctx).Viewer
	if v == nil || (v.Staff.ID != id && v.Staff.Role != queries.StaffRoleAdmin) {
		return nil, nil
	}
	rows, err := r.q.StaffListByIDs(ctx, r.Pool, []uuid.UUID{id})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}
