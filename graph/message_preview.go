package graph

import (
	"context"

	"carryover/migration"
	"carryover/queries"
)

func (r *queryResolver) PreviewMessage(ctx context.Context, invitationID string, channel queries.MessageChannel, language *queries.MessageLanguage) (*MessagePreview, error) {
	u, _ := nounInvitation.parse(invitationID)
	preview, err := r.Migration.PreviewMessage(ctx, Actor(ctx), u, channel, language)
	if err != nil {
		refusals, err := userErrors(err)
		return &MessagePreview{UserErrors: refusals}, err
	}
	return &MessagePreview{Email: emailPreview(preview), Text: textPreview(preview.Text), UserErrors: noErrors}, nil
}

func emailPreview(p *migration.MessagePreview) *EmailPreview {
	if p.Email == nil {
		return nil
	}
	shown := &EmailPreview{From: p.From, Subject: p.Email.Subject, HTML: p.Email.HTML, Text: p.Email.Text}
	if p.Email.ReplyTo != "" {
		shown.ReplyTo = &p.Email.ReplyTo
	}
	return shown
}

func textPreview(t *migration.RenderedText) *TextPreview {
	if t == nil {
		return nil
	}
	return &TextPreview{Body: t.Body, Segments: t.Segments, Encoding: t.Encoding, Characters: t.Characters}
}
