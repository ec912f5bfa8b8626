package load

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

type location struct {
	*place
	row      row
	params   queries.LocationUpsertParams
	contact  *string
	terminal *string
}

var (
	slugForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	terminalForm = regexp.MustCompile(`^tml_[A-Za-z0-9]+$`)
)

func (l *loader) readLocations(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(locationsTable(), func(r row) {
		one := l.location(r, seen)
		failed = cmp.Or(failed, l.keepCurrency(ctx, one))
		l.locations = append(l.locations, one)
		l.known.locations[one.slug] = one.place
	})
	return cmp.Or(err, failed)
}

func (l *loader) location(r row, seen map[string]int) location {
	slug, currency := r.text("slug"), r.currency("currency")
	if slug != "" && !slugForm.MatchString(slug) {
		r.wrong("slug", "write lower-case letters, digits and hyphens, like denver-larimer")
	}
	r.once(seen, "slug", slug)
	p := queries.LocationUpsertParams{
		ID: ids.New(), Slug: slug, Name: r.text("name"), TimeZone: r.timeZone("time_zone"), Currency: currency,
		Language: queries.MessageLanguageEn, ReplyTo: r.optionalEmail("reply_to"), Now: l.clock()}
	if language := r.language("language"); language != nil {
		p.Language = *language
	}
	p.SenderName = cmp.Or(r.optionalText("sender_name"), p.Name)
	return location{place: &place{slug: slug, currency: currency}, row: r, params: p,
		contact: r.optionalEmail("staff_contact"), terminal: r.terminal("terminal_location")}
}

// terminal is Stripe's name for where the location's card readers are. Whether Stripe has it is seen where a reader is asked.
func (r row) terminal(column string) *string {
	id := r.cells[column]
	if id == "" {
		return nil
	}
	if !terminalForm.MatchString(id) {
		r.wrong(column, "write the id of a Stripe Terminal location, like tml_FBakXQG8bQk4Mm")
	}
	return &id
}

// timeZone takes names of the IANA database; "Local" and "" mean something else on each machine.
func (r row) timeZone(column string) string {
	name := r.cells[column]
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		r.wrong(column, "write a name of the IANA time zone database, like America/Denver")
	}
	return name
}

// keepCurrency: plans, invitations and subscriptions of a location were made in its currency.
func (l *loader) keepCurrency(ctx context.Context, one location) error {
	stored, err := found(l.q.LocationGetBySlug(ctx, l.pool, one.slug))
	if err != nil {
		return fmt.Errorf("look for location %q: %w", one.slug, err)
	}
	if stored != nil && stored.Currency != one.currency {
		one.row.wrong("currency", fmt.Sprintf("this location bills in %s, and a location's currency does not change: make another location", stored.Currency))
	}
	return nil
}

func (l *loader) writeLocations(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.locations {
		stored, err := l.writeLocation(ctx, tx, one.params)
		if err != nil {
			return fmt.Errorf("write location %q: %w", one.slug, err)
		}
		one.id = stored.ID
		if err := l.writeTerminal(ctx, tx, one); err != nil {
			return fmt.Errorf("write the terminal location of %q: %w", one.slug, err)
		}
	}
	return nil
}

// writeTerminal leaves what is there where the file has no such column: files from before there were readers take none away.
func (l *loader) writeTerminal(ctx context.Context, tx pgx.Tx, one location) error {
	if _, told := one.row.cells["terminal_location"]; !told {
		return nil
	}
	return l.q.LocationSetTerminal(ctx, tx, queries.LocationSetTerminalParams{ID: one.id, TerminalLocation: one.terminal})
}

// writeLocation lets the list follow where the name is another than it was.
func (l *loader) writeLocation(ctx context.Context, tx pgx.Tx, p queries.LocationUpsertParams) (*queries.Location, error) {
	was, err := found(l.q.LocationGetBySlug(ctx, tx, p.Slug))
	if err != nil {
		return nil, err
	}
	is, err := l.q.LocationUpsert(ctx, tx, p)
	if err != nil || was == nil || was.Name == is.Name {
		return is, err
	}
	return is, migration.EnqueueListRefresh(ctx, tx, l.jobs, migration.CopyOfLocation, is.ID)
}

// checkContacts runs after staff were read.
func (l *loader) checkContacts(ctx context.Context) error {
	for _, one := range l.locations {
		if one.contact == nil {
			continue
		}
		p, err := l.person(ctx, *one.contact)
		if err != nil {
			return err
		}
		if p == nil {
			one.row.wrong("staff_contact", "there is no such staff member: write an email of staff.csv or of the database")
		}
	}
	return nil
}

func (l *loader) writeContacts(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.locations {
		if one.contact == nil {
			continue
		}
		err := l.q.LocationSetStaffContact(ctx, tx, queries.LocationSetStaffContactParams{
			ID: one.id, StaffID: &l.known.staff[*one.contact].id})
		if err != nil {
			return fmt.Errorf("write the contact of location %q: %w", one.slug, err)
		}
	}
	return nil
}
