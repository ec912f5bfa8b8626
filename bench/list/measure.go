package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// result is one case: for each contestant the rates of its turns.
type result struct {
	name  string
	rates [][]float64
}

func (r result) median(contestant int) float64 {
	turns := slices.Sorted(slices.Values(r.rates[contestant]))
	return turns[len(turns)/2]
}

// measure lets the contestants take turns in each case, after all have given the same answer to it.
func measure(ctx context.Context, o options, token string, all []*contestant) ([]result, error) {
	head := fmt.Sprintf("%-52s", "case (requests/s)")
	for _, c := range all {
		head += fmt.Sprintf(" %13s", c.name)
	}
	for _, c := range all[1:] {
		head += fmt.Sprintf(" %15s", "÷ "+c.name)
	}
	fmt.Println(head)
	var results []result
	for _, q := range questions() {
		for _, clients := range []int{1, maxClients} {
			name := q.name + map[bool]string{false: ", 1 client", true: fmt.Sprintf(", %d clients", clients)}[clients > 1]
			if !strings.Contains(name, o.only) {
				continue
			}
			lengths, err := check(ctx, token, q, all)
			if err != nil {
				return nil, err
			}
			r := result{name: name, rates: make([][]float64, len(all))}
			for round := range o.rounds + 1 {
				for i, c := range all {
					if !c.takes(q) {
						continue
					}
					slice := o.slice
					if round == 0 {
						slice = min(slice, 300*time.Millisecond) // connections and statements get ready; not counted
					}
					rate, err := c.rate(ctx, token, c.ask(q), lengths[i], clients, slice)
					if err != nil {
						return nil, fmt.Errorf("%s: %w", name, err)
					}
					if round > 0 {
						r.rates[i] = append(r.rates[i], rate)
					}
				}
			}
			results = append(results, r)
			r.print()
		}
	}
	if len(results) == 0 {
		return nil, fmt.Errorf("no case has %q in its name", o.only)
	}
	return results, nil
}

func (r result) print() {
	fmt.Printf("%-52s", r.name)
	for i := range r.rates {
		if len(r.rates[i]) == 0 {
			fmt.Printf(" %13s", "-")
			continue
		}
		fmt.Printf(" %13.0f", r.median(i))
	}
	for i := 1; i < len(r.rates); i++ {
		if len(r.rates[i]) == 0 {
			fmt.Printf(" %15s", "-")
			continue
		}
		fmt.Printf(" %15.2f", r.median(0)/r.median(i))
	}
	fmt.Println()
}

// report prints the means of each list, and then a line for each comparison, for programs.
func report(all []*contestant, results []result) error {
	out := json.NewEncoder(os.Stdout)
	for i, c := range all[1:] {
		for _, of := range []list{invitationList, submissionList} {
			for _, part := range []string{", 1 client", fmt.Sprintf(", %d clients", maxClients), "total", ""} {
				ours, reference, n := mean(results, i+1, of, part)
				if n > 0 {
					fmt.Printf("%s: geometric mean of %d cases%s against %s: %.2f\n", of.name, n, suffix(part), c.name, ours/reference)
				}
			}
		}
	}
	for i, c := range all[1:] {
		for _, r := range results {
			if len(r.rates[i+1]) == 0 {
				continue
			}
			if err := out.Encode(comparisonOf(r.name, r.median(0), r.median(i+1), c.name)); err != nil {
				return err
			}
		}
		for _, of := range []list{invitationList, submissionList} {
			ours, reference, n := mean(results, i+1, of, "")
			if n == 0 {
				continue
			}
			if err := out.Encode(comparisonOf(of.prefix+"mean", ours, reference, c.name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func suffix(part string) string {
	if part == "" {
		return ""
	}
	return fmt.Sprintf(" with %q", strings.TrimPrefix(part, ", "))
}

// mean answers the geometric means of ours and of a reference over a list's cases, whose quotient is the mean of the ratios.
func mean(results []result, reference int, of list, part string) (ours, theirs float64, n int) {
	for _, r := range results {
		if strings.HasPrefix(r.name, submissionList.prefix) == (of.name == submissionList.name) && strings.Contains(r.name, part) && len(r.rates[reference]) > 0 {
			ours, theirs, n = ours+math.Log(r.median(0)), theirs+math.Log(r.median(reference)), n+1
		}
	}
	return math.Exp(ours / float64(n)), math.Exp(theirs / float64(n)), n
}

// comparison is a line of what every measurement of this project tells. A ratio above 1 means that ours is better.
type comparison struct {
	Bench     string  `json:"bench"`
	Case      string  `json:"case"`
	Unit      string  `json:"unit"`
	Ours      float64 `json:"ours"`
	Reference float64 `json:"reference"`
	Against   string  `json:"against"`
	Ratio     float64 `json:"ratio"`
}

func comparisonOf(name string, ours, reference float64, against string) comparison {
	return comparison{"list", name, "requests/s", math.Round(ours*10) / 10, math.Round(reference*10) / 10, against, math.Round(1000*ours/reference) / 1000}
}
