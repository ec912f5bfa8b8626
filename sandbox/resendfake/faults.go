package resendfake

import "carryover/sandbox/internal/faults"

// Fault is an order for Server.Faults.Add; its fields say what each takes.
type Fault = faults.Fault

// The kinds of faults. "Before" means that nothing was done, "after" that the
// emails are accepted and only the answer suffers. For the webhook kinds
// Fault.Path is matched against the event, such as "email.delivered".
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
