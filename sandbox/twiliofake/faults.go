package twiliofake

import "carryover/sandbox/internal/faults"

// Fault is an order for Server.Faults.Add; its fields say what each takes.
type Fault = faults.Fault

// The kinds of faults. "Before" means that nothing was done, "after" that the
// text is accepted and only the answer suffers. For the webhook kinds
// Fault.Path is matched against the callback's event: "message." and a status,
// or "message.received" for an incoming text.
const (
	Delay       = faults.Delay
	RateLimit   = faults.RateLimit
	ErrorBefore = faults.ErrorBefore
	ErrorAfter  = faults.ErrorAfter
	DropAfter   = faults.DropAfter
	CutBefore   = faults.CutBefore
	Hold        = faults.Hold
	HookDouble  = faults.HookDouble
	HookReorder = faults.HookReorder
	HookLose    = faults.HookLose
)
