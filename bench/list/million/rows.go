package million

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// imported is a run of invitations that were made at one moment at one location: one by hand, or a list from the old system.
type imported struct {
	first    int // row
	location int
	at       time.Time
}

// world is the rows to be made. Each is drawn from dice of its own, so that a tenant and its invitation agree without either
// being kept.
type world struct {
	catalogue
	rows    int
	imports []imported
	cross   map[int]int // row → the row whose tenant, of another location, is invited
	plans   map[uuid.UUID]plan
	insured map[uuid.UUID]insurance
}

func newWorld(rows int) *world {
	w := &world{catalogue: newCatalogue(), rows: rows, cross: map[int]int{}, plans: map[uuid.UUID]plan{}, insured: map[uuid.UUID]insurance{}}
	for _, l := range w.locations {
		for _, p := range l.plans {
			w.plans[p.id] = p
		}
	}
	for _, one := range w.catalogue.insurance {
		w.insured[one.id] = one
	}
	r := dice("imports", 0)
	for first := 0; first < rows; {
		w.imports = append(w.imports, imported{first: first, location: w.somewhere(r.Float64())})
		first += importSize(r.IntN(100), r.IntN(1000))
	}
	for i := range w.imports {
		w.imports[i].at = since.Add(time.Duration(float64(Until.Sub(since)) * float64(i) / float64(len(w.imports)))).Truncate(time.Millisecond)
	}
	w.linkElsewhere()
	return w
}

// importSize: most lists are one invitation, most invitations are on a list.
func importSize(kind, size int) int {
	switch {
	case kind < 60:
		return 1
	case kind < 97:
		return 2 + size/10
	default:
		return 200 + 3*size
	}
}

func (w *world) somewhere(at float64) int {
	for i, l := range w.locations {
		if at -= l.weight; at < 0 {
			return i
		}
	}
	return len(w.locations) - 1
}

// linkElsewhere lets one in a hundred be a person whom only another location knew. A guest is nobody's host, and neither has a
// second row.
func (w *world) linkElsewhere() {
	r := dice("elsewhere", 0)
	host, known := map[int]bool{}, map[[2]int]bool{}
	for range w.rows / 100 {
		row := 1 + r.IntN(w.rows-1)
		of := r.IntN(row)
		here := w.importOf(row).location
		guest := w.cross[row] != 0 || w.cross[of] != 0 || host[row]
		if of == 0 || guest || w.follows(row) || w.follows(row+1) || w.follows(of) || w.importOf(of).location == here || known[[2]int{here, of}] {
			continue
		}
		host[of], known[[2]int{here, of}], w.cross[row] = true, true, of
	}
}

func (w *world) importOf(row int) imported {
	after := sort.Search(len(w.imports), func(i int) bool { return w.imports[i].first > row })
	return w.imports[after-1]
}

// follows says whether a row is the second one of a household: the same tenant as the row before, another unit.
func (w *world) follows(row int) bool {
	return row > 0 && row%8 == 5 && w.importOf(row).first < row
}

// tenantRow is the row that the tenant of a row was made with.
func (w *world) tenantRow(row int) int {
	if of, ok := w.cross[row]; ok {
		return of
	}
	if w.follows(row) {
		return row - 1
	}
	return row
}

type tenant struct {
	id           uuid.UUID
	name         string
	email, phone *string
	at           time.Time
}

func (w *world) tenant(row int) tenant {
	r := dice("tenant", row)
	t := tenant{at: w.importOf(row).at, name: name(r)}
	t.id = newID(r, t.at)
	if row%(w.rows/7) == 3 {
		t.name = rareName
	}
	if address := email(r, t.name, row); r.IntN(100) < 96 {
		t.email = &address
	}
	if phone := "+1555" + strconv.Itoa(1_000_000+row); r.IntN(100) < 70 {
		t.phone = &phone
	}
	return t
}

type invitation struct {
	id, tenant, location, plan, staff uuid.UUID
	reservation, insurance            *uuid.UUID
	currency, unit, status            string
	card, ach                         *int64
	anchor                            int
	created, expires                  time.Time
	emailed, texted, opened           *time.Time
	claimed, revoked                  *time.Time
}

func (w *world) invitation(row int) invitation {
	r := dice("invitation", row)
	from := w.importOf(row)
	l := w.locations[from.location]
	p := l.plans[r.IntN(len(l.plans))]
	for !p.monthly {
		p = l.plans[r.IntN(len(l.plans))]
	}
	person := w.tenant(w.tenantRow(row))
	i := invitation{id: newID(r, from.at), tenant: person.id, location: l.id, plan: p.id, staff: pick(r, w.staff), currency: l.currency,
		created: from.at, expires: from.at.AddDate(0, 0, 30), anchor: 1 + r.IntN(28), status: "pending"}
	if r.IntN(100) < 45 {
		i.anchor = pick(r, []int{1, 15})
	}
	if w.follows(row) {
		i.unit = "2"
	}
	if r.IntN(100) < 15 {
		card := p.card - int64(100*r.IntN(20))
		i.card = &card
	}
	if n := r.IntN(100); n < 25 {
		ofCurrency := slices.DeleteFunc(slices.Clone(w.catalogue.insurance), func(one insurance) bool { return one.currency != l.currency })
		i.insurance = &ofCurrency[n%len(ofCurrency)].id
	}
	i.live(r.IntN(100), r.IntN(72), person.email != nil, person.phone != nil && r.IntN(100) < 30)
	if i.status == "claimed" {
		id := newID(r, *i.claimed)
		i.reservation = &id
	}
	return i
}

// live brings it to the state of one in a hundred: 30 pending, 40 sent, 27 claimed, 3 revoked. Who has no email is not sent one.
func (i *invitation) live(n, hours int, hasEmail, texted bool) {
	later := func(h int) *time.Time { at := i.created.Add(time.Duration(h) * time.Hour); return &at }
	if n >= 30 && hasEmail {
		i.emailed, i.status, i.expires = later(hours), "sent", later(hours).AddDate(0, 0, 30)
	}
	if texted {
		i.texted = later(hours + 1)
	}
	switch {
	case n >= 97:
		i.status, i.revoked = "revoked", later(hours+100)
	case n >= 70:
		i.status, i.claimed, i.opened = "claimed", later(hours+48), later(hours+24)
	}
}
