package messages

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"carryover/queries"
)

// maxSubject is in characters. Clients show some 60; the rest is for a long name not to be cut in the middle of a word.
const maxSubject = 140

// phrase is a sentence with facts in it. What it renders to is plain text, not HTML: the layout escapes it.
type phrase struct{ *template.Template }

// UnmarshalJSON parses the sentence, so that a broken one fails where the file is read.
func (p *phrase) UnmarshalJSON(data []byte) error {
	var sentence string
	if err := json.Unmarshal(data, &sentence); err != nil {
		return fmt.Errorf("a phrase is a string: %w", err)
	}
	parsed, err := template.New("phrase").Parse(sentence)
	if err != nil {
		return fmt.Errorf("parse phrase %q: %w", sentence, err)
	}
	p.Template = parsed
	return nil
}

// wording is what one email says in one language. Fields may be added for a later version; one that a released version
// uses keeps its meaning.
type wording struct {
	Subject     phrase       `json:"subject"`
	Preheader   phrase       `json:"preheader"`
	Heading     phrase       `json:"heading"`
	Greeting    phrase       `json:"greeting"`
	Lead        []phrase     `json:"lead"`
	Callouts    []phrasePair `json:"callouts"`
	Details     []phrasePair `json:"details"`
	Next        []phrasePair `json:"next"`
	Button      phrase       `json:"button"`
	ButtonNote  phrase       `json:"buttonNote"`
	PointsTitle phrase       `json:"pointsTitle"`
	Points      []phrasePair `json:"points"`
	Notes       []phrase     `json:"notes"`
	LinkHint    phrase       `json:"linkHint"`
	Footer      phrase       `json:"footer"`
	Unsubscribe phrase       `json:"unsubscribe"` // what the link is called; with it the email has one, also in its headers
}

type phrasePair struct {
	Title phrase `json:"title"`
	Text  phrase `json:"text"`
}

// page is a wording with its facts filled in: what the layouts show.
type page struct {
	Language                  queries.MessageLanguage
	Brand, Subject, Preheader string
	Heading, Greeting         string
	Lead                      []string
	Callouts, Details, Next   []pair
	Link, LinkHint            string
	Button, ButtonNote        string
	PointsTitle               string
	Points                    []pair
	Notes                     []string
	Footer                    string
	Unsubscribe               string
	UnsubscribeURL            string // "" where the wording has no such link
}

type pair struct{ Title, Text string }

func (w wording) page(f facts) (page, error) {
	s := speaker{facts: f}
	p := page{
		Language: f.Language, Brand: f.Brand, Link: f.Link,
		Subject: cut(s.say(w.Subject), maxSubject), Preheader: s.say(w.Preheader),
		Heading: s.say(w.Heading), Greeting: s.say(w.Greeting), Lead: s.list(w.Lead),
		Callouts: s.pairs(w.Callouts), Details: s.pairs(w.Details), Next: s.pairs(w.Next),
		Button: s.say(w.Button), ButtonNote: s.say(w.ButtonNote), LinkHint: s.say(w.LinkHint),
		PointsTitle: s.say(w.PointsTitle), Points: s.pairs(w.Points),
		Notes: s.list(w.Notes), Footer: s.say(w.Footer), Unsubscribe: s.say(w.Unsubscribe),
	}
	if p.Unsubscribe != "" {
		p.UnsubscribeURL = f.Unsubscribe
	}
	return p, s.err
}

// speaker says phrases about one set of facts and keeps the first error.
type speaker struct {
	facts facts
	err   error
}

func (s *speaker) say(p phrase) string {
	if p.Template == nil || s.err != nil {
		return ""
	}
	var said strings.Builder
	if err := p.Execute(&said, s.facts); err != nil {
		s.err = fmt.Errorf("say phrase: %w", err)
	}
	return said.String()
}

// list leaves out what has nothing to say: the line about replying, where nobody reads replies.
func (s *speaker) list(phrases []phrase) []string {
	var said []string
	for _, p := range phrases {
		if line := s.say(p); line != "" {
			said = append(said, line)
		}
	}
	return said
}

// pairs leaves out the pairs whose text is empty: a plan without a unit has no row for it.
func (s *speaker) pairs(phrases []phrasePair) []pair {
	var said []pair
	for _, p := range phrases {
		if text := s.say(p.Text); text != "" {
			said = append(said, pair{Title: s.say(p.Title), Text: text})
		}
	}
	return said
}
