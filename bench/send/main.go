// Command send measures the sending of many invitations: how soon the act is accepted, how soon every row is queued, how many
// emails and texts go out a second, what of a limited provider's rate is used, what memory it takes, and how the list feels
// meanwhile. Worker processes are this very program, started again; the providers are stand-ins without delay, over HTTP.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"carryover/e2e/office"
	"carryover/postgres"
)

// sizes are how many recipients each measurement has; a location for each keeps them apart.
type sizes struct {
	emails, texts, limitedEmails, limitedTexts int
	rounds                                     int
}

func main() {
	if child() {
		return
	}
	var n sizes
	flag.IntVar(&n.emails, "emails", 100_000, "recipients of the email that is measured as a whole")
	flag.IntVar(&n.texts, "texts", 20_000, "recipients of each round of texts")
	flag.IntVar(&n.limitedEmails, "limited-emails", 10_000, "recipients of an email through a limited provider")
	flag.IntVar(&n.limitedTexts, "limited-texts", 2_000, "recipients of a text through a limited provider")
	flag.IntVar(&n.rounds, "rounds", 5, "rounds of texts, ours and bare jobs turn by turn")
	flag.Parse()
	if err := run(context.Background(), n); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one installation and what was measured on it.
type bench struct {
	sizes
	url       string
	vendors   *vendors
	office    *office.Office
	places    office.Places
	locations []string // ids as the API knows them
	results   []result
}

func run(ctx context.Context, n sizes) error {
	if n.limitedEmails < 2*100*limitedCalls || n.limitedTexts < 2*limitedTexts {
		return fmt.Errorf("-limited-emails and -limited-texts: two seconds of the limit are measured at least, %d and %d", 2*100*limitedCalls, 2*limitedTexts)
	}
	dir, err := os.MkdirTemp("", "carryover-send-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("starting PostgreSQL and writing %d invitations", n.emails+n.texts*n.rounds+n.limitedEmails+n.limitedTexts)
	server, err := postgres.Start(ctx, postgres.Options{Dir: filepath.Join(dir, "database"),
		Settings: map[string]string{"max_connections": "200", "shared_buffers": "512MB", "max_wal_size": "4GB"}})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(context.WithoutCancel(ctx)) }()
	b := &bench{sizes: n, url: server.URL("postgres"), vendors: openVendors()}
	defer b.vendors.close()
	if err := b.open(ctx); err != nil {
		return err
	}
	defer b.office.Close()
	for _, measure := range []func(context.Context) error{b.measureEmails, b.measureTexts, b.measureEmptyJobs, b.measureLimits} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return report(b.results)
}

func (b *bench) open(ctx context.Context) error {
	if err := postgres.Up(ctx, b.url); err != nil {
		return err
	}
	counts := []int{b.emails, b.limitedEmails, b.limitedTexts}
	for range b.rounds {
		counts = append(counts, b.texts)
	}
	ids, err := office.Fill(ctx, b.url, counts...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		b.locations = append(b.locations, locationID(id))
	}
	b.places = office.Places{DatabaseURL: b.url, MailURL: b.vendors.mail.URL, PhoneURL: b.vendors.phone.URL}
	b.office, err = office.Open(ctx, office.Environment(b.places), quiet())
	return err
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "==> "+format+"\n", args...) }
