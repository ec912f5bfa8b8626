package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/ids"
	"carryover/queries"
)

// Reasons of an outcome, stable words for programs; outcomeMessage has them for people.
const (
	ReasonClaimed  = "CLAIMED"
	ReasonRevoked  = "REVOKED"
	ReasonDeleted  = "DELETED"
	ReasonNoEmail  = "NO_EMAIL"
	ReasonRefused  = "REFUSED"
	ReasonNotSent  = "NOT_SENT"
	ReasonUnknown  = "UNKNOWN"
	ReasonTemplate = "TEMPLATE"
	ReasonOver     = "OVER"
	// of texts, and of both channels
	ReasonNoPhone       = "NO_PHONE"
	ReasonAlreadyTexted = "ALREADY_TEXTED"
	ReasonTextOnItsWay  = "TEXT_ON_ITS_WAY"
	ReasonSuppressed    = "SUPPRESSED"
	ReasonUndelivered   = "UNDELIVERED"
	ReasonCanceled      = "CANCELED"
	ReasonStopped       = "STOPPED"
	// ReasonRecipientChanged: the invitation is for another person or address by now.
	ReasonRecipientChanged = "RECIPIENT_CHANGED"
	// ReasonAlreadyEmailed: the email that a retry would send again has gone out.
	ReasonAlreadyEmailed = "ALREADY_EMAILED"
)

var outcomeMessages = map[string]string{
	ReasonClaimed:  "The tenant has already completed the form.",
	ReasonRevoked:  "The invitation was revoked.",
	ReasonDeleted:  "The invitation was deleted before its turn.",
	ReasonNoEmail:  "The tenant has no email address.",
	ReasonRefused:  "The provider refused it.",
	ReasonNotSent:  "It was not sent.",
	ReasonUnknown:  "The provider's answer was lost. It may have been sent, so it is not sent again by itself.",
	ReasonTemplate: "The message could not be written.",
	ReasonOver:     "What it would have said is over.",

	ReasonNoPhone:          "The tenant has no phone number.",
	ReasonAlreadyTexted:    "The tenant, or this phone number, has had the one invitation by text.",
	ReasonTextOnItsWay:     "A text to the tenant, or to this phone number, is on its way; there is only one.",
	ReasonSuppressed:       "This address is on the suppression list.",
	ReasonUndelivered:      "The provider took it and could not deliver it.",
	ReasonCanceled:         "It was canceled before its turn.",
	ReasonRecipientChanged: "The recipient or the address was changed before its turn.",
	ReasonAlreadyEmailed:   "The email that this one was to repeat has gone out after all.",
	ReasonStopped:          "The whole stopped itself before its turn, because too many failed.",

	ReasonNotManaged:         "Whoever started this manages its location no more.",
	ReasonNotReady:           "It is not ready for approval.",
	ReasonAlreadyDecided:     "It was decided already.",
	ReasonReservationEnded:   "Its reservation has ended, so there is nothing left to approve.",
	ReasonReservedTwice:      "The tenant has another live reservation or subscription for this plan and unit. End one of the two first.",
	ReasonPlanWithdrawn:      "The plan is no longer offered. Reject the submission with another offer.",
	ReasonInsuranceWithdrawn: "The insurance is no longer offered. Reject the submission with another offer.",
	ReasonQuoteChanged:       "The lines that the tenant agreed to do not add up to the total any more. Nothing can be charged; reject the submission with the right offer.",
	ReasonPaymentFailed:      "The charge was declined and nothing exists. The tenant is asked for another payment method.",
	ReasonReturned:           "It went back to Ready for Approval, and nothing exists.",
	ReasonMigrated:           "The membership has already been migrated.",
	ReasonCancelledThere:     "It was cancelled in the old system.",
	ReasonEndedHere:          "Its subscription here has ended, and the old plan is still to be cancelled there.",
	ReasonAlreadyInvited:     "There is an open invitation for it already.",
	ReasonNoPlan:             "Nobody has said yet which monthly plan on offer its old plan becomes.",
	ReasonNotMonthly:         "It is not billed by the month there. Agree on a monthly price and invite by hand.",
	ReasonNoBillingDate:      "The list has neither its next billing date nor its billing day.",
	ReasonNoPrice:            "The list has no price for it, and its old plan is given none.",
	ReasonEndsThere:          "It ends in the old system before it is billed again.",
	ReasonDiscountEnds:       "Its discount ends after the next bill, so its price is not the same for ever. Invite by hand, or give its old plan a price.",
	ReasonDuplicatePlate:     "Another live membership at the location has the same plate.",
	ReasonDuplicateEmail:     "Somebody else on the location's list has the same email address.",
	ReasonDuplicatePhone:     "Somebody else on the location's list has the same phone number.",
	ReasonOfferRefused:       "The offer cannot be made.",
	ReasonTenantAction:       "The tenant's bank wants the tenant to confirm. The tenant is asked.",
}

// OutcomeMessage says a reason in words, with the provider's own where there are any.
func OutcomeMessage(reason, detail string) string {
	if detail == "" {
		return outcomeMessages[reason]
	}
	return strings.TrimSpace(outcomeMessages[reason] + " " + detail)
}

// SendRequest is one act of sending.
type SendRequest struct {
	Channel queries.MessageChannel
	Selection
	ExpectedCount int
	ClientKey     string
}

// SendInvitations accepts one act of sending and answers its batch at once: who is meant is settled here, jobs do the rest. The
// same client key again answers the same batch and sends nothing. It refuses as a whole where an id is not the caller's, or where
// not as many match as were confirmed: what is sent is what was confirmed.
func (s *Service) SendInvitations(ctx context.Context, by Actor, req SendRequest) (*queries.Batch, error) {
	if err := checkSend(req); err != nil {
		return nil, err
	}
	return s.startBatch(ctx, by, newBatch{kind: queries.BatchKindSend, channel: &req.Channel, clientKey: req.ClientKey, total: req.ExpectedCount,
		request: req.digest(req.Channel, req.ExpectedCount),
		choose: func(tx pgx.Tx, batch *queries.Batch) error {
			matching, err := s.matching(ctx, tx, by, req.Selection)
			if err != nil {
				return err
			}
			matching.BatchID = batch.ID
			n, err := s.q.BatchPartInsertMatching(ctx, tx, matching)
			if err != nil {
				return fmt.Errorf("insert batch parts: %w", err)
			}
			return checkCount(req, n)
		}})
}

func checkSend(req SendRequest) error {
	var r Refusals
	req.check(&r)
	if req.Filter == nil && req.ExpectedCount != len(req.IDs) {
		r.add(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d are given. Nothing was sent.", req.ExpectedCount, len(req.IDs)), "expectedCount")
	}
	if req.Filter != nil && req.ExpectedCount < 1 {
		r.add(CodeInvalid, "Confirm at least one. Nothing was sent.", "expectedCount")
	}
	checkClientKey(&r, req.ClientKey)
	return r.err()
}

func checkClientKey(r *Refusals, key string) {
	if cleanText(r, key, 200, "clientKey") == "" {
		r.add(CodeRequired, "Give a key of 1 to 200 characters that is new for each act, for instance a UUID.", "clientKey")
	}
}

// checkCount holds those who were chosen to those who were confirmed.
func checkCount(req SendRequest, n int) error {
	switch {
	case n == req.ExpectedCount:
		return nil
	case req.Filter == nil:
		return errForeignIDs
	default:
		return Refuse(CodeCountChanged, fmt.Sprintf("%d were confirmed, but %d match now. Nothing was sent.", req.ExpectedCount, n), "expectedCount")
	}
}

// newBatch is an act that begins. choose writes the parts of the batch and refuses where they are not what was asked for.
type newBatch struct {
	kind      queries.BatchKind
	channel   *queries.MessageChannel // of a SEND
	option    *StartOption            // of an APPROVE
	clientKey string
	request   []byte
	total     int
	retryOf   *uuid.UUID
	choose    func(tx pgx.Tx, batch *queries.Batch) error
}

// startBatch inserts a batch with its parts and the jobs that plan and watch it, or answers the one that the same client key made
// before.
func (s *Service) startBatch(ctx context.Context, by Actor, n newBatch) (batch *queries.Batch, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		var known bool
		if batch, known, err = s.insertBatch(ctx, tx, by, n); err != nil || known {
			return err
		}
		if err := n.choose(tx, batch); err != nil {
			return err
		}
		if err := s.enqueuePlans(ctx, tx, batch); err != nil {
			return err
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectBatch, id: batch.ID, action: "started",
			after: string(batch.State), detail: n.detail(batch)})
	})
	if err != nil {
		return nil, err
	}
	return s.WithCounts(ctx, batch)
}

// detail is what the first event of a batch tells of it.
func (n newBatch) detail(batch *queries.Batch) map[string]any {
	if n.kind == queries.BatchKindApprove {
		return map[string]any{"total": batch.Total, "option": n.option}
	}
	return map[string]any{"total": batch.Total, "channel": n.channel}
}

// insertBatch answers known where the same client key made a batch of the same request before.
func (s *Service) insertBatch(ctx context.Context, tx pgx.Tx, by Actor, n newBatch) (batch *queries.Batch, known bool, err error) {
	batch, err = found(s.q.BatchInsertOrNothing(ctx, tx, queries.BatchInsertOrNothingParams{
		ID: ids.New(), Kind: n.kind, Channel: n.channel, Option: n.option, StaffID: by.staffID(), TokenName: by.TokenName, ClientKey: n.clientKey,
		Request: n.request, Total: n.total, RetryOf: n.retryOf, Now: s.now()}))
	if err != nil {
		return nil, false, fmt.Errorf("insert batch: %w", err)
	}
	if batch != nil {
		return batch, false, nil
	}
	batch, err = s.q.BatchGetByClientKey(ctx, tx, queries.BatchGetByClientKeyParams{
		StaffID: by.staffID(), Kind: n.kind, ClientKey: n.clientKey})
	if err != nil {
		return nil, false, fmt.Errorf("read batch by client key: %w", err)
	}
	if string(batch.Request) != string(n.request) {
		return nil, false, Refuse(CodeKeyReused, "This client key was used for another act. Use a new one.", "clientKey")
	}
	return batch, true, nil
}

// enqueuePlans inserts a job for each part and the one that watches the batch.
func (s *Service) enqueuePlans(ctx context.Context, tx pgx.Tx, batch *queries.Batch) error {
	parts, err := s.q.BatchPartCount(ctx, tx, batch.ID)
	if err != nil {
		return fmt.Errorf("count batch parts: %w", err)
	}
	jobs := make([]river.InsertManyParams, 0, parts+1)
	for part := range parts {
		jobs = append(jobs, river.InsertManyParams{Args: PlanBatchPartArgs{BatchID: batch.ID, Part: part}})
	}
	return s.enqueueMany(ctx, tx, append(jobs, river.InsertManyParams{Args: WatchBatchArgs{BatchID: batch.ID}}))
}

// queueSingleEmail is a chunk of one. Whoever refers to the delivery chooses its id.
func (s *Service) queueSingleEmail(ctx context.Context, tx pgx.Tx, by Actor, p queries.DeliveryInsertParams) error {
	chunk, position := ids.New(), 0
	if err := s.q.EmailChunkInsert(ctx, tx, queries.EmailChunkInsertParams{ID: chunk, Now: s.now()}); err != nil {
		return fmt.Errorf("insert email chunk: %w", err)
	}
	if p.ID == uuid.Nil {
		p.ID = ids.New()
	}
	p.Channel, p.ChunkID, p.ChunkPosition, p.Now = queries.MessageChannelEmail, &chunk, &position, s.now()
	d, err := s.q.DeliveryInsert(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("insert delivery: %w", err)
	}
	if err := s.record(ctx, tx, by, deliveryEvent(d, "queued", "")); err != nil {
		return err
	}
	return s.enqueue(ctx, tx, SendEmailBatchArgs{ChunkID: chunk}, nil)
}

func deliveryEvent(d *queries.Delivery, action string, before queries.DeliveryStatus) event {
	return event{subject: queries.EventSubjectDelivery, id: d.ID, location: d.LocationID, action: action,
		before: string(before), after: string(d.Status), detail: map[string]any{"purpose": d.Purpose, "channel": d.Channel}}
}
