package migration

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carryover/civil"
	"carryover/money"
	"carryover/queries"
)

// Quote is one monthly price, line by line, for one way to pay.
type Quote struct {
	Lines []QuoteLine
	Total money.Money
}

// QuoteLine is one part of it. Exactly one of the two ids is set.
type QuoteLine struct {
	Kind            queries.QuoteLineKind
	PlanID          *uuid.UUID
	InsurancePlanID *uuid.UUID
	Description     string
	Amount          money.Money
}

// Offer is an invitation with all that its prices depend on, as it stands now.
type Offer struct {
	Invitation *queries.Invitation
	Plan       *queries.Plan
	Insurance  *queries.InsurancePlan // nil where none was chosen
	Location   *queries.Location
}

// CardPrice is the override, else the plan's price now.
func (o Offer) CardPrice() money.Money {
	return money.Money{Minor: either(o.Invitation.CardPriceOverrideMinor, o.Plan.CardPriceMinor), Currency: o.Plan.Currency}
}

// AchPrice is the override, else the plan's price now; nil where bank accounts are not taken.
func (o Offer) AchPrice() *money.Money {
	switch {
	case o.Invitation.AchPriceOverrideMinor != nil:
		return &money.Money{Minor: *o.Invitation.AchPriceOverrideMinor, Currency: o.Plan.Currency}
	case o.Plan.AchPriceMinor != nil:
		return &money.Money{Minor: *o.Plan.AchPriceMinor, Currency: o.Plan.Currency}
	}
	return nil
}

// InsurancePrice is what the insurance costs now; nil without one.
func (o Offer) InsurancePrice() *money.Money {
	if o.Insurance == nil {
		return nil
	}
	return &money.Money{Minor: o.Insurance.PriceMinor, Currency: o.Insurance.Currency}
}

// Withdrawn tells whether the plan or the insurance is no longer offered, so that the offer cannot be accepted.
func (o Offer) Withdrawn() bool {
	return o.Plan.ArchivedAt != nil || o.Plan.Cadence != queries.PlanCadenceMonthly || (o.Insurance != nil && o.Insurance.ArchivedAt != nil)
}

// Card is the monthly quote when paid by card.
func (o Offer) Card() Quote { return o.quote(o.CardPrice()) }

// Ach is the monthly quote when paid from a bank account; nil where that is not taken.
func (o Offer) Ach() *Quote {
	price := o.AchPrice()
	if price == nil {
		return nil
	}
	q := o.quote(*price)
	return &q
}

// By is the quote for a method; nil where it is not taken.
func (o Offer) By(method queries.PaymentMethodType) *Quote {
	if method == queries.PaymentMethodTypeUsBankAccount {
		return o.Ach()
	}
	q := o.Card()
	return &q
}

func (o Offer) quote(planPrice money.Money) Quote {
	description := o.Plan.Name
	if o.Invitation.Unit != "" {
		description = fmt.Sprintf("%s (%s)", o.Plan.Name, o.Invitation.Unit)
	}
	q := Quote{
		Lines: []QuoteLine{{Kind: queries.QuoteLineKindPlan, PlanID: &o.Plan.ID, Description: description, Amount: planPrice}},
		Total: planPrice,
	}
	if price := o.InsurancePrice(); price != nil {
		q.Lines = append(q.Lines, QuoteLine{
			Kind: queries.QuoteLineKindInsurance, InsurancePlanID: &o.Insurance.ID, Description: o.Insurance.Name, Amount: *price})
		q.Total.Minor += price.Minor // one currency by foreign keys, each amount bounded by its domain
	}
	return q
}

// Digest stands for everything that the tenant was shown: plan, location and insurance with their names, unit, both prices, billing
// day, currency, terms and language. What a tenant accepts must have the digest of what is on offer at that moment.
func (o Offer) Digest(terms *queries.TermsVersion, language queries.MessageLanguage) [32]byte {
	shown := struct {
		Invitation, Plan, Terms uuid.UUID
		PlanName, LocationName  string
		InsuranceName           string
		Unit, Currency          string
		Card                    int64
		Ach, Insured            *int64
		Insurance               *uuid.UUID
		AnchorDay               int
		FirstBillOn             *civil.Date
		TermsHash               string
		Language                queries.MessageLanguage
	}{
		Invitation: o.Invitation.ID, Plan: o.Plan.ID, Terms: terms.ID, PlanName: o.Plan.Name, LocationName: o.Location.Name, Unit: o.Invitation.Unit, Currency: o.Plan.Currency,
		Card: o.CardPrice().Minor, AnchorDay: o.Invitation.AnchorDay, FirstBillOn: o.Invitation.FirstBillOn,
		TermsHash: hex.EncodeToString(terms.BodySha256), Language: language,
	}
	if ach := o.AchPrice(); ach != nil {
		shown.Ach = &ach.Minor
	}
	if o.Insurance != nil {
		shown.Insurance, shown.InsuranceName, shown.Insured = &o.Insurance.ID, o.Insurance.Name, &o.Insurance.PriceMinor
	}
	body, _ := json.Marshal(shown) // plain values only: cannot fail
	return sha256.Sum256(body)
}

// StartPreview is what one choice at approval would do.
type StartPreview struct {
	Option   StartOption
	Schedule Schedule
	DueToday money.Money
	Monthly  money.Money
	Agreed   []QuoteLine // what Monthly is made of
}

var startOptions = []StartOption{CurrentMonth, NextMonth}

// previewStarts answers both choices, as if the approval were made now.
func previewStarts(quote Quote, location *queries.Location, anchorDay int, firstBillOn *Date, now time.Time) ([]StartPreview, error) {
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	previews := make([]StartPreview, 0, len(startOptions))
	for _, option := range startOptions {
		schedule, err := PlanStartFrom(option, now, zone, anchorDay, firstBillOn)
		if err != nil {
			return nil, fmt.Errorf("plan start %s: %w", option, err)
		}
		due := money.Money{Minor: DueToday(schedule, quote.Total.Minor), Currency: quote.Total.Currency}
		previews = append(previews, StartPreview{Option: option, Schedule: schedule, DueToday: due, Monthly: quote.Total, Agreed: quote.Lines})
	}
	return previews, nil
}

// loadOffer reads what an invitation's prices depend on, in the transaction or outside of one.
func (s *Service) loadOffer(ctx context.Context, db queries.DBTX, inv *queries.Invitation) (Offer, error) {
	o := Offer{Invitation: inv}
	plans, err := s.q.PlanListByIDs(ctx, db, []uuid.UUID{inv.PlanID})
	if err != nil || len(plans) != 1 {
		return o, fmt.Errorf("read plan %s: %w", inv.PlanID, err)
	}
	o.Plan = plans[0]
	if o.Location, err = s.q.LocationGet(ctx, db, inv.LocationID); err != nil {
		return o, fmt.Errorf("read location %s: %w", inv.LocationID, err)
	}
	if inv.InsurancePlanID != nil {
		insurance, err := s.q.InsurancePlanListByIDs(ctx, db, []uuid.UUID{*inv.InsurancePlanID})
		if err != nil || len(insurance) != 1 {
			return o, fmt.Errorf("read insurance plan %s: %w", *inv.InsurancePlanID, err)
		}
		o.Insurance = insurance[0]
	}
	return o, nil
}

func either(override *int64, standard int64) int64 {
	if override != nil {
		return *override
	}
	return standard
}
