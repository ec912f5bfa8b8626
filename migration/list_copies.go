package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/queries"
)

// CopyOf is what the lists keep copies of, so that they can sort and search without a join.
type CopyOf string

// What the copies of an invitation or a submission follow.
const (
	CopyOfTenant    CopyOf = "tenant"
	CopyOfPlan      CopyOf = "plan"
	CopyOfLocation  CopyOf = "location"
	CopyOfInsurance CopyOf = "insurance"
)

const (
	// copyPart is how many rows are copied again in one transaction: they are locked for that long.
	copyPart = 500
	// copyParts is how many parts one job does before it hands on to the next, well within a job's time.
	copyParts = 20
	// secondLook is longer than any transaction that makes an invitation or a submission.
	secondLook = 2 * time.Minute
)

// EnqueueListRefresh lets the copies of whatever was changed follow, in the transaction that changed it: its name, and the prices of
// open invitations. What the tenant is quoted never waits for it. (A tenant's own edits are copied in their transaction.)
func EnqueueListRefresh(ctx context.Context, tx pgx.Tx, jobs Jobs, of CopyOf, id uuid.UUID) error {
	now := RefreshListCopiesArgs{Of: of, ID: id}
	again := RefreshListCopiesArgs{Of: of, ID: id, Again: true}
	_, err := jobs.InsertTx(ctx, tx, now, nil)
	if err == nil {
		_, err = jobs.InsertTx(ctx, tx, again, &river.InsertOpts{ScheduledAt: time.Now().Add(secondLook)})
	}
	if err != nil {
		return fmt.Errorf("insert job %s of %s %s: %w", now.Kind(), of, id, err)
	}
	return nil
}

// RefreshListCopies copies again for some invitations and submissions that follow what was changed, and hands the rest to another job. Run
// again it finds what it did and changes nothing.
func (s *Service) RefreshListCopies(ctx context.Context, args RefreshListCopiesArgs) error {
	for range copyParts - 1 {
		next, err := s.copyAgain(ctx, args, false)
		if err != nil || next == nil {
			return err
		}
		s.Step("list_copies.part")
		args.After = *next
	}
	_, err := s.copyAgain(ctx, args, true)
	return err
}

// copyAgain does one part and answers where the next begins, nil where there is none. With handOn it leaves that one to a job.
func (s *Service) copyAgain(ctx context.Context, args RefreshListCopiesArgs, handOn bool) (next *uuid.UUID, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		ids, err := s.followers(ctx, tx, args)
		if err != nil {
			return fmt.Errorf("read what follows %s %s: %w", args.Of, args.ID, err)
		}
		if err := s.copyThese(ctx, tx, ids); err != nil {
			return fmt.Errorf("copy for the list: %w", err)
		}
		if len(ids) < copyPart {
			return nil
		}
		args.After = ids[len(ids)-1]
		next = &args.After
		if handOn {
			return s.enqueue(ctx, tx, args, nil)
		}
		return nil
	})
	return next, err
}

func (s *Service) followers(ctx context.Context, tx pgx.Tx, args RefreshListCopiesArgs) ([]uuid.UUID, error) {
	switch args.Of {
	case CopyOfTenant:
		return s.q.ListedIDsOfTenant(ctx, tx, queries.ListedIDsOfTenantParams{ID: args.ID, After: args.After, RowLimit: copyPart})
	case CopyOfPlan:
		return s.q.ListedIDsOfPlan(ctx, tx, queries.ListedIDsOfPlanParams{ID: args.ID, After: args.After, RowLimit: copyPart})
	case CopyOfLocation:
		return s.q.ListedIDsOfLocation(ctx, tx, queries.ListedIDsOfLocationParams{ID: args.ID, After: args.After, RowLimit: copyPart})
	case CopyOfInsurance:
		return s.q.ListedIDsOfInsurance(ctx, tx, queries.ListedIDsOfInsuranceParams{ID: args.ID, After: args.After, RowLimit: copyPart})
	}
	return nil, fmt.Errorf("the list keeps no copies of a %q", args.Of)
}

func (s *Service) copyThese(ctx context.Context, tx pgx.Tx, ids []uuid.UUID) error {
	if _, err := s.q.TenantLockSharedOfListed(ctx, tx, ids); err != nil {
		return err
	}
	if _, err := s.q.InvitationLockByIDs(ctx, tx, ids); err != nil {
		return err
	}
	if err := s.q.InvitationCopyAgain(ctx, tx, ids); err != nil {
		return err
	}
	return s.copySubmissions(ctx, tx, ids)
}

// copySubmissions locks them in the order of their ids, like whoever else locks several.
func (s *Service) copySubmissions(ctx context.Context, tx pgx.Tx, ids []uuid.UUID) error {
	if _, err := s.q.SubmissionLockByIDs(ctx, tx, ids); err != nil {
		return err
	}
	return s.q.SubmissionCopyAgain(ctx, tx, ids)
}
