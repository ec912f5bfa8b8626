package migration

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

const (
	// chunkSize is the most that Resend takes in one call (its API reference, "Send Batch Emails").
	chunkSize = 100
	// maxSend bounds one act by list of ids.
	maxSend = 1000
)

// Reasons of an outcome, stable words for programs; outcomeMessage has them for people.
const (
	ReasonClaimed  = "CLAIMED"
	ReasonRevoked  = "REVOKED"
	ReasonNoEmail  = "NO_EMAIL"
	ReasonRefused  = "REFUSED"
	ReasonUnknown  = "UNKNOWN"
	ReasonTemplate = "TEMPLATE"
	ReasonOver     = "OVER"
	// of texts, and of both channels
	ReasonNoPhone       = "NO_PHONE"
	ReasonAlreadyTexted = "ALREADY_TEXTED"
	ReasonSuppressed    = "SUPPRESSED"
	ReasonUndelivered   = "UNDELIVERED"
	ReasonCanceled      = "CANCELED"
	ReasonStopped       = "STOPPED"
)

var outcomeMessages = map[string]string{
	ReasonClaimed:  "The tenant has already completed the form.",
	ReasonRevoked:  "The invitation was revoked.",
	ReasonNoEmail:  "The tenant has no email address.",
	ReasonRefused:  "The email provider refused it.",
	ReasonUnknown:  "The provider's answer was lost. It may have been sent, so it is not sent again by itself.",
	ReasonTemplate: "The message could not be written.",
	ReasonOver:     "What it would have said is over.",

	ReasonNoPhone:       "The tenant has no phone number.",
	ReasonAlreadyTexted: "This phone number has had its one invitation by text.",
	ReasonSuppressed:    "This address is on the suppression list.",
	ReasonUndelivered:   "The provider took it and could not deliver it.",
	ReasonCanceled:      "The sending was canceled before its turn.",
	ReasonStopped:       "The sending stopped itself before its turn, because too many failed.",
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
	Channel       queries.MessageChannel
	IDs           []uuid.UUID
	ExpectedCount int
	ClientKey     string
}

// SendInvitations accepts one act of sending and answers its batch at once; jobs do the rest. The same client key again
// answers the same batch and sends nothing. It refuses as a whole where an id is not the caller's: what is sent is what was
// confirmed.
func (s *Service) SendInvitations(ctx context.Context, by Actor, req SendRequest) (*queries.Batch, error) {
	if err := checkSend(req); err != nil {
		return nil, err
	}
	var batch *queries.Batch
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		var known bool
		if batch, known, err = s.beginBatch(ctx, tx, by, req); err != nil || known {
			return err
		}
		invitations, err := s.q.InvitationLockManaged(ctx, tx, queries.InvitationLockManagedParams{Ids: req.IDs, StaffID: by.staffID()})
		if err != nil {
			return fmt.Errorf("lock invitations: %w", err)
		}
		if len(invitations) != len(req.IDs) {
			return Refuse(CodeNotFound, "At least one of the invitations does not exist at a location that you manage. Nothing was sent.", "ids")
		}
		return s.queueInvitations(ctx, tx, by, batch, invitations)
	})
	if err != nil {
		return nil, err
	}
	return batch, nil
}

func checkSend(req SendRequest) error {
	var r Refusals
	if req.Channel != queries.MessageChannelEmail {
		r.add(CodeInvalid, "Text messages are not configured here. Send by EMAIL.", "channel")
	}
	if len(req.IDs) == 0 || len(req.IDs) > maxSend {
		r.add(CodeInvalid, fmt.Sprintf("Choose 1 to %d invitations.", maxSend), "ids")
	}
	sorted := slices.Clone(req.IDs)
	slices.SortFunc(sorted, func(a, b uuid.UUID) int { return strings.Compare(string(a[:]), string(b[:])) })
	if len(slices.Compact(sorted)) != len(req.IDs) {
		r.add(CodeInvalid, "Each invitation may be there once.", "ids")
	}
	if req.ExpectedCount != len(req.IDs) {
		r.add(CodeInvalid, fmt.Sprintf("%d were confirmed, but %d are given. Nothing was sent.", req.ExpectedCount, len(req.IDs)), "expectedCount")
	}
	if cleanText(&r, req.ClientKey, 200, "clientKey") == "" {
		r.add(CodeRequired, "Give a key of 1 to 200 characters that is new for each act, for instance a UUID.", "clientKey")
	}
	return r.err()
}

// beginBatch inserts the batch, or answers the one that the same client key made before.
func (s *Service) beginBatch(ctx context.Context, tx pgx.Tx, by Actor, req SendRequest) (batch *queries.Batch, known bool, err error) {
	asked := sha256.Sum256(fmt.Appendf(nil, "%s %v", req.Channel, req.IDs))
	batch, err = found(s.q.BatchInsertOrNothing(ctx, tx, queries.BatchInsertOrNothingParams{
		ID: ids.New(), Kind: queries.BatchKindSend, Channel: &req.Channel, StaffID: by.staffID(), ClientKey: req.ClientKey,
		Request: asked[:], Total: len(req.IDs), Now: s.now()}))
	if err != nil {
		return nil, false, fmt.Errorf("insert batch: %w", err)
	}
	if batch != nil {
		return batch, false, s.record(ctx, tx, by, event{
			subject: queries.EventSubjectBatch, id: batch.ID, action: "started", detail: map[string]any{"total": batch.Total}})
	}
	batch, err = s.q.BatchGetByClientKey(ctx, tx, queries.BatchGetByClientKeyParams{
		StaffID: by.staffID(), Kind: queries.BatchKindSend, ClientKey: req.ClientKey})
	if err != nil {
		return nil, false, fmt.Errorf("read batch by client key: %w", err)
	}
	if string(batch.Request) != string(asked[:]) {
		return nil, false, Refuse(CodeKeyReused, "This client key was used for another sending. Use a new one.", "clientKey")
	}
	return batch, true, nil
}

// queueInvitations writes an outcome for every row and a delivery for each that can be sent, in chunks with a job each.
func (s *Service) queueInvitations(ctx context.Context, tx pgx.Tx, by Actor, batch *queries.Batch, invitations []*queries.Invitation) error {
	addresses, err := s.addresses(ctx, tx, invitations)
	if err != nil {
		return err
	}
	var chunk *emailChunk
	for position, inv := range invitations {
		skip := skipReason(inv, addresses[inv.TenantID])
		if err := s.insertItem(ctx, tx, batch.ID, position, inv.ID, skip); err != nil {
			return err
		}
		if skip != "" {
			continue
		}
		if chunk == nil || chunk.size == chunkSize {
			if chunk, err = s.beginChunk(ctx, tx); err != nil {
				return err
			}
		}
		at := position
		err = s.queueEmail(ctx, tx, by, chunk, queries.DeliveryInsertParams{
			Purpose: queries.DeliveryPurposeInvitation, Address: addresses[inv.TenantID], LocationID: inv.LocationID,
			TenantID: &inv.TenantID, InvitationID: &inv.ID, BatchID: &batch.ID, BatchPosition: &at})
		if err != nil {
			return err
		}
	}
	return s.finishBatchIfDone(ctx, tx, by, batch.ID)
}

func (s *Service) addresses(ctx context.Context, tx pgx.Tx, invitations []*queries.Invitation) (map[uuid.UUID]string, error) {
	tenantIDs := make([]uuid.UUID, len(invitations))
	for i, inv := range invitations {
		tenantIDs[i] = inv.TenantID
	}
	tenants, err := s.q.TenantListByIDs(ctx, tx, tenantIDs)
	if err != nil {
		return nil, fmt.Errorf("read tenants: %w", err)
	}
	addresses := make(map[uuid.UUID]string, len(tenants))
	for _, t := range tenants {
		if t.Email != nil {
			addresses[t.ID] = *t.Email
		}
	}
	return addresses, nil
}

// skipReason answers why an invitation is not mailed, or "".
func skipReason(inv *queries.Invitation, address string) string {
	switch {
	case inv.Status == queries.InvitationStatusClaimed:
		return ReasonClaimed
	case inv.Status == queries.InvitationStatusRevoked:
		return ReasonRevoked
	case address == "":
		return ReasonNoEmail
	}
	return ""
}

func (s *Service) insertItem(ctx context.Context, tx pgx.Tx, batch uuid.UUID, position int, invitation uuid.UUID, skip string) error {
	outcome := queries.BatchOutcomePending
	if skip != "" {
		outcome = queries.BatchOutcomeSkipped
	}
	err := s.q.BatchItemInsert(ctx, tx, queries.BatchItemInsertParams{
		BatchID: batch, Position: position, InvitationID: &invitation, Outcome: outcome, Reason: skip})
	if err != nil {
		return fmt.Errorf("insert batch item: %w", err)
	}
	return nil
}

// emailChunk is a chunk that is being filled.
type emailChunk struct {
	id   uuid.UUID
	size int
}

// beginChunk makes an empty chunk and the job that will send it.
func (s *Service) beginChunk(ctx context.Context, tx pgx.Tx) (*emailChunk, error) {
	c := &emailChunk{id: ids.New()}
	if err := s.q.EmailChunkInsert(ctx, tx, queries.EmailChunkInsertParams{ID: c.id, Now: s.now()}); err != nil {
		return nil, fmt.Errorf("insert email chunk: %w", err)
	}
	return c, s.enqueue(ctx, tx, SendEmailBatchArgs{ChunkID: c.id}, nil)
}

// queueEmail adds one delivery to a chunk.
func (s *Service) queueEmail(ctx context.Context, tx pgx.Tx, by Actor, c *emailChunk, p queries.DeliveryInsertParams) error {
	position := c.size
	c.size++
	p.ID, p.Channel, p.ChunkID, p.ChunkPosition, p.Now = ids.New(), queries.MessageChannelEmail, &c.id, &position, s.now()
	d, err := s.q.DeliveryInsert(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("insert delivery: %w", err)
	}
	return s.record(ctx, tx, by, deliveryEvent(d, "queued", ""))
}

// queueSingleEmail is a chunk of one.
func (s *Service) queueSingleEmail(ctx context.Context, tx pgx.Tx, by Actor, p queries.DeliveryInsertParams) error {
	c, err := s.beginChunk(ctx, tx)
	if err != nil {
		return err
	}
	return s.queueEmail(ctx, tx, by, c, p)
}

// finishBatchIfDone closes a batch in which nothing is pending. The batch's row is locked first: of two chunks that end at
// once, the later one sees what the earlier one wrote.
func (s *Service) finishBatchIfDone(ctx context.Context, tx pgx.Tx, by Actor, batch uuid.UUID) error {
	if err := s.q.BatchLock(ctx, tx, batch); err != nil {
		return fmt.Errorf("lock batch: %w", err)
	}
	n, err := s.q.BatchFinishIfDone(ctx, tx, queries.BatchFinishIfDoneParams{ID: batch, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("finish batch: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.record(ctx, tx, by, event{subject: queries.EventSubjectBatch, id: batch, action: "finished"})
}

func deliveryEvent(d *queries.Delivery, action string, before queries.DeliveryStatus) event {
	return event{subject: queries.EventSubjectDelivery, id: d.ID, location: d.LocationID, action: action,
		before: string(before), after: string(d.Status), detail: map[string]any{"purpose": d.Purpose, "channel": d.Channel}}
}
