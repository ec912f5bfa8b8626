package migration

import (
	"context"
	"fmt"
	"time"

	"carryover/money"
	"carryover/queries"
)

// BillingSource says who worked the amounts of a preview out.
type BillingSource string

// The sources of the API's BillingSource.
const (
	FromStripe    BillingSource = "STRIPE"
	FromCarryover BillingSource = "CARRYOVER" // Stripe could not be asked
)

// BillingLine is one part of a charge and the days that it pays for, as dates at the location.
type BillingLine struct {
	Kind        *queries.QuoteLineKind // nil for what Stripe adds and the tenant did not agree to
	Description string
	Amount      money.Money
	From, Until *Date // nil where Stripe names none; Until is the first day that is not paid for
}

// BillingPreview is what approving now would charge with one choice.
type BillingPreview struct {
	Option       StartOption
	Source       BillingSource
	DueToday     money.Money
	Lines        []BillingLine
	NextChargeOn Date
	NextCharge   money.Money
	NextLines    []BillingLine
	NotBefore    time.Time
	Warnings     []*BillingWarning
}

// previewPatience is how long staff who look at amounts wait for Stripe before they are shown ours.
const previewPatience = 10 * time.Second

// PreviewBilling answers what Stripe itself would charge, for both choices, and what a careful person would want to know before
// they approve; nil unless the submission waits for approval. Where Stripe cannot be asked, the amounts are worked out here and
// say so. Approving is held to the lines that the tenant agreed to in any case.
func (s *Service) PreviewBilling(ctx context.Context, sub *queries.Submission) ([]*BillingPreview, error) {
	starts, err := s.BillingPreviews(ctx, sub)
	if err != nil || starts == nil {
		return nil, err
	}
	c, err := s.previewedCreation(ctx, sub)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(c.location.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of location %s: %w", c.location.ID, err)
	}
	ctx, cancel := context.WithTimeout(ctx, previewPatience)
	defer cancel()
	ask := &asking{service: s, creation: c, zone: zone, later: map[time.Time]*UpcomingInvoice{}}
	previews := make([]*BillingPreview, len(starts))
	for i, start := range starts {
		previews[i] = s.Arithmetic(start)
		if err := ask.stripe(ctx, previews[i], start); err != nil {
			s.Log.WarnContext(ctx, "Stripe could not be asked what it would charge", "submission_id", sub.ID, "option", start.Option, "error", err)
		}
	}
	return previews, s.warnOfLegacy(context.WithoutCancel(ctx), c, zone, starts, previews)
}

func (s *Service) previewedCreation(ctx context.Context, sub *queries.Submission) (c creation, err error) {
	c.submission, c.reservation = sub, &queries.Reservation{ID: sub.ReservationID}
	if c.location, err = s.q.LocationGet(ctx, s.Pool, sub.LocationID); err != nil {
		return c, fmt.Errorf("read location: %w", err)
	}
	if c.lines, err = s.q.QuoteLineListBySubmission(ctx, s.Pool, sub.ID); err != nil {
		return c, fmt.Errorf("read quote lines: %w", err)
	}
	return c, nil
}

// Arithmetic is a preview that was worked out here.
func (s *Service) Arithmetic(start StartPreview) *BillingPreview {
	p := &BillingPreview{Option: start.Option, Source: FromCarryover, DueToday: start.DueToday, NextChargeOn: start.Schedule.NextChargeOn,
		NextCharge: start.Monthly, NotBefore: s.now()}
	if start.Schedule.NotBefore.After(p.NotBefore) {
		p.NotBefore = start.Schedule.NotBefore
	}
	lines := make([]BillingLine, len(start.Agreed))
	for i, l := range start.Agreed {
		lines[i] = BillingLine{Kind: &l.Kind, Description: l.Description, Amount: l.Amount}
	}
	p.NextLines = lines
	if start.DueToday.Minor > 0 {
		p.Lines = lines
	}
	return p
}

// asking is one submission's questions to Stripe. Both choices mostly lead to the same next invoice, which is asked for once.
type asking struct {
	service  *Service
	creation creation
	zone     *time.Location
	later    map[time.Time]*UpcomingInvoice
}

// stripe puts Stripe's amounts in the place of ours. What can be asked of Stripe only at a later moment stays worked out here.
func (a *asking) stripe(ctx context.Context, p *BillingPreview, start StartPreview) error {
	if p.NotBefore.After(a.service.now()) {
		return nil
	}
	first, err := a.invoice(ctx, start.Option, start.Schedule)
	if err != nil {
		return p.unasked(err)
	}
	next := first
	if first == nil || !first.Later {
		if next, err = a.firstCycle(ctx, start); err != nil {
			return p.unasked(err)
		}
	}
	p.Source = FromStripe
	p.DueToday, p.Lines = money.Money{Currency: p.DueToday.Currency}, nil
	if first != nil && !first.Later {
		p.DueToday, p.Lines = first.Due, a.lines(first)
	}
	if next != nil && next.Later {
		p.NextCharge, p.NextLines = next.Due, a.lines(next)
		p.NextChargeOn = begins(p.NextLines, p.NextChargeOn)
	}
	if p.DueToday != start.DueToday {
		p.warn(WarnStripeDiffers, fmt.Sprintf("Stripe would charge %s today, but the tenant agreed to %s. Approving is refused until the two agree: look at the customer's balance and taxes at Stripe.", p.DueToday, start.DueToday))
	}
	if first != nil && first.Later && p.NextCharge != start.Monthly {
		p.warn(WarnStripeDiffers, fmt.Sprintf("Stripe would charge %s on %s, but the tenant agreed to %s. Approving is refused until the two agree: look at the customer's balance, discounts and taxes at Stripe.",
			p.NextCharge, p.NextChargeOn, start.Monthly))
	}
	return nil
}

// unasked: a refusal is told to staff, since approving would meet it too; everything else is Stripe's trouble.
func (p *BillingPreview) unasked(err error) error {
	if pe := ProviderErrorAs(err); pe.Kind == ProviderRefused {
		p.warn(WarnStripeRefuses, "Stripe would refuse this: "+pe.Message)
		return nil
	}
	return err
}

// firstCycle is the invoice of the first full month after one that is charged at once; nil after a trial, which is too far ahead to be
// asked for.
func (a *asking) firstCycle(ctx context.Context, start StartPreview) (*UpcomingInvoice, error) {
	if start.Schedule.Trial != nil {
		return nil, nil
	}
	at := addMonth(a.service.now().UTC().Truncate(time.Second))
	if start.Schedule.Anchor != nil {
		at = *start.Schedule.Anchor
	}
	return a.invoice(ctx, NextMonth, Schedule{Anchor: &at})
}

func (a *asking) invoice(ctx context.Context, option StartOption, at Schedule) (*UpcomingInvoice, error) {
	onlyLater := option == NextMonth && at.Anchor != nil
	if onlyLater {
		if known, ok := a.later[*at.Anchor]; ok {
			return known, nil
		}
	}
	c := a.creation
	c.approval = &queries.Approval{Option: option, BackdateAt: at.Backdate, AnchorAt: at.Anchor, TrialEndAt: at.Trial}
	invoice, err := a.service.firstInvoiceAt(ctx, c)
	if err == nil && onlyLater {
		a.later[*at.Anchor] = invoice
	}
	return invoice, err
}

// lines names what the tenant agreed to as the tenant knows it, and everything else as Stripe does.
func (a *asking) lines(invoice *UpcomingInvoice) []BillingLine {
	lines := make([]BillingLine, len(invoice.Lines))
	for i, l := range invoice.Lines {
		lines[i] = BillingLine{Description: l.Description, Amount: l.Amount}
		for _, agreed := range a.creation.lines {
			if productID(agreed) == l.ProductID {
				lines[i].Kind, lines[i].Description = &agreed.Kind, agreed.Description
			}
		}
		if !l.From.IsZero() {
			lines[i].From, lines[i].Until = ptr(DateIn(l.From, a.zone)), ptr(DateIn(l.Until, a.zone))
		}
	}
	return lines
}

// begins is the first day that a charge pays for, which is the day of the charge; otherwise where no line says.
func begins(lines []BillingLine, otherwise Date) Date {
	var first *Date
	for _, l := range lines {
		if l.From != nil && (first == nil || l.From.Compare(*first) < 0) {
			first = l.From
		}
	}
	if first == nil {
		return otherwise
	}
	return *first
}
