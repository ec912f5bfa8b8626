package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"carryover/queries"
)

// MessagePreview is one of the two messages of an invitation as its tenant would get it now.
type MessagePreview struct {
	From  string // of an email: "Name <address>"
	Email *Email // nil for a text
	Text  *RenderedText
}

// PreviewMessage writes the message that sending would, from the same content and by the same templates, and sends and changes
// nothing: its links have the form of real ones and open nothing. language nil is the tenant's. It refuses with NOT_FOUND what
// the caller does not manage, and with WRONG_STATE an invitation that would not be sent any more. A tenant without an email
// address or phone is no obstacle.
func (s *Service) PreviewMessage(ctx context.Context, by Actor, id uuid.UUID, channel queries.MessageChannel, language *queries.MessageLanguage) (*MessagePreview, error) {
	inv, err := found(s.q.InvitationGetManaged(ctx, s.Pool, queries.InvitationGetManagedParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	if err := previewable(inv); err != nil {
		return nil, err
	}
	content, err := s.linkContent(ctx, s.Pool, inv, queries.DeliveryPurposeInvitation)
	if err != nil {
		return nil, err
	}
	if language != nil {
		content.Language = *language
	}
	if channel == queries.MessageChannelSms {
		return s.previewText(content)
	}
	return s.previewEmail(content)
}

func previewable(inv *queries.Invitation) error {
	switch {
	case inv == nil:
		return Refuse(CodeNotFound, "There is no such invitation at a location that you manage.", "invitationId")
	case inv.Status == queries.InvitationStatusClaimed:
		return Refuse(CodeWrongState, "The tenant has already completed the form, so nothing is sent any more.", "invitationId")
	case inv.Status == queries.InvitationStatusRevoked:
		return Refuse(CodeWrongState, "The invitation was revoked, so nothing is sent any more.", "invitationId")
	}
	return nil
}

func (s *Service) previewEmail(c EmailContent) (*MessagePreview, error) {
	setup, err := s.Links.sign(previewLink, c.LinkKey, setupBody(c.LinkInvitation, c.LinkVersion))
	if err != nil {
		return nil, err
	}
	unsubscribe, err := s.Links.sign(previewLink, c.LinkKey, c.LinkInvitation[:deliveryBody])
	if err != nil {
		return nil, err
	}
	c.Link, c.UnsubscribeURL = s.PublicURL+setupPath+setup, s.PublicURL+unsubscribePath+unsubscribe
	email, err := s.Renderer.Email(c)
	if err != nil {
		return nil, unwritable(err)
	}
	return &MessagePreview{From: s.Mailer.Sender(email.FromName), Email: &email}, nil
}

func (s *Service) previewText(c EmailContent) (*MessagePreview, error) {
	token, err := s.Links.signText(previewLink, c.LinkKey, c.LinkInvitation, c.LinkVersion)
	if err != nil {
		return nil, err
	}
	text := textContent(c)
	text.Link = s.PublicURL + textPath + token
	rendered, err := s.Renderer.Text(text)
	if err != nil {
		return nil, unwritable(err)
	}
	return &MessagePreview{Text: &rendered}, nil
}

// textContent is what a text says of the same facts.
func textContent(c EmailContent) TextContent {
	return TextContent{
		Version: c.Version, Purpose: c.Purpose, Language: c.Language, Recipient: c.Recipient, LocationName: c.LocationName,
		PlanName: c.PlanName, PlanKind: c.PlanKind, Unit: c.Unit,
		LinkInvitation: c.LinkInvitation, LinkVersion: c.LinkVersion, LinkKey: c.LinkKey,
	}
}

// unwritable tells staff what would keep the message from being sent. A renderer's error names a field and holds no link.
func unwritable(err error) error {
	return Refuse(CodeInvalid, "This message cannot be written: "+err.Error()+".", "invitationId")
}
