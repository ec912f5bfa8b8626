package stripefake

import "container/heap"

// appointment is a moment at which something happens to a row by itself.
type appointment struct {
	at        int64
	shelf, id string
}

// agenda is a heap of appointments, earliest first. A row that changed its mind
// leaves its old appointment behind; whoever keeps it checks the row again.
type agenda struct{ heap appointments }

func (a *agenda) note(at int64, shelf, id string) {
	if at > 0 {
		heap.Push(&a.heap, appointment{at, shelf, id})
	}
}

// next takes the earliest appointment that is due by now.
func (a *agenda) next(now int64) (appointment, bool) {
	if len(a.heap) == 0 || a.heap[0].at > now {
		return appointment{}, false
	}
	return heap.Pop(&a.heap).(appointment), true
}

type appointments []appointment

func (h appointments) Len() int           { return len(h) }
func (h appointments) Less(i, j int) bool { return h[i].at < h[j].at }
func (h appointments) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *appointments) Push(x any)        { *h = append(*h, x.(appointment)) }
func (h *appointments) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
