package migration

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/legacy"
	"carryover/queries"
)

// byHand is the source of memberships that staff enter themselves.
const byHand = "By hand"

// LegacyDraft is a membership as staff enter or mend it. What is nil stays as it is, and of a new one is empty; "" empties a value.
type LegacyDraft struct {
	ID                                              *uuid.UUID // nil: a new one
	LocationID                                      *uuid.UUID // of a new one alone
	Name, Plate, RFID, MemberNumber, Unit, PlanName *string
	Emails, Phones                                  []string // nil: as they are
	Price, Discount                                 *Price
	DiscountEndsOn                                  *Date
	NextBillingOn, PaidThrough, EndsOn              *Date
	BillingDay                                      *int
	Period                                          *queries.LegacyPeriod
	Clear                                           []legacy.Field // what is to be empty and takes no ""
}

// SaveLegacyMembership adds somebody whom no file holds, or mends what a file says of somebody. What is mended stays so: the next file does
// not change it.
func (s *Service) SaveLegacyMembership(ctx context.Context, by Actor, d LegacyDraft) (row *queries.LegacyMembership, err error) {
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		was, location, err := s.draftedLegacy(ctx, tx, by, d)
		if err != nil {
			return err
		}
		now := *was
		changed, err := s.applyLegacy(&now, location, d)
		if err != nil {
			return err
		}
		if row, err = s.writeLegacy(ctx, tx, d, location, &now, changed); err != nil {
			return err
		}
		action, detail := "created", map[string]any(nil)
		if d.ID != nil {
			action, detail = "mended", map[string]any{"changed": changed}
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectLegacyMembership, id: row.ID, location: row.LocationID, action: action,
			before: map[bool]string{true: string(was.State)}[d.ID != nil], after: string(row.State), detail: detail})
	})
	return row, err
}

// draftedLegacy answers the row that a draft changes, held until the transaction ends, or an empty one at the draft's location.
func (s *Service) draftedLegacy(ctx context.Context, tx pgx.Tx, by Actor, d LegacyDraft) (*queries.LegacyMembership, *queries.Location, error) {
	was := &queries.LegacyMembership{Emails: []string{}, Phones: []string{}, Mended: []string{}, Period: queries.LegacyPeriodMonthly}
	if d.ID != nil {
		row, err := found(s.q.LegacyMembershipLockManaged(ctx, tx, queries.LegacyMembershipLockManagedParams{ID: *d.ID, StaffID: by.staffID()}))
		if err != nil {
			return nil, nil, fmt.Errorf("lock legacy membership: %w", err)
		}
		if row == nil {
			return nil, nil, errNoLegacy
		}
		was = row
	} else {
		managed := false
		if d.LocationID != nil {
			var err error
			if managed, err = s.q.StaffManagesLocation(ctx, tx, queries.StaffManagesLocationParams{StaffID: by.staffID(), LocationID: *d.LocationID}); err != nil {
				return nil, nil, fmt.Errorf("read managed locations: %w", err)
			}
		}
		if !managed {
			return nil, nil, Refuse(CodeNotFound, "There is no such location that you manage.", "locationId")
		}
		was.LocationID = *d.LocationID
	}
	location, err := s.q.LocationGet(ctx, tx, was.LocationID)
	return was, location, err
}

var errNoLegacy = Refuse(CodeNotFound, "There is no such legacy membership at a location that you manage.", "id")

// applyLegacy puts a draft into a row, and answers the columns that it changes.
func (s *Service) applyLegacy(l *queries.LegacyMembership, at *queries.Location, d LegacyDraft) (changed []string, err error) {
	var r Refusals
	text := func(name string, said *string, into *string) {
		if said != nil {
			*into = cleanText(&r, *said, 120, name)
			changed = append(changed, name)
		}
	}
	optional := func(name string, said *string, into **string) {
		if said != nil {
			*into = orNull(cleanText(&r, *said, 120, name))
			changed = append(changed, name)
		}
	}
	text("name", d.Name, &l.Name)
	text("unit", d.Unit, &l.Unit)
	text("planName", d.PlanName, &l.PlanName)
	optional("plate", d.Plate, &l.Plate)
	optional("rfid", d.RFID, &l.Rfid)
	optional("memberNumber", d.MemberNumber, &l.MemberNumber)
	if d.Emails != nil {
		l.Emails, changed = contactsOf(&r, d.Emails, "emails", readEmail), append(changed, "emails")
	}
	if d.Phones != nil {
		l.Phones, changed = contactsOf(&r, d.Phones, "phones", phoneReader(regionOf(at))), append(changed, "phones")
	}
	if d.Price != nil {
		l.PriceMinor, changed = checkPrice(d.Price, at.Currency, &r, "price"), append(changed, "price")
	}
	changed = append(changed, clearLegacy(&r, l, d.Clear)...)
	if d.Discount != nil {
		l.DiscountMinor, changed = checkPrice(d.Discount, at.Currency, &r, "discount"), append(changed, "discount")
	}
	for _, one := range []struct {
		name string
		said *Date
		into **Date
	}{{"discount", d.DiscountEndsOn, &l.DiscountEndsOn}, {"nextBillingOn", d.NextBillingOn, &l.NextBillingOn},
		{"paidThrough", d.PaidThrough, &l.PaidThrough}, {"endsOn", d.EndsOn, &l.EndsOn}} {
		if one.said != nil {
			*one.into, changed = one.said, append(changed, one.name)
		}
	}
	if d.BillingDay != nil {
		if *d.BillingDay < 1 || *d.BillingDay > 31 {
			r.add(CodeInvalid, "The billing day is 1 to 31.", "billingDay")
		}
		l.BillingDay, changed = d.BillingDay, append(changed, "billingDay")
	}
	if d.Period != nil {
		l.Period, changed = *d.Period, append(changed, "period")
	}
	if l.Name == "" {
		r.add(CodeRequired, "Enter the name.", "name")
	}
	checkDiscount(&r, l)
	return changed, r.err()
}

// clearLegacy empties what cannot be said to be "". A discount is emptied with its end.
func clearLegacy(r *Refusals, l *queries.LegacyMembership, fields []legacy.Field) (changed []string) {
	empties := map[legacy.Field]struct {
		name string
		do   func()
	}{
		legacy.Price:          {"price", func() { l.PriceMinor = nil }},
		legacy.Discount:       {"discount", func() { l.DiscountMinor, l.DiscountEndsOn = nil, nil }},
		legacy.DiscountEndsOn: {"discount", func() { l.DiscountEndsOn = nil }},
		legacy.NextBillingOn:  {"nextBillingOn", func() { l.NextBillingOn = nil }},
		legacy.BillingDay:     {"billingDay", func() { l.BillingDay = nil }},
		legacy.PaidThrough:    {"paidThrough", func() { l.PaidThrough = nil }},
		legacy.EndsOn:         {"endsOn", func() { l.EndsOn = nil }},
	}
	for i, f := range fields {
		one, ok := empties[f]
		if !ok {
			r.add(CodeInvalid, fmt.Sprintf("%s is emptied by an empty value of its own.", f), "clear", itoa(i))
			continue
		}
		one.do()
		changed = append(changed, one.name)
	}
	return changed
}

// checkDiscount: what is taken off is no more than the price, and an end is the end of something.
func checkDiscount(r *Refusals, l *queries.LegacyMembership) {
	switch {
	case l.DiscountMinor == nil && l.DiscountEndsOn != nil:
		r.add(CodeRequired, "A discount that ends needs its amount. Enter it, or leave its end empty.", "discount")
	case l.DiscountMinor != nil && l.PriceMinor != nil && *l.DiscountMinor > *l.PriceMinor:
		r.add(CodeInvalid, "The discount is more than the price.", "discount")
	}
}

func contactsOf(r *Refusals, said []string, field string, read func(string) (string, error)) []string {
	out := []string{}
	for i, one := range said {
		if strings.TrimSpace(one) == "" {
			continue
		}
		address, err := read(strings.TrimSpace(one))
		if err != nil {
			r.add(CodeInvalid, asSentence(err), field, itoa(i))
		} else if !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	if len(out) > 5 {
		r.add(CodeInvalid, "At most five.", field)
	}
	return out
}

// asSentence begins with a capital and ends with a full stop.
func asSentence(err error) string {
	said := err.Error()
	return strings.ToUpper(said[:1]) + said[1:] + "."
}

func (s *Service) writeLegacy(ctx context.Context, tx pgx.Tx, d LegacyDraft, location *queries.Location, l *queries.LegacyMembership,
	changed []string) (*queries.LegacyMembership, error) {
	l.NameKey, l.Keys = legacyKeys(l.Name, orEmpty(l.Plate), orEmpty(l.Rfid), orEmpty(l.MemberNumber), l.Emails, l.Phones)
	l.Email, l.Phone = firstOf(l.Emails), firstOf(l.Phones)
	if d.ID != nil {
		mended := slices.Compact(slices.Sorted(slices.Values(append(l.Mended, changed...))))
		return s.q.LegacyMembershipMend(ctx, tx, queries.LegacyMembershipMendParams{ID: l.ID, Name: l.Name, Email: l.Email, Phone: l.Phone, Emails: l.Emails,
			Phones: l.Phones, Plate: l.Plate, Rfid: l.Rfid, MemberNumber: l.MemberNumber, Unit: l.Unit, PlanName: l.PlanName, PriceMinor: l.PriceMinor,
			DiscountMinor: l.DiscountMinor, DiscountEndsOn: l.DiscountEndsOn, NextBillingOn: l.NextBillingOn, BillingDay: l.BillingDay,
			PaidThrough: l.PaidThrough, EndsOn: l.EndsOn, Period: l.Period, Mended: mended, NameKey: l.NameKey, Keys: l.Keys, Now: s.now()})
	}
	source, err := s.legacySource(ctx, tx, location, byHand)
	if err == nil && l.PlanName != "" {
		err = s.q.LegacyPlanInsertOrNothing(ctx, tx, queries.LegacyPlanInsertOrNothingParams{SourceID: source.ID, Name: l.PlanName})
	}
	if err != nil {
		return nil, err
	}
	id := ids.New()
	return s.q.LegacyMembershipInsertByHand(ctx, tx, queries.LegacyMembershipInsertByHandParams{ID: id, LocationID: l.LocationID, Source: byHand,
		SourceID: id.String(), Name: l.Name, Email: l.Email, Phone: l.Phone, Emails: l.Emails, Phones: l.Phones, Plate: l.Plate, Rfid: l.Rfid,
		MemberNumber: l.MemberNumber, Unit: l.Unit, PlanName: l.PlanName, PriceMinor: l.PriceMinor, Currency: location.Currency,
		DiscountMinor: l.DiscountMinor, DiscountEndsOn: l.DiscountEndsOn, NextBillingOn: l.NextBillingOn, BillingDay: l.BillingDay, PaidThrough: l.PaidThrough, EndsOn: l.EndsOn, Period: l.Period,
		NameKey: l.NameKey, Keys: l.Keys, Now: s.now()})
}

func firstOf(all []string) *string {
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}
