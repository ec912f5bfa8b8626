package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"carryover/sandbox/stripefake"
)

const secretKey = "sk_test_storm" // as office.Environment has it

// stripe is the stand-in behind a real server. What is in it outlives it in its journal.
type stripe struct {
	*stripefake.Server
	web *httptest.Server
}

func openStripe(journal string, total, each int) (*stripe, error) {
	server, err := stripefake.New(stripefake.Options{SecretKey: secretKey, PublishableKey: "pk_test_storm", Journal: journal,
		TotalPerSecond: total, EachPerSecond: each})
	if err != nil {
		return nil, err
	}
	web := httptest.NewUnstartedServer(server)
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.Start()
	return &stripe{server, web}, nil
}

func (s *stripe) close() {
	s.web.Close()
	_ = s.Close()
}

// requireAll: an approval that is fast and forgets somebody is none.
func (s *stripe) requireAll(n int) error {
	reservations, live := map[string]bool{}, 0
	for _, sub := range s.Books().Subscriptions {
		reservations[sub.Metadata["carryover_reservation_id"]] = true
		if sub.Status == "active" {
			live++
		}
	}
	paid := 0
	for _, charge := range s.Books().Charges {
		if charge.Status == "succeeded" && charge.Amount == 12900 {
			paid++
		}
	}
	if live != n || len(reservations) != n || paid != n {
		return fmt.Errorf("the vendor has %d live subscriptions of %d reservations and %d charges, want %d of each", live, len(reservations), paid, n)
	}
	return nil
}

// counts are the calls that were let through, those to the busiest endpoint, and those that were not let through.
type counts struct{ total, most, refused int }

var someID = regexp.MustCompile(`/[a-z_]+_[A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*`)

func (s *stripe) calls() (c counts) {
	each := map[string]int{}
	for _, r := range s.Requests() {
		if !strings.HasPrefix(r.Path, "/v1/") {
			continue
		}
		if r.Status == http.StatusTooManyRequests {
			c.refused++
			continue
		}
		endpoint := r.Method + someID.ReplaceAllString(r.Path, "/{id}")
		each[endpoint]++
		c.total, c.most = c.total+1, max(c.most, each[endpoint])
	}
	return c
}
