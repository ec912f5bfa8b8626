package migration

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"carryover/queries"
)

// textHead is how much of an invitation's id stands in a text's token: its time and the first random bits, by which the index
// finds the few rows that can be meant. Which one it is, and its link version, the MAC tells.
const textHead = 8

// TextToken derives the token of an invitation's link in a text: 32 characters where Token has 51 and more, under a MAC of the
// same length, since every character is paid for. OpenTextLink leads from it to the set-up.
func (l *Links) TextToken(keyID string, invitation uuid.UUID, version int) (string, error) {
	return l.signText(textLink, keyID, invitation, version)
}

func (l *Links) signText(kind linkKind, keyID string, invitation uuid.UUID, version int) (string, error) {
	secret, ok := l.keys[keyID]
	if !ok {
		return "", fmt.Errorf("link keys: there is no key %q any more", keyID)
	}
	sum := mac(kind, secret, keyID, setupBody(invitation, version))
	return base64.RawURLEncoding.EncodeToString(slices.Concat(invitation[:textHead], sum)), nil
}

// parseText answers the part of the id and the MAC.
func parseText(token string) (head, sum []byte, err error) {
	raw, err := decodeToken(token)
	if err != nil || len(raw) != textHead+linkMAC {
		return nil, nil, ErrUnknownToken
	}
	return raw[:textHead], raw[textHead:], nil
}

// setupToken answers the token of the set-up that a text's MAC was made for, or "". The current version of the link is tried
// first; an older one opens too, and says that it has expired.
func (l *Links) setupToken(sum []byte, invitation uuid.UUID, current int) (string, error) {
	for version := current; version > 0; version-- {
		body := setupBody(invitation, version)
		for keyID, secret := range l.keys {
			if hmac.Equal(sum, mac(textLink, secret, keyID, body)) {
				return l.Token(keyID, invitation, version)
			}
		}
	}
	return "", nil
}

// OpenTextLink answers the set-up token that a link in a text leads to. It answers ErrUnknownToken to a token that was never
// given out, and changes nothing.
func (s *Service) OpenTextLink(ctx context.Context, token string) (setupToken string, err error) {
	head, sum, err := parseText(token)
	if err != nil {
		return "", err
	}
	rows, err := s.q.InvitationListBetween(ctx, s.Pool, between(head))
	if err != nil {
		return "", fmt.Errorf("find the invitation of a text's link: %w", err)
	}
	for _, row := range rows {
		if found, err := s.Links.setupToken(sum, row.ID, row.LinkVersion); found != "" || err != nil {
			return found, err
		}
	}
	return "", ErrUnknownToken
}

// between are the first and the last id that begin so.
func between(head []byte) (p queries.InvitationListBetweenParams) {
	p.Last = uuid.Max
	copy(p.First[:], head)
	copy(p.Last[:], head)
	return p
}

// RenderText fills in the link and writes the text: the same content is the same text, each time.
func (s *Service) RenderText(c TextContent) (RenderedText, error) {
	if c.LinkInvitation != uuid.Nil {
		token, err := s.Links.TextToken(c.LinkKey, c.LinkInvitation, c.LinkVersion)
		if err != nil {
			return RenderedText{}, err
		}
		c.Link = s.PublicURL + textPath + token
	}
	return s.Renderer.Text(c)
}
