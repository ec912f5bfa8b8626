package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// result is one line. A note has no reference and is for people alone.
type result struct {
	name, unit      string
	ours, reference float64
	against         string
	ratio           float64 // above 1: ours is better
}

// add keeps a comparison; more says whether more of the unit is better.
func (b *bench) add(name, unit string, ours, reference float64, against string, more bool) {
	ratio := reference / ours
	if more {
		ratio = ours / reference
	}
	b.results = append(b.results, result{name, unit, ours, reference, against, ratio})
}

func (b *bench) note(name, unit string, value float64) {
	b.results = append(b.results, result{name: name, unit: unit, ours: value})
}

func report(results []result) error {
	fmt.Printf("%-48s %12s %12s  %-18s %s\n", "case", "ours", "reference", "unit", "against, ratio")
	for _, r := range results {
		if r.against == "" {
			fmt.Printf("%-48s %12.3f %12s  %s\n", r.name, r.ours, "", r.unit)
			continue
		}
		fmt.Printf("%-48s %12.3f %12.3f  %-18s %s, %.2f\n", r.name, r.ours, r.reference, r.unit, r.against, r.ratio)
	}
	out := json.NewEncoder(os.Stdout)
	for _, r := range results {
		if r.against == "" {
			continue
		}
		err := out.Encode(map[string]any{"bench": "send", "case": r.name, "unit": r.unit, "ours": r.ours, "reference": r.reference,
			"against": r.against, "ratio": r.ratio})
		if err != nil {
			return err
		}
	}
	return nil
}
