package migration

import (
	"context"
	"errors"
)

// stripeLane is of the account as a whole. Each endpoint has a lane of its own beside it.
const stripeLane = "stripe"

// StripePace lets the calls of all processes to Stripe through at the rates that the account is allowed: so many a second in all, and
// so many to one endpoint. 0 is no limit.
type StripePace struct {
	lanes        *Lanes
	rate, toEach float64
}

// NewStripePace answers a pace over the lanes' table.
func NewStripePace(o LaneOptions, rate, toEach float64) *StripePace {
	return &StripePace{lanes: newLanes(o), rate: rate, toEach: toEach}
}

// Enter waits for the turn of one call to an endpoint ("POST /v1/subscriptions"). It answers *Later where the turn does not come
// within the patience; nothing may be called then.
func (p *StripePace) Enter(ctx context.Context, endpoint string) error {
	for _, one := range []struct {
		lane string
		rate float64
	}{{stripeLane + " " + endpoint, p.toEach}, {stripeLane, p.rate}} {
		if err := p.lanes.open(ctx, one.lane, one.rate); err != nil {
			return err
		}
		if _, err := p.lanes.enter(ctx, one.lane, inTurn, 0); err != nil {
			return err
		}
	}
	return nil
}

// Leave takes note of how a call went: nil, or the error that it failed with. See Lanes.
func (p *StripePace) Leave(ctx context.Context, err error) {
	if noted := p.lanes.leave(ctx, stripeLane, err); noted != nil && !errors.Is(noted, context.Canceled) {
		p.lanes.Log.WarnContext(ctx, "how a call went could not be noted", "lane", stripeLane, "error", noted)
	}
}
