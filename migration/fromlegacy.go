package migration

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// Reasons why a legacy membership gets no invitation; legacy_invitables finds them.
const (
	ReasonMigrated       = "MIGRATED"
	ReasonCancelledThere = "CANCELLED_THERE"
	ReasonEndedHere      = "ENDED_HERE"
	ReasonAlreadyInvited = "ALREADY_INVITED"
	ReasonNoPlan         = "NO_PLAN"
	ReasonNotMonthly     = "NOT_MONTHLY"
	ReasonNoBillingDate  = "NO_BILLING_DATE"
	ReasonNoPrice        = "NO_PRICE"
	ReasonEndsThere      = "ENDS_THERE"
	ReasonDiscountEnds   = "DISCOUNT_ENDS"
	ReasonDuplicatePlate = "DUPLICATE_PLATE"
	ReasonDuplicateEmail = "DUPLICATE_EMAIL"
	ReasonDuplicatePhone = "DUPLICATE_PHONE"
	ReasonOfferRefused   = "OFFER_REFUSED"
)

// FromLegacyRequest is one act of inviting people of the old system's list.
type FromLegacyRequest struct {
	IDs    []uuid.UUID
	Filter *LegacyFilter
	// WithDuplicates: staff have seen whose addresses or plates are there twice, and want those invited as well.
	WithDuplicates bool
	ExpectedCount  int
	ClientKey      string
}

func (req FromLegacyRequest) check(r *Refusals) {
	switch {
	case req.Filter != nil && len(req.IDs) > 0:
		r.add(CodeInvalid, "Give ids or a filter, not both.", "ids")
	case req.Filter != nil:
		cleanText(r, req.Filter.Search, maxSearch, "filter", "search")
	default:
		checkIDs(r, req.IDs, "legacy membership")
	}
}

func (req FromLegacyRequest) match(by Actor) queries.BatchPartInsertLegacyParams {
	if req.Filter == nil {
		return LegacyFilter{}.Match(by.staffID(), req.IDs)
	}
	return req.Filter.Match(by.staffID(), nil)
}

// digest tells one request from another: the same memberships in another order are the same request.
func (req FromLegacyRequest) digest() []byte {
	raw, _ := json.Marshal(struct { // texts, numbers, ids and dates: cannot fail
		Match          queries.BatchPartInsertLegacyParams
		WithDuplicates bool
		ExpectedCount  int
	}{req.match(Actor{}), req.WithDuplicates, req.ExpectedCount})
	sum := sha256.Sum256(raw)
	return sum[:]
}

// InviteSkip is why a membership would not be invited now, as a batch would say it; "" where it would.
func (s *Service) InviteSkip(row *queries.LegacyInvitableListByIDsRow) (string, error) {
	zone, err := time.LoadLocation(row.TimeZone)
	if err != nil {
		return "", fmt.Errorf("time zone of location: %w", err)
	}
	if row.Skip == "" && row.DiscountUntil.Compare(DateIn(s.now(), zone)) > 0 {
		return ReasonDiscountEnds, nil
	}
	return row.Skip, nil
}

// FromLegacyPreview is what inviting some would do.
type FromLegacyPreview struct {
	Total, Invitable int
	Skips            []*BatchReason
}

// PreviewInvitationsFromLegacy answers what CreateInvitationsFromLegacy would do with the same selection. It changes nothing.
func (s *Service) PreviewInvitationsFromLegacy(ctx context.Context, by Actor, req FromLegacyRequest) (*FromLegacyPreview, error) {
	var r Refusals
	if req.check(&r); len(r) > 0 {
		return nil, r
	}
	preview, skips := &FromLegacyPreview{}, map[string]int{}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := s.q.PlanEachTime(ctx, tx); err != nil {
			return fmt.Errorf("set plan mode: %w", err)
		}
		m := req.match(by)
		counts, err := s.q.LegacyInvitableCountMatching(ctx, tx, queries.LegacyInvitableCountMatchingParams{StaffID: m.StaffID, LocationIds: m.LocationIds,
			Sources: m.Sources, States: m.States, Cancelled: m.Cancelled, Migrated: m.Migrated, BillsFrom: m.BillsFrom, BillsBefore: m.BillsBefore,
			Missing: m.Missing, StillBilled: m.StillBilled, Wanted: m.Wanted, Ids: m.Ids, Now: s.now()})
		if err != nil {
			return fmt.Errorf("count who would be invited: %w", err)
		}
		for _, c := range counts {
			preview.Total += c.Count
			switch {
			case c.Skip != "":
				skips[c.Skip] += c.Count
			case c.Duplicate != "" && !req.WithDuplicates:
				skips[c.Duplicate] += c.Count
			default:
				preview.Invitable += c.Count
			}
		}
		return nil
	})
	if err == nil && req.Filter == nil && preview.Total != len(req.IDs) {
		return nil, errForeignLegacy
	}
	preview.Skips = skipReasons(skips)
	return preview, err
}

var errForeignLegacy = Refuse(CodeNotFound, "At least one of the legacy memberships does not exist at a location that you manage. Nothing was made.", "ids")

// CreateInvitationsFromLegacy accepts one act of inviting and answers its batch at once: who is meant is settled here, jobs make the
// invitations. Each carries over price, billing day (29 to 31 too), unit and the link to the old membership; nobody is told of any until
// they are sent. Who gets none is skipped with the reason.
func (s *Service) CreateInvitationsFromLegacy(ctx context.Context, by Actor, req FromLegacyRequest) (*queries.Batch, error) {
	var r Refusals
	req.check(&r)
	if req.Filter == nil && req.ExpectedCount != len(req.IDs) {
		r.add(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d are given. Nothing was made.", req.ExpectedCount, len(req.IDs)), "expectedCount")
	}
	if req.Filter != nil && req.ExpectedCount < 1 {
		r.add(CodeInvalid, "Confirm at least one. Nothing was made.", "expectedCount")
	}
	if checkClientKey(&r, req.ClientKey); len(r) > 0 {
		return nil, r
	}
	return s.startBatch(ctx, by, newBatch{kind: queries.BatchKindCreateFromLegacy, clientKey: req.ClientKey, total: req.ExpectedCount, request: req.digest(),
		choose: func(tx pgx.Tx, batch *queries.Batch) error { return s.chooseLegacy(ctx, tx, by, req, batch) }})
}

func (s *Service) chooseLegacy(ctx context.Context, tx pgx.Tx, by Actor, req FromLegacyRequest, batch *queries.Batch) error {
	if err := s.q.PlanEachTime(ctx, tx); err != nil {
		return fmt.Errorf("set plan mode: %w", err)
	}
	m := req.match(by)
	m.BatchID = batch.ID
	n, err := s.q.BatchPartInsertLegacy(ctx, tx, m)
	switch {
	case err != nil:
		return fmt.Errorf("insert batch parts: %w", err)
	case n != req.ExpectedCount && req.Filter == nil:
		return errForeignLegacy
	case n != req.ExpectedCount:
		return Refuse(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d match now. Nothing was made.", req.ExpectedCount, n), "expectedCount")
	case req.WithDuplicates:
		return s.q.BatchSetWithDuplicates(ctx, tx, batch.ID)
	}
	return nil
}

// planFromLegacy makes the invitations of one part, as the staff member who asked for them. Tenants are held before memberships, for everybody
// who holds both; whose address is changed in between, or who becomes a tenant by two parts at once, may have the job given up and run again.
func (s *Service) planFromLegacy(ctx context.Context, tx pgx.Tx, by Actor, p *plan) error {
	if err := s.q.TenantLockOfLegacy(ctx, tx, p.part.LegacyIds); err != nil {
		return fmt.Errorf("lock who is known already: %w", err)
	}
	if err := s.q.LegacyMembershipLockMany(ctx, tx, p.part.LegacyIds); err != nil {
		return fmt.Errorf("lock who is invited: %w", err)
	}
	rows, err := s.q.LegacyInvitableListForPart(ctx, tx, queries.LegacyInvitableListForPartParams{StaffID: p.batch.StaffID,
		Ids: p.part.LegacyIds, Now: s.now()})
	if err != nil {
		return fmt.Errorf("read who is invited: %w", err)
	}
	m := &fromLegacy{service: s, by: batchActor(p.batch, by.RequestID), plans: map[uuid.UUID]*queries.Plan{}, locations: map[uuid.UUID]*queries.Location{}}
	items := queries.BatchItemInsertLegacyParams{BatchID: p.batch.ID}
	for i, row := range rows {
		reason, detail := row.Skip, ""
		if reason == "" && !p.batch.WithDuplicates {
			reason = row.Duplicate
		}
		if reason == "" {
			reason = overReasons[p.batch.State]
		}
		outcome := queries.BatchOutcomeSkipped
		if reason == "" {
			if reason, detail, err = m.invite(ctx, tx, row); err != nil {
				return err
			}
			if reason == "" {
				outcome = queries.BatchOutcomeSucceeded
			}
		}
		items.Positions, items.LegacyIds = append(items.Positions, p.part.FirstPosition+i), append(items.LegacyIds, row.LegacyMembership.ID)
		items.Outcomes, items.Reasons, items.Details = append(items.Outcomes, string(outcome)), append(items.Reasons, reason), append(items.Details, detail)
	}
	if err := s.q.BatchItemInsertLegacy(ctx, tx, items); err != nil {
		return fmt.Errorf("insert batch items: %w", err)
	}
	return nil
}

// fromLegacy makes invitations, and reads each plan and location once.
type fromLegacy struct {
	service   *Service
	by        Actor
	plans     map[uuid.UUID]*queries.Plan
	locations map[uuid.UUID]*queries.Location
}

// invite answers why there is no invitation; what the rules refuse for one harms no other.
func (m *fromLegacy) invite(ctx context.Context, tx pgx.Tx, row *queries.LegacyInvitableListForPartRow) (reason, detail string, err error) {
	c, err := m.offer(ctx, tx, row)
	if err == nil {
		err = pgx.BeginFunc(ctx, tx, func(one pgx.Tx) error {
			_, err := m.service.insertInvitation(ctx, one, m.by, c)
			return err
		})
	}
	refusals, refused := RefusalsIn(refusal(err))
	switch {
	case err == nil:
		return "", "", nil
	case refused:
		return ReasonOfferRefused, refusals.Error(), nil
	}
	return "", "", fmt.Errorf("invite legacy membership %s: %w", row.LegacyMembership.ID, err)
}

// offer is what the membership carries over.
func (m *fromLegacy) offer(ctx context.Context, tx pgx.Tx, row *queries.LegacyInvitableListForPartRow) (c checkedDraft, err error) {
	s, l := m.service, &row.LegacyMembership
	if m.plans[*row.PlanID] == nil {
		plans, err := s.q.PlanListByIDs(ctx, tx, []uuid.UUID{*row.PlanID})
		if err != nil || len(plans) == 0 {
			return c, fmt.Errorf("read plan: %w", err)
		}
		if m.locations[l.LocationID], err = s.q.LocationGet(ctx, tx, l.LocationID); err != nil {
			return c, fmt.Errorf("read location: %w", err)
		}
		m.plans[*row.PlanID] = plans[0]
	}
	plan := m.plans[*row.PlanID]
	if row.PriceMinor > maxPriceMinor || row.PriceMinor < 0 {
		return c, Refuse(CodeInvalid, "The price is more than is ever offered. Mend it first.")
	}
	first, err := s.firstBillOf(l, m.locations[l.LocationID], row.AnchorDay)
	if err != nil {
		return c, err
	}
	inv := &queries.Invitation{PlanID: plan.ID, AnchorDay: row.AnchorDay, FirstBillOn: first, Unit: unitOf(l), LegacyMembershipID: &l.ID,
		CardPriceOverrideMinor: &row.PriceMinor}
	if plan.AchPriceMinor != nil {
		inv.AchPriceOverrideMinor = &row.PriceMinor // what they paid there, however they pay here
	}
	return checkedDraft{offer: Offer{Invitation: inv, Plan: plan, Location: m.locations[l.LocationID]},
		newTenant: queries.TenantInsertOrGetParams{ID: ids.New(), Name: l.Name, Email: *l.Email, Phone: l.Phone, Now: s.now()}}, nil
}

// firstBillOf is the day on which the old system would bill next; nil where that is not ahead, or not on the billing day, which then
// counts alone.
func (s *Service) firstBillOf(l *queries.LegacyMembership, at *queries.Location, anchorDay int) (*Date, error) {
	zone, err := time.LoadLocation(at.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of location %s: %w", at.ID, err)
	}
	today, on := DateIn(s.now(), zone), l.NextBillingOn
	if on == nil || on.Compare(today) <= 0 || *on != AnchorDate(on.Year, on.Month, anchorDay) {
		return nil, nil
	}
	if checkFirstBill(today, *on, anchorDay) != nil {
		return nil, Refuse(CodeInvalid, fmt.Sprintf("The next billing date, %s, is two years ahead or more. Read the legacy record again and mend it.", on))
	}
	return on, nil
}

// unitOf is what exactly is paid for: the plate where there is one, else the tag, so that a household's two cars are two offers.
func unitOf(l *queries.LegacyMembership) string {
	return or(l.Unit, or(orEmpty(l.Plate), orEmpty(l.Rfid)))
}
