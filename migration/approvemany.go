package migration

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// SubmissionSelection says which submissions are meant: the named ones, or all that match.
type SubmissionSelection struct {
	IDs    []uuid.UUID
	Filter *SubmissionFilter
}

// SubmissionFilter is the filter of the list; all that is given must hold. An empty list is no condition.
type SubmissionFilter struct {
	Search                                             string
	Statuses                                           []queries.SubmissionStatus
	LocationIDs                                        []uuid.UUID
	Methods                                            []queries.PaymentMethodType
	SubmittedFrom, SubmittedBefore, WaitingSinceBefore *time.Time
}

func (sel SubmissionSelection) check(r *Refusals) {
	switch {
	case sel.Filter != nil && len(sel.IDs) > 0:
		r.add(CodeInvalid, "Give ids or a filter, not both.", "ids")
	case sel.Filter != nil:
		cleanText(r, sel.Filter.Search, maxSearch, "filter", "search")
	default:
		checkIDs(r, sel.IDs, "submission")
	}
}

// ApproveManyRequest is one decision on many: one choice for all, how many the person saw, and what of each currency is due today.
type ApproveManyRequest struct {
	SubmissionSelection
	Option           StartOption
	ExpectedCount    int
	ExpectedDueToday []Price
	// ExpectedDates, where given, must be the preview's: over midnight the first charges may move by a month while the amounts stay.
	ExpectedDates *string `json:",omitempty"` // left out of the digest of a request from before there were any
	ClientKey     string
}

// ApprovalsPreview is what approving many would do.
type ApprovalsPreview struct {
	Total, Approvable int
	Skips             []*BatchReason
	DueToday          []money.Money // of those that would be approved, one for each currency
	Dates             string        // stands for the days of their next charges
}

// PreviewApprovals answers what ApproveSubmissions would do with the same selection and choice. It changes nothing.
func (s *Service) PreviewApprovals(ctx context.Context, by Actor, sel SubmissionSelection, option StartOption) (*ApprovalsPreview, error) {
	var r Refusals
	if sel.check(&r); len(r) > 0 {
		return nil, r
	}
	var preview *ApprovalsPreview
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		preview, err = s.previewApprovals(ctx, tx, by, sel, option, s.now())
		return err
	})
	if err == nil && sel.Filter == nil && preview.Total != len(sel.IDs) {
		err = errForeignSubmissions
	}
	return preview, err
}

var errForeignSubmissions = Refuse(CodeNotFound, "At least one of the submissions does not exist at a location that you manage. Nothing was approved.", "ids")

func (s *Service) previewApprovals(ctx context.Context, tx pgx.Tx, by Actor, sel SubmissionSelection, option StartOption, at time.Time) (*ApprovalsPreview, error) {
	m, err := s.matchingSubmissions(ctx, tx, by, sel)
	if err != nil {
		return nil, err
	}
	counts, err := s.q.ApprovableCountMatching(ctx, tx, queries.ApprovableCountMatchingParams{StaffID: m.StaffID, Ids: m.Ids,
		Statuses: m.Statuses, LocationIds: m.LocationIds, Methods: m.Methods, SubmittedFrom: m.SubmittedFrom,
		SubmittedBefore: m.SubmittedBefore, WaitingSinceBefore: m.WaitingSinceBefore, Words: m.Words})
	if err != nil {
		return nil, fmt.Errorf("count what would be approved: %w", err)
	}
	zones, err := s.zones(ctx, tx, locationsOf(counts, func(c *queries.ApprovableCountMatchingRow) uuid.UUID { return c.LocationID }))
	if err != nil {
		return nil, err
	}
	preview, skips, due := &ApprovalsPreview{}, map[string]int{}, map[string]int64{}
	var dates []string
	for _, c := range counts {
		preview.Total += c.Count
		if c.Skip != "" {
			skips[c.Skip] += c.Count
			continue
		}
		schedule, err := PlanStartFrom(option, at, zones[c.LocationID], c.AnchorDay, c.FirstBillOn)
		if err != nil {
			return nil, Refuse(CodeInvalid, "Choose CURRENT_MONTH or NEXT_MONTH.", "option")
		}
		preview.Approvable += c.Count
		due[c.Currency] += DueToday(schedule, c.MonthlyMinor)
		dates = append(dates, fmt.Sprintf("%s %d %s", c.LocationID, c.AnchorDay, schedule.NextChargeOn))
	}
	preview.Skips, preview.Dates = skipReasons(skips), digestOfDates(dates)
	for currency, minor := range due {
		preview.DueToday = append(preview.DueToday, money.Money{Minor: minor, Currency: currency})
	}
	slices.SortFunc(preview.DueToday, func(a, b money.Money) int { return strings.Compare(a.Currency, b.Currency) })
	return preview, nil
}

// digestOfDates stands for days by location and billing day, in whatever order and however often they come.
func digestOfDates(dates []string) string {
	slices.Sort(dates)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(dates), "\n")))
	return hex.EncodeToString(sum[:8])
}

// zones are the time zones of some locations.
func (s *Service) zones(ctx context.Context, db queries.DBTX, ids []uuid.UUID) (map[uuid.UUID]*time.Location, error) {
	rows, err := s.q.LocationListByIDs(ctx, db, ids)
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	zones := make(map[uuid.UUID]*time.Location, len(rows))
	for _, l := range rows {
		if zones[l.ID], err = time.LoadLocation(l.TimeZone); err != nil {
			return nil, fmt.Errorf("time zone of location %s: %w", l.ID, err)
		}
	}
	return zones, nil
}

// matchingSubmissions is a selection as the statements take it. The transaction's statements are planned with their values from here on.
func (s *Service) matchingSubmissions(ctx context.Context, tx pgx.Tx, by Actor, sel SubmissionSelection) (p queries.BatchPartInsertSubmissionsParams, err error) {
	f := SubmissionFilter{}
	if sel.Filter != nil {
		f = *sel.Filter
	}
	p = queries.BatchPartInsertSubmissionsParams{StaffID: by.staffID(), Ids: sorted(sel.IDs), LocationIds: sorted(f.LocationIDs),
		Statuses: []string{}, Methods: []string{}, SubmittedFrom: f.SubmittedFrom, SubmittedBefore: f.SubmittedBefore,
		WaitingSinceBefore: f.WaitingSinceBefore}
	for _, status := range f.Statuses {
		p.Statuses = append(p.Statuses, string(status))
	}
	for _, method := range f.Methods {
		p.Methods = append(p.Methods, string(method))
	}
	p.Words, err = s.wordsOnce(ctx, tx, f.Search)
	return p, err
}

// ApproveSubmissions takes one decision on many and answers its batch at once: which are meant is settled here, jobs do the rest. What
// cannot be approved is skipped with its reason. It refuses as a whole where an id is not the caller's, where not as many match as were
// confirmed, and where another amount is due today than was seen. The same client key again answers the same batch.
func (s *Service) ApproveSubmissions(ctx context.Context, by Actor, req ApproveManyRequest) (*queries.Batch, error) {
	expected, err := req.check()
	if err != nil {
		return nil, err
	}
	return s.startBatch(ctx, by, newBatch{kind: queries.BatchKindApprove, option: &req.Option, clientKey: req.ClientKey, total: req.ExpectedCount,
		request: req.digest(),
		choose: func(tx pgx.Tx, batch *queries.Batch) error {
			matching, err := s.matchingSubmissions(ctx, tx, by, req.SubmissionSelection)
			if err != nil {
				return err
			}
			matching.BatchID = batch.ID
			n, err := s.q.BatchPartInsertSubmissions(ctx, tx, matching)
			if err != nil {
				return fmt.Errorf("insert batch parts: %w", err)
			}
			switch {
			case n != req.ExpectedCount && req.Filter == nil:
				return errForeignSubmissions
			case n != req.ExpectedCount:
				return Refuse(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d match now. Nothing was approved.", req.ExpectedCount, n), "expectedCount")
			}
			return s.holdToDue(ctx, tx, by, req, batch.CreatedAt, expected)
		}})
}

// holdToDue refuses where what is due today is not what was seen, to the last currency, or is charged next on other days.
func (s *Service) holdToDue(ctx context.Context, tx pgx.Tx, by Actor, req ApproveManyRequest, at time.Time, expected map[string]int64) error {
	preview, err := s.previewApprovals(ctx, tx, by, req.SubmissionSelection, req.Option, at)
	if err != nil {
		return err
	}
	due := map[string]int64{}
	var said []string
	for _, m := range preview.DueToday {
		said = append(said, m.String())
		if m.Minor > 0 {
			due[m.Currency] = m.Minor
		}
	}
	same := len(due) == len(expected)
	for currency, minor := range due {
		same = same && expected[currency] == minor
	}
	switch {
	case same && (req.ExpectedDates == nil || *req.ExpectedDates == preview.Dates):
		return nil
	case same:
		return Refuse(CodeTotalChanged, "Some of them would be charged on another day than was shown. Look at it again. Nothing was approved.", "expectedDates")
	}
	return Refuse(CodeTotalChanged, fmt.Sprintf("%s is due today for %d of them, which is not what was confirmed. Look at the amounts again. Nothing was approved.",
		strings.Join(said, " and "), preview.Approvable), "expectedDueToday")
}

// check answers what was seen of each currency; nothing of one is as good as not naming it.
func (req ApproveManyRequest) check() (expected map[string]int64, err error) {
	var r Refusals
	req.SubmissionSelection.check(&r)
	if !slices.Contains(startOptions, req.Option) {
		r.add(CodeInvalid, "Choose CURRENT_MONTH or NEXT_MONTH.", "option")
	}
	if req.Filter == nil && req.ExpectedCount != len(req.IDs) {
		r.add(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d are given. Nothing was approved.", req.ExpectedCount, len(req.IDs)), "expectedCount")
	}
	if req.Filter != nil && req.ExpectedCount < 1 {
		r.add(CodeInvalid, "Confirm at least one. Nothing was approved.", "expectedCount")
	}
	expected = map[string]int64{}
	for i, p := range req.ExpectedDueToday {
		m, err := money.Parse(p.Amount, strings.ToUpper(p.Currency))
		_, twice := expected[m.Currency]
		switch {
		case err != nil:
			r.add(CodeInvalid, "This is not an amount: "+err.Error()+".", "expectedDueToday", fmt.Sprint(i), "amount")
		case twice:
			r.add(CodeInvalid, "Name each currency once.", "expectedDueToday", fmt.Sprint(i), "currency")
		case m.Minor != 0:
			expected[m.Currency] = m.Minor
		}
	}
	checkClientKey(&r, req.ClientKey)
	return expected, r.err()
}

// digest tells one request from another: the same submissions in another order are the same request.
func (req ApproveManyRequest) digest() []byte {
	req.ClientKey, req.IDs = "", sorted(req.IDs)
	if req.Filter != nil {
		f := *req.Filter
		f.Statuses, f.Methods = slices.Sorted(slices.Values(f.Statuses)), slices.Sorted(slices.Values(f.Methods))
		f.LocationIDs = sorted(f.LocationIDs)
		req.Filter = &f
	}
	raw, _ := json.Marshal(req) // texts, numbers, ids and times: cannot fail
	sum := sha256.Sum256(raw)
	return sum[:]
}
