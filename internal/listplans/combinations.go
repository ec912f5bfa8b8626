package listplans

import (
	"time"

	"carryover/graph"
	"carryover/queries"
)

// Combination is one list as a client asks for it.
type Combination[Filter, Order any] struct {
	Name, Matching string // Matching is Name without the order
	Filter         Filter
	Order          Order
}

// Values are things of the table that filters name.
type Values struct {
	Locations []string // ids, at least three
	Plan      string
	From, To  time.Time // a short stretch of time in which invitations were created
	// Common is a word of one row in ten or so, Middle of one in a hundred, Rare of a handful, Two are two words of one in ten.
	Common, Middle, Rare, Two string
}

// Invitations are every order of their list with every filter and every search.
func Invitations(v Values) []Combination[graph.InvitationFilter, graph.InvitationOrder] {
	return combine(v, invitationFilters(v), graph.AllInvitationSort,
		func(f *graph.InvitationFilter, search *string) { f.Search = search },
		func(by graph.InvitationSort, d graph.SortDirection) graph.InvitationOrder {
			return graph.InvitationOrder{By: by, Direction: d}
		})
}

// Submissions are the same of theirs.
func Submissions(v Values) []Combination[graph.SubmissionFilter, graph.SubmissionOrder] {
	return combine(v, submissionFilters(v), graph.AllSubmissionSort,
		func(f *graph.SubmissionFilter, search *string) { f.Search = search },
		func(by graph.SubmissionSort, d graph.SortDirection) graph.SubmissionOrder {
			return graph.SubmissionOrder{By: by, Direction: d}
		})
}

func combine[Filter, Order any, Sort ~string](v Values, filters []named[Filter], columns []Sort, searchFor func(*Filter, *string), order func(Sort, graph.SortDirection) Order) (all []Combination[Filter, Order]) {
	for _, filter := range filters {
		for _, search := range searches(v) {
			for _, by := range columns {
				for _, direction := range graph.AllSortDirection {
					matching := filter.name + ", " + search.name
					one := Combination[Filter, Order]{Name: matching + ", by " + string(by) + " " + string(direction), Matching: matching,
						Filter: filter.filter, Order: order(by, direction)}
					searchFor(&one.Filter, search.text)
					all = append(all, one)
				}
			}
		}
	}
	return all
}

type namedSearch struct {
	name string
	text *string
}

func searches(v Values) []namedSearch {
	return []namedSearch{
		{"no search", nil}, {"common search", &v.Common}, {"middle search", &v.Middle}, {"rare search", &v.Rare}, {"two words", &v.Two},
		{"search without a hit", new("xqzjwv")}, {"two letters", new("sm")},
	}
}

type named[Filter any] struct {
	name   string
	filter Filter
}

func submissionFilters(v Values) []named[graph.SubmissionFilter] {
	type f = graph.SubmissionFilter
	ready, open := []queries.SubmissionStatus{"ready_for_approval"}, []queries.SubmissionStatus{"waiting_for_bank_verification", "ready_for_approval", "approving"}
	banks := []queries.PaymentMethodType{"us_bank_account"}
	return []named[f]{
		{"no filter", f{}},
		{"one status", f{Statuses: ready}},
		{"three statuses", f{Statuses: open}},
		{"one location", f{LocationIds: v.Locations[:1]}},
		{"three locations", f{LocationIds: v.Locations[:3]}},
		{"status and locations", f{Statuses: ready, LocationIds: v.Locations[:3]}},
		{"from bank accounts", f{Methods: banks}},
		{"from bank accounts at a location", f{Methods: banks, LocationIds: v.Locations[:1]}},
		{"waiting for long", f{WaitingSinceBefore: &v.From}},
		{"waiting for long at a location", f{WaitingSinceBefore: &v.From, LocationIds: v.Locations[:1]}},
		{"submitted between", f{SubmittedFrom: &v.From, SubmittedBefore: &v.To}},
		{"much at once", f{Statuses: ready, Methods: banks, LocationIds: v.Locations[:3], WaitingSinceBefore: &v.To}},
	}
}

func invitationFilters(v Values) []named[graph.InvitationFilter] {
	type f = graph.InvitationFilter
	sent, open := []queries.InvitationStatus{"sent"}, []queries.InvitationStatus{"pending", "sent"}
	return []named[f]{
		{"no filter", f{}},
		{"one status", f{Statuses: sent}},
		{"two statuses", f{Statuses: open}},
		{"one location", f{LocationIds: v.Locations[:1]}},
		{"three locations", f{LocationIds: v.Locations[:3]}},
		{"status and locations", f{Statuses: sent, LocationIds: v.Locations[:3]}},
		{"plan", f{PlanIds: []string{v.Plan}}},
		{"anchor day", f{AnchorDays: []int{15}}},
		{"with phone", f{HasPhone: new(true)}},
		{"without phone", f{HasPhone: new(false), Statuses: open}},
		{"texted", f{Texted: new(true)}},
		{"failed", f{DeliveryFailed: new(true)}},
		{"failed at a location", f{DeliveryFailed: new(true), LocationIds: v.Locations[:1]}},
		{"expired", f{LinkExpired: new(true)}},
		{"created between", f{CreatedFrom: &v.From, CreatedBefore: &v.To}},
		{"status, phone and days", f{Statuses: sent, HasPhone: new(true), AnchorDays: []int{3, 9}}},
		{"much at once", f{Statuses: sent, HasPhone: new(true), Texted: new(false), DeliveryFailed: new(false), LinkExpired: new(false)}},
	}
}
