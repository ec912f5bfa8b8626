package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

func (r *mutationResolver) OpenSession(ctx context.Context, input OpenSessionInput) (*OpenSessionPayload, error) {
	location, _ := nounLocation.parse(input.LocationID)
	session, err := r.Migration.OpenSession(ctx, Actor(ctx), migration.Visit{LocationID: location, Plate: orBlank(input.Plate), RFID: orBlank(input.Rfid),
		Key: orBlank(input.VisitKey), GateToken: gateToken(ctx)})
	refusals, err := userErrors(err)
	return &OpenSessionPayload{Session: session, UserErrors: refusals}, err
}

func (r *mutationResolver) CloseSession(ctx context.Context, input CloseSessionInput) (*CloseSessionPayload, error) {
	id, _ := nounSession.parse(input.ID)
	closing := migration.Closing{SessionID: id, Reason: orBlank(input.Reason), OnlyUnconfirmed: input.OnlyUnconfirmed}
	if input.LegacyMembershipID != nil {
		legacy, _ := nounLegacy.parse(*input.LegacyMembershipID)
		closing.Migrating = &legacy
	}
	session, err := r.Migration.CloseSession(ctx, Actor(ctx), closing)
	refusals, err := userErrors(err)
	return &CloseSessionPayload{Session: session, UserErrors: refusals}, err
}

// counterStep shapes the answer of every step: what the step did not do stands beside the session as it is.
func counterStep(sessionID string, step func(id uuid.UUID) (*queries.Session, error)) (*CounterPayload, error) {
	id, _ := nounSession.parse(sessionID)
	session, err := step(id)
	refusals, err := userErrors(err)
	return &CounterPayload{Session: session, UserErrors: refusals}, err
}

func (r *mutationResolver) StartCounterMigration(ctx context.Context, input StartCounterMigrationInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.StartCounterMigration(ctx, Actor(ctx), id)
	})
}

func (r *mutationResolver) DiscardCounterMigration(ctx context.Context, input DiscardCounterMigrationInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.DiscardCounterMigration(ctx, Actor(ctx), id)
	})
}

func (r *mutationResolver) ConfirmLegacyMatch(ctx context.Context, input ConfirmLegacyMatchInput) (*CounterPayload, error) {
	legacy, _ := nounLegacy.parse(input.LegacyMembershipID)
	var plan *uuid.UUID
	if input.PlanID != nil {
		u, _ := nounPlan.parse(*input.PlanID)
		plan = &u
	}
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.ConfirmLegacyMatch(ctx, Actor(ctx), id, legacy, plan)
	})
}

func (r *mutationResolver) RequestEmailByText(ctx context.Context, input RequestEmailByTextInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.RequestEmailByText(ctx, Actor(ctx), id, input.Phone)
	})
}

func (r *mutationResolver) EnterEmail(ctx context.Context, input EnterEmailInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.EnterEmail(ctx, Actor(ctx), id, input.Email, input.Phone)
	})
}

func (r *mutationResolver) ConfirmContact(ctx context.Context, input ConfirmContactInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.ConfirmContact(ctx, Actor(ctx), id, input.Email)
	})
}

func (r *mutationResolver) StartCardSetup(ctx context.Context, input StartCardSetupInput) (*StartCardSetupPayload, error) {
	id, _ := nounSession.parse(input.SessionID)
	session, started, err := r.Migration.StartCardSetup(ctx, Actor(ctx), id, input.Entry, input.ReaderID)
	refusals, err := userErrors(err)
	out := &StartCardSetupPayload{Session: session, UserErrors: refusals}
	if started != nil {
		out.ClientSecret, out.PublishableKey = &started.ClientSecret, &started.PublishableKey
	}
	return out, err
}

func (r *mutationResolver) CheckCardSetup(ctx context.Context, input CheckCardSetupInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.CheckCardSetup(ctx, Actor(ctx), id)
	})
}

func (r *mutationResolver) CancelCardSetup(ctx context.Context, input CancelCardSetupInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.CancelCardSetup(ctx, Actor(ctx), id)
	})
}

func (r *mutationResolver) Checkout(ctx context.Context, input CheckoutInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		req := migration.CheckoutRequest{SessionID: id, NextBillingOn: input.NextBillingOn}
		if input.Language != nil {
			req.Language = *input.Language
		}
		return r.Migration.Checkout(ctx, Actor(ctx), req)
	})
}

func (r *mutationResolver) AgreeToTerms(ctx context.Context, input AgreeToTermsInput) (*CounterPayload, error) {
	return counterStep(input.SessionID, func(id uuid.UUID) (*queries.Session, error) {
		return r.Migration.AgreeToTerms(ctx, Actor(ctx), migration.Agreement{SessionID: id, Digest: input.Digest,
			Signature: migration.Signature{Kind: input.Signature.Kind, Name: input.Signature.Name, ImageBase64: orBlank(input.Signature.ImageBase64)},
			ByEmail:   slices.Contains(input.Receipts, queries.MessageChannelEmail), ByText: slices.Contains(input.Receipts, queries.MessageChannelSms)})
	})
}

// SessionChanged answers the session now and each time that it, its migration or a text to its customer has changed.
func (r *liveResolver) SessionChanged(ctx context.Context, id string) (<-chan *queries.Session, error) {
	u, _ := nounSession.parse(id)
	return watch(ctx, r, watched[queries.Session]{id: u, read: r.session, missing: "There is no such session at a counter of yours.",
		over: func(*queries.Session) bool { return false }, mark: r.sessionMark})
}

// sessionMark is another one for everything that a screen shows of a session.
func (r *Resolver) sessionMark(ctx context.Context, s *queries.Session) (string, error) {
	car := fmt.Sprintf("%s %q %q", s.Stage, s.Plate, s.Rfid)
	shown, err := r.q.CounterMigrationListShown(ctx, r.Pool, []uuid.UUID{s.ID})
	if err != nil || len(shown) == 0 {
		return car, err
	}
	m := shown[0]
	if m.SubmissionID != nil {
		outcome, err := r.Migration.OutcomeOf(ctx, r.Pool, m)
		if err != nil {
			return "", err
		}
		return fmt.Sprint(car, outcome.Submission.Status, outcome.Warning), nil
	}
	contact, err := r.Migration.ContactOf(ctx, r.Pool, m)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %d %s %t %t %+v", car, m.TouchedAt.UnixNano(), m.Step, contact.OfferTyping, contact.CanText, contact.Text), nil
}

// openSessions is what a counter's screen lists.
type openSessions struct{ rows []*queries.Session }

// OpenSessionsChanged answers a location's open sessions now and each time that one has changed.
func (r *liveResolver) OpenSessionsChanged(ctx context.Context, locationID string) (<-chan []*queries.Session, error) {
	u, _ := nounLocation.parse(locationID)
	lists, err := watch(ctx, r, watched[openSessions]{id: u, read: r.openSessions, missing: "There is no such location at whose counter you work.",
		over: func(*openSessions) bool { return false },
		mark: func(ctx context.Context, _ *openSessions) (string, error) {
			newest, err := r.q.SessionNewestChange(ctx, r.Pool, u)
			if err != nil {
				return "", err
			}
			return fmt.Sprint(newest.OpenSessions, newest.ChangedAt.UnixNano()), nil
		}})
	if err != nil {
		return nil, err
	}
	out := make(chan []*queries.Session)
	go func() {
		defer close(out)
		for list := range lists {
			select {
			case out <- list.rows:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}

// openSessions answers nil for a location that is not the viewer's.
func (r *Resolver) openSessions(ctx context.Context, location uuid.UUID) (*openSessions, error) {
	at, err := found(r.q.CounterLocationGet(ctx, r.Pool, queries.CounterLocationGetParams{ID: location, StaffID: viewerID(ctx)}))
	if err != nil || at == nil {
		return nil, err
	}
	rows, err := r.sessions(ctx, []uuid.UUID{location}, openStages, page{limit: maxPage - 1})
	if err != nil {
		return nil, err
	}
	return &openSessions{rows}, nil
}
