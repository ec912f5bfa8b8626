package migration

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

const (
	// maxIDs bounds a selection that travels through the client.
	maxIDs = 1000
	// maxSearch is the longest search, in characters.
	maxSearch = 100
)

// Selection says which invitations are meant: the named ones, or all that match.
type Selection struct {
	IDs    []uuid.UUID
	Filter *SelectionFilter
}

// SelectionFilter is the filter of the list; all that is given must hold. An empty list is no condition.
type SelectionFilter struct {
	Search                                        string
	Statuses                                      []queries.InvitationStatus
	LocationIDs, PlanIDs                          []uuid.UUID
	AnchorDays                                    []int
	HasPhone, Texted, DeliveryFailed, LinkExpired *bool
	CreatedFrom, CreatedBefore                    *time.Time
}

// check refuses a selection that cannot be meant.
func (sel Selection) check(r *Refusals) {
	switch {
	case sel.Filter != nil && len(sel.IDs) > 0:
		r.add(CodeInvalid, "Give ids or a filter, not both.", "ids")
	case sel.Filter != nil:
		cleanText(r, sel.Filter.Search, maxSearch, "filter", "search")
	default:
		checkIDs(r, sel.IDs, "invitation")
	}
}

// checkIDs bounds a selection by name; noun is what is selected.
func checkIDs(r *Refusals, ids []uuid.UUID, noun string) {
	if len(ids) == 0 || len(ids) > maxIDs {
		r.add(CodeInvalid, fmt.Sprintf("Choose 1 to %d %ss, or give a filter.", maxIDs, noun), "ids")
	}
	if len(slices.Compact(sorted(ids))) != len(ids) {
		r.add(CodeInvalid, "Each "+noun+" may be there once.", "ids")
	}
}

func sorted(list []uuid.UUID) []uuid.UUID {
	out := append([]uuid.UUID{}, list...)
	slices.SortFunc(out, func(a, b uuid.UUID) int { return strings.Compare(string(a[:]), string(b[:])) })
	return out
}

// digest tells one request from another: the same invitations in another order are the same request.
func (sel Selection) digest(channel queries.MessageChannel, expected int) []byte {
	sel.IDs = sorted(sel.IDs)
	if sel.Filter != nil {
		f := *sel.Filter
		f.Statuses, f.AnchorDays = slices.Sorted(slices.Values(f.Statuses)), slices.Sorted(slices.Values(f.AnchorDays))
		f.LocationIDs, f.PlanIDs = sorted(f.LocationIDs), sorted(f.PlanIDs)
		sel.Filter = &f
	}
	raw, _ := json.Marshal(sel) // texts, numbers, ids and times: cannot fail
	sum := sha256.Sum256(fmt.Appendf(raw, " %s %d", channel, expected))
	return sum[:]
}

// matching is a selection as the statements take it. The transaction's statements are planned with their values from here on.
func (s *Service) matching(ctx context.Context, tx pgx.Tx, by Actor, sel Selection) (p queries.BatchPartInsertMatchingParams, err error) {
	f := SelectionFilter{}
	if sel.Filter != nil {
		f = *sel.Filter
	}
	p = queries.BatchPartInsertMatchingParams{StaffID: by.staffID(), Now: s.now(), Ids: sorted(sel.IDs), Statuses: []string{},
		LocationIds: sorted(f.LocationIDs), PlanIds: sorted(f.PlanIDs), AnchorDays: append([]int{}, f.AnchorDays...),
		HasPhone: f.HasPhone, Texted: f.Texted, DeliveryFailed: f.DeliveryFailed, LinkExpired: f.LinkExpired,
		CreatedFrom: f.CreatedFrom, CreatedBefore: f.CreatedBefore}
	for _, status := range f.Statuses {
		p.Statuses = append(p.Statuses, string(status))
	}
	p.Words, err = s.wordsOnce(ctx, tx, f.Search)
	return p, err
}

// wordsOnce answers the words of a search, and lets the rest of the transaction plan every statement with its values.
func (s *Service) wordsOnce(ctx context.Context, tx pgx.Tx, search string) ([]string, error) {
	words, err := s.q.SearchWords(ctx, tx, search)
	if err != nil {
		return nil, fmt.Errorf("read search: %w", err)
	}
	if err := s.q.PlanEachTime(ctx, tx); err != nil {
		return nil, fmt.Errorf("set plan mode: %w", err)
	}
	return words, nil
}

// SendPreview is what a sending would do: how many messages would go out, why the others would not, and how many have to wait for
// their location's morning.
type SendPreview struct {
	Total, Sendable, Waiting int
	WaitsUntil               *time.Time
	Skips                    []*BatchReason
}

// PreviewSend answers what SendInvitations would do with the same selection. It refuses as that does, and changes nothing.
func (s *Service) PreviewSend(ctx context.Context, by Actor, channel queries.MessageChannel, sel Selection) (*SendPreview, error) {
	var r Refusals
	if sel.check(&r); len(r) > 0 {
		return nil, r
	}
	preview := &SendPreview{}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		m, err := s.matching(ctx, tx, by, sel)
		if err != nil {
			return err
		}
		counts, err := s.q.SendingCountMatching(ctx, tx, queries.SendingCountMatchingParams{Channel: string(channel), StaffID: m.StaffID, Ids: m.Ids,
			Statuses: m.Statuses, LocationIds: m.LocationIds, PlanIds: m.PlanIds, AnchorDays: m.AnchorDays, HasPhone: m.HasPhone, Texted: m.Texted,
			DeliveryFailed: m.DeliveryFailed, LinkExpired: m.LinkExpired, Now: m.Now, CreatedFrom: m.CreatedFrom, CreatedBefore: m.CreatedBefore, Words: m.Words})
		if err != nil {
			return fmt.Errorf("count what would be sent: %w", err)
		}
		return s.foldPreview(ctx, tx, preview, channel, counts)
	})
	if err != nil {
		return nil, err
	}
	if sel.Filter == nil && preview.Total != len(sel.IDs) {
		return nil, errForeignIDs
	}
	return preview, nil
}

var errForeignIDs = Refuse(CodeNotFound, "At least one of the invitations does not exist at a location that you manage. Nothing was sent.", "ids")

// foldPreview adds up what was counted by location.
func (s *Service) foldPreview(ctx context.Context, tx pgx.Tx, p *SendPreview, channel queries.MessageChannel, counts []*queries.SendingCountMatchingRow) error {
	open, err := s.opening(ctx, tx, channel, locationsOf(counts, func(c *queries.SendingCountMatchingRow) uuid.UUID { return c.LocationID }))
	if err != nil {
		return err
	}
	skips := map[string]int{}
	for _, c := range counts {
		p.Total += c.Count
		if c.Skip != "" {
			skips[c.Skip] += c.Count
			continue
		}
		p.Sendable += c.Count
		if at := open[c.LocationID]; at.After(s.now()) {
			p.Waiting += c.Count
			if p.WaitsUntil == nil || at.Before(*p.WaitsUntil) {
				p.WaitsUntil = &at
			}
		}
	}
	p.Skips = skipReasons(skips)
	return nil
}

// skipReasons puts counted reasons into order, most first.
func skipReasons(counts map[string]int) []*BatchReason {
	var skips []*BatchReason
	for reason, n := range counts {
		skips = append(skips, &BatchReason{Outcome: queries.BatchOutcomeSkipped, Reason: reason, Count: n})
	}
	slices.SortFunc(skips, func(a, b *BatchReason) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Reason, b.Reason)
	})
	return skips
}

func locationsOf[T any](rows []*T, id func(*T) uuid.UUID) []uuid.UUID {
	out := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		out[i] = id(row)
	}
	return slices.Compact(sorted(out))
}

// opening is when messages of a channel may go at each location: now, or for texts in a location's night its next morning.
func (s *Service) opening(ctx context.Context, tx pgx.Tx, channel queries.MessageChannel, locations []uuid.UUID) (map[uuid.UUID]time.Time, error) {
	open := make(map[uuid.UUID]time.Time, len(locations))
	if channel != queries.MessageChannelSms {
		return open, nil
	}
	rows, err := s.q.LocationListByIDs(ctx, tx, locations)
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	for _, l := range rows {
		hours, err := hoursOf(l)
		if err != nil {
			return nil, err
		}
		open[l.ID] = hours.next(s.now())
	}
	return open, nil
}
