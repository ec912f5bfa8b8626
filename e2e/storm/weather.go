package storm

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"carryover/e2e/office"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/twiliofake"
)

// providers are the vendors' stand-ins, each behind its weather.
type providers struct {
	mail            *resendfake.Server
	phone           *twiliofake.Server
	mailAt, phoneAt *httptest.Server
	sky             *weather
}

func openProviders(seed uint64, log *slog.Logger) (*providers, error) {
	p := &providers{sky: &weather{rng: rand.New(rand.NewPCG(seed, ^seed))}} //nolint:gosec // a storm that can be repeated
	var err error
	if p.mail, err = resendfake.New(resendfake.Options{Logger: log}); err != nil {
		return nil, err
	}
	if p.phone, err = twiliofake.New(twiliofake.Options{AccountSID: office.TwilioAccount, AuthToken: office.TwilioToken, Logger: log}); err != nil {
		return nil, err
	}
	p.mailAt, p.phoneAt = httptest.NewServer(p.sky.over(p.mail)), httptest.NewServer(p.sky.over(p.phone))
	return p, nil
}

func (p *providers) close() {
	p.mailAt.CloseClientConnections()
	p.phoneAt.CloseClientConnections()
	p.mailAt.Close()
	p.phoneAt.Close()
	_ = p.mail.Close()
	_ = p.phone.Close()
}

// weather decides what becomes of each request that sends something. Reading from the books is never disturbed: it proves what
// happened.
type weather struct {
	mu    sync.Mutex
	rng   *rand.Rand
	clear bool
}

type turn int

const (
	calm        turn = iota
	refused          // 500 before the vendor has seen it
	cut              // the connection ends before the vendor has seen it
	answerLost       // the vendor acts, and the connection ends before its answer
	wrongAnswer      // the vendor acts, and a gateway answers 502
	tooMany          // 429, and try again in a second
)

// next draws a turn and a delay. About one request in five goes wrong.
func (w *weather) next() (turn, time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delay := time.Duration(w.rng.IntN(20)) * time.Millisecond
	if w.rng.IntN(50) == 0 {
		delay += 400 * time.Millisecond
	}
	dice := w.rng.IntN(100)
	switch {
	case w.clear || dice >= 18:
		return calm, delay
	case dice < 4:
		return refused, delay
	case dice < 7:
		return cut, delay
	case dice < 12:
		return answerLost, delay
	case dice < 15:
		return wrongAnswer, delay
	default:
		return tooMany, delay
	}
}

// over puts the weather in front of a stand-in.
func (w *weather) over(vendor http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			vendor.ServeHTTP(rw, r)
			return
		}
		what, delay := w.next()
		select {
		case <-time.After(delay):
		case <-r.Context().Done(): // the caller is gone; what was drawn for it happens all the same
		}
		switch what {
		case calm:
			vendor.ServeHTTP(rw, r)
		case refused:
			http.Error(rw, `{"message":"something went wrong"}`, http.StatusInternalServerError)
		case cut:
			panic(http.ErrAbortHandler)
		case answerLost:
			act(vendor, r)
			panic(http.ErrAbortHandler)
		case wrongAnswer:
			act(vendor, r)
			http.Error(rw, "bad gateway", http.StatusBadGateway)
		case tooMany:
			rw.Header().Set("Retry-After", "1")
			http.Error(rw, `{"message":"too many requests","name":"rate_limit_exceeded"}`, http.StatusTooManyRequests)
		}
	})
}

// act lets the vendor do its work whatever becomes of the caller, and throws the answer away.
func act(vendor http.Handler, r *http.Request) {
	vendor.ServeHTTP(&httptest.ResponseRecorder{Body: &bytes.Buffer{}}, r.WithContext(context.WithoutCancel(r.Context())))
}

// clearUp ends the bad weather; the delays stay.
func (w *weather) clearUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clear = true
}
