package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// CardEntry is how a card comes to Stripe.
type CardEntry string

// The entries of the API's CardEntry.
const (
	CardByReader CardEntry = "READER"
	CardTyped    CardEntry = "TYPED"
)

// readerPatience is how long a reader may take to show what it was told to ask; Stripe gives up a call to one sooner.
const readerPatience = 15 * time.Second

// CounterReader is a card reader at a location.
type CounterReader struct {
	CardReader
	Busy bool // it asks for a card in another session
}

// ReadersAt lists the card readers of a location; none where it has none at Stripe. Whoever asks has been found to work there.
func (s *Service) ReadersAt(ctx context.Context, location *queries.Location) ([]*CounterReader, error) {
	if location.TerminalLocation == nil {
		return nil, nil
	}
	readers, err := s.Payments.Readers(ctx, *location.TerminalLocation)
	if err != nil {
		return nil, fmt.Errorf("list readers: %w", err)
	}
	ids := make([]string, len(readers))
	for i, r := range readers {
		ids[i] = r.ID
	}
	used, err := s.q.CounterMigrationListReadersInUse(ctx, s.Pool, ids)
	if err != nil {
		return nil, fmt.Errorf("list readers in use: %w", err)
	}
	busy := make(map[string]bool, len(used))
	for _, id := range used {
		busy[id] = true
	}
	out := make([]*CounterReader, len(readers))
	for i, r := range readers {
		out[i] = &CounterReader{r, busy[r.ID] || r.Action.State == ReaderInProgress}
	}
	return out, nil
}

var cardSteps = []queries.CounterStep{queries.CounterStepCard}

// StartCardSetup asks for a card, on a reader or in Stripe's form. Nothing is charged. What was asked before is given up: a reader asks for one
// card at a time, and a form that is left open in another window is worth nothing once a card is on file.
func (s *Service) StartCardSetup(ctx context.Context, by Actor, sessionID uuid.UUID, entry CardEntry, readerID *string) (*queries.Session, *StartedSetup, error) {
	m, tenant, err := s.cardWanted(ctx, by, sessionID)
	if err != nil {
		session, err := s.withSession(ctx, by, sessionID, err)
		return session, nil, err
	}
	if entry == CardTyped {
		return s.typeCard(ctx, by, m, tenant)
	}
	session, err := s.readCard(ctx, by, m, tenant, readerID)
	return session, nil, err
}

// cardWanted answers a migration that wants a card, with its customer. A reader that still asks for one is told to stop.
func (s *Service) cardWanted(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.CounterMigration, *queries.Tenant, error) {
	var was queries.CounterMigration
	_, err := s.counterStep(ctx, by, sessionID, "card_asked", cardSteps, func(_ pgx.Tx, m *queries.CounterMigration) error {
		was = *m
		m.Card, m.ReaderID, m.StripeSetupIntentID, m.CardProblem = queries.CounterCardNone, nil, nil, ""
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	s.leaveReader(ctx, &was)
	tenant, err := s.q.TenantGet(ctx, s.Pool, *was.TenantID)
	if err != nil {
		return nil, nil, fmt.Errorf("read tenant: %w", err)
	}
	return &was, tenant, nil
}

// counterIntent opens a SetupIntent for a migration's customer, who is made anew where somebody deleted them at Stripe.
func (s *Service) counterIntent(ctx context.Context, m *queries.CounterMigration, t *queries.Tenant,
	open func(context.Context, SetupIntentRequest) (SetupIntent, error)) (SetupIntent, error) {
	location, err := s.q.LocationGet(ctx, s.Pool, m.LocationID)
	if err != nil {
		return SetupIntent{}, fmt.Errorf("read location: %w", err)
	}
	customer, err := s.customer(ctx, t, location.Currency)
	if err != nil {
		return SetupIntent{}, err
	}
	request := SetupIntentRequest{CustomerID: customer.CustomerID, TenantID: t.ID, InvitationID: m.ID, LinkVersion: firstLinkVersion, Method: queries.PaymentMethodTypeCard}
	intent, err := open(ctx, request)
	if err != nil && isMissing(err) {
		if customer, err = s.replaceCustomer(ctx, t, customer); err != nil {
			return SetupIntent{}, err
		}
		request.CustomerID = customer.CustomerID
		intent, err = open(ctx, request)
	}
	if err != nil {
		return SetupIntent{}, fmt.Errorf("open setup intent: %w", err)
	}
	return intent, nil
}

func (s *Service) typeCard(ctx context.Context, by Actor, m *queries.CounterMigration, t *queries.Tenant) (*queries.Session, *StartedSetup, error) {
	intent, err := s.counterIntent(ctx, m, t, s.Payments.OpenSetupIntent)
	if err != nil {
		return nil, nil, err
	}
	session, err := s.counterStep(ctx, by, m.SessionID, "card_typing", cardSteps, func(_ pgx.Tx, now *queries.CounterMigration) error {
		if *now.TenantID != t.ID || now.Card != queries.CounterCardNone {
			return errOtherCustomer
		}
		now.Card, now.StripeSetupIntentID = queries.CounterCardTyping, &intent.ID
		return nil
	})
	if err != nil {
		return session, nil, err
	}
	return session, &StartedSetup{ClientSecret: intent.ClientSecret, PublishableKey: s.PublishableKey}, nil
}

var errOtherCustomer = Refuse(CodeWrongState, "Somebody goes on with this session on another device. Look at it again.", "sessionId")

// readCard has a reader ask. That it does is written down before it is told to, under a constraint by which a reader is one session's; where
// Stripe's answer is lost, CheckCardSetup finds out.
func (s *Service) readCard(ctx context.Context, by Actor, m *queries.CounterMigration, t *queries.Tenant, wanted *string) (*queries.Session, error) {
	reader, err := s.chooseReader(ctx, m, wanted)
	if err != nil {
		return s.withSession(ctx, by, m.SessionID, err)
	}
	if err := s.freeReader(ctx, reader.ID); err != nil {
		return nil, err
	}
	intent, err := s.counterIntent(ctx, m, t, s.Payments.OpenReaderIntent)
	if err != nil {
		return nil, err
	}
	session, err := s.counterStep(ctx, by, m.SessionID, "reader_asked", cardSteps, func(_ pgx.Tx, now *queries.CounterMigration) error {
		if *now.TenantID != t.ID || now.Card != queries.CounterCardNone {
			return errOtherCustomer
		}
		now.Card, now.StripeSetupIntentID, now.ReaderID = queries.CounterCardReaderWaits, &intent.ID, &reader.ID
		return nil
	})
	if violates(err, "counter_migrations_one_at_a_reader") {
		return s.withSession(ctx, by, m.SessionID, errReaderBusy)
	}
	if err != nil {
		return session, err
	}
	s.Step("reader_claimed")
	if err := s.Payments.AskReader(ctx, reader.ID, intent.ID); err != nil {
		return s.readerRefused(ctx, by, m.SessionID, intent.ID, err)
	}
	return session, nil
}

var errReaderBusy = Refuse(CodeTaken, "This reader asks for another customer's card. Wait for it, choose another one, or type the card.", "readerId")

// chooseReader answers the reader that was named or, where none was, the only one that the location has. One of several that happens to be
// free may stand at another desk, where another customer would hold a card to it.
func (s *Service) chooseReader(ctx context.Context, m *queries.CounterMigration, wanted *string) (*CounterReader, error) {
	location, err := s.q.LocationGet(ctx, s.Pool, m.LocationID)
	if err != nil {
		return nil, fmt.Errorf("read location: %w", err)
	}
	readers, err := s.ReadersAt(ctx, location)
	if err != nil {
		return nil, err
	}
	if wanted != nil {
		return namedReader(readers, *wanted)
	}
	switch {
	case len(readers) > 1:
		return nil, Refuse(CodeRequired, "This location has more than one reader. Choose the one before the customer.", "readerId")
	case len(readers) == 0 || !readers[0].Online || readers[0].Busy:
		return nil, Refuse(CodeWrongState, "No reader of this location is free. Type the card instead.", "readerId")
	}
	return readers[0], nil
}

func namedReader(readers []*CounterReader, id string) (*CounterReader, error) {
	for _, r := range readers {
		switch {
		case r.ID == id && !r.Online:
			return nil, Refuse(CodeWrongState, "This reader is off or not connected. Switch it on, choose another one, or type the card.", "readerId")
		case r.ID == id:
			return r, nil
		}
	}
	return nil, Refuse(CodeNotFound, "There is no such reader at this location.", "readerId")
}

// freeReader: a session that was left while its reader asked, and whose reader does so no more, holds the reader no longer.
func (s *Service) freeReader(ctx context.Context, readerID string) error {
	m, err := found(s.q.CounterMigrationGetAtReader(ctx, s.Pool, &readerID))
	if err != nil || m == nil {
		return err
	}
	_, err = s.lookAtCard(ctx, SystemActor("reader"), m)
	return err
}

// readerRefused: what surely was not taken is said and ended; of anything else the next look at the reader finds out.
func (s *Service) readerRefused(ctx context.Context, by Actor, sessionID uuid.UUID, intent string, err error) (*queries.Session, error) {
	pe := ProviderErrorAs(err)
	if pe.Kind == ProviderUncertain || pe.Kind == ProviderBusy {
		return s.withSession(ctx, by, sessionID, nil)
	}
	problem := readerProblem(pe.Code, pe.Message)
	return s.counterStep(ctx, by, sessionID, "reader_refused", cardSteps, func(_ pgx.Tx, m *queries.CounterMigration) error {
		if m.StripeSetupIntentID == nil || *m.StripeSetupIntentID != intent {
			return nil
		}
		cardFailed(m, problem, false)
		return nil
	})
}

func readerProblem(code, message string) string {
	switch code {
	case "terminal_reader_busy":
		return "The reader is busy with something else. Wait a moment and try again, or type the card."
	case "terminal_reader_offline", "terminal_reader_timeout":
		return "The reader cannot be reached. Look whether it is on and connected, or type the card."
	}
	return message
}

func cardFailed(m *queries.CounterMigration, problem string, typeIt bool) {
	m.Card, m.ReaderID, m.StripeSetupIntentID, m.CardProblem = queries.CounterCardNone, nil, nil, problem
	m.TypeCard = m.TypeCard || typeIt
}

// CheckCardSetup looks at Stripe what became of the card that is asked for. Doing it often, and from two devices, does no harm.
func (s *Service) CheckCardSetup(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.Session, error) {
	session, err := s.sessionAtCounter(ctx, by, sessionID)
	if err != nil {
		return nil, err
	}
	if session == nil {
		return nil, errNoSession
	}
	m, err := found(s.q.CounterMigrationGetLive(ctx, s.Pool, sessionID))
	if err != nil {
		return nil, fmt.Errorf("read counter migration: %w", err)
	}
	if err := refuseStep(m, []queries.CounterStep{queries.CounterStepCard, queries.CounterStepCheckout, queries.CounterStepTerms}); err != nil {
		return session, err
	}
	if changed, err := s.lookAtCard(ctx, by, m); err != nil || !changed {
		return session, err
	}
	return s.sessionAtCounter(ctx, by, sessionID)
}

// LookAtCard is the job that looks at the card of a session because Stripe has told that something became of it. It may run twice.
func (s *Service) LookAtCard(ctx context.Context, by Actor, sessionID uuid.UUID) error {
	m, err := found(s.q.CounterMigrationGetLive(ctx, s.Pool, sessionID))
	if err != nil || m == nil {
		return err
	}
	_, err = s.lookAtCard(ctx, by, m)
	return err
}

// lookAtCard writes down what Stripe says of a card that is asked for, and tells whether that was news.
func (s *Service) lookAtCard(ctx context.Context, by Actor, m *queries.CounterMigration) (changed bool, err error) {
	if m.Card != queries.CounterCardTyping && m.Card != queries.CounterCardReaderWaits {
		return false, nil
	}
	settle, err := s.whatBecame(ctx, m)
	if err != nil || settle == nil {
		return false, err
	}
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		if _, err := s.q.SessionLock(ctx, tx, m.SessionID); err != nil {
			return fmt.Errorf("lock session: %w", err)
		}
		now, err := found(s.q.CounterMigrationLockLive(ctx, tx, m.SessionID))
		if err != nil || now == nil || now.Card != m.Card || *now.StripeSetupIntentID != *m.StripeSetupIntentID || orEmpty(now.ReaderID) != orEmpty(m.ReaderID) {
			return err // another look was first
		}
		was := *now
		if settle(now); *now == was {
			return nil
		}
		changed = true
		return s.saveCounter(ctx, tx, by, now, &was, "card_looked_at")
	})
	return changed, err
}

// whatBecame reads the reader and the SetupIntent. It answers nil while the customer is still asked.
func (s *Service) whatBecame(ctx context.Context, m *queries.CounterMigration) (func(*queries.CounterMigration), error) {
	failed := func(problem string, typeIt bool) func(*queries.CounterMigration) {
		return func(now *queries.CounterMigration) { cardFailed(now, problem, typeIt) }
	}
	intent, err := s.Payments.SetupIntent(ctx, *m.StripeSetupIntentID)
	if err != nil && isMissing(err) {
		return failed("Stripe knows no more of this card. Try again.", false), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read setup intent: %w", err)
	}
	byReader := m.Card == queries.CounterCardReaderWaits
	switch {
	case intent.InvitationID != m.ID:
		return failed("This card was given for something else. Try again.", false), nil
	case intent.State == SetupSucceeded && intent.PaymentMethod.ID == "":
		return failed("This card cannot be charged later when it is read. Type it instead.", true), nil
	case intent.State == SetupSucceeded:
		return func(now *queries.CounterMigration) {
			now.Card, now.CardLabel, now.CardProblem, now.Step = queries.CounterCardOnFile, intent.PaymentMethod.Label, "", queries.CounterStepCheckout
			now.ReaderID = nil
		}, nil
	case intent.State == SetupCanceled:
		return failed("It was cancelled. Try again, or type the card.", false), nil
	case !byReader && intent.Failure != "":
		return func(now *queries.CounterMigration) { now.CardProblem = intent.Failure }, nil // the form stays open for another try
	case !byReader:
		return nil, nil
	}
	return s.whatReaderSays(ctx, m, failed)
}

func (s *Service) whatReaderSays(ctx context.Context, m *queries.CounterMigration, failed func(string, bool) func(*queries.CounterMigration)) (func(*queries.CounterMigration), error) {
	reader, err := s.Payments.ReaderByID(ctx, *m.ReaderID)
	if err != nil && isMissing(err) {
		return failed("The reader is not registered any more. Choose another one, or type the card.", false), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read reader: %w", err)
	}
	asks := reader.Action.SetupIntentID == *m.StripeSetupIntentID
	switch {
	case !reader.Online:
		return failed(readerProblem("terminal_reader_offline", ""), false), nil
	case asks && reader.Action.State == ReaderFailed:
		return failed(readerProblem(reader.Action.FailureCode, or(reader.Action.Failure, "The card was not taken. Try another one, or type it.")), false), nil
	case asks, s.now().Sub(m.TouchedAt) < readerPatience:
		return nil, nil
	}
	return failed("The reader asks no more. Try again, or type the card.", false), nil
}

// CancelCardSetup has the reader ask no more, and forgets a card that is on file in this session, so that another one can be given.
func (s *Service) CancelCardSetup(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.Session, error) {
	var was queries.CounterMigration
	steps := []queries.CounterStep{queries.CounterStepCard, queries.CounterStepCheckout, queries.CounterStepTerms}
	session, err := s.counterStep(ctx, by, sessionID, "card_cancelled", steps, func(_ pgx.Tx, m *queries.CounterMigration) error {
		was = *m
		cardFailed(m, "", false)
		m.CardLabel, m.Step = "", queries.CounterStepCard
		return nil
	})
	if err == nil {
		s.leaveReader(ctx, &was)
	}
	return session, err
}

// leaveReader has the reader of a migration ask no more, unless it asks for somebody else by now. Where that fails the reader stops by itself
// after a while, and what is then given to it is a card of nobody's subscription.
func (s *Service) leaveReader(ctx context.Context, m *queries.CounterMigration) {
	if m == nil || m.Card != queries.CounterCardReaderWaits || m.ReaderID == nil {
		return
	}
	reader, err := s.Payments.ReaderByID(ctx, *m.ReaderID)
	if err == nil && reader.Action.SetupIntentID == *m.StripeSetupIntentID && reader.Action.State == ReaderInProgress {
		err = s.Payments.StopReader(ctx, *m.ReaderID)
	}
	if err != nil {
		s.Log.WarnContext(ctx, "a reader was not told to stop asking", "reader_id", *m.ReaderID, "error", err)
	}
}
