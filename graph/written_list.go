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
)

// writing is what one large list is written by: Row is what a page reads of a row, Whole the row with all that there is of it.
type writing[Row, Whole any] struct {
	keys                           keyed[Row]
	fields                         writable[*listed[Row]]
	implementors, edgeImplementors []string
	about                          func(row *Row) shown

	// The ordinary way: whole rows, and gqlgen's own way to one of them.
	whole func(ctx context.Context, ids []uuid.UUID) ([]*Whole, error)
	node  func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *Whole) graphql.Marshaler
	edge  func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, cursor string, row *Whole) graphql.Marshaler
}

// listed is a row as it is now.
type listed[Row any] struct {
	row   *Row
	about shown
	now   time.Time
}

// shown is whom and what a row of either list is about.
type shown struct {
	tenantID                 uuid.UUID
	name                     string
	email, phone             *string
	activatedAt              *time.Time
	knownAs, knownPhone      string
	planID                   uuid.UUID
	planName                 string
	planArchivedAt           *time.Time
	locationID               uuid.UUID
	locationName, zone, coin string
}

// writtenPage are a page's rows, which are written only when asked for.
type writtenPage[Row, Whole any] struct {
	resolver *Resolver
	rows     []*Row
	order    listOrder
	by       *writing[Row, Whole]
}

// Nodes are the rows, written as they were selected.
func (c *writtenPage[Row, Whole]) Nodes(ctx context.Context) (*Written, error) {
	return c.write(ctx, c.by.fields, c.by.implementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, _ int, row *Whole) graphql.Marshaler {
		return c.by.node(ctx, ec, selected, row)
	})
}

// Edges are the rows with their cursors, written as they were selected.
func (c *writtenPage[Row, Whole]) Edges(ctx context.Context) (*Written, error) {
	edge := writable[*listed[Row]]{
		"cursor": text(func(l *listed[Row]) string { return c.by.keys.cursor(c.order, l.row) }),
		"node":   object(func(l *listed[Row]) *listed[Row] { return l }, c.by.fields, c.by.implementors),
	}
	return c.write(ctx, edge, c.by.edgeImplementors, func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, i int, row *Whole) graphql.Marshaler {
		return c.by.edge(ctx, ec, selected, c.by.keys.cursor(c.order, c.rows[i]), row)
	})
}

// ordinary is gqlgen's own way to one row.
type ordinary[Whole any] func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, i int, row *Whole) graphql.Marshaler

// write takes the short way where everything that was selected can be written, and otherwise the ordinary one for all rows.
func (c *writtenPage[Row, Whole]) write(ctx context.Context, fields writable[*listed[Row]], implementors []string, ordinary ordinary[Whole]) (*Written, error) {
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
		answer = write(answer, &listed[Row]{row, c.by.about(row), now})
	}
	return &Written{append(answer, ']')}, nil
}

// execute reads the whole rows first, which the page has in part.
func (c *writtenPage[Row, Whole]) execute(ctx context.Context, selected ast.SelectionSet, ordinary ordinary[Whole]) (*Written, error) {
	ids := make([]uuid.UUID, len(c.rows))
	for i, row := range c.rows {
		ids[i] = c.by.keys.id(row)
	}
	rows, err := c.by.whole(ctx, ids)
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

func about[Row any](l *listed[Row]) *shown { return &l.about }

var writtenTenant = writable[*shown]{
	"id":    globalID(nounTenant, func(s *shown) uuid.UUID { return s.tenantID }),
	"name":  text(func(s *shown) string { return cmp.Or(s.knownAs, s.name) }),
	"email": textOrNull(func(s *shown) *string { return s.email }),
	"phone": textOrNull(func(s *shown) *string {
		switch {
		case s.knownAs == "":
			return s.phone
		case s.knownPhone == "":
			return nil
		}
		return &s.knownPhone
	}),
	"activatedAt": moment(func(s *shown) *time.Time {
		if s.knownAs != "" { // it is the record's
			return nil
		}
		return s.activatedAt
	}),
}

var writtenLocation = writable[*shown]{
	"id":       globalID(nounLocation, func(s *shown) uuid.UUID { return s.locationID }),
	"name":     text(func(s *shown) string { return s.locationName }),
	"timeZone": text(func(s *shown) string { return s.zone }),
	"currency": text(func(s *shown) string { return s.coin }), // one by foreign keys, here and for the prices
}

var writtenPlan = writable[*shown]{
	"id":        globalID(nounPlan, func(s *shown) uuid.UUID { return s.planID }),
	"name":      text(func(s *shown) string { return s.planName }),
	"isOffered": truth(func(s *shown) bool { return s.planArchivedAt == nil }),
}

// amount writes a price in the row's currency; null where there is none.
func amount[Row any](get func(*Row) int64) func(*graphql.OperationContext, ast.SelectionSet) writer[*listed[Row]] {
	return func(op *graphql.OperationContext, selected ast.SelectionSet) writer[*listed[Row]] {
		write := writtenMoney.writer(op, selected, moneyImplementors)
		if write == nil {
			return nil
		}
		return func(answer []byte, l *listed[Row]) []byte {
			if minor := get(l.row); minor >= 0 {
				return write(answer, money.Money{Minor: minor, Currency: l.about.coin})
			}
			return append(answer, "null"...)
		}
	}
}

var writtenMoney = writable[money.Money]{
	"amount":   text(money.Money.Decimal),
	"currency": text(func(m money.Money) string { return m.Currency }),
}
