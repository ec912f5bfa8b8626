package migration

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// CandidateStanding is whether an old membership can be migrated at the counter, and if not, why.
type CandidateStanding string

// The standings of the API's CandidateStanding.
const (
	CandidateMigratable       CandidateStanding = "MIGRATABLE"
	CandidateMigrated         CandidateStanding = "MIGRATED"
	CandidateAttemptFailed    CandidateStanding = "ATTEMPT_FAILED"
	CandidateCancelledThere   CandidateStanding = "CANCELLED_THERE"
	CandidateEndedHere        CandidateStanding = "ENDED_HERE"
	CandidateNotMonthly       CandidateStanding = "NOT_MONTHLY"
	CandidateEndsThere        CandidateStanding = "ENDS_THERE"
	CandidateNoPlan           CandidateStanding = "NO_PLAN"
	CandidateNoPrice          CandidateStanding = "NO_PRICE"
	CandidateDiscountEnds     CandidateStanding = "DISCOUNT_ENDS"
	CandidateInAnotherSession CandidateStanding = "IN_ANOTHER_SESSION"
)

// waysOn say to the attendant what there is to do.
var waysOn = map[CandidateStanding]string{
	CandidateMigrated:         "This membership was migrated already. Let the customer through; there is nothing to do.",
	CandidateAttemptFailed:    "The customer's own attempt by link came to nothing so far. Have them open their link again, or ask a manager to close that attempt.",
	CandidateCancelledThere:   "It was cancelled in the old system. If the customer wants to come back, sell a new membership.",
	CandidateEndedHere:        "It was migrated, and the subscription here has ended; the old plan is still to be cancelled. Ask a manager.",
	CandidateNotMonthly:       "The old system does not bill it once a month. Ask a manager: it stays there, or is sold anew.",
	CandidateEndsThere:        "It ends in the old system before it would be billed here. Sell a new membership after that.",
	CandidateNoPlan:           "Its old plan has no plan here yet. Choose the one that it becomes.",
	CandidateNoPrice:          "Its list has no price. Ask a manager to enter the price that the customer pays there.",
	CandidateDiscountEnds:     "Its discount ends on a day, and a price here has no end. Ask a manager to mend its discount or its price on the old system's list.",
	CandidateInAnotherSession: "Another open session has this membership. Go on there, or end that one and go on here.",
}

// Candidate is an old membership that may be the customer's.
type Candidate struct {
	*queries.CounterCandidateListRow
	By []string // what matched, the surest first: "plate", "rfid", "memberNumber", "phone", "email", "name"
}

// Standing is the first of what stands in the way.
func (c *Candidate) Standing() CandidateStanding {
	l := &c.LegacyMembership
	switch {
	case c.Migrated && ReopensLink(queries.SubmissionStatus(c.Attempt)):
		return CandidateAttemptFailed
	case c.Migrated:
		return CandidateMigrated
	case cancelledThere(l):
		return CandidateCancelledThere
	case c.EndedHere:
		return CandidateEndedHere
	case l.Period != queries.LegacyPeriodMonthly:
		return CandidateNotMonthly
	case l.EndsOn != nil && l.NextBillingOn != nil && l.EndsOn.Compare(*l.NextBillingOn) <= 0:
		return CandidateEndsThere
	case c.Elsewhere:
		return CandidateInAnotherSession
	case c.PriceMinor < 0 || c.PriceMinor > maxPriceMinor:
		return CandidateNoPrice
	case c.DiscountEnds:
		return CandidateDiscountEnds
	case !c.Offered:
		return CandidateNoPlan
	}
	return CandidateMigratable
}

func cancelledThere(l *queries.LegacyMembership) bool {
	return l.State == queries.LegacyStateCancelled || l.State == queries.LegacyStateRecorded
}

// statesWords say what somebody should know of a membership that can be migrated.
var stateWords = map[queries.LegacyState]string{
	queries.LegacyStatePaused:  "It is paused in the old system, and here it is billed from the first charge on. Ask whether the customer wants that.",
	queries.LegacyStatePastDue: "A payment is overdue in the old system. What is owed there is not carried over: it is paid there.",
}

// WayOn is what to do about the standing and the state; "" where there is nothing.
func (c *Candidate) WayOn() string {
	standing := c.Standing()
	switch {
	case standing == CandidateMigrated && c.Attempt == string(queries.SubmissionStatusReadyForApproval):
		return migratedUnapproved
	case standing != CandidateMigratable && standing != CandidateNoPlan:
		return waysOn[standing]
	}
	return sentences(waysOn[standing], stateWords[c.LegacyMembership.State], endsThereWords(&c.LegacyMembership))
}

// migratedUnapproved is of one whose owner has finished by link, and of one whose approval has come back from Stripe.
const migratedUnapproved = "It was agreed to already, and waits for a manager. Let the customer through, and ask a manager to approve it."

// endsThereWords: where it ends there no sooner than it is billed here, the end is not carried over.
func endsThereWords(l *queries.LegacyMembership) string {
	if l.EndsOn == nil {
		return ""
	}
	return fmt.Sprintf("It ends there on %s; here it goes on until somebody ends it. Tell the customer.", dateInWords(*l.EndsOn, queries.MessageLanguageEn))
}

// sentences are those that are not empty, in one line.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), " ")
}

// State is the membership's in the old system.
func (c *Candidate) State() queries.LegacyState { return c.LegacyMembership.State }

// CarriedPrice is what is paid here each month; nil where neither the list nor the mapping of its plan says it.
func (c *Candidate) CarriedPrice() *money.Money {
	if c.PriceMinor < 0 {
		return nil
	}
	return &money.Money{Minor: c.PriceMinor, Currency: c.LegacyMembership.Currency}
}

// CandidatesOf finds the old memberships that a customer of a session may have, by whatever is known of them, at the session's location and
// nowhere else: first those that match by the surest key, and among them those that can still be migrated. Whoever asks has been found to work
// at the session's counter.
func (s *Service) CandidatesOf(ctx context.Context, db queries.DBTX, session *queries.Session, query LegacyQuery) ([]*Candidate, error) {
	query, err := s.readThere(ctx, db, session.LocationID, query)
	if err != nil {
		return nil, err
	}
	find := CandidateSearch(session.LocationID, query)
	if find.Exact+find.Named == "" {
		return nil, nil
	}
	own, err := found(s.q.CounterMigrationGetLive(ctx, db, session.ID))
	if err != nil {
		return nil, fmt.Errorf("read counter migration: %w", err)
	}
	ids, err := s.q.CounterCandidateFind(ctx, db, find)
	if err != nil {
		return nil, fmt.Errorf("find candidates: %w", err)
	}
	p := queries.CounterCandidateListParams{LocationID: session.LocationID, Now: s.now(), Ids: ids, Surest: find.Exact, RowLimit: maxMatches + 1}
	if own != nil {
		p.But = own.ID // it is in nobody's way
	}
	rows, err := s.q.CounterCandidateList(ctx, db, p)
	if err != nil {
		return nil, fmt.Errorf("list candidates: %w", err)
	}
	out := make([]*Candidate, len(rows))
	for i, row := range rows {
		out[i] = &Candidate{row, query.matched(row.LegacyMembership.Keys)}
	}
	slices.SortStableFunc(out, func(a, b *Candidate) int { return sureness(a.By) - sureness(b.By) })
	return out, nil
}

// CandidateSearch is how the ones that match a query at a location are looked for.
func CandidateSearch(at uuid.UUID, query LegacyQuery) queries.CounterCandidateFindParams {
	surest, named := query.surest(), query.named()
	return queries.CounterCandidateFindParams{LocationID: at, Exact: surest.any(), Named: named.any(), Words: query.words(), RowLimit: maxMatches + 1}
}

// readThere reads a query's phone as a number of the location's country, as it is on file.
func (s *Service) readThere(ctx context.Context, db queries.DBTX, at uuid.UUID, query LegacyQuery) (LegacyQuery, error) {
	if query.Phone == "" {
		return query, nil
	}
	location, err := s.q.LocationGet(ctx, db, at)
	if err != nil {
		return query, fmt.Errorf("read location: %w", err)
	}
	if phone, err := phoneReader(regionOf(location))(strings.TrimSpace(query.Phone)); err == nil {
		query.phone = phone // else its digits may be there as they were typed
	}
	return query, nil
}

// CandidateOf is the old membership of a migration as it stands now; nil before the match.
func (s *Service) CandidateOf(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*Candidate, error) {
	if m.LegacyMembershipID == nil {
		return nil, nil
	}
	return s.candidate(ctx, db, m, *m.LegacyMembershipID)
}

func (s *Service) candidate(ctx context.Context, db queries.DBTX, m *queries.CounterMigration, id uuid.UUID) (*Candidate, error) {
	rows, err := s.q.CounterCandidateList(ctx, db, queries.CounterCandidateListParams{LocationID: m.LocationID,
		Ids: []uuid.UUID{id}, But: m.ID, Now: s.now(), RowLimit: 1})
	if err != nil {
		return nil, fmt.Errorf("read legacy membership: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return &Candidate{CounterCandidateListRow: rows[0]}, nil
}

// ConfirmLegacyMatch is the customer's "That's Me". With it come the addresses that the old list has, to be confirmed in their turn. Another
// membership can be confirmed until a card is on file; what was entered for the first one is forgotten.
func (s *Service) ConfirmLegacyMatch(ctx context.Context, by Actor, sessionID, legacy uuid.UUID, plan *uuid.UUID) (*queries.Session, error) {
	if err := s.refuseForeignLegacy(ctx, by, sessionID, legacy); err != nil {
		return s.withSession(ctx, by, sessionID, err)
	}
	return s.counterStep(ctx, by, sessionID, "matched", []queries.CounterStep{queries.CounterStepMatch, queries.CounterStepContact, queries.CounterStepCard},
		func(tx pgx.Tx, m *queries.CounterMigration) error {
			if m.Card == queries.CounterCardReaderWaits {
				return Refuse(CodeWrongState, "The reader asks for a card. Cancel that first.", "sessionId")
			}
			c, err := s.candidate(ctx, tx, m, legacy)
			if err != nil {
				return err
			}
			if c == nil {
				return errNoMembershipHere
			}
			if err := s.refusePlan(ctx, tx, c, plan); err != nil {
				return err
			}
			matched(m, &c.LegacyMembership, plan)
			return nil
		})
}

var errNoMembershipHere = Refuse(CodeNotFound, "There is no such legacy membership at this location.", "legacyMembershipId")

// refuseForeignLegacy: what is wrong with the membership is said whatever step the session is at.
func (s *Service) refuseForeignLegacy(ctx context.Context, by Actor, sessionID, legacy uuid.UUID) error {
	session, err := s.sessionAtCounter(ctx, by, sessionID)
	if err != nil || session == nil {
		return err
	}
	c, err := s.candidate(ctx, s.Pool, &queries.CounterMigration{LocationID: session.LocationID}, legacy)
	if err == nil && c == nil {
		err = errNoMembershipHere
	}
	return err
}

// refusePlan wants a plan exactly where the old one has none.
func (s *Service) refusePlan(ctx context.Context, tx pgx.Tx, c *Candidate, plan *uuid.UUID) error {
	standing := c.Standing()
	switch {
	case standing == CandidateMigratable && plan == nil:
		return nil
	case standing == CandidateMigratable:
		return Refuse(CodeInvalid, "Its old plan becomes one here already. Leave the plan out.", "planId")
	case standing != CandidateNoPlan:
		code := CodeWrongState
		if standing == CandidateMigrated || standing == CandidateAttemptFailed || standing == CandidateInAnotherSession {
			code = CodeTaken
		}
		return Refuse(code, c.WayOn(), "legacyMembershipId")
	case plan == nil:
		return Refuse(CodeRequired, c.WayOn(), "planId")
	}
	offered, err := s.q.PlanListMonthlyAt(ctx, tx, c.LegacyMembership.LocationID)
	if err != nil {
		return fmt.Errorf("list plans: %w", err)
	}
	if !slices.ContainsFunc(offered, func(p *queries.Plan) bool { return p.ID == *plan }) {
		return Refuse(CodeNotFound, "Choose one of the location's monthly plans.", "planId")
	}
	return nil
}

func matched(m *queries.CounterMigration, l *queries.LegacyMembership, plan *uuid.UUID) {
	if m.LegacyMembershipID != nil && *m.LegacyMembershipID == l.ID {
		m.PlanID = plan
		return // said twice
	}
	*m = queries.CounterMigration{ID: m.ID, SessionID: m.SessionID, LocationID: m.LocationID, Language: m.Language, Texts: m.Texts,
		Step: queries.CounterStepContact, Card: queries.CounterCardNone, LegacyMembershipID: &l.ID, PlanID: plan, Phone: orEmpty(l.Phone)}
	if l.Email != nil {
		m.Email, m.EmailSource = *l.Email, ptr(queries.EmailSourceLegacy)
	}
}
