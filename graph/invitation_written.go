package graph

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/money"
	"carryover/queries"
)

// Nodes are the rows, written as they were selected.
func (c *InvitationConnection) Nodes(ctx context.Context) (*Written, error) {
	return c.write(ctx, writtenInvitation, invitationImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, _ int, row *queries.Invitation) graphql.Marshaler {
		return ec._Invitation(ctx, selected, row)
	})
}

// Edges are the rows with their cursors, written as they were selected.
func (c *InvitationConnection) Edges(ctx context.Context) (*Written, error) {
	edge := writable[*listed]{
		"cursor": text(func(l *listed) string { return invitationCursor(c.order, l.ListedInvitation) }),
		"node":   object(func(l *listed) *listed { return l }, writtenInvitation, invitationImplementors),
	}
	return c.write(ctx, edge, invitationEdgeImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, i int, row *queries.Invitation) graphql.Marshaler {
		return ec._InvitationEdge(ctx, selected, &InvitationEdge{Cursor: invitationCursor(c.order, c.rows[i]), Node: row})
	})
}

// ordinary is gqlgen's own way to one row.
type ordinary func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, i int, row *queries.Invitation) graphql.Marshaler

// listed is a row as it is now.
type listed struct {
	*queries.ListedInvitation
	now time.Time
}

// write takes the short way where everything that was selected can be written, and otherwise the ordinary one for all rows.
func (c *InvitationConnection) write(ctx context.Context, fields writable[*listed], implementors []string, ordinary ordinary) (*Written, error) {
	selected := graphql.GetFieldContext(ctx).Field.Selections
	write := fields.writer(graphql.GetOperationContext(ctx), selected, implementors)
	if write == nil {
		return c.execute(ctx, selected, ordinary)
	}
	answer, now := append(make([]byte, 0, 768*len(c.rows)+2), '['), c.resolver.Migration.Clock()
	for i, row := range c.rows {
		if i > 0 {
			answer = append(answer, ',')
		}
		answer = write(answer, &listed{row, now})
	}
	return &Written{append(answer, ']')}, nil
}

// execute reads the whole rows first, which the page has in part.
func (c *InvitationConnection) execute(ctx context.Context, selected ast.SelectionSet, ordinary ordinary) (*Written, error) {
	ids := make([]uuid.UUID, len(c.rows))
	for i, row := range c.rows {
		ids[i] = row.ID
	}
	rows, err := from(ctx).invitations.LoadAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	schema := NewExecutableSchema(Config{Resolvers: c.resolver, Directives: Directives()}).(*executableSchema)
	ec := newExecutionContext(graphql.GetOperationContext(ctx), schema, nil)
	all := graphql.MarshalSliceConcurrently(ctx, len(rows), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		graphql.GetFieldContext(ctx).Index = &i // where it is in the answer
		return ordinary(ctx, ec, selected, i, rows[i])
	})
	if slices.Contains(all, graphql.Marshaler(graphql.Null)) {
		return nil, nil // why was said where it failed; a list that lacks a row is none
	}
	var answer bytes.Buffer
	all.MarshalGQL(&answer)
	return &Written{answer.Bytes()}, nil
}

// writtenInvitation are the fields of a row that need nothing but what every page reads.
var writtenInvitation = writable[*listed]{
	"id":   globalID(nounInvitation, func(l *listed) uuid.UUID { return l.ID }),
	"unit": text(func(l *listed) string { return l.Unit }),
	"status": leaf(func(answer []byte, l *listed) []byte {
		return appendText(answer, marshalNInvitationStatus2carryoverᚋqueriesᚐInvitationStatus[l.Status])
	}),
	"revision":         number(func(l *listed) int { return l.Revision }),
	"anchorDay":        number(func(l *listed) int { return l.AnchorDay }),
	"hasPriceOverride": truth(func(l *listed) bool { return l.HasPriceOverride }),
	"cardPrice":        amount(func(l *listed) int64 { return l.CardPrice }),
	"achPrice":         amount(func(l *listed) int64 { return l.AchPrice }),
	"emailSentAt":      moment(func(l *listed) *time.Time { return l.EmailSentAt }),
	"smsSentAt":        moment(func(l *listed) *time.Time { return l.SmsSentAt }),
	"openedAt":         moment(func(l *listed) *time.Time { return l.OpenedAt }),
	"claimedAt":        moment(func(l *listed) *time.Time { return l.ClaimedAt }),
	"revokedAt":        moment(func(l *listed) *time.Time { return l.RevokedAt }),
	"revokedReason":    text(func(l *listed) string { return l.RevokedReason }),
	"deliveryFailed":   truth(func(l *listed) bool { return l.DeliveryFailed }),
	"linkExpiresAt":    moment(func(l *listed) *time.Time { return &l.LinkExpiresAt }),
	"isExpired":        truth(func(l *listed) bool { return isExpired(l.Status, l.LinkExpiresAt, l.now) }),
	"createdAt":        moment(func(l *listed) *time.Time { return &l.CreatedAt }),
	"tenant":           object(same, writtenTenant, tenantImplementors),
	"location":         object(same, writtenLocation, locationImplementors),
	"plan":             object(same, writtenPlan, planImplementors),
	"insurancePlan": object(func(l *listed) *listed {
		if l.InsuranceID == nil {
			return nil
		}
		return l
	}, writtenInsurance, insurancePlanImplementors),
}

func same(l *listed) *listed { return l }

var writtenTenant = writable[*listed]{
	"id":    globalID(nounTenant, func(l *listed) uuid.UUID { return l.TenantID }),
	"name":  text(func(l *listed) string { return cmp.Or(l.KnownAs, l.TenantName) }),
	"email": textOrNull(func(l *listed) *string { return l.TenantEmail }),
	"phone": textOrNull(func(l *listed) *string {
		switch {
		case l.KnownAs == "":
			return l.TenantPhone
		case l.KnownPhone == "":
			return nil
		}
		return &l.KnownPhone
	}),
	"activatedAt": moment(func(l *listed) *time.Time {
		if l.KnownAs != "" { // it is the record's
			return nil
		}
		return l.TenantActivatedAt
	}),
}

var writtenLocation = writable[*listed]{
	"id":       globalID(nounLocation, func(l *listed) uuid.UUID { return l.LocationID }),
	"name":     text(func(l *listed) string { return l.LocationName }),
	"timeZone": text(func(l *listed) string { return l.TimeZone }),
	"currency": text(func(l *listed) string { return l.Currency }), // one by foreign keys, here and for what is below
}

var writtenPlan = writable[*listed]{
	"id":        globalID(nounPlan, func(l *listed) uuid.UUID { return l.PlanID }),
	"name":      text(func(l *listed) string { return l.PlanName }),
	"isOffered": truth(func(l *listed) bool { return l.PlanArchivedAt == nil }),
}

var writtenInsurance = writable[*listed]{
	"id":        globalID(nounInsurance, func(l *listed) uuid.UUID { return *l.InsuranceID }),
	"name":      text(func(l *listed) string { return *l.InsuranceName }),
	"price":     amount(func(l *listed) int64 { return l.InsurancePrice }),
	"isOffered": truth(func(l *listed) bool { return l.InsuranceArchivedAt == nil }),
}

// amount writes a price in the invitation's currency; null where there is none.
func amount(get func(*listed) int64) func(*graphql.OperationContext, ast.SelectionSet) writer[*listed] {
	return func(op *graphql.OperationContext, selected ast.SelectionSet) writer[*listed] {
		write := writtenMoney.writer(op, selected, moneyImplementors)
		if write == nil {
			return nil
		}
		return func(answer []byte, l *listed) []byte {
			if minor := get(l); minor >= 0 {
				return write(answer, money.Money{Minor: minor, Currency: l.Currency})
			}
			return append(answer, "null"...)
		}
	}
}

var writtenMoney = writable[money.Money]{
	"amount":   text(money.Money.Decimal),
	"currency": text(func(m money.Money) string { return m.Currency }),
}
