// Package messages owns the emails and texts that tenants and staff receive: their words in English and Spanish, their look,
// what a text costs, and what becomes of a tenant's or a studio's name on its way into HTML, a text part, a subject line and
// a text.
//
// It does not own when a message is sent, to whom, or the links in it: content arrives frozen, and DeliveryID and To are the
// sender's to fill. It knows no database, clock or network, so that a retry of a batch is the same batch to the byte.
//
// Everything that decides bytes stands in templates/v<version>/. A released version is not edited: a new one is added beside
// it, and the old one stays for the deliveries that were frozen with it.
package messages

import (
	"bytes"
	"fmt"

	"carryover/migration"
)

//go:generate go -C ../tools/mjml run . -from ../../messages/mjml -to ../../messages/templates/v3

const (
	// currentVersion is the folder that new content is frozen with. The MJML beside it is the source of this version.
	currentVersion = 3
	// firstTextVersion is where texts begin; before it there were emails only.
	firstTextVersion = 2
)

// Renderer renders emails and texts. It is safe for concurrent use.
type Renderer struct {
	editions map[int]*edition
}

var _ migration.Renderer = (*Renderer)(nil)

// New parses the embedded templates of every version and renders each of their messages once, so that a slip in a template
// stops the program at its start and not a batch in the night.
func New() (*Renderer, error) {
	editions, err := loadEditions()
	if err != nil {
		return nil, err
	}
	if editions[currentVersion] == nil {
		return nil, fmt.Errorf("template version %d is not embedded", currentVersion)
	}
	return &Renderer{editions: editions}, nil
}

// TemplateVersion is the version that new content is frozen with.
func (r *Renderer) TemplateVersion() int { return currentVersion }

// Email renders one message; the same content gives the same bytes, whenever and wherever. DeliveryID and To are left to
// the caller. An error means that content is damaged: it names the field and never holds the link, which is a secret.
func (r *Renderer) Email(c migration.EmailContent) (migration.Email, error) {
	e := r.editions[c.Version]
	if e == nil {
		return migration.Email{}, fmt.Errorf("no template version %d: this release knows 1 to %d", c.Version, currentVersion)
	}
	words, err := e.wording(c.Language, c.Purpose)
	if err != nil {
		return migration.Email{}, err
	}
	f, err := factsOf(c)
	if err == nil && words.Unsubscribe.Template != nil {
		err = checkLink("unsubscribeURL", c.UnsubscribeURL)
	}
	if err != nil {
		return migration.Email{}, fmt.Errorf("content of %q email: %w", c.Purpose, err)
	}
	return e.render(words, f)
}

func (e *edition) render(words wording, f facts) (migration.Email, error) {
	p, err := words.page(f)
	if err != nil {
		return migration.Email{}, err
	}
	var html, text bytes.Buffer
	if err := e.html.Execute(&html, p); err != nil {
		return migration.Email{}, fmt.Errorf("render HTML: %w", err)
	}
	if err := e.text.Execute(&text, p); err != nil {
		return migration.Email{}, fmt.Errorf("render text part: %w", err)
	}
	return migration.Email{
		FromName: f.Brand, ReplyTo: f.ReplyTo, Subject: p.Subject, HTML: html.String(), Text: text.String(),
		UnsubscribeURL: p.UnsubscribeURL,
	}, nil
}
