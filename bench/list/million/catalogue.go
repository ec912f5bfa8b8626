package million

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

const (
	locationCount = 200
	planCount     = 20_000
	managed       = 20 // by the manager: every tenth, so large and small ones
)

// since is when the first invitation was made, two years before the last.
var since = Until.AddDate(-2, 0, 0)

type location struct {
	id             uuid.UUID
	slug, name     string
	zone, currency string
	weight         float64 // how many of all invitations are here
	plans          []plan
}

type plan struct {
	id        uuid.UUID
	name      string
	studio    bool
	monthly   bool
	card, ach int64
}

type insurance struct {
	id       uuid.UUID
	name     string
	currency string
	price    int64
}

type catalogue struct {
	admin, manager uuid.UUID
	staff          []uuid.UUID // who invites
	locations      []location
	insurance      []insurance
}

// newCatalogue makes the few things that the many point to. The first location has about fifty times the people of the last.
func newCatalogue() catalogue {
	r := dice("catalogue", 0)
	c := catalogue{admin: newID(r, since), manager: newID(r, since), staff: make([]uuid.UUID, 30)}
	for i := range c.staff {
		c.staff[i] = newID(r, since)
	}
	var all float64
	for i := range locationCount {
		l := newLocation(r, i)
		all += l.weight
		c.locations = append(c.locations, l)
	}
	for i := range c.locations {
		l := &c.locations[i]
		l.weight /= all
		l.plans = newPlans(r, *l)
	}
	for _, currency := range []string{"USD", "CAD", "GBP"} {
		for i, name := range []string{"Contents Cover", "Contents Cover Plus", "Damage Waiver"} {
			c.insurance = append(c.insurance, insurance{newID(r, since), name + " " + currency, currency, int64(900 + 600*i)})
		}
	}
	return c
}

func newLocation(r *rand.Rand, i int) location {
	l := location{id: newID(r, since), zone: "America/Denver", currency: "USD", weight: 1 / math.Pow(float64(i+3), 0.95)}
	switch i % 20 {
	case 7:
		l.zone, l.currency = "America/Toronto", "CAD"
	case 13:
		l.zone, l.currency = "Europe/London", "GBP"
	}
	l.name = cities[i%len(cities)] + " " + sites[i/len(cities)%len(sites)]
	l.slug = fmt.Sprintf("site-%03d", i)
	return l
}

// newPlans makes more plans where there are more people, and a few by the hour, which nobody is invited to.
func newPlans(r *rand.Rand, l location) []plan {
	plans := make([]plan, 5+int(l.weight*(planCount-5*locationCount)))
	for i := range plans {
		studio := i%4 != 3
		plans[i] = plan{id: newID(r, since), name: fmt.Sprintf("%s %d", pick(r, rooms), 100+i), studio: studio, monthly: i%20 != 19,
			card: int64(4900 + 500*r.IntN(90))}
		if !studio {
			plans[i].name = fmt.Sprintf("%s %d", pick(r, clubs), 1+i)
		}
		plans[i].ach = plans[i].card - 400
	}
	return plans
}

// dice are the same on every machine for the same row.
func dice(of string, row int) *rand.Rand {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(of))                           // a hash takes everything
	return rand.New(rand.NewPCG(seed.Sum64(), uint64(row))) //nolint:gosec // G404, G115: made-up people guard nothing, and rows count from 0
}

// newID is a version 7 UUID of that moment, as the service itself makes them.
func newID(r *rand.Rand, at time.Time) (id uuid.UUID) {
	ms, low, high := at.UnixMilli(), r.Uint64(), r.Uint64()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i) & 0xff)
	}
	for i := range 8 {
		id[8+i] = byte(low >> (8 * i) & 0xff)
	}
	id[6], id[7] = 0x70|byte(high&0x0f), byte(high>>8&0xff)
	id[8] = 0x80 | id[8]&0x3f
	return id
}
