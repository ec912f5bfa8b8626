package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
)

// Set is the orders of one stand-in, safe for concurrent use. The zero Set
// is ready and lets everything pass. Orders are not kept over a restart.
type Set struct {
	mu     sync.Mutex
	next   int
	orders []*Order
}

// Order is one fault in force.
type Order struct {
	id      string
	fault   Fault
	rng     *rand.Rand
	used    int // guarded by Set.mu
	release chan struct{}
	once    sync.Once

	mu      sync.Mutex
	held    int           // how many answers were ever held
	arrived chan struct{} // closed and renewed whenever held grows
}

// Add puts a fault into force and returns its handle. It panics on a fault
// that could never work, since that is a mistake in the test that orders it.
func (s *Set) Add(f Fault) *Order {
	order, err := s.add(f)
	if err != nil {
		panic(err)
	}
	return order
}

func (s *Set) add(f Fault) (*Order, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	order := &Order{
		id:      "fault_" + strconv.Itoa(s.next),
		fault:   f,
		rng:     rand.New(rand.NewPCG(f.Seed, 0)),
		release: make(chan struct{}),
		arrived: make(chan struct{}),
	}
	s.orders = append(s.orders, order)
	return order, nil
}

// Clear ends every fault and lets every held answer go.
func (s *Set) Clear() {
	s.mu.Lock()
	orders := s.orders
	s.orders = nil
	s.mu.Unlock()
	for _, order := range orders {
		order.Release()
	}
}

// Remove ends one fault and lets its held answers go. It reports whether
// there was such a fault.
func (s *Set) Remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, order := range s.orders {
		if order.id == id {
			s.orders = append(s.orders[:i:i], s.orders[i+1:]...)
			order.Release()
			return true
		}
	}
	return false
}

// State is an order as others may see it.
type State struct {
	ID    string `json:"id"`
	Fault Fault  `json:"fault"`
	Used  int    `json:"used"`
	Held  int    `json:"held"`
}

// List returns every order that was not removed, used up or not, oldest first.
func (s *Set) List() []State {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := make([]State, 0, len(s.orders))
	for _, o := range s.orders {
		states = append(states, State{ID: o.id, Fault: o.fault, Used: o.used, Held: o.heldSoFar()})
	}
	return states
}

// pick uses up and returns what hits this request: any number of delays and
// at most one other fault, the oldest.
func (s *Set) pick(kinds []Kind, method, path string) []*Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	var hit []*Order
	for _, o := range s.orders {
		if !o.fault.matches(kinds, method, path) || !o.fires() {
			continue
		}
		o.used++
		hit = append(hit, o)
		if o.fault.Kind != Delay {
			break
		}
	}
	return hit
}

func (o *Order) fires() bool {
	if o.fault.Times > 0 && o.used >= o.fault.Times {
		return false
	}
	return o.fault.Share == 0 || o.rng.Float64() < o.fault.Share
}

// Hook returns what is to happen to the webhook of an event, "" if nothing.
func (s *Set) Hook(event string) Kind {
	for _, o := range s.pick(hookKinds, "", event) {
		return o.fault.Kind
	}
	return ""
}

// ID names the order in GET and DELETE of the faults page.
func (o *Order) ID() string { return o.id }

// Wait returns once this order holds or has held n answers.
func (o *Order) Wait(ctx context.Context, n int) error {
	for {
		o.mu.Lock()
		held, arrived := o.held, o.arrived
		o.mu.Unlock()
		if held >= n {
			return nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return fmt.Errorf("wait for %d held answers, %d so far: %w", n, held, ctx.Err())
		}
	}
}

func (o *Order) heldSoFar() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.held
}

// Release lets the held answers go. Later ones pass without waiting.
func (o *Order) Release() { o.once.Do(func() { close(o.release) }) }

func (o *Order) hold(ctx context.Context) {
	o.mu.Lock()
	o.held++
	close(o.arrived)
	o.arrived = make(chan struct{})
	o.mu.Unlock()
	select {
	case <-o.release:
	case <-ctx.Done():
	}
}
