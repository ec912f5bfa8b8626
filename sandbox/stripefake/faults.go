package stripefake

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// FaultKind is a way in which a request, or the delivery of an event, goes wrong.
type FaultKind string

// The kinds of faults. Those named …Before leave no trace in the state; those
// named …After have done all that was asked.
const (
	Delay         FaultKind = "delay"           // waits, then acts; the idempotency key is in use meanwhile
	RateLimit     FaultKind = "rate_limit"      // 429 with Retry-After in seconds
	RateLimitDate FaultKind = "rate_limit_date" // 429 with Retry-After as an HTTP date
	LockTimeout   FaultKind = "lock_timeout"    // 429 for an object that another request holds
	Unavailable   FaultKind = "unavailable"     // 503 from in front of the API: no key is kept
	ErrorBefore   FaultKind = "error_before"    // 500, kept under the idempotency key
	ErrorAfter    FaultKind = "error_after"     // 500, kept under the idempotency key
	DropAfter     FaultKind = "drop_after"      // the connection closes instead of an answer
	CutBefore     FaultKind = "cut_before"      // the connection closes before anything is done
	Hold          FaultKind = "hold"            // the answer waits for Release
	HoldBefore    FaultKind = "hold_before"     // waits for Release, then acts; the idempotency key is in use meanwhile

	WebhookTwice FaultKind = "webhook_twice" // the event is delivered two times
	WebhookLate  FaultKind = "webhook_late"  // the event waits for DelayMS, or for Release
	WebhookSwap  FaultKind = "webhook_swap"  // the event lets the next one pass
)

// Fault orders a bad day. Method and PathPrefix choose the requests, empty
// meaning all; for the webhook kinds PathPrefix is the beginning of the event's
// type. The first order that fits a request is the one that happens to it.
type Fault struct {
	ID         string    `json:"id"`
	Kind       FaultKind `json:"kind"`
	Method     string    `json:"method"`
	PathPrefix string    `json:"path_prefix"`
	// Skip lets so many fitting requests pass first.
	Skip int `json:"skip"`
	// Times is how often it happens before the order is done; 0 is for ever.
	Times int `json:"times"`
	// Share is the part of fitting requests it happens to, by a seeded draw; 0
	// is every one.
	Share float64 `json:"share"`
	// DelayMS is how long delay and webhook_late wait; Release ends only the latter.
	DelayMS int `json:"delay_ms"`
	// RetryAfter is what a 429 tells the client to wait, in seconds.
	RetryAfter int `json:"retry_after"`
}

// Faults is the list of orders and the answers being held.
type Faults struct {
	mu     sync.Mutex
	orders []Fault
	draw   *rand.Rand
	held   int
	change chan struct{} // closed and replaced whenever held changes or Release is called
	epoch  int
}

func newFaults(seed uint64) *Faults {
	return &Faults{draw: rand.New(rand.NewPCG(seed, seed)), change: make(chan struct{})}
}

// Add places an order behind the others and answers its id.
func (f *Faults) Add(order Fault) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if order.ID == "" {
		order.ID = newID("fault")
	}
	f.orders = append(f.orders, order)
	return order.ID
}

// List is the orders that are still open.
func (f *Faults) List() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Fault{}, f.orders...)
}

// Clear takes all orders back and releases what is held.
func (f *Faults) Clear() {
	f.mu.Lock()
	f.orders = nil
	f.mu.Unlock()
	f.Release()
}

// take finds the order for a request and uses it up once.
func (f *Faults) take(method, path string) Fault {
	return f.pick(func(order Fault) bool {
		return !strings.HasPrefix(string(order.Kind), "webhook_") &&
			(order.Method == "" || order.Method == method) && strings.HasPrefix(path, order.PathPrefix)
	})
}

// takeEvent finds the order for the delivery of an event.
func (f *Faults) takeEvent(eventType string) Fault {
	return f.pick(func(order Fault) bool {
		return strings.HasPrefix(string(order.Kind), "webhook_") && strings.HasPrefix(eventType, order.PathPrefix)
	})
}

func (f *Faults) pick(fits func(Fault) bool) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.orders {
		order := &f.orders[i]
		if !fits(*order) || !f.strikes(order) {
			continue
		}
		struck := *order
		if order.Times > 0 {
			if order.Times--; order.Times == 0 {
				f.orders = append(f.orders[:i:i], f.orders[i+1:]...)
			}
		}
		return struck
	}
	return Fault{}
}

func (f *Faults) strikes(order *Fault) bool {
	if order.Skip > 0 {
		order.Skip--
		return false
	}
	return order.Share == 0 || f.draw.Float64() < order.Share
}

// atTheDoor is a refusal by what stands in front of the API.
func (f Fault) atTheDoor() error {
	wait := max(f.RetryAfter, 1)
	e := tooMany(wait)
	switch f.Kind {
	case RateLimit:
	case RateLimitDate:
		at := time.Now().Add(time.Duration(wait) * time.Second)
		e.header.Set("Retry-After", at.UTC().Format(http.TimeFormat))
	case LockTimeout:
		e.header.Del("Retry-After")
		e.Code, e.Message = "lock_timeout", "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request."
	case Unavailable:
		e.header.Del("Retry-After")
		e.status, e.Type, e.Code, e.Message = http.StatusServiceUnavailable, "api_error", "", "Stripe is temporarily unavailable."
	default:
		return nil
	}
	return e
}

func (f Fault) losesAnswer() bool { return f.Kind == DropAfter || f.Kind == CutBefore }

func (f Fault) sleep(ctx context.Context) {
	if f.Kind == Delay {
		pause(ctx, time.Duration(f.DelayMS)*time.Millisecond)
	}
}
