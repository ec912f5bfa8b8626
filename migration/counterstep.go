package migration

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// StartCounterMigration begins the migration of a session's customer, or leaves the one that is under way as it is.
func (s *Service) StartCounterMigration(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.Session, error) {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		session, err := found(s.q.SessionLockAtCounter(ctx, tx, queries.SessionLockAtCounterParams{ID: sessionID, StaffID: by.staffID()}))
		switch {
		case err != nil:
			return fmt.Errorf("lock session: %w", err)
		case session == nil:
			return errNoSession
		case session.Stage == queries.SessionStageMigrating:
			return nil
		case !session.Open:
			return Refuse(CodeWrongState, "This session is over. Open another one for the customer.", "sessionId")
		}
		m, err := s.q.CounterMigrationInsert(ctx, tx, queries.CounterMigrationInsertParams{
			ID: ids.New(), SessionID: session.ID, LocationID: session.LocationID, StartedBy: by.staffID(), Now: s.now()})
		if err != nil {
			return fmt.Errorf("insert counter migration: %w", err)
		}
		if err := s.record(ctx, tx, by, counterEvent(m, "started", "")); err != nil {
			return err
		}
		return s.setStage(ctx, tx, by, session, queries.SessionStageMigrating, "")
	})
	return s.withSession(ctx, by, sessionID, err)
}

// DiscardCounterMigration gives a migration up. Nothing was charged by it and nothing of it can be: what it leaves is a customer's account
// without a subscription, if it came so far.
func (s *Service) DiscardCounterMigration(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.Session, error) {
	var stop *queries.CounterMigration
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		session, err := found(s.q.SessionLockAtCounter(ctx, tx, queries.SessionLockAtCounterParams{ID: sessionID, StaffID: by.staffID()}))
		switch {
		case err != nil:
			return fmt.Errorf("lock session: %w", err)
		case session == nil:
			return errNoSession
		case session.Stage == queries.SessionStageMigrated:
			return Refuse(CodeWrongState, "The customer has agreed already. Take the approval back instead, if it was wrong.", "sessionId")
		case !session.Open:
			return nil
		}
		if stop, err = s.discard(ctx, tx, by, session.ID); err != nil {
			return err
		}
		return s.setStage(ctx, tx, by, session, queries.SessionStagePreGate, "")
	})
	if err == nil {
		s.leaveReader(ctx, stop)
	}
	return s.withSession(ctx, by, sessionID, err)
}

// discard answers what it has discarded, as it was; nil where nothing was under way.
func (s *Service) discard(ctx context.Context, tx pgx.Tx, by Actor, session uuid.UUID) (*queries.CounterMigration, error) {
	m, err := found(s.q.CounterMigrationLockLive(ctx, tx, session))
	if err != nil || m == nil {
		return nil, err
	}
	was := *m
	m.Step = queries.CounterStepDiscarded
	return &was, s.saveCounter(ctx, tx, by, m, &was, "discarded")
}

// withSession answers the session as it is now, also beside a refusal: whoever is refused sees why.
func (s *Service) withSession(ctx context.Context, by Actor, id uuid.UUID, err error) (*queries.Session, error) {
	if _, refused := RefusalsIn(refusal(err)); err != nil && !refused {
		return nil, err
	}
	session, lost := s.sessionAtCounter(ctx, by, id)
	if lost != nil {
		return nil, lost
	}
	return session, refusal(err)
}

// counterStep runs what changes a migration that is under way: its session and then itself are held, and what do leaves in it is written
// with an event named action. do answers a refusal where the step cannot be taken; then nothing is written.
func (s *Service) counterStep(ctx context.Context, by Actor, sessionID uuid.UUID, action string, at []queries.CounterStep,
	do func(tx pgx.Tx, m *queries.CounterMigration) error) (*queries.Session, error) {
	err := s.inTxAgain(ctx, func(tx pgx.Tx) error {
		m, err := s.lockCounter(ctx, tx, by, sessionID, at)
		if err != nil {
			return err
		}
		was := *m
		if err := do(tx, m); err != nil || *m == was {
			return err
		}
		return s.saveCounter(ctx, tx, by, m, &was, action)
	})
	return s.withSession(ctx, by, sessionID, err)
}

func (s *Service) lockSession(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID) (*queries.Session, error) {
	session, err := found(s.q.SessionLockAtCounter(ctx, tx, queries.SessionLockAtCounterParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("lock session: %w", err)
	}
	if session == nil {
		return nil, errNoSession
	}
	return session, nil
}

func (s *Service) lockCounter(ctx context.Context, tx pgx.Tx, by Actor, sessionID uuid.UUID, at []queries.CounterStep) (*queries.CounterMigration, error) {
	if _, err := s.lockSession(ctx, tx, by, sessionID); err != nil {
		return nil, err
	}
	m, err := found(s.q.CounterMigrationLockLive(ctx, tx, sessionID))
	if err != nil {
		return nil, fmt.Errorf("lock counter migration: %w", err)
	}
	return m, refuseStep(m, at)
}

// refuseStep says what comes first.
func refuseStep(m *queries.CounterMigration, at []queries.CounterStep) error {
	switch {
	case m == nil:
		return Refuse(CodeWrongState, "No migration is under way in this session. Begin one with Migrate Membership.", "sessionId")
	case slices.Contains(at, m.Step):
		return nil
	}
	return Refuse(CodeWrongState, stepWords[m.Step], "sessionId")
}

// stepWords say where a migration stands and what is to be done there.
var stepWords = map[queries.CounterStep]string{
	queries.CounterStepMatch:    "Find the old membership first, and have the customer confirm it.",
	queries.CounterStepContact:  "Confirm the customer's email address first.",
	queries.CounterStepCard:     "Put a card on file first.",
	queries.CounterStepCheckout: "The card is on file. Go on with Checkout, or give another card.",
	queries.CounterStepTerms:    "The terms are shown already. Have them signed, or give another card.",
}

func (s *Service) saveCounter(ctx context.Context, tx pgx.Tx, by Actor, m, was *queries.CounterMigration, action string) error {
	row, err := s.q.CounterMigrationUpdate(ctx, tx, queries.CounterMigrationUpdateParams{
		ID: m.ID, Step: m.Step, Now: s.now(), LegacyMembershipID: m.LegacyMembershipID, PlanID: m.PlanID, Phone: m.Phone, Email: m.Email,
		EmailSource: m.EmailSource, TextAskedAt: m.TextAskedAt, TextDeliveryID: m.TextDeliveryID, Texts: m.Texts, TextReply: m.TextReply,
		TenantID: m.TenantID, Card: m.Card, ReaderID: m.ReaderID, StripeSetupIntentID: m.StripeSetupIntentID, CardLabel: m.CardLabel,
		CardProblem: m.CardProblem, TypeCard: m.TypeCard, NextBillingOn: m.NextBillingOn, Language: m.Language, SubmissionID: m.SubmissionID,
		ReceiptByEmail: m.ReceiptByEmail, ReceiptByText: m.ReceiptByText})
	if err != nil {
		return fmt.Errorf("update counter migration: %w", err)
	}
	e := counterEvent(row, action, was.Step)
	if row.NextBillingOn != nil && (was.NextBillingOn == nil || *was.NextBillingOn != *row.NextBillingOn) {
		e.detail = map[string]any{"nextBillingOn": row.NextBillingOn.String()} // it decides the first charge, and is an attendant's word
	}
	return s.record(ctx, tx, by, e)
}

// counterEvent is told of the session, which is what staff see; it holds neither address nor number.
func counterEvent(m *queries.CounterMigration, action string, before queries.CounterStep) event {
	return event{subject: queries.EventSubjectSession, id: m.SessionID, location: m.LocationID, action: action,
		before: string(before), after: string(m.Step)}
}
