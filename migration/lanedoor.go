package migration

import (
	"slices"
	"sync"
)

// place is where a call stands among those that wait in this process for a lane.
type place int

const (
	// inTurn is behind all that asked before.
	inTurn place = iota
	// first is before all that stand in turn: somebody waits for it at a counter while ten thousand invitations go out.
	first
)

// door lets one call after the other into a lane: those that go first, then the others, each in the order of asking. Its zero value is open.
type door struct {
	mu      sync.Mutex
	closed  bool // somebody is inside
	waiting [2][]chan struct{}
}

// knock lets in whoever comes to an open door. Everybody else is inside once the channel is closed, and leaves or gives up in the end.
func (d *door) knock(as place) (ours chan struct{}, inside bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.closed = true
		return nil, true
	}
	ours = make(chan struct{})
	d.waiting[as] = append(d.waiting[as], ours)
	return ours, false
}

// leave lets the next one in.
func (d *door) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next()
}

func (d *door) next() {
	for _, as := range []place{first, inTurn} {
		if line := d.waiting[as]; len(line) > 0 {
			close(line[0])
			d.waiting[as] = slices.Delete(line, 0, 1)
			return
		}
	}
	d.closed = false
}

// giveUp waits no more. Who was let in at this very moment lets the next one in.
func (d *door) giveUp(ours chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for as, line := range d.waiting {
		if at := slices.Index(line, ours); at >= 0 {
			d.waiting[as] = slices.Delete(line, at, at+1)
			return
		}
	}
	d.next()
}
