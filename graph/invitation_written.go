package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/queries"
)

type listedInvitation = listed[queries.ListedInvitation]

var invitationsWritten = writing[queries.ListedInvitation, queries.Invitation]{
	keys: invitationKeys, fields: writtenInvitation, implementors: invitationImplementors, edgeImplementors: invitationEdgeImplementors,
	about: func(i *queries.ListedInvitation) shown {
		return shown{i.TenantID, i.TenantName, i.TenantEmail, i.TenantPhone, i.TenantActivatedAt, i.KnownAs, i.KnownPhone,
			i.PlanID, i.PlanName, i.PlanArchivedAt, i.LocationID, i.LocationName, i.TimeZone, i.Currency}
	},
	whole: func(ctx context.Context, ids []uuid.UUID) ([]*queries.Invitation, error) {
		return from(ctx).invitations.LoadAll(ctx, ids)
	},
	node: func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, row *queries.Invitation) graphql.Marshaler {
		return ec._Invitation(ctx, selected, row)
	},
	edge: func(ctx context.Context, ec *executionContext, selected ast.SelectionSet, cursor string, row *queries.Invitation) graphql.Marshaler {
		return ec._InvitationEdge(ctx, selected, &InvitationEdge{Cursor: cursor, Node: row})
	},
}

// writtenInvitation are the fields of a row that need nothing but what every page reads.
var writtenInvitation = writable[*listedInvitation]{
	"id":            globalID(nounInvitation, func(l *listedInvitation) uuid.UUID { return l.row.ID }),
	"recipientName": text(func(l *listedInvitation) string { return l.row.RecipientName }),
	"recipientPhone": textOrNull(func(l *listedInvitation) *string {
		if l.row.RecipientPhone == "" {
			return nil
		}
		return &l.row.RecipientPhone
	}),
	"unit": text(func(l *listedInvitation) string { return l.row.Unit }),
	"status": leaf(func(answer []byte, l *listedInvitation) []byte {
		return appendText(answer, marshalNInvitationStatus2carryoverᚋqueriesᚐInvitationStatus[l.row.Status])
	}),
	"revision":         number(func(l *listedInvitation) int { return l.row.Revision }),
	"anchorDay":        number(func(l *listedInvitation) int { return l.row.AnchorDay }),
	"hasPriceOverride": truth(func(l *listedInvitation) bool { return l.row.HasPriceOverride }),
	"cardPrice":        amount(func(i *queries.ListedInvitation) int64 { return i.CardPrice }),
	"achPrice":         amount(func(i *queries.ListedInvitation) int64 { return i.AchPrice }),
	"emailSentAt":      moment(func(l *listedInvitation) *time.Time { return l.row.EmailSentAt }),
	"smsSentAt":        moment(func(l *listedInvitation) *time.Time { return l.row.SmsSentAt }),
	"openedAt":         moment(func(l *listedInvitation) *time.Time { return l.row.OpenedAt }),
	"claimedAt":        moment(func(l *listedInvitation) *time.Time { return l.row.ClaimedAt }),
	"revokedAt":        moment(func(l *listedInvitation) *time.Time { return l.row.RevokedAt }),
	"revokedReason":    text(func(l *listedInvitation) string { return l.row.RevokedReason }),
	"deliveryFailed":   truth(func(l *listedInvitation) bool { return l.row.DeliveryFailed }),
	"linkExpiresAt":    moment(func(l *listedInvitation) *time.Time { return &l.row.LinkExpiresAt }),
	"isExpired":        truth(func(l *listedInvitation) bool { return isExpired(l.row.Status, l.row.LinkExpiresAt, l.now) }),
	"createdAt":        moment(func(l *listedInvitation) *time.Time { return &l.row.CreatedAt }),
	"tenant":           object(about[queries.ListedInvitation], writtenTenant, tenantImplementors),
	"location":         object(about[queries.ListedInvitation], writtenLocation, locationImplementors),
	"plan":             object(about[queries.ListedInvitation], writtenPlan, planImplementors),
	"insurancePlan": object(func(l *listedInvitation) *listedInvitation {
		if l.row.InsuranceID == nil {
			return nil
		}
		return l
	}, writtenInsurance, insurancePlanImplementors),
}

var writtenInsurance = writable[*listedInvitation]{
	"id":        globalID(nounInsurance, func(l *listedInvitation) uuid.UUID { return *l.row.InsuranceID }),
	"name":      text(func(l *listedInvitation) string { return *l.row.InsuranceName }),
	"price":     amount(func(i *queries.ListedInvitation) int64 { return i.InsurancePrice }),
	"isOffered": truth(func(l *listedInvitation) bool { return l.row.InsuranceArchivedAt == nil }),
}
