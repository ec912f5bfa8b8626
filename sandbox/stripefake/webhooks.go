package stripefake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxTries is how often an event is offered before it is given up. Stripe tries
// for three days; with the pause doubling from a second this is half an hour.
const maxTries = 12

// courier delivers events in the background, each on its own schedule, so a
// failing one does not hold up the next: the order of arrival is not promised,
// as it is not by Stripe.
type courier struct {
	s       *Server
	http    *http.Client
	cancel  context.CancelFunc
	work    sync.WaitGroup
	bell    chan struct{}
	next    int           // the first event nobody has looked at, counted from the very first
	slots   chan struct{} // bounds how many deliveries run at once
	swapped []event       // waiting for the next one to pass
}

func startCourier(s *Server) *courier {
	ctx, cancel := context.WithCancel(context.Background())
	c := &courier{
		s: s, cancel: cancel, bell: make(chan struct{}, 1), slots: make(chan struct{}, 16),
		http: &http.Client{Timeout: 10 * time.Second},
	}
	if s.opts.WebhookURL != "" {
		c.work.Go(func() { c.run(ctx) })
		c.wake()
	}
	return c
}

// wake says that there may be something new. It never waits.
func (c *courier) wake() {
	if c == nil {
		return
	}
	select {
	case c.bell <- struct{}{}:
	default:
	}
}

func (c *courier) stop() {
	c.cancel()
	c.work.Wait()
}

func (c *courier) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.bell:
		}
		for _, e := range c.owed() {
			c.dispatch(ctx, e)
		}
	}
}

// owed lists the events that nobody has taken and that are not on their way.
func (c *courier) owed() []event {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	table := c.s.store.events
	var all []event
	for _, id := range table.order[max(c.next-table.dropped, 0):] {
		if e := table.rows[id]; e.PendingWebhooks > 0 {
			all = append(all, e)
		}
	}
	c.next = table.dropped + len(table.order)
	return all
}

// dispatch sends an event on its way, as the orders for its type will have it.
func (c *courier) dispatch(ctx context.Context, e event) {
	fault := c.s.Faults.takeEvent(e.Type)
	switch fault.Kind {
	case WebhookSwap:
		c.swapped = append(c.swapped, e)
		return
	case WebhookTwice:
		c.work.Go(func() { _ = c.deliver(ctx, e) })
	case WebhookLate:
		wait := c.s.Faults.late(time.Duration(fault.DelayMS) * time.Millisecond)
		c.work.Go(func() {
			wait(ctx)
			c.persist(ctx, e)
		})
		return
	}
	waiting := c.swapped
	c.swapped = nil
	if len(waiting) == 0 {
		c.work.Go(func() { c.persist(ctx, e) })
		return
	}
	c.work.Go(func() {
		c.persist(ctx, e)
		for _, late := range waiting {
			c.persist(ctx, late)
		}
	})
}

// persist tries until the receiver answers 2xx.
func (c *courier) persist(ctx context.Context, e event) {
	wait := c.s.opts.WebhookRetry
	for range maxTries {
		err := c.deliver(ctx, e)
		if err == nil {
			c.settle(e.ID)
			return
		}
		c.s.log.Warn("deliver webhook", "event", e.ID, "type", e.Type, "error", err)
		if pause(ctx, wait); ctx.Err() != nil {
			return
		}
		wait *= 2
	}
}

func (c *courier) settle(id string) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if e, ok := c.s.store.events.get(id); ok {
		e.PendingWebhooks = 0
		c.s.store.events.put(e)
	}
	if err := c.s.store.flush(c.s.journal); err != nil {
		c.s.log.Error("write journal", "error", err)
	}
}

func (c *courier) deliver(ctx context.Context, e event) error {
	payload, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.s.opts.WebhookURL, bytes.NewReader(payload))
	if err != nil {
		return fmt.Errorf("build delivery: %w", err)
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
	r.Header.Set("Stripe-Signature", signature(payload, time.Now(), c.s.opts.WebhookSecrets))
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	answer, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("deliver: the receiver answered %s, want 2xx", answer.Status)
	}
	return nil
}

// signature is Stripe's scheme (https://stripe.com/docs/webhooks#verify-manually),
// with one v1 per secret. The time is the wall's: receivers compare it with theirs.
func signature(payload []byte, at time.Time, secrets []string) string {
	parts := []string{fmt.Sprintf("t=%d", at.Unix())}
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), payload) // a hash never fails to write
		parts = append(parts, "v1="+hex.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(parts, ",")
}
