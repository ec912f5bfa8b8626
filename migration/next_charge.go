package migration

import (
	"context"
	"fmt"
	"time"

	"carryover/money"
)

// NextCharge is an amount that will be charged, and its date at the location.
type NextCharge struct {
	On     Date
	Amount money.Money
}

// NextChargeOf answers what is charged next for what was set up; nil where nothing runs (yet, or any more).
func (s *Service) NextChargeOf(ctx context.Context, setup *Setup) (*NextCharge, error) {
	if setup.State != SetupStateDone || setup.Submission == nil {
		return nil, nil
	}
	live, err := found(s.q.SubscriptionGetLive(ctx, s.Pool, setup.Submission.ReservationID))
	if err != nil {
		return nil, fmt.Errorf("read subscription: %w", err)
	}
	if live == nil || live.NextChargeAt == nil {
		return nil, nil
	}
	zone, err := time.LoadLocation(setup.Offer.Location.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("read time zone: %w", err)
	}
	return &NextCharge{On: DateIn(*live.NextChargeAt, zone), Amount: money.Money{Minor: live.MonthlyTotalMinor, Currency: live.Currency}}, nil
}
