package migration

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"carryover/queries"
)

// part tells the rows whose ids are on the list from those that are new to it. To a trial all may be known.
func (r *running) part(ctx context.Context, tx pgx.Tx, rows []queries.LegacyStagingCopyParams) (known, fresh []queries.LegacyStagingCopyParams, err error) {
	if r.dryRun {
		return rows, nil, nil
	}
	sourceIDs := make([]string, len(rows))
	for i := range rows {
		sourceIDs[i] = rows[i].SourceID
	}
	there, err := r.service.q.LegacyMembershipListThere(ctx, tx, queries.LegacyMembershipListThereParams{LocationID: r.location.ID, Source: r.source.Name, SourceIds: sourceIDs})
	if err != nil {
		return nil, nil, fmt.Errorf("look for ids that are there: %w", err)
	}
	is := make(map[string]bool, len(there))
	for _, id := range there {
		is[id] = true
	}
	for _, row := range rows {
		if is[row.SourceID] {
			known = append(known, row)
		} else {
			fresh = append(fresh, row)
		}
	}
	return known, fresh, nil
}

// takeFresh copies rows onto the list as they are: there is nothing that they could change. Where somebody else has brought one of them
// since part looked, the piece is taken again.
func (r *running) takeFresh(ctx context.Context, tx pgx.Tx, rows []queries.LegacyStagingCopyParams) error {
	if len(rows) == 0 {
		return nil
	}
	now, memberships := r.service.now(), make([]queries.LegacyMembershipCopyParams, len(rows))
	for i := range rows {
		memberships[i] = r.membership(&rows[i], now)
	}
	_, err := r.service.q.LegacyMembershipCopy(ctx, tx, memberships)
	if pgErr := (*pgconn.PgError)(nil); errors.As(err, &pgErr) && pgErr.ConstraintName == "legacy_memberships_source_key" {
		return errMovedOn
	}
	if err != nil {
		return fmt.Errorf("copy new rows: %w", err)
	}
	return nil
}

// membership is what a row becomes whose id is new.
func (r *running) membership(row *queries.LegacyStagingCopyParams, now time.Time) queries.LegacyMembershipCopyParams {
	m := queries.LegacyMembershipCopyParams{ID: row.ID, LocationID: r.location.ID, Source: r.source.Name, SourceID: row.SourceID, Name: row.Name,
		Email: firstOf(row.Emails), Phone: firstOf(row.Phones), Emails: row.Emails, Phones: row.Phones, Plate: row.Plate, Rfid: row.Rfid,
		MemberNumber: row.MemberNumber, Unit: row.Unit, PlanName: row.PlanName, PriceMinor: row.PriceMinor, Currency: r.location.Currency,
		DiscountMinor: row.DiscountMinor, DiscountEndsOn: row.DiscountEndsOn, NextBillingOn: row.NextBillingOn, BillingDay: row.BillingDay,
		PaidThrough: row.PaidThrough, EndsOn: row.EndsOn, Period: queries.LegacyPeriod(row.Period), State: queries.LegacyState(row.State),
		StateSaid: row.StateSaid, BatchID: &r.batch.ID, Line: &row.Line, NameKey: row.NameKey, Keys: row.Keys, CreatedAt: now, UpdatedAt: now}
	if m.State == queries.LegacyStateCancelled {
		m.CancelledThereAt = &now
		if row.CancelledOn != nil {
			m.CancelledThereAt = ptr(cancelledOn(*row.CancelledOn, r.zone, now))
		}
	}
	return m
}

// takeKnown writes the staged rows, whose ids are there, or in a trial finds out what all would do.
func (r *running) takeKnown(ctx context.Context, tx pgx.Tx, p *piece, rows []queries.LegacyStagingCopyParams, reader *pieceReader) (c queries.LegacyImportAdvanceParams, err error) {
	if len(rows) == 0 {
		return c, nil
	}
	s := r.service
	if err := r.meet(ctx, tx); err != nil {
		return c, err
	}
	twice, err := s.q.LegacyStagingListTwice(ctx, tx)
	if err != nil {
		return c, fmt.Errorf("look for ids that are there twice: %w", err)
	}
	for _, m := range twice {
		p.refuse(r.batch.ID, m.Line, len(r.reading.Headers), m.SourceID, p.records[m.Line], reader.twice(m.SourceID, m.FirstLine))
	}
	does, err := s.q.LegacyStagingCount(ctx, tx)
	if err != nil {
		return c, fmt.Errorf("count rows: %w", err)
	}
	c.Created, c.Updated, c.Same = does.Created, does.Updated, does.Total-does.Created-does.Updated
	if r.dryRun {
		return c, nil
	}
	return c, r.update(ctx, tx, does)
}

// stage brings rows into the database that meet what is there.
func (r *running) stage(ctx context.Context, tx pgx.Tx, rows []queries.LegacyStagingCopyParams) error {
	if len(rows) == 0 {
		return nil
	}
	s := r.service
	if err := s.q.LegacyStage(ctx, tx); err != nil {
		return fmt.Errorf("make staging table: %w", err)
	}
	if _, err := s.q.LegacyStagingCopy(ctx, tx, rows); err != nil {
		return fmt.Errorf("copy rows: %w", err)
	}
	return nil
}

// meet looks at what each staged row would change.
func (r *running) meet(ctx context.Context, tx pgx.Tx) error {
	s := r.service
	err := s.q.LegacyStagingMeet(ctx, tx, queries.LegacyStagingMeetParams{LocationID: r.location.ID, Source: r.source.Name, BatchID: r.batch.ID, TimeZone: r.location.TimeZone})
	if err == nil && r.dryRun {
		err = s.q.LegacyTrialMeet(ctx, tx, r.batch.ID)
	}
	if err != nil {
		return fmt.Errorf("look at what is there: %w", err)
	}
	return nil
}

// update writes the rows that change something, and notes the others.
func (r *running) update(ctx context.Context, tx pgx.Tx, does *queries.LegacyStagingCountRow) error {
	s := r.service
	if err := r.lookAgain(ctx, tx, does); err != nil {
		return err
	}
	if err := s.q.LegacyRepeatedNote(ctx, tx, r.batch.ID); err != nil {
		return fmt.Errorf("note rows that change nothing: %w", err)
	}
	if does.Written > 0 {
		if err := s.q.LegacyStagingUpdate(ctx, tx, queries.LegacyStagingUpdateParams{BatchID: &r.batch.ID, Now: s.now(), TimeZone: r.location.TimeZone}); err != nil {
			return fmt.Errorf("write rows: %w", err)
		}
	}
	if err := r.findMended(ctx, tx); err != nil {
		return err
	}
	events := make([]event, 0, len(does.ChangedIds))
	for i, id := range does.ChangedIds {
		events = append(events, event{subject: queries.EventSubjectLegacyMembership, id: id, location: r.location.ID, action: "state_imported",
			before: does.ChangedBefores[i], after: does.ChangedAfters[i], detail: map[string]any{"batchId": r.batch.ID}})
	}
	for _, id := range does.StillBilledIds {
		events = append(events, event{subject: queries.EventSubjectLegacyMembership, id: id, location: r.location.ID, action: "still_billed",
			before: string(queries.LegacyStateRecorded), after: string(queries.LegacyStateRecorded), detail: map[string]any{"batchId": r.batch.ID}})
	}
	if len(events) == 0 {
		return nil
	}
	return s.record(ctx, tx, r.by, events...)
}

// lookAgain has subscriptions looked at that the piece tells something of. It comes before the memberships are written: whoever ends a
// reservation holds its subscription first and then the membership.
func (r *running) lookAgain(ctx context.Context, tx pgx.Tx, does *queries.LegacyStagingCountRow) error {
	s := r.service
	if len(does.StillBilledIds) > 0 {
		err := s.q.SubscriptionLookNowOfLegacy(ctx, tx, queries.SubscriptionLookNowOfLegacyParams{LegacyMembershipIds: does.StillBilledIds, Now: ptr(s.now())})
		if err != nil {
			return fmt.Errorf("look at what is billed there all the same: %w", err)
		}
	}
	if len(does.ChangedIds) == 0 {
		return nil
	}
	// A cancellation may leave somebody whom nobody bills.
	err := s.q.SubscriptionLookNowOfUndone(ctx, tx, queries.SubscriptionLookNowOfUndoneParams{LegacyMembershipIds: does.ChangedIds, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("look at what was taken back: %w", err)
	}
	return nil
}

// findMended lets those that staff have mended be found by what they are, and not by what the file goes on saying of them.
func (r *running) findMended(ctx context.Context, tx pgx.Tx) error {
	rows, err := r.service.q.LegacyMembershipListMendedMet(ctx, tx)
	if err != nil {
		return fmt.Errorf("list mended memberships: %w", err)
	}
	for _, l := range rows {
		nameKey, keys := legacyKeys(l.Name, orEmpty(l.Plate), orEmpty(l.Rfid), orEmpty(l.MemberNumber), l.Emails, l.Phones)
		if nameKey == l.NameKey && slices.Equal(keys, l.Keys) {
			continue
		}
		if err := r.service.q.LegacyMembershipSetKeys(ctx, tx, queries.LegacyMembershipSetKeysParams{ID: l.ID, NameKey: nameKey, Keys: keys}); err != nil {
			return fmt.Errorf("set what a mended membership is found by: %w", err)
		}
	}
	return nil
}
