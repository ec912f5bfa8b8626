package migration

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// maxReply is the longest text that Twilio hands on (its documentation, "Message Body": 1,600 characters).
const maxReply = 1600

// HearReply keeps a text that came back, once, and acts on what is asked for at once: STOP, or any wording that clearly means it,
// ends all texts to that number; START lifts what STOP did. Everything that is no word of the kind waits for staff.
func (s *Service) HearReply(ctx context.Context, by Actor, in IncomingText) error {
	body, batches := cleanReply(in.Body), map[uuid.UUID]bool{}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		kind, err := s.kindOf(ctx, tx, in, body)
		if err != nil {
			return err
		}
		row, err := found(s.q.TextReplyInsertOrNothing(ctx, tx, queries.TextReplyInsertOrNothingParams{
			ID: ids.New(), ProviderID: in.ProviderID, Phone: cleanReply(in.From), SentTo: cleanReply(in.To), Body: body, Kind: kind, Now: s.now()}))
		if err != nil || row == nil {
			return err
		}
		if err := s.record(ctx, tx, by, textReplyEvent(row, "received")); err != nil {
			return err
		}
		if err := s.obey(ctx, tx, by, row, batches); err != nil {
			return err
		}
		return s.hearAtCounter(ctx, tx, by, row)
	})
	if err != nil {
		return fmt.Errorf("hear a text: %w", err)
	}
	return s.finishBatches(ctx, by, batches)
}

// kindOf takes the provider's reading before ours. A YES from whom nothing keeps us away is an answer to something else.
func (s *Service) kindOf(ctx context.Context, tx pgx.Tx, in IncomingText, body string) (queries.TextReplyKind, error) {
	if in.Kind != "" {
		return in.Kind, nil
	}
	kind := replyKind(body)
	if kind != queries.TextReplyKindStart || !slices.Equal(replyWords(body), []string{"yes"}) {
		return kind, nil
	}
	stop, err := found(s.q.SuppressionGetLive(ctx, tx, queries.SuppressionGetLiveParams{
		Channel: queries.MessageChannelSms, Address: in.From, Reason: queries.SuppressionReasonStop}))
	if err != nil {
		return "", fmt.Errorf("look for a stop: %w", err)
	}
	if stop == nil {
		kind = queries.TextReplyKindOther
	}
	return kind, nil
}

// obey does what the person asked for. A sender that is no phone number, such as a short code, is never texted by us.
func (s *Service) obey(ctx context.Context, tx pgx.Tx, by Actor, row *queries.TextReply, batches map[uuid.UUID]bool) error {
	switch {
	case !e164.MatchString(row.Phone):
		return nil
	case row.Kind == queries.TextReplyKindStart:
		return s.liftOwn(ctx, tx, by, reachable{queries.MessageChannelSms, row.Phone}, queries.SuppressionReasonStop)
	case row.Kind == queries.TextReplyKindStop, asksToStop(row.Body):
		_, err := s.suppress(ctx, tx, by, batches, queries.SuppressionPutParams{Channel: queries.MessageChannelSms, Address: row.Phone,
			Scope: queries.SuppressionScopeAll, Reason: queries.SuppressionReasonStop})
		return err
	}
	return nil
}

// e164 is what a suppressed phone looks like in the database too.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// HandleTextReply notes that somebody has dealt with a reply. One that was dealt with before stays as it is.
func (s *Service) HandleTextReply(ctx context.Context, by Actor, id uuid.UUID) (row *queries.TextReply, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		row, err = found(s.q.TextReplyHandleIfOpen(ctx, tx, queries.TextReplyHandleIfOpenParams{ID: id, StaffID: by.staffID(), Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("handle a text reply: %w", err)
		}
		if row != nil {
			return s.record(ctx, tx, by, textReplyEvent(row, "handled"))
		}
		row, err = s.readReply(ctx, tx, by, id)
		return err
	})
	return row, err
}

func (s *Service) readReply(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID) (*queries.TextReply, error) {
	seen, err := found(s.q.TextReplyGetVisible(ctx, tx, queries.TextReplyGetVisibleParams{ID: id, StaffID: by.staffID()}))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a text reply: %w", err)
	case seen == nil:
		return nil, Refuse(CodeNotFound, "There is no such reply from a tenant at a location that you manage.", "id")
	}
	return ShownReply(&seen.TextReply, seen.Told), nil
}

// ShownReply is a reply as a staff member sees it: not with who dealt with it where they are at another location.
func ShownReply(row *queries.TextReply, told bool) *queries.TextReply {
	if !told {
		row.HandledBy = nil
	}
	return row
}

// textReplyEvent holds neither the number nor the words: the reply does, for those who may read it.
func textReplyEvent(row *queries.TextReply, action string) event {
	return event{subject: queries.EventSubjectTextReply, id: row.ID, action: action, detail: map[string]any{"kind": row.Kind}}
}

// cleanReply makes what a stranger sent storable: whole characters, no NUL, no control but line breaks, of a text's length.
func cleanReply(body string) string {
	body = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(body, "\uFFFD"))
	if runes := []rune(body); len(runes) > maxReply {
		body = string(runes[:maxReply])
	}
	return strings.TrimSpace(body)
}
