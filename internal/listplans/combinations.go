package listplans

import (
	"time"

	"carryover/graph"
	"carryover/queries"
)

// Combination is one list as a client asks for it.
type Combination struct {
	Name, Matching string // Matching is Name without the order
	Filter         graph.InvitationFilter
	Order          graph.InvitationOrder
}

// Values are things of the table that filters name.
type Values struct {
	Locations []string // ids, at least three
	Plan      string
	From, To  time.Time // a short stretch of time in which invitations were created
	// Common is a word of one row in ten or so, Middle of one in a hundred, Rare of a handful, Two are two words of one in ten.
	Common, Middle, Rare, Two string
}

// Combinations are every order with every filter and every search.
func Combinations(v Values) (all []Combination) {
	for _, filter := range filters(v) {
		for _, search := range searches(v) {
			for _, by := range graph.AllInvitationSort {
				for _, direction := range graph.AllSortDirection {
					matching := filter.name + ", " + search.name
					one := Combination{Name: matching + ", by " + string(by) + " " + string(direction), Matching: matching,
						Filter: filter.InvitationFilter, Order: graph.InvitationOrder{By: by, Direction: direction}}
					one.Filter.Search = search.text
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

type namedFilter struct {
	name string
	graph.InvitationFilter
}

func filters(v Values) []namedFilter {
	type f = graph.InvitationFilter
	sent, open := []queries.InvitationStatus{"sent"}, []queries.InvitationStatus{"pending", "sent"}
	return []namedFilter{
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
