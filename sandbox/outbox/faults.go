package outbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"carryover/sandbox/internal/faults"
	"carryover/sandbox/stripefake"
)

type faultsPage struct {
	Vendors []vendorFaults
	Kinds   []faultKind
}

type vendorFaults struct {
	Name, Label string
	Orders      []faultRow
}

type faultRow struct {
	What, Where string
	Left        string
}

type faultKind struct{ Name, Label string }

// faultKinds are those that all three stand-ins know by the same name.
func faultKinds() []faultKind {
	return []faultKind{
		{"delay", "Slow: waits, then acts"},
		{"rate_limit", "429: too many requests"},
		{"error_before", "500, nothing done"},
		{"error_after", "500, but done"},
		{"drop_after", "Answer lost, but done"},
		{"cut_before", "Connection cut, nothing done"},
	}
}

func kindLabel(name string) string {
	for _, kind := range faultKinds() {
		if kind.Name == name {
			return kind.Label
		}
	}
	return name
}

// order is what the form asks for.
type order struct {
	Kind    string
	Path    string
	Times   int
	Seconds int
}

func (o *Outbox) serveFaults(w http.ResponseWriter, r *http.Request) {
	page := faultsPage{Kinds: faultKinds()}
	for _, v := range o.vendors() {
		page.Vendors = append(page.Vendors, vendorFaults{v.name, v.label, v.list()})
	}
	o.render(w, r, "faults", "Faults to order", page)
}

func (o *Outbox) postFault(w http.ResponseWriter, r *http.Request) {
	asked := order{Kind: r.PostFormValue("kind"), Path: r.PostFormValue("path")}
	asked.Times, _ = strconv.Atoi(r.PostFormValue("times")) // checked as a number below 1
	asked.Seconds, _ = strconv.Atoi(r.PostFormValue("seconds"))
	v, ok := o.vendor(r.PostFormValue("vendor"))
	known := slices.ContainsFunc(faultKinds(), func(k faultKind) bool { return k.Name == asked.Kind })
	if !ok || !known || asked.Times < 1 || asked.Times > 1000 || asked.Seconds < 1 || asked.Seconds > 600 {
		o.fail(w, http.StatusUnprocessableEntity, "A fault needs a provider, a kind, 1 to 1000 times and 1 to 600 seconds.")
		return
	}
	v.add(asked)
	o.back(w, r)
}

func (o *Outbox) clearFaults(w http.ResponseWriter, r *http.Request) {
	v, ok := o.vendor(r.PostFormValue("vendor"))
	if !ok {
		o.fail(w, http.StatusNotFound, "There is no such provider here.")
		return
	}
	v.clear()
	o.back(w, r)
}

// vendor is one stand-in as this page needs it.
type vendor struct {
	name, label string
	add         func(order)
	list        func() []faultRow
	clear       func()
}

func (o *Outbox) vendor(name string) (vendor, bool) {
	all := o.vendors()
	i := slices.IndexFunc(all, func(v vendor) bool { return v.name == name })
	if i < 0 {
		return vendor{}, false
	}
	return all[i], true
}

func (o *Outbox) vendors() []vendor {
	var all []vendor
	if o.options.Mail != nil {
		all = append(all, ours("resend", "Resend (email)", o.options.Mail.Faults))
	}
	if o.options.Phone != nil {
		all = append(all, ours("twilio", "Twilio (texts)", o.options.Phone.Faults))
	}
	if o.options.Stripe != nil {
		all = append(all, stripes(o.options.Stripe.Faults))
	}
	return all
}

func ours(name, label string, set *faults.Set) vendor {
	return vendor{name, label, func(a order) {
		wait := time.Duration(a.Seconds) * time.Second
		set.Add(faults.Fault{Kind: faults.Kind(a.Kind), Path: a.Path, Times: a.Times, Delay: wait, RetryAfter: wait})
	}, func() (rows []faultRow) {
		for _, state := range set.List() {
			rows = append(rows, row(string(state.Fault.Kind), state.Fault.Path, state.Fault.Times, state.Fault.Times-state.Used))
		}
		return rows
	}, set.Clear}
}

func stripes(set *stripefake.Faults) vendor {
	return vendor{"stripe", "Stripe (money)", func(a order) {
		set.Add(stripefake.Fault{
			Kind: stripefake.FaultKind(a.Kind), PathPrefix: a.Path, Times: a.Times, DelayMS: a.Seconds * 1000, RetryAfter: a.Seconds,
		})
	}, func() (rows []faultRow) {
		for _, fault := range set.List() {
			rows = append(rows, row(string(fault.Kind), fault.PathPrefix, fault.Times, fault.Times))
		}
		return rows
	}, set.Clear}
}

func row(kind, path string, times, left int) faultRow {
	r := faultRow{What: kindLabel(kind), Where: path, Left: "until cleared"}
	if r.Where == "" {
		r.Where = "every request"
	}
	switch {
	case times > 0 && left <= 0:
		r.Left = "used up"
	case times > 0:
		r.Left = fmt.Sprintf("%d to come", left)
	}
	return r
}
