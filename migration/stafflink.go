package migration

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
	"carryover/throttle"
)

// What the mails to staff are rendered as. They are no deliveries: a delivery belongs to a location, whose managers see it, and these
// are nobody's business but their reader's.
const (
	PurposeStaffInvitation queries.DeliveryPurpose = "staff_invitation"
	PurposePasswordReset   queries.DeliveryPurpose = "password_reset"
)

// staffMail is what differs between the mails to staff.
type staffMail struct {
	purpose queries.DeliveryPurpose
	path    string // the token follows as the fragment, which reaches no log on its way
	life    time.Duration
}

var staffMails = map[queries.StaffLinkPurpose]staffMail{
	queries.StaffLinkPurposeInvitation:    {PurposeStaffInvitation, "/staff/invitation", 72 * time.Hour},
	queries.StaffLinkPurposePasswordReset: {PurposePasswordReset, "/staff/password", time.Hour},
}

// productName is whom mails to staff come from.
const productName = "Carryover"

// resetsToAddress is how often one address is mailed a link to choose a password anew.
var resetsToAddress = throttle.Limit{Name: "resets_to_address", Most: 3, Per: time.Hour}

// QueueStaffLink mails a link to a member of staff, after the transaction. The links of this purpose that they had open nothing any more.
func (s *Service) QueueStaffLink(ctx context.Context, tx pgx.Tx, by Actor, to *queries.Staff, purpose queries.StaffLinkPurpose) error {
	now, mail := s.now(), staffMails[purpose]
	content := EmailContent{Version: s.Renderer.TemplateVersion(), Purpose: mail.purpose, Language: queries.MessageLanguageEn,
		FromName: productName, Recipient: to.Name}
	if inviter := by.staffID(); purpose == queries.StaffLinkPurposeInvitation && inviter != uuid.Nil {
		rows, err := s.q.StaffListByIDs(ctx, tx, []uuid.UUID{inviter})
		if err != nil || len(rows) == 0 {
			return fmt.Errorf("read who invites: %w", err)
		}
		content.Inviter = rows[0].Name
	}
	link := queries.StaffLinkInsertParams{ID: ids.New(), StaffID: to.ID, Purpose: purpose, Address: to.Email, KeyID: s.Links.PrimaryKey(),
		Now: now, ExpiresAt: now.Add(mail.life)}
	token, err := s.Links.StaffToken(link.KeyID, link.ID)
	if err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(token))
	link.TokenHash = hash[:]
	if link.Content, err = json.Marshal(content); err != nil {
		return fmt.Errorf("freeze content: %w", err)
	}
	if err := s.q.StaffLinkReplace(ctx, tx, queries.StaffLinkReplaceParams{StaffID: to.ID, Purpose: purpose, Now: &now}); err != nil {
		return fmt.Errorf("replace links: %w", err)
	}
	if err := s.q.StaffLinkInsert(ctx, tx, link); err != nil {
		return fmt.Errorf("insert link: %w", err)
	}
	return s.enqueue(ctx, tx, SendStaffLinkArgs{LinkID: link.ID}, nil)
}

// RequestPasswordReset takes somebody's word that a member of staff has this address. As with RequestSignInLink, whoever asks is told
// nothing, after the same work: who it is, is found out by a job.
func (s *Service) RequestPasswordReset(ctx context.Context, by Actor, email string) error {
	address, err := ParseEmail(email)
	if err != nil {
		return Refuse(CodeInvalid, err.Error(), "email")
	}
	if may, err := s.mayAskFor(ctx, by, resetsToAddress, address); err != nil || !may {
		return err
	}
	request := ids.New()
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := s.q.PasswordResetRequestInsert(ctx, tx, queries.PasswordResetRequestInsertParams{ID: request, Email: address, Now: s.now()}); err != nil {
			return fmt.Errorf("insert reset request: %w", err)
		}
		return s.enqueue(ctx, tx, SendPasswordResetArgs{RequestID: request}, nil)
	})
}

// SendPasswordReset is the job that mails a link where somebody active works here with the address that was asked for. Who was invited
// and has not chosen a password gets the invitation again: its link does the same.
func (s *Service) SendPasswordReset(ctx context.Context, by Actor, requestID uuid.UUID) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		request, err := found(s.q.PasswordResetRequestTake(ctx, tx, queries.PasswordResetRequestTakeParams{ID: requestID, Now: ptr(s.now())}))
		if err != nil || request == nil {
			return err
		}
		staff, err := found(s.q.StaffGetByEmail(ctx, tx, request.Email))
		if err != nil || staff == nil || staff.DeactivatedAt != nil {
			return err
		}
		if staff, err = s.q.StaffLock(ctx, tx, staff.ID); err != nil || staff.DeactivatedAt != nil {
			return err
		}
		purpose := queries.StaffLinkPurposePasswordReset
		if staff.PasswordHash == "" {
			purpose = queries.StaffLinkPurposeInvitation
		}
		if err := s.QueueStaffLink(ctx, tx, by, staff, purpose); err != nil {
			return err
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectStaff, id: staff.ID, action: "password_reset_mailed"})
	})
	if err != nil {
		return fmt.Errorf("send password reset of request %s: %w", requestID, err)
	}
	return nil
}

// SendStaffLink is the job that hands the mail with one link to the provider. Its bytes are frozen with the row and its key is the
// row's id, so that however often it runs one mail goes out; a link that opens nothing any more is not mailed.
func (s *Service) SendStaffLink(ctx context.Context, by Actor, linkID uuid.UUID) error {
	t, err := s.enterLane(ctx, queries.MessageChannelEmail, inTurn, emailLead)
	if err != nil {
		return err
	}
	email, err := s.beginStaffMail(ctx, linkID)
	if err != nil || email == nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelEmail, t))
	}
	if err := s.awaitTurn(ctx, queries.MessageChannelEmail, t); err != nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelEmail, t))
	}
	results, err := s.Mailer.SendBatch(ctx, "staff-link-"+linkID.String(), []Email{*email})
	if noted := s.leaveLaneUnlessStopped(ctx, queries.MessageChannelEmail, t, err); noted != nil {
		s.Log.ErrorContext(ctx, "the pace of the email provider could not be noted", "error", noted)
	}
	if err != nil {
		return s.afterFailedStaffMail(ctx, by, linkID, err)
	}
	return s.settleStaffMail(ctx, by, linkID, results[0].Refused)
}

// beginStaffMail answers nil where there is nothing to mail any more.
func (s *Service) beginStaffMail(ctx context.Context, linkID uuid.UUID) (*Email, error) {
	link, err := found(s.q.StaffLinkMarkCalled(ctx, s.Pool, queries.StaffLinkMarkCalledParams{ID: linkID, Now: ptr(s.now())}))
	if err != nil || link == nil {
		return nil, err
	}
	var content EmailContent
	if err := json.Unmarshal(link.Content, &content); err != nil {
		return nil, fmt.Errorf("read content of link %s: %w", linkID, err)
	}
	token, err := s.Links.StaffToken(link.KeyID, link.ID)
	if err != nil {
		return nil, err
	}
	content.Link = s.PublicURL + staffMails[link.Purpose].path + "#" + token
	email, err := s.Renderer.Email(content)
	if err != nil {
		return nil, fmt.Errorf("render mail of link %s: %w", linkID, err)
	}
	email.DeliveryID, email.To = link.ID, link.Address
	return &email, nil
}

func (s *Service) afterFailedStaffMail(ctx context.Context, by Actor, linkID uuid.UUID, err error) error {
	pe := ProviderErrorAs(err)
	switch pe.Kind {
	case ProviderThrottled:
		return &Later{After: max(pe.RetryAfter, time.Second), Why: pe.Message}
	case ProviderShut:
		return &Later{After: time.Minute, Why: pe.Message}
	case ProviderBusy:
		return &Later{After: 5 * time.Second, Why: pe.Message}
	case ProviderRefused, ProviderDeclined:
		return s.settleStaffMail(ctx, by, linkID, pe.Message)
	default: // uncertain: the same call again, under the same key
		return err
	}
}

func (s *Service) settleStaffMail(ctx context.Context, by Actor, linkID uuid.UUID, refused string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		p := queries.StaffLinkSettleParams{ID: linkID, Refused: refused}
		if refused == "" {
			p.MailedAt = ptr(s.now())
		}
		link, err := found(s.q.StaffLinkSettle(ctx, tx, p))
		if err != nil || link == nil || refused == "" {
			return err
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectStaff, id: link.StaffID, action: "link_not_mailed",
			detail: map[string]any{"purpose": link.Purpose, "reason": refused}})
	})
}
