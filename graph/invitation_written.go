package graph

import (
	"bytes"
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/money"
	"carryover/queries"
)

// Nodes are the rows, written as they were selected.
func (c *InvitationConnection) Nodes(ctx context.Context) (*Written, error) {
	return c.write(ctx, writtenInvitation, invitationImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *queries.Invitation) graphql.Marshaler {
		return ec._Invitation(ctx, selected, row)
	})
}

// Edges are the rows with their cursors, written as they were selected.
func (c *InvitationConnection) Edges(ctx context.Context) (*Written, error) {
	edge := writable[*listed]{
		"cursor": text(func(l *listed) string { return invitationKeys.cursor(c.order, l.Invitation) }),
		"node":   object(func(l *listed) *listed { return l }, writtenInvitation, invitationImplementors),
	}
	return c.write(ctx, edge, invitationEdgeImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *queries.Invitation) graphql.Marshaler {
		return ec._InvitationEdge(ctx, selected, &InvitationEdge{Cursor: invitationKeys.cursor(c.order, row), Node: row})
	})
}

// ordinary is gqlgen's own way to one row.
type ordinary func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *queries.Invitation) graphql.Marshaler

// write takes the short way with the rows that it can, and the ordinary one with the others, all of those together.
func (c *InvitationConnection) write(ctx context.Context, fields writable[*listed], implementors []string, ordinary ordinary) (*Written, error) {
	selected := graphql.GetFieldContext(ctx).Field.Selections
	write := fields.writer(graphql.GetOperationContext(ctx), selected, implementors)
	page := make([]listed, len(c.rows))
	if write != nil && len(c.rows) > 0 {
		var err error
		if page, err = c.resolver.parties(ctx, c.rows); err != nil {
			return nil, err
		}
	}
	var long []int
	for i := range page {
		if !page[i].ready {
			long = append(long, i)
		}
	}
	others := c.execute(ctx, selected, long, ordinary)
	answer := bytes.NewBuffer(append(make([]byte, 0, 512*len(page)+2), '['))
	for i := range page {
		if i > 0 {
			answer.WriteByte(',')
		}
		switch {
		case page[i].ready:
			answer.Write(write(answer.AvailableBuffer(), &page[i]))
		case others[0] == graphql.Null:
			return nil, nil // why was said where it failed; a list that lacks a row is none
		default:
			others[0].MarshalGQL(answer)
			others = others[1:]
		}
	}
	answer.WriteByte(']')
	return &Written{answer.Bytes()}, nil
}

func (c *InvitationConnection) execute(ctx context.Context, selected ast.SelectionSet, rows []int, ordinary ordinary) graphql.Array {
	schema := NewExecutableSchema(Config{Resolvers: c.resolver, Directives: Directives()}).(*executableSchema)
	ec := newExecutionContext(graphql.GetOperationContext(ctx), schema, nil)
	return graphql.MarshalSliceConcurrently(ctx, len(rows), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		graphql.GetFieldContext(ctx).Index = &rows[i] // where it is in the answer
		return ordinary(ctx, ec, selected, c.rows[rows[i]])
	})
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
	"hasPriceOverride": truth(func(l *listed) bool { return l.CardPriceOverrideMinor != nil || l.AchPriceOverrideMinor != nil }),
	"cardPrice":        object(func(l *listed) *money.Money { m := l.offer.CardPrice(); return &m }, writtenMoney, moneyImplementors),
	"achPrice":         object(func(l *listed) *money.Money { return l.offer.AchPrice() }, writtenMoney, moneyImplementors),
	"emailSentAt":      moment(func(l *listed) *time.Time { return l.EmailSentAt }),
	"smsSentAt":        moment(func(l *listed) *time.Time { return l.SmsSentAt }),
	"openedAt":         moment(func(l *listed) *time.Time { return l.OpenedAt }),
	"claimedAt":        moment(func(l *listed) *time.Time { return l.ClaimedAt }),
	"revokedAt":        moment(func(l *listed) *time.Time { return l.RevokedAt }),
	"revokedReason":    text(func(l *listed) string { return l.RevokedReason }),
	"deliveryFailed":   truth(func(l *listed) bool { return l.DeliveryFailed }),
	"linkExpiresAt":    moment(func(l *listed) *time.Time { return &l.LinkExpiresAt }),
	"isExpired":        truth(func(l *listed) bool { return isExpired(l.Invitation, l.now) }),
	"createdAt":        moment(func(l *listed) *time.Time { return &l.CreatedAt }),
	"tenant":           object(func(l *listed) *queries.Tenant { return &l.tenant }, writtenTenant, tenantImplementors),
	"location":         object(func(l *listed) *queries.Location { return &l.location }, writtenLocation, locationImplementors),
	"plan":             object(func(l *listed) *queries.Plan { return &l.plan }, writtenPlan, planImplementors),
	"insurancePlan":    object(func(l *listed) *queries.InsurancePlan { return l.insurance }, writtenInsurance, insurancePlanImplementors),
}

var writtenTenant = writable[*queries.Tenant]{
	"id":          globalID(nounTenant, func(t *queries.Tenant) uuid.UUID { return t.ID }),
	"name":        text(func(t *queries.Tenant) string { return t.Name }),
	"email":       textOrNull(func(t *queries.Tenant) *string { return t.Email }),
	"phone":       textOrNull(func(t *queries.Tenant) *string { return t.Phone }),
	"activatedAt": moment(func(t *queries.Tenant) *time.Time { return t.ActivatedAt }),
}

var writtenLocation = writable[*queries.Location]{
	"id":       globalID(nounLocation, func(l *queries.Location) uuid.UUID { return l.ID }),
	"name":     text(func(l *queries.Location) string { return l.Name }),
	"timeZone": text(func(l *queries.Location) string { return l.TimeZone }),
	"currency": text(func(l *queries.Location) string { return l.Currency }),
}

var writtenPlan = writable[*queries.Plan]{
	"id":        globalID(nounPlan, func(p *queries.Plan) uuid.UUID { return p.ID }),
	"name":      text(func(p *queries.Plan) string { return p.Name }),
	"isOffered": truth(func(p *queries.Plan) bool { return p.ArchivedAt == nil }),
}

var writtenInsurance = writable[*queries.InsurancePlan]{
	"id":   globalID(nounInsurance, func(i *queries.InsurancePlan) uuid.UUID { return i.ID }),
	"name": text(func(i *queries.InsurancePlan) string { return i.Name }),
	"price": object(func(i *queries.InsurancePlan) *money.Money {
		return &money.Money{Minor: i.PriceMinor, Currency: i.Currency}
	},
		writtenMoney, moneyImplementors),
	"isOffered": truth(func(i *queries.InsurancePlan) bool { return i.ArchivedAt == nil }),
}

var writtenMoney = writable[*money.Money]{
	"amount":   text(func(m *money.Money) string { return m.Decimal() }),
	"currency": text(func(m *money.Money) string { return m.Currency }),
}
