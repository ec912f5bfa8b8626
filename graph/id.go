package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/queries"
)

// noun is the kind of a thing, as it stands in front of its id, so that an id handed to the wrong field finds nothing.
type noun string

const (
	nounAlarm        noun = "alm"
	nounApproval     noun = "apr"
	nounBatch        noun = "bat"
	nounCorrection   noun = "emc"
	nounCounter      noun = "ctm"
	nounDelivery     noun = "dlv"
	nounEvent        noun = "evt"
	nounInsurance    noun = "ins"
	nounInvitation   noun = "inv"
	nounLegacy       noun = "lgm"
	nounLocation     noun = "loc"
	nounMethodChange noun = "mch" // of events alone: its reservation shows it
	nounPlan         noun = "pln"
	nounReservation  noun = "rsv"
	nounSession      noun = "ses"
	nounSignIn       noun = "sgn"
	nounSource       noun = "lgs"
	nounStaff        noun = "stf"
	nounSubmission   noun = "sbm"
	nounSubscription noun = "sbs"
	nounSuppression  noun = "sup"
	nounTenant       noun = "ten"
	nounTerms        noun = "trm"
	nounTextReply    noun = "rpl"
	nounToken        noun = "tok"
	nounUpload       noun = "upl"
)

// id is how a thing is known outside. Clients treat it as opaque.
func (n noun) id(u uuid.UUID) string {
	return string(n) + "_" + strings.ReplaceAll(u.String(), "-", "")
}

// parse answers the id inside; ok is false for anything that this noun's ids cannot look like.
func (n noun) parse(id string) (u uuid.UUID, ok bool) {
	hex, ok := strings.CutPrefix(id, string(n)+"_")
	if !ok || len(hex) != 32 {
		return uuid.Nil, false
	}
	u, err := uuid.Parse(hex)
	return u, err == nil && hex == strings.ToLower(hex)
}

// viewerID is the bound of every query; the zero id manages nothing.
func viewerID(ctx context.Context) uuid.UUID {
	if v := access.From(ctx).Viewer; v != nil {
		return v.Staff.ID
	}
	return uuid.Nil
}

// Node answers anything that the caller may see, through the same bounded query that its own field uses.
func (r *queryResolver) Node(ctx context.Context, id string) (Node, error) {
	prefix, _, _ := strings.Cut(id, "_")
	u, ok := noun(prefix).parse(id)
	if !ok {
		return nil, nil
	}
	look, ok := r.lookups()[noun(prefix)]
	if !ok {
		return nil, nil
	}
	return look(ctx, u)
}

type lookup func(ctx context.Context, id uuid.UUID) (Node, error)

func (r *Resolver) lookups() map[noun]lookup {
	return map[noun]lookup{
		nounInvitation:   nodeOf(r.invitation),
		nounSubmission:   nodeOf(r.submission),
		nounReservation:  nodeOf(r.reservation),
		nounTenant:       nodeOf(r.tenant),
		nounBatch:        nodeOf(r.batch),
		nounLocation:     nodeOf(r.location),
		nounPlan:         nodeOf(r.plan),
		nounInsurance:    nodeOf(r.insurancePlan),
		nounApproval:     nodeOf(r.approval),
		nounAlarm:        nodeOf(r.alarm),
		nounDelivery:     nodeOf(r.delivery),
		nounSubscription: nodeOf(r.subscription),
		nounStaff:        nodeOf(r.staff),
		nounSuppression:  nodeOf(r.suppression),
		nounTextReply:    nodeOf(r.textReply),
		nounCorrection:   nodeOf(r.emailCorrection),
		nounLegacy:       nodeOf(r.legacyMembership),
		nounSource:       nodeOf(r.legacySource),
	}
}

// nodeOf keeps a nil row from becoming a Node that is not nil.
func nodeOf[T any](get func(context.Context, uuid.UUID) (*T, error)) lookup {
	return func(ctx context.Context, id uuid.UUID) (Node, error) {
		row, err := get(ctx, id)
		if row == nil || err != nil {
			return nil, err
		}
		return row, nil
	}
}

func (r *Resolver) approval(ctx context.Context, id uuid.UUID) (*queries.Approval, error) {
	return found(r.q.ApprovalGetManaged(ctx, r.Pool, queries.ApprovalGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *Resolver) delivery(ctx context.Context, id uuid.UUID) (*queries.Delivery, error) {
	return found(r.q.DeliveryGetManaged(ctx, r.Pool, queries.DeliveryGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *Resolver) subscription(ctx context.Context, id uuid.UUID) (*queries.Subscription, error) {
	return found(r.q.SubscriptionGetManaged(ctx, r.Pool, queries.SubscriptionGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

// UploadID is how an uploaded file is known outside, to who imports it.
func UploadID(u uuid.UUID) string { return nounUpload.id(u) }

// BatchOf is the batch that an id outside means; the zero id for what is none.
func BatchOf(id string) uuid.UUID {
	u, _ := nounBatch.parse(id)
	return u
}

// LocationsOf are the locations that ids outside mean.
func LocationsOf(ids []string) []uuid.UUID { return onlyAny(nounLocation, ids) }
