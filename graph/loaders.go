package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/vikstrous/dataloadgen"

	"carryover/migration"
	"carryover/queries"
)

// loaders gather the single look-ups of one request into one statement for each kind of row. They are not bounded by
// locations, since an id reaches them only from a row that the caller may see; but invitations are: a batch stays its
// starter's when the starter no longer manages whom it was about. So is how a tenant is known: each location has its own answer.
type loaders struct {
	locations    *dataloadgen.Loader[uuid.UUID, *queries.Location]
	plans        *dataloadgen.Loader[uuid.UUID, *queries.Plan]
	insurance    *dataloadgen.Loader[uuid.UUID, *queries.InsurancePlan]
	tenants      *dataloadgen.Loader[uuid.UUID, *queries.Tenant]
	knownAs      *dataloadgen.Loader[uuid.UUID, *queries.TenantListKnownAsRow]
	staff        *dataloadgen.Loader[uuid.UUID, *queries.Staff]
	terms        *dataloadgen.Loader[uuid.UUID, *queries.TermsVersion]
	invitations  *dataloadgen.Loader[uuid.UUID, *queries.Invitation]
	recipients   *dataloadgen.Loader[uuid.UUID, *queries.InvitationListRecipientsRow] // by invitation
	skips        *dataloadgen.Loader[uuid.UUID, *queries.InvitationListSkipsRow]
	reservations *dataloadgen.Loader[uuid.UUID, *queries.Reservation]
	submissions  *dataloadgen.Loader[uuid.UUID, *queries.Submission]
	rejections   *dataloadgen.Loader[uuid.UUID, []*queries.Rejection] // of a submission, one at most
	undos        *dataloadgen.Loader[uuid.UUID, []*queries.Undo]      // of a submission, one at most
	undoInvoices *dataloadgen.Loader[uuid.UUID, []*queries.UndoInvoice]
	own          *dataloadgen.Loader[uuid.UUID, *queries.Submission] // nil for one that is not the viewer's
	quoteLines   *dataloadgen.Loader[uuid.UUID, []*queries.QuoteLine]
	traces       *dataloadgen.Loader[uuid.UUID, *queries.InvitationListTracesRow]
	revisions    *dataloadgen.Loader[uuid.UUID, []*queries.InvitationRevision]
	suppressions *dataloadgen.Loader[uuid.UUID, []*queries.Suppression]     // by tenant
	repliers     *dataloadgen.Loader[uuid.UUID, []*queries.Tenant]          // by text reply
	waiting      *dataloadgen.Loader[uuid.UUID, []*queries.EmailCorrection] // by tenant
	given        *dataloadgen.Loader[uuid.UUID, []*queries.EmailCorrection] // by submission
	paidWith     *dataloadgen.Loader[uuid.UUID, string]                     // by reservation; "" where nothing was changed

	approvables      *dataloadgen.Loader[uuid.UUID, *queries.ApprovableListBySubmissionsRow]
	confirmationEnds *dataloadgen.Loader[uuid.UUID, []*queries.ConfirmationEnd] // of a submission, one at most

	approvals       *dataloadgen.Loader[uuid.UUID, []*queries.Approval] // by submission, newest first
	verifications   *dataloadgen.Loader[uuid.UUID, *queries.BankVerification]
	attempts        *dataloadgen.Loader[uuid.UUID, []*queries.Submission]   // by reservation
	latest          *dataloadgen.Loader[uuid.UUID, []*queries.Subscription] // by reservation, the live one or the last
	alarms          *dataloadgen.Loader[uuid.UUID, *queries.BillingAlarm]
	correctionsByID *dataloadgen.Loader[uuid.UUID, *queries.EmailCorrection]
	deliveries      *dataloadgen.Loader[uuid.UUID, *queries.Delivery]
	batches         *dataloadgen.Loader[uuid.UUID, *queries.Batch]
	managed         *dataloadgen.Loader[uuid.UUID, bool] // by location
	legacies        *dataloadgen.Loader[uuid.UUID, *queries.LegacyMembership]
	carried         *dataloadgen.Loader[uuid.UUID, *queries.LegacyInvitableListByIDsRow] // by legacy membership
	carriers        *dataloadgen.Loader[uuid.UUID, []*queries.Reservation]               // of a legacy membership, one at most
	offers          *dataloadgen.Loader[uuid.UUID, []*queries.Invitation]                // of a legacy membership, newest first
	imports         *dataloadgen.Loader[uuid.UUID, *queries.LegacyImport]                // by batch
	sources         *dataloadgen.Loader[uuid.UUID, *queries.LegacySource]
	histories       *dataloadgen.Loader[subject, []*queries.Event]
	subscriptions   *dataloadgen.Loader[uuid.UUID, *queries.Subscription]
	invoices        *dataloadgen.Loader[uuid.UUID, []*queries.SubscriptionInvoice] // by subscription
	migrations      *dataloadgen.Loader[uuid.UUID, []*queries.CounterMigration]    // of a session, the one that is shown, if any
}

type loadersKey struct{}

// WithLoaders gives a request its own loaders; what one request read is never answered to another.
func WithLoaders(ctx context.Context, pool *pgxpool.Pool) context.Context {
	q, viewer := queries.New(), viewerID(ctx)
	return context.WithValue(ctx, loadersKey{}, &loaders{
		locations:    byID("location", pool, q.LocationListByIDs, func(r *queries.Location) uuid.UUID { return r.ID }),
		plans:        byID("plan", pool, q.PlanListByIDs, func(r *queries.Plan) uuid.UUID { return r.ID }),
		insurance:    byID("insurance plan", pool, q.InsurancePlanListByIDs, func(r *queries.InsurancePlan) uuid.UUID { return r.ID }),
		tenants:      byID("tenant", pool, q.TenantListByIDs, func(r *queries.Tenant) uuid.UUID { return r.ID }),
		knownAs:      byID("how a tenant is known", pool, knownTo(viewer, q), func(r *queries.TenantListKnownAsRow) uuid.UUID { return r.TenantID }),
		staff:        byID("staff", pool, q.StaffListByIDs, func(r *queries.Staff) uuid.UUID { return r.ID }),
		terms:        byID("terms", pool, q.TermsVersionListByIDs, func(r *queries.TermsVersion) uuid.UUID { return r.ID }),
		invitations:  newLoader(managedInvitations(pool, q, viewer)),
		recipients:   byID("recipient", pool, q.InvitationListRecipients, func(r *queries.InvitationListRecipientsRow) uuid.UUID { return r.ID }),
		skips:        byID("why an invitation is skipped", pool, q.InvitationListSkips, func(r *queries.InvitationListSkipsRow) uuid.UUID { return r.ID }),
		reservations: byID("reservation", pool, q.ReservationListByIDs, func(r *queries.Reservation) uuid.UUID { return r.ID }),
		submissions:  byID("submission", pool, q.SubmissionListByIDs, func(r *queries.Submission) uuid.UUID { return r.ID }),
		rejections:   newLoader(grouped("rejections", pool, q.RejectionListBySubmissions, func(r *queries.Rejection) uuid.UUID { return r.SubmissionID })),
		undos:        newLoader(grouped("undos", pool, q.UndoListBySubmissions, func(r *queries.Undo) uuid.UUID { return r.SubmissionID })),
		undoInvoices: newLoader(grouped("what was taken back", pool, q.UndoInvoiceListByUndos, func(r *queries.UndoInvoice) uuid.UUID { return r.UndoID })),
		own:          newLoader(managedSubmissions(pool, q, viewer)),
		quoteLines:   newLoader(linesBySubmission(pool, q)),
		traces:       byID("what was told of an invitation", pool, q.InvitationListTraces, func(r *queries.InvitationListTracesRow) uuid.UUID { return r.ID }),
		revisions:    newLoader(revisionsByInvitation(pool, q)),
		suppressions: newLoader(suppressionsByTenant(pool, q, viewer)),
		repliers:     newLoader(tenantsByReply(pool, q, viewer)),
		waiting: newLoader(grouped("email corrections", pool, q.EmailCorrectionListPendingByTenants,
			func(r *queries.EmailCorrection) uuid.UUID { return r.TenantID })),
		given: newLoader(grouped("email corrections", pool, q.EmailCorrectionListBySubmissions,
			func(r *queries.EmailCorrection) uuid.UUID { return *r.SubmissionID })),
		paidWith: newLoader(methodsByReservation(pool, q)),
		approvables: byID("whether a submission can be approved", pool, q.ApprovableListBySubmissions,
			func(r *queries.ApprovableListBySubmissionsRow) uuid.UUID { return r.SubmissionID }),
		confirmationEnds: newLoader(grouped("confirmations given up", pool, q.ConfirmationEndListBySubmissions,
			func(r *queries.ConfirmationEnd) uuid.UUID { return r.SubmissionID })),

		approvals:       newLoader(grouped("approvals", pool, q.ApprovalListBySubmissions, func(r *queries.Approval) uuid.UUID { return r.SubmissionID })),
		verifications:   byID("bank verification", pool, q.BankVerificationListBySubmissions, func(r *queries.BankVerification) uuid.UUID { return r.SubmissionID }),
		attempts:        newLoader(grouped("attempts", pool, q.SubmissionListByReservations, func(r *queries.Submission) uuid.UUID { return r.ReservationID })),
		correctionsByID: byID("email correction", pool, q.EmailCorrectionListByIDs, func(r *queries.EmailCorrection) uuid.UUID { return r.ID }),
		alarms:          byID("billing alarm", pool, q.BillingAlarmListByIDs, func(r *queries.BillingAlarm) uuid.UUID { return r.ID }),
		latest:          newLoader(grouped("subscriptions", pool, q.SubscriptionListLatest, func(r *queries.Subscription) uuid.UUID { return r.ReservationID })),
		deliveries:      byID("delivery", pool, q.DeliveryListByIDs, func(r *queries.Delivery) uuid.UUID { return r.ID }),
		batches:         byID("batch", pool, q.BatchListByIDs, func(r *queries.Batch) uuid.UUID { return r.ID }),
		managed:         newLoader(managedLocations(pool, q, viewer)),
		legacies:        byID("legacy membership", pool, q.LegacyMembershipListByIDs, func(r *queries.LegacyMembership) uuid.UUID { return r.ID }),
		carried: byID("what a legacy membership carries over", pool, q.LegacyInvitableListByIDs,
			func(r *queries.LegacyInvitableListByIDsRow) uuid.UUID { return r.LegacyMembershipID }),
		carriers:      newLoader(grouped("reservations", pool, q.ReservationListByLegacy, func(r *queries.Reservation) uuid.UUID { return *r.LegacyMembershipID })),
		offers:        newLoader(grouped("invitations", pool, q.InvitationListByLegacy, func(r *queries.Invitation) uuid.UUID { return *r.LegacyMembershipID })),
		imports:       byID("import", pool, q.LegacyImportListByBatches, func(r *queries.LegacyImport) uuid.UUID { return r.BatchID }),
		sources:       byID("legacy source", pool, q.LegacySourceListByIDs, func(r *queries.LegacySource) uuid.UUID { return r.ID }),
		histories:     newLoader(historiesOf(pool, q)),
		subscriptions: byID("subscription", pool, q.SubscriptionListByIDs, func(r *queries.Subscription) uuid.UUID { return r.ID }),
		invoices:      newLoader(invoicesBySubscription(pool, q)),
		migrations:    newLoader(grouped("counter migrations", pool, q.CounterMigrationListShown, func(r *queries.CounterMigration) uuid.UUID { return r.SessionID })),
	})
}

func from(ctx context.Context) *loaders {
	l, ok := ctx.Value(loadersKey{}).(*loaders)
	if !ok {
		panic("graph: the request has no loaders; the server gives them with WithLoaders")
	}
	return l
}

type list[T any] func(ctx context.Context, db queries.DBTX, ids []uuid.UUID) ([]*T, error)

func byID[T any](what string, pool *pgxpool.Pool, rows list[T], id func(*T) uuid.UUID) *dataloadgen.Loader[uuid.UUID, *T] {
	return newLoader(func(ctx context.Context, ids []uuid.UUID) ([]*T, []error) {
		found, err := rows(ctx, pool, ids)
		if err != nil {
			return nil, []error{fmt.Errorf("load %s rows: %w", what, err)}
		}
		index := make(map[uuid.UUID]*T, len(found))
		for _, row := range found {
			index[id(row)] = row
		}
		out, errs := make([]*T, len(ids)), make([]error, len(ids))
		for i, one := range ids {
			if out[i] = index[one]; out[i] == nil {
				errs[i] = fmt.Errorf("load %s %s: %w", what, one, errNoRow)
			}
		}
		return out, errs
	})
}

var errNoRow = errors.New("the row that another row points to is not there")

// knownTo lists nothing for a tenant whom the viewer does not manage: nothing of the record is shown then.
func knownTo(viewer uuid.UUID, q *queries.Queries) list[queries.TenantListKnownAsRow] {
	return func(ctx context.Context, db queries.DBTX, ids []uuid.UUID) ([]*queries.TenantListKnownAsRow, error) {
		return q.TenantListKnownAs(ctx, db, queries.TenantListKnownAsParams{Ids: ids, StaffID: viewer})
	}
}

// managedInvitations answers nil for an invitation that is not the viewer's.
func managedInvitations(pool *pgxpool.Pool, q *queries.Queries, viewer uuid.UUID) func(context.Context, []uuid.UUID) ([]*queries.Invitation, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([]*queries.Invitation, []error) {
		rows, err := q.InvitationListManagedByIDs(ctx, pool, queries.InvitationListManagedByIDsParams{Ids: ids, StaffID: viewer})
		if err != nil {
			return nil, []error{fmt.Errorf("load invitation rows: %w", err)}
		}
		return eachOf(ids, rows, func(i *queries.Invitation) uuid.UUID { return i.ID }), nil
	}
}

// managedSubmissions answers nil for a submission that is not the viewer's.
func managedSubmissions(pool *pgxpool.Pool, q *queries.Queries, viewer uuid.UUID) func(context.Context, []uuid.UUID) ([]*queries.Submission, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([]*queries.Submission, []error) {
		rows, err := q.SubmissionListManagedByIDs(ctx, pool, queries.SubmissionListManagedByIDsParams{Ids: ids, StaffID: viewer})
		if err != nil {
			return nil, []error{fmt.Errorf("load submission rows: %w", err)}
		}
		return eachOf(ids, rows, func(s *queries.Submission) uuid.UUID { return s.ID }), nil
	}
}

// eachOf answers the row of each id, nil where there is none.
func eachOf[T any](ids []uuid.UUID, rows []*T, id func(*T) uuid.UUID) []*T {
	index := make(map[uuid.UUID]*T, len(rows))
	for _, row := range rows {
		index[id(row)] = row
	}
	out := make([]*T, len(ids))
	for i, one := range ids {
		out[i] = index[one]
	}
	return out
}

func linesBySubmission(pool *pgxpool.Pool, q *queries.Queries) func(context.Context, []uuid.UUID) ([][]*queries.QuoteLine, []error) {
	return grouped("quote lines", pool, q.QuoteLineListBySubmissionIDs, func(r *queries.QuoteLine) uuid.UUID { return r.SubmissionID })
}

func invoicesBySubscription(pool *pgxpool.Pool, q *queries.Queries) func(context.Context, []uuid.UUID) ([][]*queries.SubscriptionInvoice, []error) {
	return grouped("invoices", pool, q.SubscriptionInvoiceListBySubscriptionIDs, func(r *queries.SubscriptionInvoice) uuid.UUID { return r.SubscriptionID })
}

func revisionsByInvitation(pool *pgxpool.Pool, q *queries.Queries) func(context.Context, []uuid.UUID) ([][]*queries.InvitationRevision, []error) {
	return grouped("revisions", pool, q.InvitationRevisionListByInvitationIDs, func(r *queries.InvitationRevision) uuid.UUID { return r.InvitationID })
}

// methodsByReservation answers the newest method that a tenant has changed to.
func methodsByReservation(pool *pgxpool.Pool, q *queries.Queries) func(context.Context, []uuid.UUID) ([]string, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([]string, []error) {
		changes, err := q.MethodChangeListByReservations(ctx, pool, ids)
		if err != nil {
			return nil, []error{fmt.Errorf("load method changes: %w", err)}
		}
		labels := map[uuid.UUID]string{}
		for _, c := range changes { // newest first
			if c.State == queries.MethodChangeStateDone && labels[c.ReservationID] == "" {
				labels[c.ReservationID] = c.MethodLabel
			}
		}
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = labels[id]
		}
		return out, nil
	}
}

// grouped answers the rows of each id in the order in which they were read; none is an empty list.
func grouped[T any](what string, pool *pgxpool.Pool, rows list[T], of func(*T) uuid.UUID) func(context.Context, []uuid.UUID) ([][]*T, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([][]*T, []error) {
		found, err := rows(ctx, pool, ids)
		if err != nil {
			return nil, []error{fmt.Errorf("load %s: %w", what, err)}
		}
		index := map[uuid.UUID][]*T{}
		for _, row := range found {
			index[of(row)] = append(index[of(row)], row)
		}
		return inOrder(ids, index), nil
	}
}

// suppressionsByTenant answers entries about the addresses by which the viewer knows a tenant, and about no other.
func suppressionsByTenant(pool *pgxpool.Pool, q *queries.Queries, viewer uuid.UUID) func(context.Context, []uuid.UUID) ([][]*queries.Suppression, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([][]*queries.Suppression, []error) {
		rows, err := q.SuppressionListByTenants(ctx, pool, queries.SuppressionListByTenantsParams{TenantIds: ids, StaffID: viewer})
		if err != nil {
			return nil, []error{fmt.Errorf("load suppressions: %w", err)}
		}
		index := map[uuid.UUID][]*queries.Suppression{}
		for _, row := range rows {
			index[row.TenantID] = append(index[row.TenantID], migration.ShownSuppression(&row.Suppression, row.Told))
		}
		return inOrder(ids, index), nil
	}
}

// tenantsByReply answers whom the viewer knows with a reply's number.
func tenantsByReply(pool *pgxpool.Pool, q *queries.Queries, viewer uuid.UUID) func(context.Context, []uuid.UUID) ([][]*queries.Tenant, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([][]*queries.Tenant, []error) {
		rows, err := q.TenantListByReplies(ctx, pool, queries.TenantListByRepliesParams{ReplyIds: ids, StaffID: viewer})
		if err != nil {
			return nil, []error{fmt.Errorf("load tenants of text replies: %w", err)}
		}
		index := map[uuid.UUID][]*queries.Tenant{}
		for _, row := range rows {
			index[row.ReplyID] = append(index[row.ReplyID], &row.Tenant)
		}
		return inOrder(ids, index), nil
	}
}

// inOrder puts lists into the order that they were asked for in; an empty list where there is none.
func inOrder[K comparable, T any](ids []K, index map[K][]*T) [][]*T {
	out := make([][]*T, len(ids))
	for i, id := range ids {
		if out[i] = index[id]; out[i] == nil {
			out[i] = []*T{}
		}
	}
	return out
}

// managedLocations answers which of some locations are the viewer's at this moment.
func managedLocations(pool *pgxpool.Pool, q *queries.Queries, viewer uuid.UUID) func(context.Context, []uuid.UUID) ([]bool, []error) {
	return func(ctx context.Context, ids []uuid.UUID) ([]bool, []error) {
		managed, err := q.StaffListManagedLocations(ctx, pool, queries.StaffListManagedLocationsParams{StaffID: viewer, LocationIds: ids})
		if err != nil {
			return nil, []error{fmt.Errorf("read which locations are managed: %w", err)}
		}
		out := make([]bool, len(ids))
		for i, id := range ids {
			out[i] = slices.Contains(managed, id)
		}
		return out, nil
	}
}

// subject is a thing that has a history.
type subject struct {
	kind queries.EventSubject
	id   uuid.UUID
}

// historiesOf is reached only from things that the viewer may see.
func historiesOf(pool *pgxpool.Pool, q *queries.Queries) func(context.Context, []subject) ([][]*queries.Event, []error) {
	return func(ctx context.Context, subjects []subject) ([][]*queries.Event, []error) {
		var p queries.EventListBySubjectsParams
		for _, s := range subjects {
			p.Kinds, p.Ids = append(p.Kinds, string(s.kind)), append(p.Ids, s.id)
		}
		events, err := q.EventListBySubjects(ctx, pool, p)
		if err != nil {
			return nil, []error{fmt.Errorf("load histories: %w", err)}
		}
		index := map[subject][]*queries.Event{}
		for _, e := range events {
			of := subject{e.SubjectKind, e.SubjectID}
			index[of] = append(index[of], e)
		}
		return inOrder(subjects, index), nil
	}
}

// loadersWait is how long a loader waits for others that want the same: the price of each level of an answer, paid for fewer statements.
var loadersWait = 500 * time.Microsecond

func newLoader[K comparable, T any](fetch func(context.Context, []K) ([]T, []error)) *dataloadgen.Loader[K, T] {
	return dataloadgen.NewLoader(fetch, dataloadgen.WithWait(loadersWait), dataloadgen.WithBatchCapacity(maxPage))
}

// theOne answers the one row of a list that has one at most.
func theOne[T any](rows []*T, err error) (*T, error) {
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// optional loads a row that may not be there to load.
func optional[T any](ctx context.Context, l *dataloadgen.Loader[uuid.UUID, *T], id *uuid.UUID) (*T, error) {
	if id == nil {
		return nil, nil
	}
	return l.Load(ctx, *id)
}
