package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

type tenant struct {
	at       []*place
	name     string
	email    *string
	phone    *string
	language *queries.MessageLanguage
}

func (l *loader) readTenants(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(tenantsTable(), func(r row) {
		at, err := l.placesIn(ctx, r, "locations")
		failed = cmp.Or(failed, err)
		l.tenants = append(l.tenants, l.tenant(r, at, seen))
	})
	return cmp.Or(err, failed)
}

func (l *loader) tenant(r row, at []*place, seen map[string]int) tenant {
	t := tenant{at: at, name: r.text("name"), email: r.optionalEmail("email"), phone: r.optionalPhone("phone"), language: r.language("language")}
	if r.cells["locations"] == "" {
		r.wrong("locations", "name the locations where this tenant is known, with "+list+" between them")
	}
	switch {
	case t.email != nil:
		r.once(seen, "email", *t.email)
	case t.phone != nil:
		r.once(seen, "phone", t.name+"\x00"+*t.phone)
	default:
		r.once(seen, "name", t.name)
	}
	return t
}

// writeTenants leaves a tenant who is known by email as they are: what they or staff have put right since is not undone by an
// old file. It only adds locations.
func (l *loader) writeTenants(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.tenants {
		id, err := l.tenantID(ctx, tx, one)
		if err != nil {
			return fmt.Errorf("write tenant %q: %w", one.name, err)
		}
		for _, at := range one.at {
			err := l.q.TenantLocationInsert(ctx, tx, queries.TenantLocationInsertParams{TenantID: id, LocationID: at.id})
			if err != nil {
				return fmt.Errorf("write tenant %q of %q: %w", one.name, at.slug, err)
			}
		}
	}
	return nil
}

func (l *loader) tenantID(ctx context.Context, tx pgx.Tx, t tenant) (uuid.UUID, error) {
	if t.email == nil {
		return l.withoutEmail(ctx, tx, t)
	}
	stored, err := l.q.TenantInsertOrGet(ctx, tx, queries.TenantInsertOrGetParams{
		ID: ids.New(), Email: *t.email, Name: t.name, Phone: t.phone, Language: t.language, Now: l.clock()})
	if err != nil {
		return uuid.Nil, err
	}
	return stored.ID, nil
}

// withoutEmail finds the person again or makes one. The load's lock keeps two loads from making one person twice.
func (l *loader) withoutEmail(ctx context.Context, tx pgx.Tx, t tenant) (uuid.UUID, error) {
	locations := make([]uuid.UUID, len(t.at))
	for i, at := range t.at {
		locations[i] = at.id
	}
	known, err := l.q.TenantFindWithoutEmail(ctx, tx, queries.TenantFindWithoutEmailParams{Name: t.name, Phone: t.phone, LocationIds: locations})
	if !errors.Is(err, pgx.ErrNoRows) {
		return known, err
	}
	return l.q.TenantInsertWithoutEmail(ctx, tx, queries.TenantInsertWithoutEmailParams{
		ID: ids.New(), Name: t.name, Phone: t.phone, Language: t.language, Now: l.clock()})
}
