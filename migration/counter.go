package migration

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

const (
	// sessionLife is how long a session stays open with which nobody does anything: a customer who has not come back by then has left.
	sessionLife = 12 * time.Hour
	// gateSessionLife is the same of a car that a gate has read and nobody has begun anything with: most of them have no business here.
	gateSessionLife = time.Hour
	// maxPlate is above what is on any plate or tag.
	maxPlate = 40
	// openedAtMost is how often a visit looks for its session anew when others were first.
	openedAtMost = 20
	// maxVisitKey bounds a gate's own id of a visit.
	maxVisitKey = 100
)

// Visit is somebody's arrival at a location.
type Visit struct {
	LocationID  uuid.UUID
	Plate, RFID string
	// Key is the gate's own id of the visit; "" where an attendant opens the session.
	Key string
	// GateToken is the API token that a gate comes in with; nil for a person.
	GateToken *uuid.UUID
}

var errNoSession = Refuse(CodeNotFound, "There is no such session at a counter of yours.", "sessionId")

// OpenSession answers the session of a visit: the one that its key, or else its plate or tag, has at the location already, or a new one. A
// gate that asks twice, and a car that is read by two gates, get one session.
func (s *Service) OpenSession(ctx context.Context, by Actor, v Visit) (*queries.Session, error) {
	p, err := s.checkVisit(ctx, by, v)
	if err != nil {
		return nil, err
	}
	for range openedAtMost { // again where another call was first, or the one that was there was closed between two looks
		session, err := s.openOrFind(ctx, by, p)
		if violates(err, "sessions_one_open_plate") {
			continue // the plate that was to be filled in has got a session at this moment
		}
		if session != nil || err != nil {
			return session, err
		}
	}
	return nil, RefuseBusy()
}

// openOrFind answers nil where neither came about. Whoever reads a tag waits for whoever reads the same one: of a car that one gate knows by
// its tag and another by tag and plate no index says that it is one.
func (s *Service) openOrFind(ctx context.Context, by Actor, p queries.SessionInsertOrNothingParams) (session *queries.Session, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if p.RfidKey != "" {
			if err := s.q.SessionLockTag(ctx, tx, p.LocationID.String()+" "+p.RfidKey); err != nil {
				return fmt.Errorf("lock tag: %w", err)
			}
		}
		there, err := s.q.SessionLockOfCar(ctx, tx, queries.SessionLockOfCarParams{LocationID: p.LocationID, VisitKey: p.VisitKey, PlateKey: p.PlateKey, RfidKey: p.RfidKey})
		if err != nil {
			return fmt.Errorf("read the sessions that are there: %w", err)
		}
		if session, err = s.goOnWith(ctx, tx, by, there, p); session != nil || err != nil {
			return err
		}
		if anyOpen(there, func(other *queries.Session) bool { return other.PlateKey == p.PlateKey }) {
			p.Plate, p.PlateKey = "", "" // it is another car's, by the tag: which of the two was misread nobody knows
		}
		if session, err = found(s.q.SessionInsertOrNothing(ctx, tx, p)); err != nil {
			return fmt.Errorf("insert session: %w", err)
		}
		if session == nil {
			return nil
		}
		return s.record(ctx, tx, by, sessionEvent(session, "opened", ""))
	})
	return session, err
}

func (s *Service) checkVisit(ctx context.Context, by Actor, v Visit) (p queries.SessionInsertOrNothingParams, err error) {
	var r Refusals
	p = queries.SessionInsertOrNothingParams{ID: ids.New(), LocationID: v.LocationID, OpenedBy: by.staffID(), Now: s.now(),
		Plate: cleanText(&r, v.Plate, maxPlate, "plate"), Rfid: cleanText(&r, v.RFID, maxPlate, "rfid"), VisitKey: nonEmpty(cleanText(&r, v.Key, maxVisitKey, "visitKey"))}
	p.PlateKey, p.RfidKey = PlateKey(p.Plate), CardKey(p.Rfid)
	location, err := s.counterLocation(ctx, by, v)
	if err != nil {
		return p, err
	}
	if location == nil {
		r.add(CodeNotFound, "There is no such location at whose counter you work.", "locationId")
	}
	if v.GateToken != nil {
		p.Gate = by.TokenName
		if p.VisitKey == nil {
			r.add(CodeRequired, "Give the gate's own id of this visit: with it the same visit is never opened twice.", "visitKey")
		}
		if p.PlateKey == "" && p.RfidKey == "" {
			r.add(CodeRequired, "Give the plate or the tag that was read.", "plate")
		}
	}
	return p, r.err()
}

func (s *Service) counterLocation(ctx context.Context, by Actor, v Visit) (location *queries.Location, err error) {
	if v.GateToken != nil {
		location, err = found(s.q.GateLocationGet(ctx, s.Pool, queries.GateLocationGetParams{ID: v.LocationID, StaffID: by.staffID(), TokenID: *v.GateToken}))
	} else {
		location, err = found(s.q.CounterLocationGet(ctx, s.Pool, queries.CounterLocationGetParams{ID: v.LocationID, StaffID: by.staffID()}))
	}
	if err != nil {
		return nil, fmt.Errorf("read location: %w", err)
	}
	return location, nil
}

// goOnWith is the session of the visit, or the open one of the plate or tag, of those that are there; nil where it is none of them. What was not
// read of the car before is filled in until its old membership is confirmed. Of sessions that turn out to be one car's, one goes on.
func (s *Service) goOnWith(ctx context.Context, tx pgx.Tx, by Actor, there []*queries.Session, p queries.SessionInsertOrNothingParams) (*queries.Session, error) {
	visit := visitOf(there, p.VisitKey)
	if visit != nil {
		switch {
		case isOfAnotherCar(visit, p):
			return nil, Refuse(CodeKeyReused, "Another car's visit at this location has this key. Where several gates count their visits, put the gate's name before the number.", "visitKey")
		case !visit.Open:
			return visit, nil
		}
		if visit.PlateKey != "" { // by the same tag, another plate was misread
			p.Plate, p.PlateKey = visit.Plate, visit.PlateKey
		}
		if visit.RfidKey != "" {
			p.Rfid, p.RfidKey = visit.Rfid, visit.RfidKey
		}
	}
	begun, err := s.begun(ctx, tx, there)
	if err != nil {
		return nil, err
	}
	kept, others := oneOfCar(there, begun, visit, p)
	if kept == nil {
		return nil, nil
	}
	for _, other := range others {
		if slices.Contains(begun, other.ID) {
			continue
		}
		if err := s.setStage(ctx, tx, by, other, queries.SessionStageClosed, sameCarWords); err != nil {
			return nil, err
		}
		other.Open = false
	}
	now, err := s.readAgain(ctx, tx, kept, there, visit, p)
	if err != nil || visit == nil || visit.ID == kept.ID {
		return now, err
	}
	return s.q.SessionLock(ctx, tx, visit.ID) // its key goes on answering it
}

// begun are the sessions with which somebody has begun, be it discarded since: it can be begun anew.
func (s *Service) begun(ctx context.Context, tx pgx.Tx, sessions []*queries.Session) ([]uuid.UUID, error) {
	of := make([]uuid.UUID, len(sessions))
	for i, session := range sessions {
		of[i] = session.ID
	}
	begun, err := s.q.SessionListBegun(ctx, tx, of)
	if err != nil {
		return nil, fmt.Errorf("read which sessions are begun: %w", err)
	}
	return begun, nil
}

const sameCarWords = "It is the same car's as another session, which goes on."

func visitOf(sessions []*queries.Session, key *string) *queries.Session {
	for _, session := range sessions {
		if key != nil && session.VisitKey != nil && *session.VisitKey == *key {
			return session
		}
	}
	return nil
}

// oneOfCar is the open session in which a car's visit goes on, with the car's others: one that is under way or was, before one that somebody
// has opened, and that before a gate's.
func oneOfCar(there []*queries.Session, begun []uuid.UUID, visit *queries.Session, p queries.SessionInsertOrNothingParams) (kept *queries.Session, others []*queries.Session) {
	rank := func(session *queries.Session) (n int) {
		for _, better := range []bool{session.Stage == queries.SessionStageMigrating, slices.Contains(begun, session.ID), session.Gate == "", session == visit,
			session.PlateKey != "" && session.PlateKey == p.PlateKey} {
			if n *= 2; better {
				n++
			}
		}
		return n
	}
	for _, session := range there {
		if !session.Open || !hasTag(session, p.RfidKey) || (visit != nil && !hasPlate(session, p.PlateKey)) {
			continue
		}
		if kept == nil || rank(session) >= rank(kept) { // of two alike the newer one
			kept = session
		}
	}
	if kept == nil {
		return nil, nil
	}
	for _, session := range there {
		if session.Open && session != kept && hasPlate(session, or(kept.PlateKey, p.PlateKey)) && hasTag(session, or(kept.RfidKey, p.RfidKey)) {
			others = append(others, session)
		}
	}
	return kept, others
}

// hasPlate: of the same tag, another plate makes another car, and one that was not read makes none.
func hasPlate(session *queries.Session, plate string) bool {
	return session.PlateKey == "" || session.PlateKey == plate
}

// hasTag: another tag makes another car, whatever plate a camera has read.
func hasTag(session *queries.Session, tag string) bool {
	return session.RfidKey == "" || tag == "" || session.RfidKey == tag
}

// readAgain fills in what was not known of the car, unless another session that goes on holds it.
func (s *Service) readAgain(ctx context.Context, tx pgx.Tx, kept *queries.Session, there []*queries.Session, visit *queries.Session,
	p queries.SessionInsertOrNothingParams) (*queries.Session, error) {
	read := queries.SessionReadAgainParams{ID: kept.ID, Now: p.Now, Plate: kept.Plate, PlateKey: kept.PlateKey, Rfid: kept.Rfid, RfidKey: kept.RfidKey}
	confirmed, err := s.isConfirmed(ctx, tx, kept)
	if err != nil {
		return nil, err
	}
	if !confirmed {
		if kept.PlateKey == "" && !anyOpen(there, func(o *queries.Session) bool { return o != kept && o.PlateKey == p.PlateKey }) {
			read.Plate, read.PlateKey = p.Plate, p.PlateKey
		}
		if kept.RfidKey == "" && !anyOpen(there, func(o *queries.Session) bool {
			return o != kept && o.RfidKey == p.RfidKey && o.PlateKey == "" && read.PlateKey == ""
		}) {
			read.Rfid, read.RfidKey = p.Rfid, p.RfidKey
		}
	}
	if visit == kept && read.PlateKey == kept.PlateKey && read.RfidKey == kept.RfidKey {
		return kept, nil // the same visit, told again
	}
	session, err := s.q.SessionReadAgain(ctx, tx, read)
	if err != nil {
		return nil, fmt.Errorf("fill in session: %w", err)
	}
	return session, nil
}

func anyOpen(sessions []*queries.Session, is func(*queries.Session) bool) bool {
	return slices.ContainsFunc(sessions, func(session *queries.Session) bool { return session.Open && is(session) })
}

// isConfirmed tells whether the customer of a session has said which old membership is theirs: from then on its car stays as the screen shows it.
func (s *Service) isConfirmed(ctx context.Context, tx pgx.Tx, session *queries.Session) (bool, error) {
	m, err := found(s.q.CounterMigrationGetLive(ctx, tx, session.ID))
	if err != nil {
		return false, fmt.Errorf("read counter migration: %w", err)
	}
	return m != nil && m.Step != queries.CounterStepMatch, nil
}

// isOfAnotherCar goes by the tag, which no camera misreads, and by the plate where one of the two has no tag. Of two gates that have read nothing in
// common, each has counted a car of its own.
func isOfAnotherCar(visit *queries.Session, p queries.SessionInsertOrNothingParams) bool {
	switch {
	case visit.RfidKey != "" && p.RfidKey != "":
		return visit.RfidKey != p.RfidKey
	case visit.PlateKey != "" && p.PlateKey != "":
		return visit.PlateKey != p.PlateKey
	}
	return visit.Gate != p.Gate && visit.PlateKey+visit.RfidKey != "" && p.PlateKey+p.RfidKey != ""
}

// Closing ends a session. What it was chosen for may have changed since it was shown: the two conditions are looked at once the session is held.
type Closing struct {
	SessionID uuid.UUID
	Reason    string
	// OnlyUnconfirmed leaves one in which an old membership is confirmed.
	OnlyUnconfirmed bool
	// Migrating is the old membership that it must have; nil: whichever.
	Migrating *uuid.UUID
}

// CloseSession ends a session without a migration; one that is under way is discarded with it. Closing it again answers the same. A
// session whose customer has agreed stays as it is.
func (s *Service) CloseSession(ctx context.Context, by Actor, c Closing) (*queries.Session, error) {
	var r Refusals
	if c.Reason = cleanText(&r, c.Reason, 200, "reason"); len(r) > 0 {
		return nil, r
	}
	if c.Migrating != nil {
		if err := s.refuseForeignLegacy(ctx, by, c.SessionID, *c.Migrating); err != nil {
			return s.withSession(ctx, by, c.SessionID, err)
		}
	}
	var stop *queries.CounterMigration
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		session, err := found(s.q.SessionLockAtCounter(ctx, tx, queries.SessionLockAtCounterParams{ID: c.SessionID, StaffID: by.staffID()}))
		switch {
		case err != nil:
			return fmt.Errorf("lock session: %w", err)
		case session == nil:
			return Refuse(CodeNotFound, "There is no such session at a counter of yours.", "id")
		case session.Stage == queries.SessionStageMigrated:
			return Refuse(CodeWrongState, "The customer has agreed already. Take the approval back instead, if it was wrong.", "id")
		}
		if err := s.refuseClosing(ctx, tx, session, c); err != nil {
			return err
		}
		stop, err = s.closeSession(ctx, tx, by, session, c.Reason)
		return err
	})
	if err == nil {
		s.leaveReader(ctx, stop)
	}
	return s.withSession(ctx, by, c.SessionID, err)
}

// refuseClosing refuses what is another session than the one that was to be closed. One that is over is what was asked for.
func (s *Service) refuseClosing(ctx context.Context, tx pgx.Tx, session *queries.Session, c Closing) error {
	if !session.Open {
		return nil
	}
	m, err := found(s.q.CounterMigrationGetLive(ctx, tx, session.ID))
	switch {
	case err != nil:
		return fmt.Errorf("read counter migration: %w", err)
	case c.OnlyUnconfirmed && m != nil && m.Step != queries.CounterStepMatch:
		return Refuse(CodeWrongState, "Somebody has confirmed a membership in this session meanwhile. It stays open: see who goes on with it.", "id")
	case c.Migrating != nil && (m == nil || m.LegacyMembershipID == nil || *m.LegacyMembershipID != *c.Migrating):
		return Refuse(CodeStale, "That session does not have this membership any more, and stays open. Look at this one again.", "legacyMembershipId")
	}
	return nil
}

// closeSession answers the migration that it has discarded.
func (s *Service) closeSession(ctx context.Context, tx pgx.Tx, by Actor, session *queries.Session, reason string) (*queries.CounterMigration, error) {
	if !session.Open {
		return nil, nil
	}
	m, err := s.discard(ctx, tx, by, session.ID)
	if err != nil {
		return nil, err
	}
	return m, s.setStage(ctx, tx, by, session, queries.SessionStageClosed, reason)
}

func (s *Service) setStage(ctx context.Context, tx pgx.Tx, by Actor, session *queries.Session, stage queries.SessionStage, reason string) error {
	if session.Stage == stage {
		return nil
	}
	row, err := s.q.SessionSetStage(ctx, tx, queries.SessionSetStageParams{ID: session.ID, Stage: stage, Now: s.now(), ClosedReason: reason})
	if err != nil {
		return fmt.Errorf("set stage: %w", err)
	}
	return s.record(ctx, tx, by, sessionEvent(row, string(stage), session.Stage))
}

func sessionEvent(session *queries.Session, action string, before queries.SessionStage) event {
	return event{subject: queries.EventSubjectSession, id: session.ID, location: session.LocationID, action: action,
		before: string(before), after: string(session.Stage), detail: map[string]any{"gate": session.Gate}}
}

func (s *Service) sessionAtCounter(ctx context.Context, by Actor, id uuid.UUID) (*queries.Session, error) {
	session, err := found(s.q.SessionGetAtCounter(ctx, s.Pool, queries.SessionGetAtCounterParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	return session, nil
}

// CloseForgottenSessions is the periodic job that closes sessions which nobody has closed or done anything with for long. One that cannot be
// closed is in no other's way; a run that dies leaves the rest to the next.
func (s *Service) CloseForgottenSessions(ctx context.Context, by Actor) error {
	forgotten := queries.SessionListForgottenParams{Before: s.now().Add(-sessionLife), UnbegunBefore: s.now().Add(-gateSessionLife), RowLimit: purgedAtOnce}
	ids, err := s.q.SessionListForgotten(ctx, s.Pool, forgotten)
	if err != nil {
		return fmt.Errorf("list forgotten sessions: %w", err)
	}
	for _, id := range ids {
		if err := s.closeForgotten(ctx, by, id, forgotten); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("close session %s: %w", id, err)
			}
			s.Log.ErrorContext(ctx, "a forgotten session cannot be closed", "session_id", id, "error", err)
		}
	}
	return nil
}

// closeForgotten looks again once it holds the session: somebody may have gone on with it.
func (s *Service) closeForgotten(ctx context.Context, by Actor, id uuid.UUID, forgotten queries.SessionListForgottenParams) error {
	var stop *queries.CounterMigration
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		session, err := s.q.SessionLock(ctx, tx, id)
		if err != nil {
			return err
		}
		forgotten.SessionID = &id
		still, err := s.q.SessionListForgotten(ctx, tx, forgotten)
		if err != nil || len(still) == 0 {
			return err
		}
		stop, err = s.closeSession(ctx, tx, by, session, forgottenWords(session))
		return err
	})
	if err == nil {
		s.leaveReader(ctx, stop)
	}
	return err
}

func forgottenWords(session *queries.Session) string {
	if session.Gate != "" && session.Stage == queries.SessionStagePreGate {
		return "A gate read it, and nobody did anything with it for an hour."
	}
	return "Nobody did anything with it for twelve hours."
}
