package migration

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

const (
	// answerPatience is how long somebody at a counter waits for an answer by text before typing the address is offered.
	answerPatience = 20 * time.Second
	// answerLife is how long a text that comes is taken for the answer. After it, it is one among the others, and its number is free.
	answerLife = 30 * time.Minute
	// counterTextLife is how long after the tap a text may still go out that has waited for a worker or the provider. Whoever stands at the
	// counter has been asked in words by then; what is left of answerLife is for the answer.
	counterTextLife = 10 * time.Minute
	// counterCallTime is above what a call and writing its answer down take: a call that is older has lost its process.
	counterCallTime = time.Minute
)

// CounterTextState is how the text stands that asks for an address.
type CounterTextState string

// The states of the API's CounterTextState.
const (
	CounterTextSending    CounterTextState = "SENDING"
	CounterTextWaiting    CounterTextState = "WAITING"
	CounterTextUnknown    CounterTextState = "UNKNOWN"
	CounterTextAnswered   CounterTextState = "ANSWERED"
	CounterTextUnreadable CounterTextState = "UNREADABLE"
	CounterTextOptedOut   CounterTextState = "OPTED_OUT"
	CounterTextFailed     CounterTextState = "FAILED"
)

// CounterContact is how a customer's address comes to us.
type CounterContact struct {
	Name    string
	Missing []*Refusal // what stands in the way of ConfirmContact, in the order of the form
	Text    *CounterText
	// OfferTyping: waiting for an answer has no use, or has lasted long enough.
	OfferTyping bool
	// CanText: a text can go to the number, a receipt for one. WhyNoText says why not; "" where it can.
	CanText   bool
	WhyNoText string
}

// CounterText is a text that asks for an address, and what came of it.
type CounterText struct {
	State   CounterTextState
	AskedAt time.Time
	Reply   string // the answer, where it holds no address
	Email   string // the answer's address, where another one was typed
	Reason  string // why it did not go out, or why nobody knows
}

// ContactOf answers how a migration's customer can be reached, as it stands now.
func (s *Service) ContactOf(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*CounterContact, error) {
	c := &CounterContact{}
	legacy, err := s.CandidateOf(ctx, db, m)
	if err != nil {
		return nil, err
	}
	if legacy != nil {
		c.Name = legacy.LegacyMembership.Name
	}
	c.Missing = missingContact(m)
	silent, err := s.isSilent(ctx, db, m.Phone)
	if err != nil {
		return nil, err
	}
	c.WhyNoText = s.whyNoText(m.Phone, silent)
	c.CanText = c.WhyNoText == ""
	if c.Text, err = s.counterText(ctx, db, m, silent); err != nil {
		return nil, err
	}
	c.OfferTyping = s.Texter == nil || silent || (c.Text == nil && m.Texts > 0) || (c.Text != nil && s.typingIsQuicker(c.Text))
	return c, nil
}

// isSilent tells whether a number has asked for no more texts.
func (s *Service) isSilent(ctx context.Context, db queries.DBTX, phone string) (bool, error) {
	if phone == "" {
		return false, nil
	}
	silent, err := s.q.SuppressionOfPhone(ctx, db, phone)
	if err != nil {
		return false, fmt.Errorf("look for a suppression: %w", err)
	}
	return silent, nil
}

func (s *Service) whyNoText(phone string, silent bool) string {
	switch {
	case s.Texter == nil:
		return "Texts are not set up here."
	case phone == "":
		return "No phone is known."
	case silent:
		return "This number has asked for no more texts."
	}
	return ""
}

func (s *Service) typingIsQuicker(t *CounterText) bool {
	switch t.State {
	case CounterTextSending, CounterTextWaiting:
		return s.now().Sub(t.AskedAt) >= answerPatience
	case CounterTextAnswered:
		return false
	default:
		return true
	}
}

func missingContact(m *queries.CounterMigration) (missing Refusals) {
	switch {
	case m.LegacyMembershipID == nil:
		missing.add(CodeRequired, "Find the old membership first.")
	case m.Email == "":
		missing.add(CodeRequired, "The customer's email address is missing. Text them for it, or type it.", "email")
	}
	return missing
}

func (s *Service) counterText(ctx context.Context, db queries.DBTX, m *queries.CounterMigration, silent bool) (*CounterText, error) {
	if m.TextAskedAt == nil || m.TextDeliveryID == nil {
		if silent && m.Step == queries.CounterStepContact && m.Texts > 0 {
			return &CounterText{State: CounterTextOptedOut, AskedAt: m.TouchedAt, Reason: optedOut}, nil
		}
		return nil, nil
	}
	t := &CounterText{AskedAt: *m.TextAskedAt, Reply: m.TextReply}
	d, err := s.q.DeliveryGet(ctx, db, *m.TextDeliveryID)
	if err != nil {
		return nil, fmt.Errorf("read the text: %w", err)
	}
	switch {
	case m.EmailSource != nil && *m.EmailSource == queries.EmailSourceText:
		t.State = CounterTextAnswered
	case isTyped(m) && emailIn(m.TextReply) != "":
		t.State, t.Reply, t.Email = CounterTextAnswered, "", emailIn(m.TextReply)
	case silent:
		t.State, t.Reason = CounterTextOptedOut, optedOut
	case m.TextReply != "":
		t.State = CounterTextUnreadable
	default:
		t.State, t.Reason = s.onItsWay(d)
		if t.State != CounterTextFailed && s.now().Sub(t.AskedAt) >= answerLife {
			return nil, nil // an answer would be one among the others: the customer may be asked anew
		}
	}
	return t, nil
}

func isTyped(m *queries.CounterMigration) bool {
	return m.EmailSource != nil && *m.EmailSource == queries.EmailSourceTyped
}

// onItsWay says how a text stands that nobody has answered. What a dead process has left is told as what the next one makes of it, which
// may be minutes later: nobody waits before a screen for that.
func (s *Service) onItsWay(d *queries.Delivery) (CounterTextState, string) {
	switch d.Status {
	case queries.DeliveryStatusAccepted, queries.DeliveryStatusDelivered:
		return CounterTextWaiting, ""
	case queries.DeliveryStatusUnknown:
		return CounterTextUnknown, answerLost
	case queries.DeliveryStatusQueued, queries.DeliveryStatusSending:
		switch {
		case d.CalledAt != nil && s.now().Sub(*d.CalledAt) >= counterCallTime:
			return CounterTextUnknown, answerLost
		case s.tooLate(d):
			return CounterTextFailed, tooLateToAsk
		}
		return CounterTextSending, ""
	default:
		return CounterTextFailed, d.StatusReason
	}
}

// tooLate: the text has not been called for, and will not be. A receipt is never too late.
func (s *Service) tooLate(d *queries.Delivery) bool {
	return d.Purpose == queries.DeliveryPurposeEmailRequest && d.CalledAt == nil && s.now().Sub(d.CreatedAt) >= counterTextLife
}

const (
	answerLost   = "The provider's answer was lost: the text may have arrived or not. It is not sent again."
	tooLateToAsk = "It could not go out within ten minutes, and will not any more."
)

const optedOut = "This number has asked for no more texts. Type the address instead."

var contactSteps = []queries.CounterStep{queries.CounterStepContact}

// RequestEmailByText texts a customer who stands at the counter, and has said so, for the email address. A session asks the same number
// once as long as an answer may come, also where its migration was discarded or another number was entered in between; a number that takes no
// texts is noted, and typing is offered. It refuses with TAKEN where another session waits for an answer from it, and with RATE_LIMITED whoever has
// has begun too many texts.
func (s *Service) RequestEmailByText(ctx context.Context, by Actor, sessionID uuid.UUID, raw string) (*queries.Session, error) {
	session, err := s.counterStep(ctx, by, sessionID, "texted", contactSteps, func(tx pgx.Tx, m *queries.CounterMigration) error {
		if s.Texter == nil {
			return Refuse(CodeWrongState, "Texts are not set up here. Type the address instead.", "phone")
		}
		phone, err := s.counterPhone(ctx, tx, m, raw)
		if err != nil {
			return err
		}
		silent, err := s.isSilent(ctx, tx, phone)
		if err != nil {
			return err
		}
		before, err := s.counterText(ctx, tx, m, silent)
		switch {
		case err != nil:
			return err
		case phone == m.Phone && m.TextAskedAt != nil && before != nil && !silent && before.State != CounterTextFailed:
			waitAgain(m, before) // asked already
			return nil
		}
		if asked, err := s.waitsForText(ctx, tx, m, phone, silent); asked || err != nil {
			return err
		}
		under, err := s.q.CounterTextExists(ctx, tx, queries.CounterTextExistsParams{SessionID: m.SessionID, Phone: phone,
			QueuedAfter: s.now().Add(-counterTextLife)})
		if err != nil {
			return fmt.Errorf("look for a text that is on its way: %w", err)
		}
		if under {
			return Refuse(CodeWrongState, "A text to this number is on its way already. Wait for it, or type the address.", "phone")
		}
		if err := s.countText(ctx, tx, by); err != nil {
			return err
		}
		m.Phone, m.TextAskedAt, m.TextDeliveryID, m.TextReply, m.Texts = phone, nil, nil, "", m.Texts+1
		if silent {
			return nil
		}
		return s.askByText(ctx, tx, by, m)
	})
	if violates(err, "counter_migrations_one_asks_a_phone") {
		return s.withSession(ctx, by, sessionID, Refuse(CodeTaken, "Another session waits for an answer from this number. Type the address instead.", "phone"))
	}
	return session, err
}

// waitAgain takes the answer to a text, or waits for it, in place of what was typed meanwhile.
func waitAgain(m *queries.CounterMigration, text *CounterText) {
	switch {
	case !isTyped(m):
	case text.Email != "":
		m.Email, m.EmailSource, m.TextReply = text.Email, ptr(queries.EmailSourceText), ""
	default:
		m.Email, m.EmailSource = "", nil
	}
}

func (s *Service) counterPhone(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration, raw string) (string, error) {
	location, err := s.q.LocationGet(ctx, tx, m.LocationID)
	if err != nil {
		return "", fmt.Errorf("read location: %w", err)
	}
	phone, err := phoneReader(regionOf(location))(strings.TrimSpace(raw))
	if err != nil {
		return "", Refuse(CodeInvalid, "This is no phone number. Enter it as it is said here, or with its country code, like +1 303 555 0123.", "phone")
	}
	return phone, nil
}

func (s *Service) askByText(ctx context.Context, tx pgx.Tx, by Actor, m *queries.CounterMigration) error {
	if err := s.forgetAsking(ctx, tx, m.ID, m.Phone); err != nil {
		return err
	}
	d, err := s.queueCounterText(ctx, tx, by, queries.DeliveryInsertCounterTextParams{
		Purpose: queries.DeliveryPurposeEmailRequest, Address: m.Phone, LocationID: m.LocationID, CounterMigrationID: &m.ID})
	if err != nil {
		return err
	}
	m.TextAskedAt, m.TextDeliveryID = ptr(s.now()), &d.ID
	m.Email, m.EmailSource = "", nil // the customer is asked because what stands there is not right
	return nil
}

// EnterEmail takes the address as the customer says it, and the number with it: nil leaves that as it is, "" removes it. An answer by text does
// not take its place, and is kept beside it.
func (s *Service) EnterEmail(ctx context.Context, by Actor, sessionID uuid.UUID, email string, phone *string) (*queries.Session, error) {
	steps := []queries.CounterStep{queries.CounterStepContact, queries.CounterStepCard}
	return s.counterStep(ctx, by, sessionID, "email_entered", steps, func(tx pgx.Tx, m *queries.CounterMigration) error {
		var r Refusals
		address, err := ParseEmail(email)
		if err != nil {
			r.add(CodeInvalid, err.Error()+".", "email")
		}
		if phone != nil {
			number, err := s.phoneOrNone(ctx, tx, m, *phone)
			refusals, refused := RefusalsIn(err)
			if err != nil && !refused {
				return err
			}
			if r = append(r, refusals...); err == nil && number != m.Phone {
				m.Phone, m.TextAskedAt, m.TextDeliveryID, m.TextReply = number, nil, nil, ""
			}
		}
		if m.Card == queries.CounterCardReaderWaits {
			r.add(CodeWrongState, "The reader asks for a card. Cancel that first.", "sessionId")
		}
		if len(r) > 0 {
			return r
		}
		backToContact(m)
		if m.TextAskedAt != nil && !isTyped(m) && m.Email != "" {
			m.TextReply = m.Email // what the customer answered
		}
		m.Email, m.EmailSource = address, ptr(queries.EmailSourceTyped)
		return nil
	})
}

// phoneOrNone: a customer need not have a phone, or give its number.
func (s *Service) phoneOrNone(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration, raw string) (string, error) {
	if strings.TrimSpace(raw) == "" {
		return "", nil
	}
	return s.counterPhone(ctx, tx, m, raw)
}

// backToContact: with another address the account is another's, and so is the card that was begun for it.
func backToContact(m *queries.CounterMigration) {
	m.Step, m.TenantID, m.Card, m.StripeSetupIntentID, m.ReaderID = queries.CounterStepContact, nil, queries.CounterCardNone, nil, nil
	m.CardProblem, m.CardLabel = "", ""
}

// ConfirmContact makes the customer's account, or finds it by the address, and makes it known at the location by the name that the old
// list has; whoever has an account elsewhere is shown to nobody here before they have signed.
func (s *Service) ConfirmContact(ctx context.Context, by Actor, sessionID uuid.UUID, email string) (*queries.Session, error) {
	return s.counterStep(ctx, by, sessionID, "contact_confirmed", contactSteps, func(tx pgx.Tx, m *queries.CounterMigration) error {
		if missing := missingContact(m); len(missing) > 0 {
			return missing
		}
		if !strings.EqualFold(strings.TrimSpace(email), m.Email) {
			return Refuse(CodeStale, "The address has changed since it was shown. Look at it again with the customer.", "email")
		}
		legacy, err := s.CandidateOf(ctx, tx, m)
		if err != nil {
			return err
		}
		tenant, err := s.counterTenant(ctx, tx, m, &legacy.LegacyMembership)
		if err != nil {
			return err
		}
		m.TenantID, m.Step = &tenant.ID, queries.CounterStepCard
		return nil
	})
}

func (s *Service) counterTenant(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration, l *queries.LegacyMembership) (*queries.Tenant, error) {
	p := queries.TenantInsertOrGetParams{ID: ids.New(), Name: l.Name, Email: m.Email, Phone: nonEmpty(m.Phone), Now: s.now()}
	if m.TextAskedAt != nil {
		p.PhoneConsentAt, p.PhoneConsentSource = m.TextAskedAt, ptr("At the counter")
	}
	tenant, err := s.q.TenantInsertOrGet(ctx, tx, p)
	if err != nil {
		return nil, fmt.Errorf("find or insert tenant: %w", err)
	}
	link := queries.TenantLocationInsertParams{TenantID: tenant.ID, LocationID: m.LocationID}
	if tenant.ID != p.ID {
		link.KnownAs, link.KnownPhone = &p.Name, p.Phone
		link.KnownPhoneConsentAt, link.KnownPhoneConsentSource = p.PhoneConsentAt, p.PhoneConsentSource
	}
	if err := s.q.TenantLocationInsert(ctx, tx, link); err != nil {
		return nil, fmt.Errorf("insert tenant location: %w", err)
	}
	return tenant, nil
}

// hearAtCounter hands an answer to the customer's own migration, which its number names: it is of no other. An address in it is the
// customer's, to be confirmed on the screen; without one the attendant reads what was written. It tells whether there was such a migration.
func (s *Service) hearAtCounter(ctx context.Context, tx pgx.Tx, by Actor, row *queries.TextReply) error {
	if row.Kind != queries.TextReplyKindOther {
		return s.q.CounterMigrationTouch(ctx, tx, queries.CounterMigrationTouchParams{Phone: row.Phone, Now: s.now()})
	}
	m, err := found(s.q.CounterMigrationLockAsking(ctx, tx, queries.CounterMigrationLockAskingParams{Phone: row.Phone, Since: s.now().Add(-answerLife)}))
	if err != nil {
		return fmt.Errorf("look who waits for an answer: %w", err)
	}
	if m == nil || m.Step != queries.CounterStepContact {
		return nil
	}
	was := *m
	switch email := emailIn(row.Body); {
	case email != "" && isTyped(m):
		m.TextReply = email
	case isTyped(m):
		return nil // staff see it among the replies
	case email != "":
		m.Email, m.EmailSource, m.TextReply = email, ptr(queries.EmailSourceText), ""
	default:
		m.TextReply = shorten(row.Body)
	}
	if err := s.saveCounter(ctx, tx, by, m, &was, "answered"); err != nil {
		return err
	}
	return s.q.TextReplyHandleByCounter(ctx, tx, queries.TextReplyHandleByCounterParams{ID: row.ID, Now: ptr(s.now())})
}

// emailIn is the first address in what somebody wrote; "" where there is none.
func emailIn(body string) string {
	for _, word := range strings.FieldsFunc(body, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;<>()[]"`, r) }) {
		if email, err := ParseEmail(strings.Trim(strings.TrimPrefix(strings.ToLower(word), "mailto:"), ".:!?'")); err == nil {
			return email
		}
	}
	return ""
}
