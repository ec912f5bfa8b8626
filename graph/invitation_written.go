package graph

import (
	"bytes"
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

// listed is a row of a page with all that was read for it.
type listed struct {
	*queries.Invitation
	parties   *queries.InvitationListPartiesRow
	insurance *queries.InsurancePlan
	offer     migration.Offer
	now       time.Time
}

// Nodes are the rows, written as they were selected.
func (c *InvitationConnection) Nodes(ctx context.Context) (*Written, error) {
	return c.write(ctx, writtenInvitation, invitationImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, l *listed) graphql.Marshaler {
		return ec._Invitation(ctx, selected, l.Invitation)
	})
}

// Edges are the rows with their cursors, written as they were selected.
func (c *InvitationConnection) Edges(ctx context.Context) (*Written, error) {
	cursor := func(l *listed) string { return invitationCursor(c.order, l.Invitation) }
	edge := writable[*listed]{
		"cursor": text(cursor),
		"node":   object(func(l *listed) *listed { return l }, writtenInvitation, invitationImplementors),
	}
	return c.write(ctx, edge, invitationEdgeImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, l *listed) graphql.Marshaler {
		return ec._InvitationEdge(ctx, selected, &InvitationEdge{Cursor: cursor(l), Node: l.Invitation})
	})
}

// ordinary is gqlgen's own way to one row.
type ordinary func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, l *listed) graphql.Marshaler

// write takes the short way with the rows that it can, and the ordinary one with the others, all of those together.
func (c *InvitationConnection) write(ctx context.Context, fields writable[*listed], implementors []string, ordinary ordinary) (*Written, error) {
	selected := graphql.GetFieldContext(ctx).Field.Selections
	write := fields.writer(graphql.GetOperationContext(ctx), selected, implementors)
	var long []int
	for i, row := range c.rows {
		if write == nil || !row.parties.ByRecord {
			long = append(long, i)
		}
	}
	others := c.execute(ctx, selected, long, ordinary)
	answer := append(make([]byte, 0, 512*len(c.rows)+2), '[')
	for i, row := range c.rows {
		if i > 0 {
			answer = append(answer, ',')
		}
		if len(long) == 0 || long[0] != i {
			answer = write(answer, row)
			continue
		}
		if others[0] == graphql.Null {
			return nil, nil // why was said where it failed; a list without its rows is none
		}
		one := bytes.NewBuffer(answer)
		others[0].MarshalGQL(one)
		answer, others, long = one.Bytes(), others[1:], long[1:]
	}
	return &Written{append(answer, ']')}, nil
}

func (c *InvitationConnection) execute(ctx context.Context, selected ast.SelectionSet, rows []int, ordinary ordinary) graphql.Array {
	if len(rows) == 0 {
		return nil
	}
	schema := NewExecutableSchema(Config{Resolvers: c.resolver, Directives: Directives()}).(*executableSchema) //nolint:errcheck,forcetypeassert // the line before says what it is
	ec := newExecutionContext(graphql.GetOperationContext(ctx), schema, nil)
	return graphql.MarshalSliceConcurrently(ctx, len(rows), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		graphql.GetFieldContext(ctx).Index = &rows[i] // where it is in the answer
		return ordinary(ctx, ec, selected, c.rows[rows[i]])
	})
}

// writtenInvitation are the fields of a row that need nothing but what every page reads. How a tenant is shown is that of one who
// is known by the record.
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
	"tenant":           object(func(l *listed) *queries.Tenant { return &l.parties.Tenant }, writtenTenant, tenantImplementors),
	"location":         object(func(l *listed) *queries.Location { return &l.parties.Location }, writtenLocation, locationImplementors),
	"plan":             object(func(l *listed) *queries.Plan { return &l.parties.Plan }, writtenPlan, planImplementors),
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
