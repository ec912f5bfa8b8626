package outbox

import (
	"net/http"
	"time"
)

// steps are how far one press moves the clock.
func steps() map[string]time.Duration {
	return map[string]time.Duration{"hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour, "month": 31 * 24 * time.Hour}
}

// postClock moves the clock on and lets happen what is then due. It never
// moves it back: nothing that has happened could be undone.
func (o *Outbox) postClock(w http.ResponseWriter, r *http.Request) {
	clock, ok := o.options.Clock.(Advancer)
	step, known := steps()[r.PostFormValue("by")]
	if !ok || !known {
		o.fail(w, http.StatusUnprocessableEntity, "The clock can be moved on by an hour, a day, a week or a month, where it can be moved at all.")
		return
	}
	if err := clock.Advance(step); err != nil {
		o.options.Logger.Error("clock not moved", "err", err)
		o.fail(w, http.StatusInternalServerError, "The clock could not be moved.")
		return
	}
	if o.options.Stripe != nil {
		if err := o.options.Stripe.Advance(); err != nil {
			o.options.Logger.Error("Stripe's books are behind the clock", "err", err)
		}
	}
	o.back(w, r)
}
