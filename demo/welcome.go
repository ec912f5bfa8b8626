package demo

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
)

// Welcome is what a person reads who has just started the demo: where to look, who to be, how to stop.
func (d *Demo) Welcome(took time.Duration) (string, error) {
	data, err := files()
	if err != nil {
		return "", err
	}
	staff, err := readTable(data, "staff.csv")
	if err != nil {
		return "", err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "\nCarryover demo, ready in %.1f s\n\n", took.Seconds())
	table := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
	fmt.Fprintf(table, "  Console\t%s/\tfor staff: invitations, submissions, what is stuck\n", d.URL)
	fmt.Fprintf(table, "  API\t%s/graphql\n", d.URL)
	fmt.Fprintf(table, "  GraphiQL\t%s/graphiql\n", d.URL)
	fmt.Fprintf(table, "  Counter\t%s/counter\twhere an attendant migrates somebody who stands there: sign in as leo.garcia@example.com\n", d.URL)
	fmt.Fprintf(table, "  Outbox\t%s/sandbox/\tthe emails and texts that tenants get, and Stripe's books\n", d.URL)
	fmt.Fprintf(table, "  Account\t%s/account\twhere tenants sign in, by a link that the outbox shows\n", d.URL)
	fmt.Fprintf(table, "\t\n  Sign in\tpassword %s\n", Password)
	for _, one := range staff {
		where := strings.ReplaceAll(cmp.Or(one["locations"], "all locations"), ";", ", ")
		fmt.Fprintf(table, "  %s\t%s\t%s\n", one["email"], one["role"], where)
	}
	fmt.Fprintf(table, "\t\n  Try\tmake walkthrough\tan invitation from first to last, over the API\n")
	fmt.Fprintf(table, "  Stop\tCtrl-C\teverything is kept in %s and goes on from there\n\n", d.options.Dir)
	return text.String(), table.Flush()
}
