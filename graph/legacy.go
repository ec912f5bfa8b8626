package graph

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"carryover/civil"
	"carryover/legacy"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type legacyMembershipResolver struct{ *Resolver }

// LegacyMembershipConnection is counted only when asked for.
type LegacyMembershipConnection struct {
	counted
	Nodes    []*queries.LegacyMembership
	Edges    []*LegacyMembershipEdge
	PageInfo *PageInfo
}

func (r *queryResolver) LegacyMemberships(ctx context.Context, first *int, after *string, filter *LegacyMembershipFilter, orderBy LegacyMembershipOrder) (*LegacyMembershipConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if p.after != nil && p.after.Order != string(orderBy) {
		return nil, Coded("BAD_REQUEST", "`after` must be an `endCursor` of the same list in the same order.")
	}
	f, err := legacyFilter(filter)
	if err != nil {
		return nil, err
	}
	m := f.Match(viewerID(ctx), nil)
	rows, err := r.legacyPage(ctx, m, orderBy, p)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(l *queries.LegacyMembership) cursor {
		return cursor{ID: l.ID, Order: string(orderBy), Key: legacyKey(orderBy, l)}
	})
	out := &LegacyMembershipConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.LegacyMembership) *LegacyMembershipEdge {
			return &LegacyMembershipEdge{Cursor: c, Node: n}
		})}
	out.count = sync.OnceValues(func() (int, error) {
		return r.q.LegacyMembershipCountMatching(ctx, r.Lists, queries.LegacyMembershipCountMatchingParams{StaffID: m.StaffID, LocationIds: m.LocationIds,
			Sources: m.Sources, States: m.States, Cancelled: m.Cancelled, Migrated: m.Migrated, BillsFrom: m.BillsFrom, BillsBefore: m.BillsBefore,
			Missing: m.Missing, StillBilled: m.StillBilled, Wanted: m.Wanted, Ids: m.Ids, Most: maxCount + 1})
	})
	return out, nil
}

func legacyKey(order LegacyMembershipOrder, l *queries.LegacyMembership) string {
	switch order {
	case LegacyMembershipOrderName:
		return l.NameKey
	case LegacyMembershipOrderNextBilling:
		return l.NextBillingKey.String()
	default:
		return ""
	}
}

// legacyPage has a statement for each order.
func (r *Resolver) legacyPage(ctx context.Context, m queries.BatchPartInsertLegacyParams, order LegacyMembershipOrder, p page) ([]*queries.LegacyMembership, error) {
	by := queries.LegacyMembershipListByNameParams{StaffID: m.StaffID, LocationIds: m.LocationIds, Sources: m.Sources, States: m.States,
		Cancelled: m.Cancelled, Migrated: m.Migrated, BillsFrom: m.BillsFrom, BillsBefore: m.BillsBefore, Wanted: m.Wanted, Ids: m.Ids,
		Missing: m.Missing, StillBilled: m.StillBilled, AfterID: p.afterID(), RowLimit: p.rows()}
	if p.after != nil {
		by.AfterKey = &p.after.Key
	}
	switch order {
	case LegacyMembershipOrderName:
		return r.q.LegacyMembershipListByName(ctx, r.Lists, by)
	case LegacyMembershipOrderNextBilling:
		return r.q.LegacyMembershipListByNextBilling(ctx, r.Lists, queries.LegacyMembershipListByNextBillingParams(by))
	default:
		return r.q.LegacyMembershipListByNewest(ctx, r.Lists, queries.LegacyMembershipListByNewestParams{StaffID: by.StaffID, LocationIds: by.LocationIds,
			Sources: by.Sources, States: by.States, Cancelled: by.Cancelled, Migrated: by.Migrated, BillsFrom: by.BillsFrom, BillsBefore: by.BillsBefore,
			Missing: by.Missing, StillBilled: by.StillBilled, Wanted: by.Wanted, Ids: by.Ids, AfterID: by.AfterID, RowLimit: by.RowLimit})
	}
}

func legacyFilter(f *LegacyMembershipFilter) (out migration.LegacyFilter, err error) {
	if f == nil {
		return out, nil
	}
	out = migration.LegacyFilter{LocationIDs: onlyAny(nounLocation, f.LocationIds), Sources: f.Sources, States: f.States, CancelledThere: f.CancelledThere,
		Migrated: f.Migrated, Missing: f.Missing, StillBilled: f.StillBilled, BillsFrom: f.NextBillingFrom, BillsBefore: f.NextBillingBefore}
	out.Search, err = searched(f.Search)
	return out, err
}

func (r *queryResolver) LegacyMembership(ctx context.Context, id string) (*queries.LegacyMembership, error) {
	u, _ := nounLegacy.parse(id)
	return r.legacyMembership(ctx, u)
}

func (r *Resolver) legacyMembership(ctx context.Context, id uuid.UUID) (*queries.LegacyMembership, error) {
	return found(r.q.LegacyMembershipGetManaged(ctx, r.Pool, queries.LegacyMembershipGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *legacyMembershipResolver) ID(_ context.Context, obj *queries.LegacyMembership) (string, error) {
	return nounLegacy.id(obj.ID), nil
}

func (r *legacyMembershipResolver) Location(ctx context.Context, obj *queries.LegacyMembership) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *legacyMembershipResolver) CancelledThereOn(ctx context.Context, obj *queries.LegacyMembership) (*civil.Date, error) {
	if obj.CancelledThereAt == nil {
		return nil, nil
	}
	location, err := from(ctx).locations.Load(ctx, obj.LocationID)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	on := civil.In(*obj.CancelledThereAt, zone)
	return &on, nil
}

func (r *legacyMembershipResolver) Price(_ context.Context, obj *queries.LegacyMembership) (*money.Money, error) {
	return orNoMoney(obj.PriceMinor, obj.Currency), nil
}

func (r *legacyMembershipResolver) Discount(_ context.Context, obj *queries.LegacyMembership) (*money.Money, error) {
	return orNoMoney(obj.DiscountMinor, obj.Currency), nil
}

func orNoMoney(minor *int64, currency string) *money.Money {
	if minor == nil {
		return nil
	}
	return &money.Money{Minor: *minor, Currency: currency}
}

func (r *legacyMembershipResolver) Plan(ctx context.Context, obj *queries.LegacyMembership) (*queries.Plan, error) {
	carried, err := from(ctx).carried.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return optional(ctx, from(ctx).plans, carried.PlanID)
}

func (r *legacyMembershipResolver) CarriedPrice(ctx context.Context, obj *queries.LegacyMembership) (*money.Money, error) {
	carried, err := from(ctx).carried.Load(ctx, obj.ID)
	if err != nil || carried.PriceMinor < 0 {
		return nil, err
	}
	return &money.Money{Minor: carried.PriceMinor, Currency: obj.Currency}, nil
}

func (r *legacyMembershipResolver) CarriedDay(ctx context.Context, obj *queries.LegacyMembership) (*int, error) {
	carried, err := from(ctx).carried.Load(ctx, obj.ID)
	if err != nil || carried.AnchorDay == 0 {
		return nil, err
	}
	return &carried.AnchorDay, nil
}

func (r *legacyMembershipResolver) InviteSkip(ctx context.Context, obj *queries.LegacyMembership) (*string, error) {
	carried, err := from(ctx).carried.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	skip, err := r.Migration.InviteSkip(carried)
	if err != nil || skip == "" {
		return nil, err
	}
	return &skip, nil
}

func (r *legacyMembershipResolver) Duplicate(ctx context.Context, obj *queries.LegacyMembership) (*string, error) {
	carried, err := from(ctx).carried.Load(ctx, obj.ID)
	if err != nil || carried.Duplicate == "" {
		return nil, err
	}
	return &carried.Duplicate, nil
}

func (r *legacyMembershipResolver) Cancellation(ctx context.Context, obj *queries.LegacyMembership) (*LegacyCancellation, error) {
	if obj.CancellationRecordedAt == nil {
		return nil, nil
	}
	staff, err := from(ctx).staff.Load(ctx, *obj.CancellationBy)
	if err != nil {
		return nil, err
	}
	return &LegacyCancellation{RecordedBy: staff, RecordedAt: *obj.CancellationRecordedAt, Evidence: obj.CancellationEvidence}, nil
}

func (r *legacyMembershipResolver) IsMigrated(ctx context.Context, obj *queries.LegacyMembership) (bool, error) {
	reservation, err := r.Reservation(ctx, obj)
	return reservation != nil && reservation.EndedAt == nil, err
}

func (r *legacyMembershipResolver) IsMissing(_ context.Context, obj *queries.LegacyMembership) (bool, error) {
	return obj.MissingFrom != nil, nil
}

func (r *legacyMembershipResolver) Reservation(ctx context.Context, obj *queries.LegacyMembership) (*queries.Reservation, error) {
	rows, err := from(ctx).carriers.Load(ctx, obj.ID)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

func (r *legacyMembershipResolver) Invitations(ctx context.Context, obj *queries.LegacyMembership) ([]*queries.Invitation, error) {
	rows, err := from(ctx).offers.Load(ctx, obj.ID)
	return append([]*queries.Invitation{}, rows...), err
}

func (r *legacyMembershipResolver) History(ctx context.Context, obj *queries.LegacyMembership) ([]*queries.Event, error) {
	return r.history(ctx, queries.EventSubjectLegacyMembership, obj.ID)
}

func (r *mutationResolver) SaveLegacyMembership(ctx context.Context, input SaveLegacyMembershipInput) (*SaveLegacyMembershipPayload, error) {
	d := migration.LegacyDraft{Name: input.Name, Plate: input.Plate, RFID: input.Rfid, MemberNumber: input.MemberNumber, Unit: input.Unit,
		PlanName: input.PlanName, Emails: input.Emails, Phones: input.Phones, Price: price(input.Price), NextBillingOn: input.NextBillingOn,
		PaidThrough: input.PaidThrough, EndsOn: input.EndsOn, BillingDay: input.BillingDay, Period: input.Period,
		Discount: price(input.Discount), DiscountEndsOn: input.DiscountEndsOn,
		ID: only(nounLegacy, input.ID), LocationID: only(nounLocation, input.LocationID)}
	for _, f := range input.Clear {
		d.Clear = append(d.Clear, legacy.Field(f))
	}
	row, err := r.Migration.SaveLegacyMembership(ctx, Actor(ctx), d)
	refusals, err := userErrors(err)
	return &SaveLegacyMembershipPayload{LegacyMembership: row, UserErrors: refusals}, err
}

func (r *mutationResolver) RecordLegacyCancellation(ctx context.Context, input RecordLegacyCancellationInput) (*RecordLegacyCancellationPayload, error) {
	u, _ := nounLegacy.parse(input.ID)
	row, err := r.Migration.RecordLegacyCancellation(ctx, Actor(ctx), migration.LegacyCancellation{ID: u, CancelledOn: input.CancelledOn, Evidence: input.Evidence})
	refusals, err := userErrors(err)
	return &RecordLegacyCancellationPayload{LegacyMembership: row, UserErrors: refusals}, err
}

func (r *mutationResolver) TakeBackLegacyCancellation(ctx context.Context, input TakeBackLegacyCancellationInput) (*TakeBackLegacyCancellationPayload, error) {
	u, _ := nounLegacy.parse(input.ID)
	row, err := r.Migration.TakeBackLegacyCancellation(ctx, Actor(ctx), u, input.Reason)
	refusals, err := userErrors(err)
	return &TakeBackLegacyCancellationPayload{LegacyMembership: row, UserErrors: refusals}, err
}

func (r *mutationResolver) CreateInvitationsFromLegacy(ctx context.Context, input CreateInvitationsFromLegacyInput) (*CreateInvitationsFromLegacyPayload, error) {
	req, err := fromLegacyRequest(input.Ids, input.Filter, input.WithDuplicates)
	if err != nil {
		return nil, err
	}
	req.ExpectedCount, req.ClientKey = input.ExpectedCount, input.ClientKey
	batch, err := r.Migration.CreateInvitationsFromLegacy(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	return &CreateInvitationsFromLegacyPayload{Batch: batch, UserErrors: refusals}, err
}

// FromLegacyPreview is a preview with what was refused.
type FromLegacyPreview struct {
	migration.FromLegacyPreview
	UserErrors []*migration.Refusal
}

func (r *queryResolver) PreviewInvitationsFromLegacy(ctx context.Context, input PreviewInvitationsFromLegacyInput) (*FromLegacyPreview, error) {
	req, err := fromLegacyRequest(input.Ids, input.Filter, input.WithDuplicates)
	if err != nil {
		return nil, err
	}
	p, err := r.Migration.PreviewInvitationsFromLegacy(ctx, Actor(ctx), req)
	if err != nil {
		refusals, err := userErrors(err)
		return &FromLegacyPreview{UserErrors: refusals}, err
	}
	return &FromLegacyPreview{*p, noErrors}, nil
}

func fromLegacyRequest(ids []string, f *LegacyMembershipFilter, withDuplicates bool) (req migration.FromLegacyRequest, err error) {
	req = migration.FromLegacyRequest{IDs: onlyAny(nounLegacy, ids), WithDuplicates: withDuplicates}
	if f != nil {
		filter, err := legacyFilter(f)
		if err != nil {
			return req, err
		}
		req.Filter = &filter
	}
	return req, nil
}
