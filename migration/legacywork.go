package migration

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"carryover/legacy"
	"carryover/money"
	"carryover/queries"
)

// MayHaveRenewed tells whether the day on which the old system bills next has come at the location: what it has done since nobody here knows.
func (s *Service) MayHaveRenewed(l *queries.LegacyMembership, at *queries.Location) (bool, error) {
	zone, err := time.LoadLocation(at.TimeZone)
	if err != nil {
		return false, fmt.Errorf("time zone of location %s: %w", at.ID, err)
	}
	return l.NextBillingOn != nil && l.NextBillingOn.Compare(DateIn(s.now(), zone)) <= 0, nil
}

// exportRows is how many rows of an export are read at once.
const exportRows = 500

// ExportLegacyWork writes the worklist of a staff member's locations for the old system, the ones about to renew first. locations, where
// there are any, narrow it.
func (s *Service) ExportLegacyWork(ctx context.Context, by Actor, locations []uuid.UUID, to io.Writer) error {
	out := legacy.NewWriter(to)
	if err := out.Row("location", "source", "id", "name", "email", "phone", "plate", "rfid", "member number", "plan", "price", "currency", "next billing", "paid through", "approved"); err != nil {
		return err
	}
	names := map[uuid.UUID]string{}
	match := queries.LegacyWorkListParams{StaffID: by.staffID(), LocationIds: sorted(locations), RowLimit: exportRows}
	for {
		rows, err := s.q.LegacyWorkList(ctx, s.Pool, match)
		if err != nil {
			return fmt.Errorf("read worklist: %w", err)
		}
		for _, row := range rows {
			l := &row.LegacyMembership
			if names[l.LocationID] == "" {
				location, err := s.q.LocationGet(ctx, s.Pool, l.LocationID)
				if err != nil {
					return fmt.Errorf("read location: %w", err)
				}
				names[l.LocationID] = location.Name
			}
			err := out.Row(names[l.LocationID], l.Source, l.SourceID, l.Name, orEmpty(l.Email), orEmpty(l.Phone), orEmpty(l.Plate), orEmpty(l.Rfid),
				orEmpty(l.MemberNumber), l.PlanName, decimalOf(l), l.Currency, dateOf(l.NextBillingOn), dateOf(l.PaidThrough), row.ApprovedAt.UTC().Format(time.RFC3339))
			if err != nil {
				return err
			}
		}
		if len(rows) < exportRows {
			return out.Flush()
		}
		last := rows[len(rows)-1].LegacyMembership
		match.AfterID, match.AfterRenews = &last.ID, &last.NextBillingKey
	}
}

// ExportRefused writes the rows of an import that were not taken, as they stood in the file, each with its line and what is wrong in it.
// Once they are mended the file can be imported as it is. It refuses with NOT_FOUND, and writes nothing, where the batch is not the caller's or
// its location is not any more.
func (s *Service) ExportRefused(ctx context.Context, by Actor, batch uuid.UUID, to io.Writer) error {
	row, reading, err := s.importForExport(ctx, by, batch)
	if err != nil {
		return err
	}
	out := legacy.NewWriter(to)
	if err := out.Row(append(slices.Clone(reading.Headers), legacy.LineInTheFile, legacy.WhatIsWrong, legacy.LeftOver)...); err != nil {
		return err
	}
	for after := 0; ; {
		rows, err := s.q.LegacyRefusalList(ctx, s.Pool, queries.LegacyRefusalListParams{BatchID: row.BatchID, AfterLine: after, RowLimit: exportRows})
		if err != nil {
			return fmt.Errorf("read refused rows: %w", err)
		}
		for _, r := range rows {
			after = r.Line
			if err := out.Row(refusedRow(r, &reading)...); err != nil {
				return err
			}
		}
		if len(rows) < exportRows {
			return out.Flush()
		}
	}
}

// refusedRow is a row as it stood in the file. What has no column stands behind what is wrong, so that nothing of it is lost and nothing shifts.
func refusedRow(r *queries.LegacyRefusal, reading *legacy.Reading) []string {
	n := len(reading.Headers)
	row := make([]string, n+3)
	copy(row[:n], r.Record)
	row[n], row[n+1] = itoa(r.Line), problemsOf(r)
	if len(r.Record) > n {
		row[n+2] = strings.Join(r.Record[n:], reading.Separator)
	}
	return row
}

// importForExport answers an import and how its file is read.
func (s *Service) importForExport(ctx context.Context, by Actor, batch uuid.UUID) (*queries.LegacyImport, legacy.Reading, error) {
	var reading legacy.Reading
	row, err := s.managedImport(ctx, s.Pool, by, batch)
	if err != nil {
		return nil, reading, err
	}
	if row == nil {
		return nil, reading, Refuse(CodeNotFound, "There is no such import of yours.")
	}
	return row, reading, readReading(row, &reading)
}

// managedImport answers an import that the caller started, or any to an ADMIN; nil where its location is not theirs any more.
func (s *Service) managedImport(ctx context.Context, db queries.DBTX, by Actor, batch uuid.UUID) (*queries.LegacyImport, error) {
	row, err := found(s.q.LegacyImportGetManaged(ctx, db, queries.LegacyImportGetManagedParams{BatchID: batch, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	return row, nil
}

// problemsOf is what is wrong in a row, in a sentence or several.
func problemsOf(r *queries.LegacyRefusal) (said string) {
	for i, wants := range r.Wants {
		if i > 0 {
			said += "; "
		}
		if r.Columns[i] != "" {
			said += r.Columns[i] + ": "
		}
		said += wants
	}
	return said
}

func decimalOf(l *queries.LegacyMembership) string {
	if l.PriceMinor == nil {
		return ""
	}
	return money.Money{Minor: *l.PriceMinor, Currency: l.Currency}.Decimal()
}

func dateOf(d *Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
