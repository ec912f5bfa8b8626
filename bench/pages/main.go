// Command pages measures how long a person waits for the console's list, with a million invitations in the database, and for a tenant's
// page, in Chromium with a slow phone's network and processor; and how much they load. See docs/benchmarks.md.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"carryover/access"
	"carryover/app"
	"carryover/bench/list/million"
	"carryover/clock"
	"carryover/config"
	"carryover/e2e/play"
)

// Where "good" ends: https://web.dev/articles/lcp, and what a tenant's page may weigh before Stripe's own script.
const (
	goodPaint  = 2500
	tenantSize = 100_000
)

type options struct{ rows, rounds int }

func main() {
	var o options
	flag.IntVar(&o.rows, "rows", 1_000_000, "invitations in the database")
	flag.IntVar(&o.rounds, "rounds", 5, "visits of each page; medians are told")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	server, err := million.Open(ctx, million.Options{Rows: o.rows, Dir: filepath.Join(".cache", "bench-list"),
		Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop(ctx)) }()
	a, err := app.New(ctx, config.Config{DatabaseURL: server.URL(million.Database), PublicURL: "http://127.0.0.1", Development: true,
		LinkKeys: config.Keys{{ID: "bench", Secret: bytes.Repeat([]byte("k"), 32)}}, StripeSecretKey: "sk_test_bench", StripePublishableKey: "pk_test_bench",
		StripeBaseURL: "http://127.0.0.1:9", ResendAPIKey: "re_bench", ResendBaseURL: "http://127.0.0.1:9", EmailFrom: "hello@example.com"},
		app.Options{API: true, Clock: clock.System, Sandbox: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer a.Close()
	site := httptest.NewServer(a.Handler)
	defer site.Close()
	visits, err := visit(ctx, o, a, site.URL)
	if err != nil {
		return err
	}
	return report(visits)
}

// visit has Chromium look at the pages: as an administrator, and as the tenant of an invitation.
func visit(ctx context.Context, o options, a *app.App, site string) ([]seen, error) {
	service, err := access.New(a.Pool, clock.System)
	if err != nil {
		return nil, err
	}
	in, err := service.SignIn(ctx, million.AdminEmail, million.Password, access.Origin{UserAgent: "bench/pages"})
	if err != nil {
		return nil, err
	}
	link, err := openLink(ctx, site)
	if err != nil {
		return nil, err
	}
	browser, err := exec.LookPath("chromium")
	if err != nil {
		return nil, fmt.Errorf("tools/ensure chromium: %w", err)
	}
	cmd := exec.CommandContext(ctx, "node", "paint.mjs")
	cmd.Dir, cmd.Stderr = "e2e/browser", os.Stderr
	cmd.Env = append(cmd.Environ(), "CARRYOVER_URL="+site, "CHROMIUM="+browser, "STAFF_TOKEN="+in.Token, "TENANT_LINK="+link, "ROUNDS="+strconv.Itoa(o.rounds))
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var all []seen
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var one seen
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// openLink is the path of a tenant's link that opens an offer.
func openLink(ctx context.Context, site string) (string, error) {
	admin := play.New(site)
	if err := admin.SignIn(ctx, million.AdminEmail, million.Password); err != nil {
		return "", err
	}
	var found struct {
		Invitations struct{ Nodes []struct{ ID string } }
	}
	if err := admin.Do(ctx, `{ invitations(first: 1, filter: { statuses: [PENDING] }) { nodes { id } } }`, nil, &found); err != nil {
		return "", err
	}
	var copied struct{ CopyInvitationLink struct{ Link string } }
	err := admin.Do(ctx, `mutation ($id: ID!) { copyInvitationLink(input: { id: $id }) { link } }`, map[string]any{"id": found.Invitations.Nodes[0].ID}, &copied)
	_, token, _ := strings.Cut(copied.CopyInvitationLink.Link, "/setup/")
	return "/setup/" + token, err
}

// seen is one page: milliseconds until it could be used, the first time and with what it keeps, and bytes loaded the first time.
type seen struct {
	Page        string
	Took, Again []float64
	Bytes       int
}

func report(all []seen) error {
	fmt.Printf("%-14s %22s %22s %12s\n", "page", "usable, first visit, s", "usable, next visit, s", "loaded, kB")
	for _, s := range all {
		fmt.Printf("%-14s %22.2f %22.2f %12.1f\n", s.Page, median(s.Took)/1000, median(s.Again)/1000, float64(s.Bytes)/1000)
	}
	out := json.NewEncoder(os.Stdout)
	for _, s := range all {
		lines := []map[string]any{line(s.Page+", first visit", "ms", median(s.Took), goodPaint, "good-lcp"), line(s.Page+", next visit", "ms", median(s.Again), goodPaint, "good-lcp")}
		if s.Page == "tenant page" {
			lines = append(lines, line("tenant page, size", "bytes", float64(s.Bytes), tenantSize, "aim"))
		}
		for _, one := range lines {
			if err := out.Encode(one); err != nil {
				return err
			}
		}
	}
	return nil
}

func line(name, unit string, ours, reference float64, against string) map[string]any {
	return map[string]any{"bench": "pages", "case": name, "unit": unit, "ours": ours, "reference": reference, "against": against, "ratio": reference / ours}
}

func median(all []float64) float64 { return slices.Sorted(slices.Values(all))[len(all)/2] }
