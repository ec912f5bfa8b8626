package testkit

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

// Catalogue is what every test finds: four locations in four zones and three currencies, what they sell, and who works there.
type Catalogue struct {
	// Denver takes cards and bank accounts and sells insurance. Boston is somebody else's. Toronto and Auckland take cards.
	Denver, Boston, Toronto, Auckland *queries.Location

	Studio   *queries.Plan // Denver, 129.00 by card, 125.00 from a bank account
	Wash     *queries.Plan // Denver, a membership
	Hourly   *queries.Plan // Denver, by the hour
	Archived *queries.Plan // Denver, no longer offered
	Loft     *queries.Plan // Boston
	Maple    *queries.Plan // Toronto, CAD
	Kiwi     *queries.Plan // Auckland, NZD

	Insurance       *queries.InsurancePlan // Denver, 15.00
	BostonInsurance *queries.InsurancePlan // Boston

	Admin     *queries.Staff
	Manager   *queries.Staff // of Denver, Toronto and Auckland, and Denver's staff contact
	Colleague *queries.Staff // of Denver
	Stranger  *queries.Staff // of Boston
	Attendant *queries.Staff // at Denver's counter
	Gone      *queries.Staff // managed Denver, deactivated since
}

// Password is everybody's.
const Password = "correct horse battery staple"

var passwordHash = sync.OnceValues(func() (string, error) { return access.HashPassword(Password) })

// filler writes the catalogue with the application's own statements and rights.
type filler struct {
	t   testing.TB
	ctx context.Context
	q   *queries.Queries
	db  *pgxpool.Pool
	now time.Time
}

func fill(t testing.TB, db *pgxpool.Pool, now time.Time) *Catalogue {
	t.Helper()
	f := filler{t: t, ctx: context.Background(), q: queries.New(), db: db, now: now}
	c := &Catalogue{}
	f.locations(c)
	f.plans(c)
	f.insurance(c)
	f.staff(c)
	return c
}

func (f filler) locations(c *Catalogue) {
	c.Denver = f.location("denver", "Denver Studios", "America/Denver", "USD")
	c.Boston = f.location("boston", "Boston Lofts", "America/New_York", "USD")
	c.Toronto = f.location("toronto", "Toronto Studios", "America/Toronto", "CAD")
	c.Auckland = f.location("auckland", "Auckland Studios", "Pacific/Auckland", "NZD")
	f.terms(c.Denver, queries.MessageLanguageEs, "Usted paga cada mes. Puede cancelar cuando quiera.")
}

func (f filler) location(slug, name, zone, currency string) *queries.Location {
	replyTo := "office@" + slug + ".test"
	l, err := f.q.LocationUpsert(f.ctx, f.db, queries.LocationUpsertParams{ID: ids.New(), Slug: slug, Name: name, TimeZone: zone,
		Currency: currency, Language: queries.MessageLanguageEn, SenderName: name, ReplyTo: &replyTo, Now: f.now})
	require.NoError(f.t, err)
	f.terms(l, queries.MessageLanguageEn, "You pay each month at "+name+". You may cancel at any time.")
	return l
}

func (f filler) terms(l *queries.Location, language queries.MessageLanguage, body string) {
	n, err := f.q.TermsVersionInsertIfChanged(f.ctx, f.db, queries.TermsVersionInsertIfChangedParams{
		ID: ids.New(), LocationID: l.ID, Language: language, Body: body, Now: f.now})
	require.NoError(f.t, err)
	require.EqualValues(f.t, 1, n)
}

func (f filler) plans(c *Catalogue) {
	ach := int64(12500)
	c.Studio = f.plan(c.Denver, "Studio 12", queries.PlanKindStudio, queries.PlanCadenceMonthly, 12900, &ach)
	c.Wash = f.plan(c.Denver, "Unlimited Wash", queries.PlanKindMembership, queries.PlanCadenceMonthly, 3900, nil)
	c.Hourly = f.plan(c.Denver, "Rehearsal Room", queries.PlanKindStudio, queries.PlanCadenceHourly, 2500, nil)
	c.Archived = f.plan(c.Denver, "Old Cellar", queries.PlanKindStudio, queries.PlanCadenceMonthly, 9900, nil)
	c.Loft = f.plan(c.Boston, "Loft 3", queries.PlanKindStudio, queries.PlanCadenceMonthly, 15000, &ach)
	c.Maple = f.plan(c.Toronto, "Studio M", queries.PlanKindStudio, queries.PlanCadenceMonthly, 14900, nil)
	c.Kiwi = f.plan(c.Auckland, "Studio K", queries.PlanKindStudio, queries.PlanCadenceMonthly, 15900, nil)
	_, err := f.db.Exec(f.ctx, "UPDATE plans SET archived_at = $2 WHERE id = $1", c.Archived.ID, f.now)
	require.NoError(f.t, err)
}

func (f filler) plan(l *queries.Location, name string, kind queries.PlanKind, cadence queries.PlanCadence, card int64, ach *int64) *queries.Plan {
	p, err := f.q.PlanUpsert(f.ctx, f.db, queries.PlanUpsertParams{ID: ids.New(), LocationID: l.ID, Kind: kind, Cadence: cadence,
		Name: name, Currency: l.Currency, CardPriceMinor: card, AchPriceMinor: ach, Now: f.now})
	require.NoError(f.t, err)
	return p
}

func (f filler) insurance(c *Catalogue) {
	c.Insurance = f.insured("Gear cover", 1500, c.Denver)
	c.BostonInsurance = f.insured("Loft cover", 1900, c.Boston)
}

func (f filler) insured(name string, minor int64, at *queries.Location) *queries.InsurancePlan {
	i, err := f.q.InsurancePlanUpsert(f.ctx, f.db, queries.InsurancePlanUpsertParams{
		ID: ids.New(), Name: name, Currency: at.Currency, PriceMinor: minor, Now: f.now})
	require.NoError(f.t, err)
	require.NoError(f.t, f.q.InsurancePlanLocationInsert(f.ctx, f.db, queries.InsurancePlanLocationInsertParams{
		InsurancePlanID: i.ID, LocationID: at.ID, Currency: at.Currency}))
	return i
}

func (f filler) staff(c *Catalogue) {
	c.Admin = f.member("admin@studios.test", "Ada Admin", queries.StaffRoleAdmin)
	c.Manager = f.member("manager@studios.test", "Max Manager", queries.StaffRoleManager, c.Denver, c.Toronto, c.Auckland)
	c.Colleague = f.member("colleague@studios.test", "Cora Colleague", queries.StaffRoleManager, c.Denver)
	c.Stranger = f.member("stranger@studios.test", "Stan Stranger", queries.StaffRoleManager, c.Boston)
	c.Attendant = f.member("attendant@studios.test", "Ann Attendant", queries.StaffRoleAttendant, c.Denver)
	c.Gone = f.member("gone@studios.test", "Gus Gone", queries.StaffRoleManager, c.Denver)
	_, err := f.db.Exec(f.ctx, "UPDATE staff SET deactivated_at = $2 WHERE id = $1", c.Gone.ID, f.now)
	require.NoError(f.t, err)
	require.NoError(f.t, f.q.LocationSetStaffContact(f.ctx, f.db, queries.LocationSetStaffContactParams{
		ID: c.Denver.ID, StaffID: &c.Manager.ID}))
}

func (f filler) member(email, name string, role queries.StaffRole, at ...*queries.Location) *queries.Staff {
	hash, err := passwordHash()
	require.NoError(f.t, err)
	s, err := f.q.StaffUpsert(f.ctx, f.db, queries.StaffUpsertParams{
		ID: ids.New(), Email: email, Name: name, Role: role, PasswordHash: hash, Now: f.now})
	require.NoError(f.t, err)
	for _, l := range at {
		require.NoError(f.t, f.q.StaffLocationInsert(f.ctx, f.db, queries.StaffLocationInsertParams{StaffID: s.ID, LocationID: l.ID}))
	}
	return s
}

// By is a request of a staff member.
func By(s *queries.Staff) migration.Actor { return migration.StaffActor(s.ID, "req-of-"+s.Name) }

// Missing is an id of nothing.
func Missing() uuid.UUID { return ids.New() }
