package graph

import (
	"context"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/migration"
	"carryover/queries"
)

type listedSubmission = listed[queries.ListedSubmission]

var submissionsWritten = writing[queries.ListedSubmission, queries.Submission]{
	keys: submissionKeys, fields: writtenSubmission, implementors: submissionImplementors, edgeImplementors: submissionEdgeImplementors,
	about: func(s *queries.ListedSubmission) shown {
		return shown{s.TenantID, s.TenantName, s.TenantEmail, s.TenantPhone, s.TenantActivatedAt, s.KnownAs, s.KnownPhone,
			s.PlanID, s.PlanName, s.PlanArchivedAt, s.LocationID, s.LocationName, s.TimeZone, s.Currency}
	},
	whole: func(ctx context.Context, ids []uuid.UUID) ([]*queries.Submission, error) {
		return from(ctx).submissions.LoadAll(ctx, ids)
	},
	node: func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *queries.Submission) graphql.Marshaler {
		return ec._Submission(ctx, selected, row)
	},
	edge: func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, cursor string, row *queries.Submission) graphql.Marshaler {
		return ec._SubmissionEdge(ctx, selected, &SubmissionEdge{Cursor: cursor, Node: row})
	},
}

// writtenSubmission are the fields of a row that need nothing but what every page reads.
var writtenSubmission = writable[*listedSubmission]{
	"id":   globalID(nounSubmission, func(l *listedSubmission) uuid.UUID { return l.row.ID }),
	"unit": text(func(l *listedSubmission) string { return l.row.Unit }),
	"status": leaf(func(answer []byte, l *listedSubmission) []byte {
		return appendText(answer, marshalNSubmissionStatus2carryoverᚋqueriesᚐSubmissionStatus[l.row.Status])
	}),
	"statusReason":    text(func(l *listedSubmission) string { return l.row.StatusReason }),
	"statusChangedAt": moment(func(l *listedSubmission) *time.Time { return &l.row.StatusChangedAt }),
	"submittedAt":     moment(func(l *listedSubmission) *time.Time { return &l.row.SubmittedAt }),
	"waitingSince":    moment(waitingSince),
	"daysWaiting": leaf(func(answer []byte, l *listedSubmission) []byte {
		if since := waitingSince(l); since != nil {
			return strconv.AppendInt(answer, int64(migration.DaysWaiting(*since, l.now)), 10)
		}
		return append(answer, "null"...)
	}),
	"anchorDay":      number(func(l *listedSubmission) int { return l.row.AnchorDay }),
	"cardPrice":      amount(func(s *queries.ListedSubmission) int64 { return s.CardKey }),
	"achPrice":       amount(func(s *queries.ListedSubmission) int64 { return s.AchKey }),
	"insurancePrice": amount(func(s *queries.ListedSubmission) int64 { return s.InsuranceKey }),
	"monthlyTotal":   amount(func(s *queries.ListedSubmission) int64 { return s.MonthlyTotalMinor }),
	"paymentMethodType": leaf(func(answer []byte, l *listedSubmission) []byte {
		return appendText(answer, marshalNPaymentMethodType2carryoverᚋqueriesᚐPaymentMethodType[l.row.PaymentMethodType])
	}),
	"paymentMethod": text(func(l *listedSubmission) string { return l.row.MethodLabel }),
	"tenant":        object(about[queries.ListedSubmission], writtenTenant, tenantImplementors),
	"location":      object(about[queries.ListedSubmission], writtenLocation, locationImplementors),
	"plan":          object(about[queries.ListedSubmission], writtenPlan, planImplementors),
}

func waitingSince(l *listedSubmission) *time.Time {
	return migration.WaitingSince(l.row.Status, l.row.StatusChangedAt)
}
