package hooks

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// lane is a queue by due time; hooks due at the same time keep their order.
type lane struct {
	mu     sync.Mutex
	seq    int
	queue  queue
	active int
	wake   chan struct{}
}

type item struct {
	Hook
	seq int
}

func (l *lane) push(h Hook) {
	l.mu.Lock()
	l.seq++
	heap.Push(&l.queue, item{h, l.seq})
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// wait returns the next hook when it is due, false when ctx is done. The hook
// counts as pending until finish.
func (l *lane) wait(ctx context.Context) (Hook, bool) {
	for ctx.Err() == nil {
		h, in, ok := l.pop()
		if ok {
			return h, true
		}
		timer := time.NewTimer(in)
		select {
		case <-l.wake:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
	return Hook{}, false
}

func (l *lane) pop() (Hook, time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 {
		return Hook{}, time.Hour, false
	}
	if in := time.Until(l.queue[0].Due); in > 0 {
		return Hook{}, in, false
	}
	l.active++
	return heap.Pop(&l.queue).(item).Hook, 0, true
}

// overtake makes due what was held back until h, which is another, was tried.
func (l *lane) overtake(h Hook) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	for i := range l.queue {
		if held := &l.queue[i]; held.Reordered && held.Attempts == 0 && held.Lane == h.Lane {
			held.Due = now
		}
	}
	heap.Init(&l.queue)
}

func (l *lane) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.active--
}

func (l *lane) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.queue) + l.active
}

type queue []item

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	if q[i].Due.Equal(q[j].Due) {
		return q[i].seq < q[j].seq
	}
	return q[i].Due.Before(q[j].Due)
}
func (q *queue) Push(x any) { *q = append(*q, x.(item)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
