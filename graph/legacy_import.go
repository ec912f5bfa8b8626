package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"carryover/legacy"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	legacySourceResolver        struct{ *Resolver }
	legacyPlanResolver          struct{ *Resolver }
	legacyImportResolver        struct{ *Resolver }
	legacyImportFindingResolver struct{ *Resolver }
)

// What staff say of a file, and what is remembered of it: there nothing said is "".
var (
	saidDateOrders   = map[DateOrder]string{DateOrderDayFirst: legacy.DayFirst, DateOrderMonthFirst: legacy.MonthFirst, DateOrderAsShown: migration.AsShown}
	saidDecimalMarks = map[DecimalMark]string{DecimalMarkPoint: ".", DecimalMarkComma: ",", DecimalMarkAsShown: migration.AsShown}

	dateOrders   = map[string]DateOrder{legacy.DayFirst: DateOrderDayFirst, legacy.MonthFirst: DateOrderMonthFirst, "": DateOrderAsShown}
	decimalMarks = map[string]DecimalMark{".": DecimalMarkPoint, ",": DecimalMarkComma, "": DecimalMarkAsShown}
)

func (r *mutationResolver) ImportLegacyMemberships(ctx context.Context, input ImportLegacyMembershipsInput) (*ImportLegacyMembershipsPayload, error) {
	location, _ := nounLocation.parse(input.LocationID)
	upload, _ := nounUpload.parse(input.UploadID)
	req := migration.ImportRequest{LocationID: location, UploadID: upload, Source: input.Source, Columns: map[string]legacy.Field{},
		DryRun: input.DryRun, Partial: input.Partial, Canary: input.Canary, ClientKey: input.ClientKey}
	for _, c := range input.Columns {
		req.Columns[c.Header] = ""
		if c.Field != nil {
			req.Columns[c.Header] = legacy.Field(*c.Field)
		}
	}
	if input.DateOrder != nil {
		req.DateOrder = saidDateOrders[*input.DateOrder]
	}
	if input.DecimalMark != nil {
		req.DecimalMark = saidDecimalMarks[*input.DecimalMark]
	}
	if input.Region != nil {
		req.Region = *input.Region
	}
	batch, err := r.Migration.ImportLegacyMemberships(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	return &ImportLegacyMembershipsPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *mutationResolver) ContinueImport(ctx context.Context, input ContinueImportInput) (*ContinueImportPayload, error) {
	u, _ := nounBatch.parse(input.BatchID)
	batch, err := r.Migration.ContinueImport(ctx, Actor(ctx), u)
	refusals, err := userErrors(err)
	return &ContinueImportPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *mutationResolver) MapLegacyPlan(ctx context.Context, input MapLegacyPlanInput) (*MapLegacyPlanPayload, error) {
	source, _ := nounSource.parse(input.SourceID)
	row, err := r.Migration.MapLegacyPlan(ctx, Actor(ctx), migration.LegacyPlanMapping{SourceID: source, PlanName: input.PlanName,
		PlanID: only(nounPlan, input.PlanID), Price: price(input.Price)})
	refusals, err := userErrors(err)
	return &MapLegacyPlanPayload{Source: row, UserErrors: refusals}, err
}

func (r *queryResolver) LegacySources(ctx context.Context, first *int, after *string, locationIds []string) (*LegacySourceConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.LegacySourceListManaged(ctx, r.Pool, queries.LegacySourceListManagedParams{StaffID: viewerID(ctx),
		LocationIds: onlyAny(nounLocation, locationIds), AfterID: p.afterID(), AfterName: p.afterName(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(s *queries.LegacySource) cursor { return cursor{ID: s.ID, Name: s.Name} })
	return &LegacySourceConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.LegacySource) *LegacySourceEdge {
			return &LegacySourceEdge{Cursor: c, Node: n}
		})}, nil
}

func (r *Resolver) legacySource(ctx context.Context, id uuid.UUID) (*queries.LegacySource, error) {
	return found(r.q.LegacySourceGetManaged(ctx, r.Pool, queries.LegacySourceGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *legacySourceResolver) ID(_ context.Context, obj *queries.LegacySource) (string, error) {
	return nounSource.id(obj.ID), nil
}

func (r *legacySourceResolver) Location(ctx context.Context, obj *queries.LegacySource) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *legacySourceResolver) DateOrder(_ context.Context, obj *queries.LegacySource) (DateOrder, error) {
	return dateOrders[obj.DateOrder], nil
}

func (r *legacySourceResolver) DecimalMark(_ context.Context, obj *queries.LegacySource) (DecimalMark, error) {
	return decimalMarks[obj.DecimalMark], nil
}

func (r *legacySourceResolver) Columns(_ context.Context, obj *queries.LegacySource) ([]*LegacyColumn, error) {
	out := make([]*LegacyColumn, len(obj.Headers))
	for i, h := range obj.Headers {
		out[i] = column(h, obj.Fields[i])
	}
	return out, nil
}

func column(header, field string) *LegacyColumn {
	if field == "" {
		return &LegacyColumn{Header: header}
	}
	f := LegacyField(field)
	return &LegacyColumn{Header: header, Field: &f}
}

func (r *legacySourceResolver) Plans(ctx context.Context, obj *queries.LegacySource) ([]*queries.LegacyPlanListBySourceRow, error) {
	rows, err := r.q.LegacyPlanListBySource(ctx, r.Pool, obj.ID)
	return append([]*queries.LegacyPlanListBySourceRow{}, rows...), err
}

func (r *legacyPlanResolver) Name(_ context.Context, obj *queries.LegacyPlanListBySourceRow) (string, error) {
	return obj.LegacyPlan.Name, nil
}

func (r *legacyPlanResolver) Plan(ctx context.Context, obj *queries.LegacyPlanListBySourceRow) (*queries.Plan, error) {
	return optional(ctx, from(ctx).plans, obj.LegacyPlan.PlanID)
}

func (r *legacyPlanResolver) Price(ctx context.Context, obj *queries.LegacyPlanListBySourceRow) (*money.Money, error) {
	plan, err := r.Plan(ctx, obj)
	if plan == nil || err != nil {
		return nil, err
	}
	return orNoMoney(obj.LegacyPlan.PriceOverrideMinor, plan.Currency), nil
}

// Import is reached only from a batch that the caller may see. A batch stays its starter's when the location does not; the people in the
// file are the location's.
func (r *batchResolver) Import(ctx context.Context, obj *queries.Batch) (*queries.LegacyImport, error) {
	if obj.Kind != queries.BatchKindImport {
		return nil, nil
	}
	row, err := from(ctx).imports.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	if managed, err := from(ctx).managed.Load(ctx, row.LocationID); !managed || err != nil {
		return nil, err
	}
	return row, nil
}

func (r *legacyImportResolver) Source(ctx context.Context, obj *queries.LegacyImport) (*queries.LegacySource, error) {
	return from(ctx).sources.Load(ctx, obj.SourceID)
}

func (r *legacyImportResolver) FileName(ctx context.Context, obj *queries.LegacyImport) (string, error) {
	u, err := r.q.UploadGet(ctx, r.Pool, obj.UploadID)
	if err != nil {
		return "", err
	}
	return u.Name, nil
}

func (r *legacyImportResolver) FileSize(ctx context.Context, obj *queries.LegacyImport) (int, error) {
	u, err := r.q.UploadGet(ctx, r.Pool, obj.UploadID)
	if err != nil {
		return 0, err
	}
	return int(min(u.Size, 1<<31-1)), nil
}

func readingOf(obj *queries.LegacyImport) (reading legacy.Reading, err error) {
	if err = json.Unmarshal(obj.Reading, &reading); err != nil {
		err = fmt.Errorf("read how a file is read: %w", err)
	}
	return reading, err
}

func (r *legacyImportResolver) Encoding(_ context.Context, obj *queries.LegacyImport) (string, error) {
	reading, err := readingOf(obj)
	return reading.Encoding, err
}

func (r *legacyImportResolver) Separator(_ context.Context, obj *queries.LegacyImport) (string, error) {
	reading, err := readingOf(obj)
	return reading.Separator, err
}

func (r *legacyImportResolver) Columns(_ context.Context, obj *queries.LegacyImport) ([]*LegacyColumn, error) {
	reading, err := readingOf(obj)
	out := make([]*LegacyColumn, len(reading.Headers))
	for i, h := range reading.Headers {
		out[i] = column(h, string(reading.Fields[i]))
	}
	return out, err
}

func (r *legacyImportResolver) AwaitsLook(ctx context.Context, obj *queries.LegacyImport) (bool, error) {
	batch, err := from(ctx).batches.Load(ctx, obj.BatchID)
	if err != nil {
		return false, err
	}
	return batch.FinishedAt == nil && migration.AwaitsLook(obj), nil
}

func (r *legacyImportResolver) RefusedFile(_ context.Context, obj *queries.LegacyImport) (string, error) {
	return "/imports/" + nounBatch.id(obj.BatchID) + "/refused.csv", nil
}

// Findings is reached only from an import of a location that the caller manages.
func (r *legacyImportResolver) Findings(ctx context.Context, obj *queries.LegacyImport, first *int, after *string) (*LegacyImportFindingConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	match := queries.LegacyRefusalListParams{BatchID: obj.BatchID, RowLimit: p.rows()}
	if p.after != nil {
		match.AfterLine = p.after.Position
	}
	rows, err := r.q.LegacyRefusalList(ctx, r.Pool, match)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(f *queries.LegacyRefusal) cursor { return cursor{ID: f.BatchID, Position: f.Line} })
	return &LegacyImportFindingConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.LegacyRefusal) *LegacyImportFindingEdge {
			return &LegacyImportFindingEdge{Cursor: c, Node: n}
		})}, nil
}

func (r *legacyImportFindingResolver) Problems(_ context.Context, obj *queries.LegacyRefusal) ([]*LegacyProblem, error) {
	out := make([]*LegacyProblem, len(obj.Wants))
	for i := range obj.Wants {
		out[i] = &LegacyProblem{Column: obj.Columns[i], Value: obj.Found[i], Wants: obj.Wants[i]}
	}
	return out, nil
}
