package legacy

import (
	"context"
	"errors"
	"io"
)

// Survey is what is known of a file once all of it has been looked at.
type Survey struct {
	Rows  int
	Plans int // different names of plans, counted up to MaxPlans and one more
}

// MaxPlans is more than any business sells. A file with more has something else in that column.
const MaxPlans = 2000

// settled is how many times as often one way must be shown as the other: a few swapped dates do not unsettle a column.
const settled = 20

// Look goes through the whole file once and settles the order of dates and the decimal marks of its columns, where its rows, or those of
// earlier files, show them.
// Where they show nothing, what staff have said counts: a word that was meant for another file misreads no date that shows itself.
func Look(ctx context.Context, records *Records, r *Reading) (Survey, error) {
	var s Survey
	first, second := make([]int, len(r.Fields)), make([]int, len(r.Fields))
	plans := map[string]bool{}
	for {
		record, err := records.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s, err
		}
		if s.Rows++; s.Rows%1000 == 0 && ctx.Err() != nil {
			return s, ctx.Err()
		}
		for i, cell := range record.Cells[:min(len(record.Cells), len(r.Fields))] {
			switch r.Fields[i] {
			case NextBillingOn, PaidThrough, EndsOn, DiscountEndsOn, CancelledOn:
				count(orderShown(trim(cell)), DayFirst, MonthFirst, &first[i], &second[i])
			case Price, Discount:
				count(markShown(trim(cell)), ".", ",", &first[i], &second[i])
			case PlanName:
				if len(plans) <= MaxPlans {
					plans[trim(cell)] = true
				}
			case SourceID, Name, FirstName, LastName, Email, Phone, Plate, RFID, MemberNumber, Unit, BillingDay, Period, State:
			}
		}
	}
	s.Plans = len(plans)
	r.Seen = map[string]Sight{}
	for i, f := range r.Fields {
		switch f {
		case NextBillingOn, PaidThrough, EndsOn, DiscountEndsOn, CancelledOn:
			r.see(i, &r.DateOrders[i], DayFirst, MonthFirst, first[i], second[i])
		case Price, Discount:
			r.see(i, &r.DecimalMarks[i], ".", ",", first[i], second[i])
		case SourceID, Name, FirstName, LastName, Email, Phone, Plate, RFID, MemberNumber, Unit, BillingDay, Period, State, PlanName:
		}
	}
	r.settleTogether()
	r.settleBySaid()
	return s, nil
}

// see settles a column by its cells and by what earlier files have shown of it: of a few rows that contradict thousands the contradicting ones
// are refused, and of as many on either side nothing is settled.
func (r *Reading) see(i int, into *string, a, b string, as, bs int) {
	before := r.Remembered[r.Headers[i]]
	count, seen := before.Times, Sight{}
	switch before.Way {
	case a:
		settle(into, a, b, as+count, bs)
	case b:
		settle(into, a, b, as, bs+count)
	default:
		settle(into, a, b, as, bs)
		count = 0
	}
	switch *into {
	case a:
		seen = Sight{a, as}
	case b:
		seen = Sight{b, bs}
	default:
		return
	}
	if seen.Way == before.Way {
		seen.Times = max(seen.Times, count)
	}
	if seen.Times > 0 {
		r.Seen[r.Headers[i]] = seen
	}
}

func count(shown, a, b string, as, bs *int) {
	switch shown {
	case a:
		*as++
	case b:
		*bs++
	}
}

func settle(into *string, a, b string, as, bs int) {
	switch {
	case *into != "":
	case as > 0 && as >= settled*bs:
		*into = a
	case bs > 0 && bs >= settled*as:
		*into = b
	}
}

// settleTogether lets columns that show nothing follow the others: one program wrote them all. Where two columns differ nobody follows.
func (r *Reading) settleTogether() {
	for _, all := range [][]string{r.DateOrders, r.DecimalMarks} {
		common, differ := "", false
		for _, one := range all {
			differ = differ || (common != "" && one != "" && one != common)
			if one != "" {
				common = one
			}
		}
		for i := range all {
			if all[i] == "" && !differ {
				all[i] = common
			}
		}
	}
}

func (r *Reading) settleBySaid() {
	for i := range r.Fields {
		if r.DateOrders[i] == "" {
			r.DateOrders[i] = r.DateOrder
		}
		if r.DecimalMarks[i] == "" {
			r.DecimalMarks[i] = r.DecimalMark
		}
	}
}
