package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/queries"
)

// allow lets a field through to staff of the named roles and, where a program comes with a token of theirs, of the named scopes. Whose
// things they then see is bounded in the queries. A tenant is somebody, but nobody here.
func allow(ctx context.Context, _ any, next graphql.Resolver, to []queries.StaffRole, scopes []queries.TokenScope) (any, error) {
	req := access.From(ctx)
	viewer := req.Viewer
	switch {
	case viewer == nil && req.Tenant != nil:
		return nil, Coded("FORBIDDEN", "This is for staff.")
	case viewer == nil:
		return nil, Coded("UNAUTHENTICATED", "Sign in first: hand in the token of signIn as `Authorization: Bearer …` or its cookie.")
	case !slices.Contains(to, viewer.Staff.Role):
		return nil, Coded("FORBIDDEN", "Your role does not allow this.")
	case viewer.Token != nil && !slices.Contains(scopesOf(ctx, scopes), viewer.Scope()):
		return nil, Coded("FORBIDDEN", "This token's scope does not allow this.")
	}
	return next(ctx)
}

// scopesOf is what the schema says, or what holds where it says nothing: a token that may only read changes nothing.
func scopesOf(ctx context.Context, said []queries.TokenScope) []queries.TokenScope {
	switch {
	case said != nil:
		return said
	case graphql.GetFieldContext(ctx).Object == "Mutation":
		return []queries.TokenScope{queries.TokenScopeStaff}
	}
	return []queries.TokenScope{queries.TokenScopeReadOnly, queries.TokenScopeStaff}
}

// tenant lets a field through to a signed-in tenant, whatever staff member may be signed in beside.
func tenant(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	req := access.From(ctx)
	switch {
	case req.Tenant != nil:
		return next(ctx)
	case req.Viewer != nil:
		return nil, Coded("FORBIDDEN", "This is for tenants, about themselves.")
	}
	return nil, Coded("UNAUTHENTICATED", "Sign in first: ask for a link with requestSignInLink and hand in the token of signInWithLink.")
}

// open lets a field through to everybody; it is there so that no field is open by omission.
func open(ctx context.Context, _ any, next graphql.Resolver) (any, error) { return next(ctx) }

// Directives carry out what the schema's `@allow`, `@tenant` and `@open` say.
func Directives() DirectiveRoot { return DirectiveRoot{Allow: allow, Tenant: tenant, Open: open} }

// Coded is an error that a client may see, with a code that programs rely on.
func Coded(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}
