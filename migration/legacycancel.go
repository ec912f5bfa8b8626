package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// LegacyCancellation is that an old plan was ended in the old system.
type LegacyCancellation struct {
	ID          uuid.UUID
	CancelledOn *Date  // nil: today
	Evidence    string // how it can be seen: a confirmation's number, whom one spoke to
}

// RecordLegacyCancellation writes down who has seen to it that the old system bills somebody no more, and by what that can be seen. It
// takes the membership off the worklist. No file takes it back; staff are told where one says that the old system goes on billing, and take
// it back themselves if it does. Where the approval here was taken back meanwhile, staff are told that nobody bills.
func (s *Service) RecordLegacyCancellation(ctx context.Context, by Actor, c LegacyCancellation) (row *queries.LegacyMembership, err error) {
	var r Refusals
	evidence := cleanText(&r, c.Evidence, 500, "evidence")
	if evidence == "" {
		r.add(CodeRequired, "Say by what the cancellation can be seen, for instance the confirmation's number.", "evidence")
	}
	if len(r) > 0 {
		return nil, r
	}
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		// Subscriptions are held before memberships, by whoever holds both.
		err := s.q.SubscriptionLookNowOfUndone(ctx, tx, queries.SubscriptionLookNowOfUndoneParams{LegacyMembershipIds: []uuid.UUID{c.ID}, Now: ptr(s.now())})
		if err != nil {
			return fmt.Errorf("look at what was taken back: %w", err)
		}
		was, err := found(s.q.LegacyMembershipLockManaged(ctx, tx, queries.LegacyMembershipLockManagedParams{ID: c.ID, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("lock legacy membership: %w", err)
		}
		if was == nil {
			return errNoLegacy
		}
		at, day, err := s.cancelledAt(ctx, tx, was, c.CancelledOn)
		if err != nil {
			return err
		}
		staff := by.staffID()
		row, err = found(s.q.LegacyMembershipRecordCancellation(ctx, tx, queries.LegacyMembershipRecordCancellationParams{ID: c.ID, CancelledThereAt: &at,
			CancellationBy: &staff, CancellationEvidence: evidence, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("record cancellation: %w", err)
		}
		if row == nil {
			return Refuse(CodeWrongState, "The cancellation has been recorded before. Who did is in its history.", "id")
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectLegacyMembership, id: row.ID, location: row.LocationID, action: "cancellation_recorded",
			before: string(was.State), after: string(row.State), detail: map[string]any{"evidence": evidence, "cancelledOn": day.String()}})
	})
	return row, err
}

// TakeBackLegacyCancellation undoes the recording of a cancellation: it was of somebody else, or the old system bills all the same. What the
// list says counts again, and the membership is on the worklist again where a subscription here was approved.
func (s *Service) TakeBackLegacyCancellation(ctx context.Context, by Actor, id uuid.UUID, reason string) (row *queries.LegacyMembership, err error) {
	var r Refusals
	if reason = cleanText(&r, reason, 500, "reason"); reason == "" {
		r.add(CodeRequired, "Say why it is taken back, for instance that it was another customer's.", "reason")
	}
	if len(r) > 0 {
		return nil, r
	}
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		was, err := found(s.q.LegacyMembershipLockManaged(ctx, tx, queries.LegacyMembershipLockManagedParams{ID: id, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("lock legacy membership: %w", err)
		}
		if was == nil {
			return errNoLegacy
		}
		row, err = found(s.q.LegacyMembershipTakeBackCancellation(ctx, tx, queries.LegacyMembershipTakeBackCancellationParams{ID: id, Now: s.now()}))
		if err != nil {
			return fmt.Errorf("take back cancellation: %w", err)
		}
		if row == nil {
			return Refuse(CodeWrongState, "No cancellation is recorded of it.", "id")
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectLegacyMembership, id: row.ID, location: row.LocationID, action: "cancellation_taken_back",
			before: string(was.State), after: string(row.State), detail: map[string]any{"reason": reason, "evidence": was.CancellationEvidence}})
	})
	return row, err
}

// cancelledAt is a moment of a day at the location, today's without one, and the day; one that has not begun there is refused.
func (s *Service) cancelledAt(ctx context.Context, tx pgx.Tx, l *queries.LegacyMembership, on *Date) (time.Time, Date, error) {
	now := s.now()
	location, err := s.q.LocationGet(ctx, tx, l.LocationID)
	if err != nil {
		return now, Date{}, fmt.Errorf("read location: %w", err)
	}
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return now, Date{}, fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	today := DateIn(now, zone)
	switch {
	case on == nil:
		return now, today, nil
	case on.Compare(today) > 0:
		return now, today, Refuse(CodeInvalid, "Record it once the old system has cancelled it, with the day when it did.", "cancelledOn")
	}
	return cancelledOn(*on, zone, now), *on, nil
}

// cancelledOn is a moment of a day at a location by which anybody there reads that day, and none that is still ahead: its noon, or now.
func cancelledOn(day Date, zone *time.Location, now time.Time) time.Time {
	return earlier(time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, zone).UTC(), now)
}
