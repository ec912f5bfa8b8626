package load

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// known is what other files may name: from the files of this load, else from the database. An id is nil until it is written.
type known struct {
	locations map[string]*place
	staff     map[string]*person
}

type place struct {
	slug, currency string
	id             uuid.UUID
}

type person struct {
	id     uuid.UUID
	stored bool // with a password, which is kept
}

func newKnown() known {
	return known{locations: map[string]*place{}, staff: map[string]*person{}}
}

// place answers a location by its slug, nil where there is none in either.
func (l *loader) place(ctx context.Context, slug string) (*place, error) {
	if p, ok := l.known.locations[slug]; ok {
		return p, nil
	}
	stored, err := found(l.q.LocationGetBySlug(ctx, l.pool, slug))
	if err != nil {
		return nil, fmt.Errorf("look for location %q: %w", slug, err)
	}
	var p *place
	if stored != nil {
		p = &place{slug: slug, currency: stored.Currency, id: stored.ID}
	}
	l.known.locations[slug] = p // also that there is none
	return p, nil
}

// person answers a staff member by email, nil where there is none in either.
func (l *loader) person(ctx context.Context, email string) (*person, error) {
	if p, ok := l.known.staff[email]; ok {
		return p, nil
	}
	stored, err := found(l.q.StaffGetByEmail(ctx, l.pool, email))
	if err != nil {
		return nil, fmt.Errorf("look for staff %q: %w", email, err)
	}
	var p *person
	if stored != nil {
		p = &person{id: stored.ID, stored: true}
	}
	l.known.staff[email] = p
	return p, nil
}

// placeIn answers the location that a column names, with a mistake noted and nil where there is none.
func (l *loader) placeIn(ctx context.Context, r row, column, slug string) (*place, error) {
	p, err := l.place(ctx, slug)
	if p == nil && err == nil {
		r.wrong(column, fmt.Sprintf("there is no location %q: write a slug of locations.csv or of the database", shorten(slug)))
	}
	return p, err
}

func (l *loader) placesIn(ctx context.Context, r row, column string) ([]*place, error) {
	var places []*place
	for _, slug := range r.names(column) {
		p, err := l.placeIn(ctx, r, column, slug)
		if err != nil {
			return nil, err
		}
		if p != nil {
			places = append(places, p)
		}
	}
	return places, nil
}

// found turns "no row" into a nil row, which is an answer and not an error.
func found[T any](row *T, err error) (*T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return row, err
}
