package load

import (
	"cmp"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

type member struct {
	*person
	at       []*place
	password string
	params   queries.StaffUpsertParams
}

func (l *loader) readStaff(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(staffTable(), func(r row) {
		at, err := l.placesIn(ctx, r, "locations")
		failed = cmp.Or(failed, err)
		one := l.member(r, at, seen)
		one.person, err = l.person(ctx, one.params.Email)
		failed = cmp.Or(failed, err)
		if one.person == nil {
			one.person = &person{}
		}
		l.known.staff[one.params.Email] = one.person
		l.staff = append(l.staff, one)
	})
	return cmp.Or(err, failed)
}

// A password shorter than minPassword is guessed; package access refuses to look at one longer than maxPassword.
const (
	minPassword = 12
	maxPassword = 256
)

func (l *loader) member(r row, at []*place, seen map[string]int) member {
	p := queries.StaffUpsertParams{
		ID: ids.New(), Email: r.email("email"), Name: r.text("name"), Now: l.clock(),
		Role: queries.StaffRole(r.choice("role", "admin", "manager", "attendant"))}
	r.once(seen, "email", p.Email)
	password := r.cells["password"]
	if n := len(password); n > 0 && (n < minPassword || n > maxPassword) {
		r.wrong("password", fmt.Sprintf("write %d to %d characters, or leave it empty for somebody who does not sign in", minPassword, maxPassword))
	}
	switch needed := p.Role != queries.StaffRoleAdmin; {
	case needed && r.cells["locations"] == "":
		r.wrong("locations", "name the locations of this "+string(p.Role)+", with "+list+" between them")
	case p.Role == queries.StaffRoleAdmin && r.cells["locations"] != "":
		r.wrong("locations", "leave it empty: an admin is at every location")
	}
	return member{at: at, password: password, params: p}
}

// writeStaff adds locations and takes none away: who is no longer at one may stand in another file.
func (l *loader) writeStaff(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.staff {
		stored, err := l.q.StaffUpsert(ctx, tx, one.params)
		if err != nil {
			return fmt.Errorf("write staff %q: %w", one.params.Email, err)
		}
		one.id = stored.ID
		for _, at := range one.at {
			err := l.q.StaffLocationInsert(ctx, tx, queries.StaffLocationInsertParams{StaffID: stored.ID, LocationID: at.id})
			if err != nil {
				return fmt.Errorf("write staff %q of %q: %w", one.params.Email, at.slug, err)
			}
		}
	}
	return nil
}
