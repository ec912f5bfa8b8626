package graph

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/migration"
	"carryover/queries"
)

// Viewer is who is asking. What a client does not ask for is not read: the account, and where a staff member works.
type Viewer struct {
	Staff *queries.Staff
	Token *queries.ApiToken // of a program that comes in as the staff member

	resolver *Resolver
	tenant   *queries.Tenant
}

// Locations are none without a staff member, and for a gate those of its token.
func (v *Viewer) Locations(ctx context.Context) ([]*queries.Location, error) {
	if v.Staff == nil {
		return []*queries.Location{}, nil
	}
	if v.Token != nil && v.Token.Scope == queries.TokenScopeGate {
		rows, err := v.resolver.q.ApiTokenListManagedLocations(ctx, v.resolver.Pool, v.Token.ID)
		return append([]*queries.Location{}, rows...), err
	}
	return v.resolver.q.LocationListManaged(ctx, v.resolver.Pool, queries.LocationListManagedParams{StaffID: v.Staff.ID, RowLimit: 1000})
}

// Tenant is the signed-in tenant's account.
func (v *Viewer) Tenant(ctx context.Context) (*migration.Account, error) {
	if v.tenant == nil {
		return nil, nil
	}
	return v.resolver.Migration.Account(ctx, v.tenant)
}

func (r *queryResolver) Viewer(ctx context.Context) (*Viewer, error) {
	req := access.From(ctx)
	if req.Viewer == nil && req.Tenant == nil {
		return nil, nil
	}
	v := &Viewer{resolver: r.Resolver}
	if req.Viewer != nil {
		v.Staff, v.Token = req.Viewer.Staff, req.Viewer.Token
	}
	if req.Tenant != nil {
		v.tenant = req.Tenant.Tenant
	}
	return v, nil
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
	letIn(req, in)
	return &SignInPayload{Token: &in.Token, ExpiresAt: &in.ExpiresAt, Viewer: &Viewer{Staff: in.Staff, resolver: r.Resolver}, UserErrors: noErrors}, nil
}

// letIn hands the browser what a sign-in that began left for it.
func letIn(req *access.Request, in *access.SignIn) {
	req.SetCookie(in.Token)
	req.SetDeviceCookie(in.Device)
}

// SignOut ends the sign-ins of this request. Without one there is nothing to end.
func (r *mutationResolver) SignOut(ctx context.Context) (*SignOutPayload, error) {
	req := access.From(ctx)
	if req.Viewer != nil {
		if err := r.Access.SignOut(ctx, req.Viewer, Actor(ctx)); err != nil {
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

// staff answers oneself, and everybody to an ADMIN in person, as staffMembers does: no program of theirs reads who works here.
func (r *Resolver) staff(ctx context.Context, id uuid.UUID) (*queries.Staff, error) {
	v := access.From(ctx).Viewer
	if v == nil || (v.Staff.ID != id && !v.IsAdminInPerson()) {
		return nil, nil
	}
	rows, err := r.q.StaffListByIDs(ctx, r.Pool, []uuid.UUID{id})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}
