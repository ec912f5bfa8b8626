// Package hooks delivers a stand-in's webhooks in the background.
//
// It owns the waiting, the order and the retries. It does not own what a
// webhook says, how it is signed or where it is kept over a restart: the
// stand-in hands those in.
package hooks

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"carryover/sandbox/internal/faults"
)

const (
	lanes   = 4
	timeout = 15 * time.Second
	// overtaken is how long a reordered webhook is held back where none of its lane follows.
	overtaken = 30 * time.Second
)

// Hook is one webhook on its way.
type Hook struct {
	ID          string    `json:"id"`
	Lane        string    `json:"lane"` // hooks of one lane leave in order, as long as none fails
	Event       string    `json:"event"`
	URL         string    `json:"url"`
	ContentType string    `json:"content_type"`
	Body        string    `json:"body"`
	Attempts    int       `json:"attempts"`
	Due         time.Time `json:"due"`
	Reordered   bool      `json:"reordered,omitempty"`
}

// Options are a vendor's habits.
type Options struct {
	// Sign adds the vendor's signature, anew for every attempt.
	Sign func(*http.Request, Hook)
	// Keep is told of a hook that waits for another attempt, Forget of one
	// that is done: taken, lost by a fault, or out of retries.
	Keep   func(Hook)
	Forget func(Hook)
	// Retries are the waits after the first, second, … failure; after the
	// last the hook is given up.
	Retries []time.Duration
	// OnlyUnreachable retries only where no answer came at all.
	OnlyUnreachable bool
	// Reach answers where an address is reached from here, as a proxy in front of it would lead there; nil goes straight to it.
	// What is signed is the address itself.
	Reach  func(address string) string
	Faults *faults.Set
	Logger *slog.Logger
}

// Sender delivers hooks until it is closed.
type Sender struct {
	options Options
	client  *http.Client
	lanes   [lanes]*lane
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// New starts a sender with the hooks that an earlier run left behind.
func New(options Options, left ...Hook) *Sender {
	ctx, stop := context.WithCancel(context.Background())
	s := &Sender{options: options, stop: stop, client: &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for i := range s.lanes {
		s.lanes[i] = &lane{wake: make(chan struct{}, 1)}
		s.done.Go(func() { s.run(ctx, s.lanes[i]) })
	}
	s.Send(left...)
	return s
}

// Send hands hooks over and returns at once. They must be kept already.
func (s *Sender) Send(hooks ...Hook) {
	for _, h := range hooks {
		sum := fnv.New32a()
		_, _ = io.WriteString(sum, h.Lane)
		s.lanes[sum.Sum32()%lanes].push(h)
	}
}

// Pending counts the hooks that are still to be taken.
func (s *Sender) Pending() int {
	n := 0
	for _, l := range s.lanes {
		n += l.len()
	}
	return n
}

// Close stops after the attempts under way, which it cancels. What was not
// taken yet stays kept for the next run.
func (s *Sender) Close() {
	s.stop()
	s.done.Wait()
	s.client.CloseIdleConnections()
}

func (s *Sender) run(ctx context.Context, l *lane) {
	for {
		h, ok := l.wait(ctx)
		if !ok {
			return
		}
		s.attempt(ctx, l, h)
		l.finish()
	}
}

func (s *Sender) attempt(ctx context.Context, l *lane, h Hook) {
	switch s.fault(h) {
	case faults.HookLose:
		s.options.Forget(h)
		return
	case faults.HookReorder:
		h.Reordered, h.Due = true, time.Now().Add(overtaken)
		l.push(h)
		return
	case faults.HookDouble:
		if answered, err := s.post(ctx, h); err != nil {
			s.options.Logger.Debug("first of a doubled webhook", "event", h.Event, "answered", answered, "err", err)
		}
	}
	answered, err := s.post(ctx, h)
	l.overtake(h)
	if err == nil {
		s.options.Forget(h)
		return
	}
	if ctx.Err() == nil { // a close is not the receiver's failure
		s.failed(l, h, answered, err)
	}
}

func (s *Sender) fault(h Hook) faults.Kind {
	if h.Attempts > 0 || h.Reordered || s.options.Faults == nil {
		return ""
	}
	return s.options.Faults.Hook(h.Event)
}

func (s *Sender) failed(l *lane, h Hook, answered bool, err error) {
	h.Attempts++
	if h.Attempts > len(s.options.Retries) || answered && s.options.OnlyUnreachable {
		s.options.Logger.Warn("webhook given up", "event", h.Event, "id", h.ID, "attempts", h.Attempts, "err", err)
		s.options.Forget(h)
		return
	}
	h.Due = time.Now().Add(s.options.Retries[h.Attempts-1])
	s.options.Logger.Info("webhook will be tried again", "event", h.Event, "id", h.ID, "due", h.Due, "err", err)
	s.options.Keep(h)
	l.push(h)
}

// post reports whether the receiver answered at all, and an error unless it
// answered with a 2xx.
func (s *Sender) post(ctx context.Context, h Hook) (answered bool, err error) {
	address := h.URL
	if s.options.Reach != nil {
		address = s.options.Reach(address)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(h.Body))
	if err != nil {
		return false, fmt.Errorf("webhook to %q: %w", h.URL, err)
	}
	req.Header.Set("Content-Type", h.ContentType)
	s.options.Sign(req, h)
	resp, err := s.client.Do(req)
	if err != nil {
		return false, err
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection can be used again
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return true, fmt.Errorf("webhook to %q was answered with %s", h.URL, resp.Status)
	}
	return true, nil
}
