package migration

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// ErrUnknownToken is the answer to every token that was not made here: of a wrong form, by an unknown key, altered. It is
// one answer, so that it tells a stranger nothing.
var ErrUnknownToken = errors.New("unknown link token")

// Links makes and opens the tokens of the links in messages. A token is derived from the invitation's id and link version by a
// secret key, so it can be neither read nor guessed from the database; whoever holds a copy of the database holds no link.
// Whether a link still opens (expired, revoked, used, superseded) is for the invitation's row to say.
type Links struct {
	primary string
	keys    map[string][]byte
}

// LinkKey is a secret with a short public name. Tokens carry the name, so that keys can be changed while links made with
// the old one still open.
type LinkKey struct {
	ID     string
	Secret []byte
}

var linkKeyID = regexp.MustCompile(`^[a-z0-9]{1,8}$`)

// NewLinks signs with the first key and opens tokens of all of them.
func NewLinks(keys ...LinkKey) (*Links, error) {
	if len(keys) == 0 {
		return nil, errors.New("link keys: at least one is needed")
	}
	l := &Links{primary: keys[0].ID, keys: map[string][]byte{}}
	for i, k := range keys {
		if !linkKeyID.MatchString(k.ID) { // not quoted: where the two were swapped it is the secret
			return nil, fmt.Errorf("link keys: the name of key %d must be 1 to 8 of a-z and 0-9", i+1)
		}
		if len(k.Secret) < 32 {
			return nil, fmt.Errorf("link keys: the secret of %q has %d bytes, at least 32 are needed", k.ID, len(k.Secret))
		}
		if _, twice := l.keys[k.ID]; twice {
			return nil, fmt.Errorf("link keys: the name %q is there twice", k.ID)
		}
		l.keys[k.ID] = k.Secret
	}
	return l, nil
}

// PrimaryKey is the name of the key that new links are made with.
func (l *Links) PrimaryKey() string { return l.primary }

const (
	linkBody     = 16 + 4 // the invitation's id and its link version
	deliveryBody = 16     // the delivery's id
	linkMAC      = 16     // 128 bits of HMAC-SHA256 (RFC 2104 section 5 allows the truncation)
)

// linkKind parts the tokens by what they are for: each kind has a MAC of its own, so none opens what another does.
type linkKind string

const (
	setupLink       linkKind = "carryover link 1"
	textLink        linkKind = "carryover text link 1"
	unsubscribeLink linkKind = "carryover unsubscribe 1"
	signInLink      linkKind = "carryover sign-in 1"
	staffLink       linkKind = "carryover staff 1"
	previewLink     linkKind = "carryover preview 1" // opens nothing
)

// Token derives the token of an invitation's link. The same arguments always answer the same token.
func (l *Links) Token(keyID string, invitation uuid.UUID, version int) (string, error) {
	return l.sign(setupLink, keyID, setupBody(invitation, version))
}

// Open answers which invitation and link version a token was made for, or ErrUnknownToken.
func (l *Links) Open(token string) (invitation uuid.UUID, version int, err error) {
	body, err := l.open(setupLink, token, linkBody)
	if err != nil {
		return uuid.Nil, 0, err
	}
	return uuid.UUID(body[:16]), int(binary.BigEndian.Uint32(body[16:])), nil
}

// UnsubscribeToken derives the token by which the recipient of one delivery refuses further ones. It opens no set-up.
func (l *Links) UnsubscribeToken(keyID string, delivery uuid.UUID) (string, error) {
	return l.sign(unsubscribeLink, keyID, delivery[:])
}

// OpenUnsubscribe answers which delivery a token was sent with, or ErrUnknownToken.
func (l *Links) OpenUnsubscribe(token string) (delivery uuid.UUID, err error) {
	body, err := l.open(unsubscribeLink, token, deliveryBody)
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.UUID(body), nil
}

// SignInToken derives the token by which a tenant signs in once. It is known again by its hash, so nothing here opens it.
func (l *Links) SignInToken(keyID string, link uuid.UUID) (string, error) {
	return l.sign(signInLink, keyID, link[:])
}

// StaffToken derives the token by which a member of staff chooses a password. It is known again by its hash too.
func (l *Links) StaffToken(keyID string, link uuid.UUID) (string, error) {
	return l.sign(staffLink, keyID, link[:])
}

func setupBody(invitation uuid.UUID, version int) []byte {
	return binary.BigEndian.AppendUint32(invitation[:], uint32(version)) //nolint:gosec // link versions count up from 1 by hand
}

func (l *Links) sign(kind linkKind, keyID string, body []byte) (string, error) {
	secret, ok := l.keys[keyID]
	if !ok {
		return "", fmt.Errorf("link keys: there is no key %q any more", keyID)
	}
	return keyID + "." + base64.RawURLEncoding.EncodeToString(slices.Concat(body, mac(kind, secret, keyID, body))), nil
}

func (l *Links) open(kind linkKind, token string, length int) (body []byte, err error) {
	keyID, encoded, _ := strings.Cut(token, ".")
	secret, ok := l.keys[keyID]
	raw, err := decodeToken(encoded)
	if !ok || err != nil || len(raw) != length+linkMAC {
		return nil, ErrUnknownToken
	}
	if body = raw[:length]; !hmac.Equal(raw[length:], mac(kind, secret, keyID, body)) {
		return nil, ErrUnknownToken
	}
	return body, nil
}

// decodeToken knows one spelling of every token.
func decodeToken(encoded string) ([]byte, error) {
	if strings.ContainsAny(encoded, "\r\n") { // which base64 would skip
		return nil, ErrUnknownToken
	}
	return base64.RawURLEncoding.Strict().DecodeString(encoded)
}

func mac(kind linkKind, secret []byte, keyID string, body []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(string(kind) + "\x00" + keyID + "\x00"))
	h.Write(body)
	return h.Sum(nil)[:linkMAC]
}
