package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// most is how many bytes any answer to an abuse may have: what is said is why not.
const most = 4_000

// tryAll prints a line for each abuse, and answers an error that names those which are answered otherwise than they should be.
func (s *server) tryAll(ctx context.Context, rounds int) (lines []line, wrong error) {
	fmt.Printf("%-46s %6s  %-26s %7s %8s   %7s %10s %9s\n", "case", "status", "code", "bytes", "ms", "gqlgen:", "bytes", "ms")
	for _, c := range abuses() {
		ours, err := s.try(ctx, "", c.request, rounds)
		if err != nil {
			return lines, fmt.Errorf("%s: %w", c.name, err)
		}
		fmt.Printf("%-46s %6d  %-26s %7d %8.2f", c.name, ours.status, ours.code, len(ours.body), ms(ours.took))
		if problem := c.problem(ours); problem != "" {
			wrong = errors.Join(wrong, fmt.Errorf("%s: %s", c.name, problem))
		}
		l := line{Case: c.name, Unit: "ms", Ours: ms(ours.took), Status: ours.status, Code: ours.code, Bytes: len(ours.body)}
		if !c.noPeer {
			l.Against = "gqlgen-defaults"
			peer, err := s.try(ctx, "/defaults", c.request, min(rounds, 3))
			l.Reference, l.Ratio = ms(peer.took), ms(peer.took)/ms(ours.took)
			if err != nil {
				fmt.Printf("   %7s %10s %9.2f", "-", "no answer", l.Reference)
			} else {
				fmt.Printf("   %7d %10d %9.2f", peer.status, len(peer.body), l.Reference)
			}
		}
		fmt.Println()
		lines = append(lines, l)
	}
	return lines, wrong
}

func (s *server) try(ctx context.Context, under string, r request, rounds int) (last answer, err error) {
	var took []time.Duration
	for round := range rounds + 1 {
		if last, err = s.ask(ctx, under, r); err != nil {
			return last, err
		}
		if round > 0 { // the first makes connections and statements ready
			took = append(took, last.took)
		}
	}
	last.took = median(took)
	return last, nil
}

// problem is what is wrong with an answer; "" where nothing is.
func (c abuse) problem(a answer) string {
	switch {
	case a.status != c.status || a.code != c.code:
		return fmt.Sprintf("answered with %d %s instead of %d %s: %.300s", a.status, a.code, c.status, c.code, a.body)
	case c.code != "" && len(a.body) > most:
		return fmt.Sprintf("answered with %d bytes", len(a.body))
	case bytes.Contains(a.body, []byte("Did you mean")):
		return "told what there is"
	case strings.Contains(string(a.body), "this is no JSON"):
		return "told back what was sent"
	}
	return ""
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
