package migration

import (
	"context"
	"fmt"
	"time"

	"carryover/queries"
)

// BillingWarningCode says what a careful person would want to know before they approve; clients rely on the names.
type BillingWarningCode string

// The codes of the API's BillingWarningCode.
const (
	WarnLegacyPeriodPaid BillingWarningCode = "LEGACY_PERIOD_PAID"
	WarnLegacyRenews     BillingWarningCode = "LEGACY_RENEWS"
	WarnStripeDiffers    BillingWarningCode = "STRIPE_DIFFERS"
	WarnStripeRefuses    BillingWarningCode = "STRIPE_REFUSES"
)

// BillingWarning stands beside one choice and does not stand in its way, but for what Stripe itself would refuse.
type BillingWarning struct {
	Code    BillingWarningCode
	Message string
}

func (p *BillingPreview) warn(code BillingWarningCode, message string) {
	p.Warnings = append(p.Warnings, &BillingWarning{code, message})
}

// warnOfLegacy looks at what the old system has billed and is about to bill: the first charge here should not pay for days that are
// paid there, and nobody should be charged twice within a day.
func (s *Service) warnOfLegacy(ctx context.Context, c creation, zone *time.Location, starts []StartPreview, previews []*BillingPreview) error {
	legacy, err := found(s.q.LegacyMembershipGetByReservation(ctx, s.Pool, c.reservation.ID))
	if err != nil {
		return fmt.Errorf("read legacy membership: %w", err)
	}
	if legacy == nil {
		return nil
	}
	paidUntil := legacyPaidUntil(legacy)
	renews := renewsWithinADay(legacy, DateIn(s.now(), zone))
	for i, p := range previews {
		if from := starts[i].Schedule.StartsOn; paidUntil != nil && paidUntil.Compare(from) > 0 {
			p.warn(WarnLegacyPeriodPaid, fmt.Sprintf("The legacy system has already billed until %s, and the first charge here pays from %s on.", paidUntil, from))
		}
		if renews {
			p.warn(WarnLegacyRenews, fmt.Sprintf("The legacy system renews on %s, within a day of now. Make sure that it does not charge as well.", legacy.NextBillingOn))
		}
	}
	return nil
}

// legacyPaidUntil is the first day that nobody has paid for there: the day of the next bill, or the day after the last paid one,
// whichever is later. nil where the import says neither.
func legacyPaidUntil(l *queries.LegacyMembership) *Date {
	var until *Date
	if l.NextBillingOn != nil && l.CancelledThereAt == nil {
		until = l.NextBillingOn
	}
	if l.PaidThrough != nil {
		after := l.PaidThrough.AddDays(1)
		if until == nil || after.Compare(*until) > 0 {
			until = &after
		}
	}
	return until
}

// renewsWithinADay compares dates: at which hour the old system bills nobody knows.
func renewsWithinADay(l *queries.LegacyMembership, today Date) bool {
	if l.NextBillingOn == nil || l.CancelledThereAt != nil {
		return false
	}
	return l.NextBillingOn.Compare(today.AddDays(-1)) >= 0 && l.NextBillingOn.Compare(today.AddDays(1)) <= 0
}
