package graph

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

// eventNouns are the things that events are about.
var eventNouns = map[queries.EventSubject]noun{
	queries.EventSubjectInvitation: nounInvitation, queries.EventSubjectReservation: nounReservation,
	queries.EventSubjectSubmission: nounSubmission, queries.EventSubjectApproval: nounApproval,
	queries.EventSubjectSubscription: nounSubscription, queries.EventSubjectDelivery: nounDelivery,
	queries.EventSubjectBatch: nounBatch, queries.EventSubjectTenant: nounTenant, queries.EventSubjectStaff: nounStaff,
	queries.EventSubjectSuppression: nounSuppression, queries.EventSubjectTextReply: nounTextReply,
	queries.EventSubjectBillingAlarm: nounAlarm, queries.EventSubjectEmailCorrection: nounCorrection,
	queries.EventSubjectMethodChange: nounMethodChange, queries.EventSubjectLegacyMembership: nounLegacy,
	queries.EventSubjectSession: nounSession,
}

func (r *queryResolver) AuditEvents(ctx context.Context, first *int, after *string, filter *AuditFilter) (*EventConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	match, err := auditMatch(ctx, p, filter)
	if err != nil {
		return nil, err
	}
	rows, err := r.auditPage(ctx, match)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(e *queries.Event) cursor { return cursor{ID: e.ID, Key: e.At.UTC().Format(time.RFC3339Nano)} })
	return &EventConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Event) *EventEdge { return &EventEdge{Cursor: c, Node: n} })}, nil
}

// auditPage reads everything for whom everything is, and location by location for others; each statement holds its bound itself.
func (r *Resolver) auditPage(ctx context.Context, m queries.EventListManagedParams) ([]*queries.Event, error) {
	if len(m.LocationIds) > 0 || !managesEverything(ctx) {
		return r.q.EventListManaged(ctx, r.Lists, m)
	}
	return r.q.EventListEverywhere(ctx, r.Lists, queries.EventListEverywhereParams{StaffID: m.StaffID, ActorID: m.ActorID,
		ActorKinds: m.ActorKinds, SubjectKinds: m.SubjectKinds, SubjectID: m.SubjectID, Actions: m.Actions, AtFrom: m.AtFrom,
		AtBefore: m.AtBefore, AfterID: m.AfterID, AfterAt: m.AfterAt, RowLimit: m.RowLimit})
}

func auditMatch(ctx context.Context, p page, f *AuditFilter) (m queries.EventListManagedParams, err error) {
	if f == nil {
		f = &AuditFilter{}
	}
	m = queries.EventListManagedParams{StaffID: viewerID(ctx), LocationIds: onlyAny(nounLocation, f.LocationIds),
		ActorKinds: words(f.ActorKinds), SubjectKinds: words(f.SubjectKinds), Actions: words(f.Actions),
		AtFrom: f.From, AtBefore: f.Before, AfterID: p.afterID(), RowLimit: int(p.rows())}
	if m.AfterAt, err = p.afterMoment(); err != nil {
		return m, err
	}
	if f.ActorID != nil {
		if _, isStaff := nounStaff.parse(*f.ActorID); isStaff {
			m.ActorID = only(nounStaff, f.ActorID)
		} else {
			m.ActorID = only(nounTenant, f.ActorID)
		}
	}
	if f.SubjectID != nil {
		kind, id := eventSubject(*f.SubjectID)
		m.SubjectID = &uuid.Nil // of nothing that can have happened to it
		if id != uuid.Nil && (len(f.SubjectKinds) == 0 || slices.Contains(f.SubjectKinds, kind)) {
			m.SubjectKinds, m.SubjectID = []string{string(kind)}, &id
		}
	}
	return m, nil
}

// eventSubject answers the zero id for what no event is about.
func eventSubject(text string) (kind queries.EventSubject, id uuid.UUID) {
	for kind, noun := range eventNouns {
		if id, ok := noun.parse(text); ok {
			return kind, id
		}
	}
	return "", uuid.Nil
}
