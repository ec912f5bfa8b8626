// Package faults makes a stand-in have a bad day to order.
//
// It owns the choice of which request is hit and what happens to its answer.
// It does not own the vendor's error bodies: a stand-in hands those in.
package faults

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Kind is what goes wrong.
type Kind string

// The faults of a request. "Before" means that the stand-in did nothing,
// "after" that it did everything and only the answer suffers.
const (
	Delay       Kind = "delay"        // the request waits, then goes on
	RateLimit   Kind = "rate_limit"   // 429 with Retry-After, nothing done
	ErrorBefore Kind = "error_before" // a 5xx, nothing done
	ErrorAfter  Kind = "error_after"  // done, and answered with a 5xx
	DropAfter   Kind = "drop_after"   // done, and the connection is cut
	CutBefore   Kind = "cut_before"   // the connection is cut, nothing done
	Hold        Kind = "hold"         // done, the answer waits for Release
)

// The faults of a webhook. Path is matched against its event's name.
const (
	HookDouble  Kind = "hook_double"  // delivered twice with the same id
	HookReorder Kind = "hook_reorder" // held back until the next one has overtaken it
	HookLose    Kind = "hook_lose"    // never delivered, never retried
)

var (
	requestKinds = []Kind{Delay, RateLimit, ErrorBefore, ErrorAfter, DropAfter, CutBefore, Hold}
	hookKinds    = []Kind{HookDouble, HookReorder, HookLose}
)

// Fault is one order.
type Fault struct {
	Kind   Kind
	Method string  // "" is any
	Path   string  // prefix of the path or of the event's name, "" is any
	Times  int     // how often it fires before it is used up, 0 is without end
	Share  float64 // the share of matching requests that is hit, 0 and 1 are all
	Seed   uint64  // which ones those are; the same seed hits the same ones

	Delay          time.Duration // for Delay
	Status         int           // for ErrorBefore and ErrorAfter, 500 if 0
	RetryAfter     time.Duration // for RateLimit, 1 s if 0
	RetryAfterDate bool          // Retry-After as an HTTP date instead of seconds
}

func (f Fault) check() error {
	switch {
	case !slices.Contains(requestKinds, f.Kind) && !slices.Contains(hookKinds, f.Kind):
		return fmt.Errorf("fault kind %q is none of %v and %v", f.Kind, requestKinds, hookKinds)
	case f.Share < 0 || f.Share > 1:
		return fmt.Errorf("fault share %v must be between 0 and 1", f.Share)
	case f.Times < 0:
		return fmt.Errorf("fault times %d must not be negative", f.Times)
	case f.Kind == Delay && f.Delay <= 0:
		return fmt.Errorf("a delay needs a positive duration, not %s", f.Delay)
	case f.Status != 0 && (f.Status < 500 || f.Status > 599):
		return fmt.Errorf("fault status %d must be a 5xx", f.Status)
	}
	return nil
}

func (f Fault) matches(kinds []Kind, method, path string) bool {
	return slices.Contains(kinds, f.Kind) &&
		(f.Method == "" || f.Method == method) &&
		strings.HasPrefix(path, f.Path)
}

func (f Fault) status() int {
	if f.Status == 0 {
		return http.StatusInternalServerError
	}
	return f.Status
}

func (f Fault) retryAfter() time.Duration {
	if f.RetryAfter <= 0 {
		return time.Second
	}
	return f.RetryAfter
}

// wire is a Fault in JSON, with durations as people write them: "1.5s".
type wire struct {
	Kind           Kind    `json:"kind"`
	Method         string  `json:"method,omitempty"`
	Path           string  `json:"path,omitempty"`
	Times          int     `json:"times,omitempty"`
	Share          float64 `json:"share,omitempty"`
	Seed           uint64  `json:"seed,omitempty"`
	Delay          string  `json:"delay,omitempty"`
	Status         int     `json:"status,omitempty"`
	RetryAfter     string  `json:"retry_after,omitempty"`
	RetryAfterDate bool    `json:"retry_after_date,omitempty"`
}

// MarshalJSON writes durations as text, such as "1.5s".
func (f Fault) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{
		Kind: f.Kind, Method: f.Method, Path: f.Path, Times: f.Times, Share: f.Share, Seed: f.Seed,
		Delay: text(f.Delay), Status: f.Status, RetryAfter: text(f.RetryAfter), RetryAfterDate: f.RetryAfterDate,
	})
}

// UnmarshalJSON reads what MarshalJSON writes and refuses unknown durations.
func (f *Fault) UnmarshalJSON(raw []byte) error {
	var w wire
	if err := json.Unmarshal(raw, &w); err != nil {
		return err
	}
	delay, err := duration("delay", w.Delay)
	if err != nil {
		return err
	}
	retryAfter, err := duration("retry_after", w.RetryAfter)
	if err != nil {
		return err
	}
	*f = Fault{
		Kind: w.Kind, Method: w.Method, Path: w.Path, Times: w.Times, Share: w.Share, Seed: w.Seed,
		Delay: delay, Status: w.Status, RetryAfter: retryAfter, RetryAfterDate: w.RetryAfterDate,
	}
	return nil
}

func text(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func duration(field, s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf(`%s %q should be a duration such as "1.5s": %w`, field, s, err)
	}
	return d, nil
}
