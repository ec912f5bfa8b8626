package main

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// ordinary is how often in a second somebody who is signed in looks at a page.
const ordinary = 10

// inFlight is the most sign-ins that wait for their answers at once. Whoever floods has no more connections either.
const inFlight = 1_000

// flood is a way to come with many wrong sign-ins.
type flood struct {
	name string
	from func(i int) string // the network of the i-th try
	as   func(i int) string // its account
}

var floodsOfSignIns = []flood{
	{"one address, one account", func(int) string { return "203.0.113.7" }, func(int) string { return "nobody@storm.test" }},
	{"one address, an account each", func(int) string { return "203.0.113.8" }, func(i int) string { return fmt.Sprintf("user%d@storm.test", i) }},
	{"an address and an account each", func(i int) string { return fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255) }, func(i int) string { return fmt.Sprintf("other%d@storm.test", i) }},
}

// floods lets ordinary use be alone, then beside each flood, turn by turn.
func (s *server) floods(ctx context.Context, o options) (lines []line, err error) {
	fmt.Printf("\n%-36s %9s %9s %9s %9s   %s\n", "wrong sign-ins beside ordinary use", "p50 ms", "p99 ms", "÷ idle", "tries/s", "answers")
	turns := make([][]turn, len(floodsOfSignIns)+1) // the first are idle
	first := 0
	for range o.rounds {
		idle, err := s.turn(ctx, o, nil, 0)
		if err != nil {
			return nil, err
		}
		turns[0] = append(turns[0], idle)
		for i, f := range floodsOfSignIns {
			t, err := s.turn(ctx, o, &f, first)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.name, err)
			}
			first += t.tries
			turns[i+1] = append(turns[i+1], t)
		}
	}
	idle := together(turns[0])
	idle.print("idle", idle)
	for i, f := range floodsOfSignIns {
		t := together(turns[i+1])
		t.print(f.name, idle)
		lines = append(lines, line{Case: "p99 of a page beside wrong sign-ins, " + f.name, Unit: "ms", Ours: ms(t.percentile(99)), Reference: ms(idle.percentile(99)),
			Against: "idle", Ratio: ms(idle.percentile(99)) / ms(t.percentile(99)), Rate: t.rate()})
	}
	return lines, nil
}

// turn is what was seen in one stretch of time.
type turn struct {
	pages   []time.Duration
	tries   int
	took    time.Duration
	answers map[string]int
}

func (s *server) turn(ctx context.Context, o options, f *flood, first int) (t turn, err error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	var flooding sync.WaitGroup
	began := time.Now()
	flooded := turn{answers: map[string]int{}}
	if f != nil {
		flooding.Go(func() { flooded = s.flood(ctx, *f, first, o.rate, o.slice) })
		<-time.After(500 * time.Millisecond) // until it is there
	}
	t.pages, err = s.look(ctx, o.slice-time.Since(began))
	flooding.Wait()
	t.tries, t.answers, t.took = flooded.tries, flooded.answers, o.slice
	return t, err
}

// look asks for a page at even times, whether the one before was answered or not: else a slow answer would hide behind itself.
func (s *server) look(ctx context.Context, during time.Duration) (took []time.Duration, err error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	tick := time.NewTicker(time.Second / ordinary)
	defer tick.Stop()
	for until := time.Now().Add(during); time.Now().Before(until); <-tick.C {
		all.Go(func() {
			a, askErr := s.ask(ctx, "", request{body: operation(page, nil)})
			if askErr == nil && (a.status != http.StatusOK || a.code != "") {
				askErr = fmt.Errorf("a page was answered with %d %.200s", a.status, a.body)
			}
			mu.Lock()
			defer mu.Unlock()
			if took = append(took, a.took); askErr != nil {
				err = askErr
			}
		})
	}
	all.Wait()
	return took, err
}

func (s *server) flood(ctx context.Context, f flood, first, rate int, during time.Duration) (t turn) {
	t.answers = map[string]int{}
	var all sync.WaitGroup
	var mu sync.Mutex
	places := make(chan struct{}, inFlight)
	began := time.Now()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ; time.Since(began) < during; <-tick.C {
		due := int(time.Since(began).Seconds() * float64(rate))
		for ; t.tries < due; t.tries++ {
			places <- struct{}{}
			i := first + t.tries
			all.Go(func() {
				defer func() { <-places }()
				what := s.signInWrongly(ctx, f, i)
				mu.Lock()
				defer mu.Unlock()
				t.answers[what]++
			})
		}
	}
	all.Wait()
	return t
}

// signInWrongly is one wrong sign-in, and how it was answered.
func (s *server) signInWrongly(ctx context.Context, f flood, i int) string {
	body, err := signingIn(f.as(i), "a wrong password")
	if err != nil {
		return err.Error()
	}
	a, err := s.ask(ctx, "", request{stranger: true, body: body, header: http.Header{"X-Forwarded-For": {f.from(i)}}})
	if err != nil {
		return "no answer"
	}
	if code := userErrorCode.FindSubmatch(a.body); code != nil {
		return string(code[1])
	}
	return fmt.Sprintf("%d %.80s", a.status, a.body)
}

// userErrorCode is in the answer to a sign-in that was looked at.
var userErrorCode = regexp.MustCompile(`"code":"([A-Z_]+)"`)

func together(turns []turn) turn {
	sum := turn{answers: map[string]int{}}
	for _, t := range turns {
		sum.pages, sum.tries, sum.took = append(sum.pages, t.pages...), sum.tries+t.tries, sum.took+t.took
		for what, n := range t.answers {
			sum.answers[what] += n
		}
	}
	slices.Sort(sum.pages)
	return sum
}

func (t turn) percentile(p float64) time.Duration {
	return t.pages[max(0, int(math.Ceil(float64(len(t.pages))*p/100))-1)]
}

func (t turn) rate() float64 { return float64(t.tries) / t.took.Seconds() }

func (t turn) print(name string, idle turn) {
	var answers []string
	for _, what := range slices.Sorted(maps.Keys(t.answers)) {
		answers = append(answers, fmt.Sprintf("%d %s", t.answers[what], what))
	}
	fmt.Printf("%-36s %9.2f %9.2f %9.2f %9.0f   %s\n", name, ms(t.percentile(50)), ms(t.percentile(99)), ms(t.percentile(99))/ms(idle.percentile(99)), t.rate(), strings.Join(answers, ", "))
}
