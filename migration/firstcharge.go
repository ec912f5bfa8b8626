package migration

import (
	"time"

	"carryover/queries"
)

const (
	// chargeGrace is how long after its moment a first charge may be missing before somebody is told.
	chargeGrace = 24 * time.Hour
	// paymentGrace is how long an invoice may stand unpaid without any failure. A bank takes up to four business days.
	paymentGrace = 10 * 24 * time.Hour
)

// alarm is one thing that is not as it was agreed.
type alarm struct {
	kind                       queries.BillingAlarmKind
	about                      string // Stripe's name of the thing, so that it is told once
	expectedMinor, actualMinor *int64
	expectedOn, actualOn       *Date
	detail                     string
}

// agreed is the first charge as it was approved: how much, and on which dates at the location it may be made.
type agreed struct {
	minor    int64
	from, on Date
	moment   time.Time
}

// agreedCharge: what is due at once is charged when the subscription is made, from the decision on; anything else on the date that
// staff saw.
func (c billed) agreedCharge() agreed {
	if c.approval.DueTodayMinor > 0 {
		return agreed{minor: c.approval.DueTodayMinor, from: DateIn(c.approval.NotBefore, c.zone), on: DateIn(c.row.CreatedAt, c.zone),
			moment: c.row.CreatedAt}
	}
	on := c.approval.NextChargeOn
	return agreed{minor: c.approval.MonthlyTotalMinor, from: on, on: on, moment: Moment(on, c.zone)}
}

// firstChargeAlarms holds the first charge that happened against the one that was agreed. What it answers depends on what there
// is and not on the order in which it came to be, so a look that came late finds the same.
func firstChargeAlarms(c billed, b books, now time.Time) (all []alarm) {
	want, first := c.agreedCharge(), firstInvoice(b.invoices)
	if want.minor == 0 {
		return nil
	}
	if first == nil || first.Status == queries.InvoiceStatusDraft {
		if isLive(b.theirs.Status) && now.After(want.moment.Add(chargeGrace)) && (first == nil || first.FinalizationFailure == "") {
			all = append(all, alarm{kind: queries.BillingAlarmKindFirstChargeMissing, about: b.theirs.ID,
				expectedMinor: &want.minor, expectedOn: &want.on})
		}
		return all
	}
	if first.AmountDueMinor != want.minor || first.Currency != c.approval.Currency {
		all = append(all, alarm{kind: queries.BillingAlarmKindFirstChargeAmount, about: first.ID,
			expectedMinor: &want.minor, actualMinor: &first.AmountDueMinor, detail: otherCurrency(first, c.approval)})
	}
	if day := DateIn(first.CreatedAt, c.zone); day.Compare(want.from) < 0 || day.Compare(want.on) > 0 {
		all = append(all, alarm{kind: queries.BillingAlarmKindFirstChargeDay, about: first.ID, expectedOn: &want.on, actualOn: &day})
	}
	if why := whyUnpaid(first, now); why != "" {
		all = append(all, alarm{kind: queries.BillingAlarmKindFirstPaymentFailed, about: first.ID,
			expectedMinor: &want.minor, actualMinor: &first.AmountPaidMinor, detail: why})
	}
	return all
}

func otherCurrency(i *StripeInvoice, a *queries.Approval) string {
	if i.Currency == a.Currency {
		return ""
	}
	return "The invoice is in " + i.Currency + "."
}

// whyUnpaid is why the payment of an invoice counts as failed; "" where it was made at once, or may still come.
func whyUnpaid(i *StripeInvoice, now time.Time) string {
	switch {
	case i.Status == queries.InvoiceStatusPaid && i.Attempts > 1:
		return "The first attempt failed; a later one was paid."
	case i.Status == queries.InvoiceStatusPaid:
		return ""
	case i.Status == queries.InvoiceStatusVoid:
		return "The invoice was voided at Stripe."
	case i.Payment == PaymentFailed, i.Payment == PaymentConfirming:
		return i.Failure
	case i.Status == queries.InvoiceStatusUncollectible:
		return "The invoice was marked as uncollectible at Stripe."
	case now.After(i.CreatedAt.Add(paymentGrace)):
		return "Not paid ten days after it was due."
	}
	return ""
}
