package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"carryover/access"
	"carryover/civil"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	sessionResolver          struct{ *Resolver }
	counterMigrationResolver struct{ *Resolver }
	legacyCandidateResolver  struct{ *Resolver }
	counterOfferResolver     struct{ *Resolver }
	counterAgreementResolver struct{ *Resolver }
	readerResolver           struct{ *Resolver }
)

// openStages are those of a session that is not over.
var openStages = []queries.SessionStage{queries.SessionStagePreGate, queries.SessionStageMigrating}

func (r *queryResolver) CounterLocations(ctx context.Context) ([]*queries.Location, error) {
	return r.q.CounterLocationList(ctx, r.Pool, viewerID(ctx))
}

func (r *queryResolver) Sessions(ctx context.Context, first *int, after *string, locationIds []string, stages []queries.SessionStage) (*SessionConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if len(stages) == 0 {
		stages = openStages
	}
	rows, err := r.sessions(ctx, onlyAny(nounLocation, locationIds), stages, p)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(s *queries.Session) cursor { return cursor{ID: s.ID, Order: sessionPart(s.Stage)} })
	return &SessionConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Session) *SessionEdge { return &SessionEdge{Cursor: c, Node: n} })}, nil
}

// sessionPart is in which part of a list a session stands: those that somebody has begun with come before the others, so that one that was
// left at a step is not found behind a hundred cars.
func sessionPart(stage queries.SessionStage) string {
	if stage == queries.SessionStageMigrating {
		return "begun"
	}
	return "other"
}

// sessions reads one part after the other, each by its index, from where a page ended.
func (r *Resolver) sessions(ctx context.Context, locations []uuid.UUID, stages []queries.SessionStage, p page) (rows []*queries.Session, err error) {
	after := p.after
	for _, part := range []string{"begun", "other"} {
		of := slices.DeleteFunc(slices.Clone(stages), func(s queries.SessionStage) bool { return sessionPart(s) != part })
		if len(of) == 0 || len(rows) == int(p.rows()) || (after != nil && part == "begun" && after.Order == "other") {
			continue
		}
		q := queries.SessionListAtCounterParams{StaffID: viewerID(ctx), LocationIds: locations, Stages: words(of), RowLimit: p.rows() - int32(len(rows))} //nolint:gosec // a page of them
		if after != nil && (after.Order == part || after.Order == "") {
			q.AfterID = &after.ID
		}
		more, err := r.q.SessionListAtCounter(ctx, r.Pool, q)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func (r *queryResolver) Session(ctx context.Context, id string) (*queries.Session, error) {
	u, _ := nounSession.parse(id)
	return r.session(ctx, u)
}

func (r *Resolver) session(ctx context.Context, id uuid.UUID) (*queries.Session, error) {
	return found(r.q.SessionGetAtCounter(ctx, r.Pool, queries.SessionGetAtCounterParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *queryResolver) LegacyCandidates(ctx context.Context, sessionID string, plate, rfid, memberNumber, phone, name *string) ([]*migration.Candidate, error) {
	u, _ := nounSession.parse(sessionID)
	session, err := r.session(ctx, u)
	if err != nil || session == nil {
		return []*migration.Candidate{}, err
	}
	query := migration.LegacyQuery{}
	for _, one := range []struct {
		to   *string
		said *string
	}{{&query.Plate, plate}, {&query.RFID, rfid}, {&query.MemberNumber, memberNumber}, {&query.Phone, phone}, {&query.Name, name}} {
		if *one.to, err = searched(one.said); err != nil {
			return nil, err
		}
	}
	if query == (migration.LegacyQuery{}) {
		query = migration.LegacyQuery{Plate: session.Plate, RFID: session.Rfid}
	}
	return listOf(r.Migration.CandidatesOf(ctx, r.Lists, session, query))
}

func listOf[T any](rows []T, err error) ([]T, error) {
	if rows == nil {
		rows = []T{}
	}
	return rows, err
}

func (r *queryResolver) Readers(ctx context.Context, locationID string) ([]*migration.CounterReader, error) {
	u, _ := nounLocation.parse(locationID)
	location, err := found(r.q.CounterLocationGet(ctx, r.Pool, queries.CounterLocationGetParams{ID: u, StaffID: viewerID(ctx)}))
	if err != nil || location == nil {
		return []*migration.CounterReader{}, err
	}
	return listOf(r.Migration.ReadersAt(ctx, location))
}

func (r *readerResolver) IsOnline(_ context.Context, obj *migration.CounterReader) (bool, error) {
	return obj.Online, nil
}

func (r *readerResolver) IsBusy(_ context.Context, obj *migration.CounterReader) (bool, error) {
	return obj.Busy, nil
}

func (r *sessionResolver) ID(_ context.Context, obj *queries.Session) (string, error) {
	return nounSession.id(obj.ID), nil
}

func (r *sessionResolver) Location(ctx context.Context, obj *queries.Session) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

// OpenedBy is nobody where a gate did: the token's owner was not there.
func (r *sessionResolver) OpenedBy(ctx context.Context, obj *queries.Session) (*queries.Staff, error) {
	if obj.Gate != "" {
		return nil, nil
	}
	return from(ctx).staff.Load(ctx, obj.OpenedBy)
}

func (r *sessionResolver) Candidates(ctx context.Context, obj *queries.Session) ([]*migration.Candidate, error) {
	return listOf(r.Resolver.Migration.CandidatesOf(ctx, r.Lists, obj, migration.LegacyQuery{Plate: obj.Plate, RFID: obj.Rfid}))
}

func (r *sessionResolver) Migration(ctx context.Context, obj *queries.Session) (*queries.CounterMigration, error) {
	shown, err := from(ctx).migrations.Load(ctx, obj.ID)
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	return shown[0], nil
}

func (r *sessionResolver) CanMigrate(_ context.Context, obj *queries.Session) (bool, error) {
	return obj.Stage == queries.SessionStagePreGate, nil
}

func (r *sessionResolver) Plans(ctx context.Context, obj *queries.Session) ([]*queries.Plan, error) {
	return r.q.PlanListMonthlyAt(ctx, r.Pool, obj.LocationID)
}

func (r *legacyCandidateResolver) ID(_ context.Context, obj *migration.Candidate) (string, error) {
	return nounLegacy.id(obj.LegacyMembership.ID), nil
}

func (r *legacyCandidateResolver) Name(_ context.Context, obj *migration.Candidate) (string, error) {
	return obj.LegacyMembership.Name, nil
}

func (r *legacyCandidateResolver) Plate(_ context.Context, obj *migration.Candidate) (string, error) {
	return orBlank(obj.LegacyMembership.Plate), nil
}

func (r *legacyCandidateResolver) MemberNumber(_ context.Context, obj *migration.Candidate) (string, error) {
	return orBlank(obj.LegacyMembership.MemberNumber), nil
}

func (r *legacyCandidateResolver) PhoneEnding(_ context.Context, obj *migration.Candidate) (string, error) {
	phone := orBlank(obj.LegacyMembership.Phone)
	return phone[max(0, len(phone)-4):], nil
}

func (r *legacyCandidateResolver) PlanName(_ context.Context, obj *migration.Candidate) (string, error) {
	return obj.LegacyMembership.PlanName, nil
}

func (r *legacyCandidateResolver) Price(_ context.Context, obj *migration.Candidate) (*money.Money, error) {
	return orNoMoney(obj.LegacyMembership.PriceMinor, obj.LegacyMembership.Currency), nil
}

func (r *legacyCandidateResolver) NextBillingOn(_ context.Context, obj *migration.Candidate) (*civil.Date, error) {
	return obj.LegacyMembership.NextBillingOn, nil
}

func (r *legacyCandidateResolver) EndsOn(_ context.Context, obj *migration.Candidate) (*civil.Date, error) {
	return obj.LegacyMembership.EndsOn, nil
}

func (r *legacyCandidateResolver) SessionID(ctx context.Context, obj *migration.Candidate) (*string, error) {
	if obj.Standing() != migration.CandidateInAnotherSession {
		return nil, nil
	}
	session, err := found(r.q.SessionGetMigrating(ctx, r.Pool, queries.SessionGetMigratingParams{LegacyMembershipID: &obj.LegacyMembership.ID, StaffID: viewerID(ctx)}))
	if err != nil || session == nil {
		return nil, err
	}
	id := nounSession.id(session.ID)
	return &id, nil
}

func (r *legacyCandidateResolver) MatchedBy(_ context.Context, obj *migration.Candidate) ([]string, error) {
	return listOf(obj.By, nil)
}

func (r *counterMigrationResolver) ID(_ context.Context, obj *queries.CounterMigration) (string, error) {
	return nounCounter.id(obj.ID), nil
}

func (r *counterMigrationResolver) StartedBy(ctx context.Context, obj *queries.CounterMigration) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.StartedBy)
}

func (r *counterMigrationResolver) Legacy(ctx context.Context, obj *queries.CounterMigration) (*migration.Candidate, error) {
	return r.Migration.CandidateOf(ctx, r.Lists, obj)
}

// CounterContact is how a customer's address comes to us, with what was entered so far.
type CounterContact struct {
	*migration.CounterContact
	Phone, Email string
	EmailSource  *queries.EmailSource
	CanConfirm   bool
}

func (r *counterMigrationResolver) Contact(ctx context.Context, obj *queries.CounterMigration) (*CounterContact, error) {
	contact, err := r.Migration.ContactOf(ctx, r.Lists, obj)
	if err != nil {
		return nil, err
	}
	return &CounterContact{CounterContact: contact, Phone: obj.Phone, Email: obj.Email, EmailSource: obj.EmailSource,
		CanConfirm: obj.Step == queries.CounterStepContact && len(contact.Missing) == 0}, nil
}

func (r *counterMigrationResolver) Offer(ctx context.Context, obj *queries.CounterMigration) (*migration.CounterOffer, error) {
	return r.Migration.CounterOfferOf(ctx, r.Lists, obj)
}

func (r *counterOfferResolver) Unit(_ context.Context, obj *migration.CounterOffer) (string, error) {
	return obj.Invitation.Unit, nil
}

func (r *counterOfferResolver) Monthly(_ context.Context, obj *migration.CounterOffer) (*migration.Quote, error) {
	quote := obj.Card()
	return &quote, nil
}

func (r *counterOfferResolver) AnchorDay(_ context.Context, obj *migration.CounterOffer) (int, error) {
	return obj.BillingDay(), nil
}

func (r *counterOfferResolver) DueToday(_ context.Context, obj *migration.CounterOffer) (*money.Money, error) {
	return &money.Money{Currency: obj.Plan.Currency}, nil
}

// CounterCard is how the card of a migration stands.
type CounterCard struct {
	State       queries.CounterCard
	Label       string
	Reader      *migration.CounterReader
	Problem     string
	OfferTyping bool
}

// Card names the reader only where it asks, and only where the client wants to know: that is a call to Stripe.
func (r *counterMigrationResolver) Card(ctx context.Context, obj *queries.CounterMigration) (*CounterCard, error) {
	card := &CounterCard{State: obj.Card, Label: obj.CardLabel, Problem: obj.CardProblem, OfferTyping: obj.TypeCard}
	if obj.Card != queries.CounterCardReaderWaits || !slices.Contains(graphql.CollectAllFields(ctx), "reader") {
		return card, nil
	}
	location, err := r.q.LocationGet(ctx, r.Pool, obj.LocationID)
	if err != nil {
		return nil, err
	}
	readers, err := r.Resolver.Migration.ReadersAt(ctx, location)
	if err != nil { // the step is shown also while Stripe does not answer
		r.Log.WarnContext(ctx, "cannot list a location's readers", "error", err)
	}
	for _, one := range readers {
		if one.ID == *obj.ReaderID {
			card.Reader = one
		}
	}
	return card, nil
}

func (r *counterMigrationResolver) Agreement(ctx context.Context, obj *queries.CounterMigration) (*migration.CounterAgreement, error) {
	return r.Migration.AgreementOf(ctx, r.Lists, obj)
}

func (r *counterAgreementResolver) Monthly(_ context.Context, obj *migration.CounterAgreement) (*migration.Quote, error) {
	quote := obj.Card()
	return &quote, nil
}

func (r *counterAgreementResolver) AnchorDay(_ context.Context, obj *migration.CounterAgreement) (int, error) {
	return obj.BillingDay(), nil
}

func (r *counterAgreementResolver) DueToday(_ context.Context, obj *migration.CounterAgreement) (*money.Money, error) {
	return &money.Money{Currency: obj.Plan.Currency}, nil
}

// CounterOutcome is what was agreed to, and where its receipt goes.
type CounterOutcome struct {
	*migration.CounterOutcome
	Receipts []queries.MessageChannel
}

// SubmissionStatus is how it stands now.
func (o *CounterOutcome) SubmissionStatus() queries.SubmissionStatus { return o.Submission.Status }

func (r *counterMigrationResolver) Outcome(ctx context.Context, obj *queries.CounterMigration) (*CounterOutcome, error) {
	outcome, err := r.Migration.OutcomeOf(ctx, r.Pool, obj)
	if outcome == nil || err != nil {
		return nil, err
	}
	out := &CounterOutcome{outcome, []queries.MessageChannel{}}
	if obj.ReceiptByEmail {
		out.Receipts = append(out.Receipts, queries.MessageChannelEmail)
	}
	if obj.ReceiptByText {
		out.Receipts = append(out.Receipts, queries.MessageChannelSms)
	}
	return out, nil
}

// gateToken is the token that a gate came in with; nil for everybody else.
func gateToken(ctx context.Context) *uuid.UUID {
	v := access.From(ctx).Viewer
	if v == nil || v.Token == nil || v.Scope() != queries.TokenScopeGate {
		return nil
	}
	return &v.Token.ID
}
