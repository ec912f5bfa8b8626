package messages

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"carryover/migration"
	"carryover/queries"
)

const (
	// maxTextName is the most that a text shows of a name, where room costs nothing.
	maxTextName = 60
	// minTextName is how far a name is shortened to save a segment: less would not be recognised.
	minTextName = 12
)

// Text renders one text message; the same content gives the same bytes, whenever and wherever. It takes as few segments as
// can be: names are spelled in GSM 7 where they stay the same names, and where that saves a segment the unit is left out and
// long names end in "...". The link and the words about opting out are never shortened. Nothing in a name can be clicked or
// begin a line. An error means that content is damaged: it names the field and never holds the link, which is a secret.
func (r *Renderer) Text(c migration.TextContent) (migration.RenderedText, error) {
	e := r.editions[c.Version]
	if e == nil || e.texts == nil {
		return migration.RenderedText{}, fmt.Errorf("no template version %d for texts: this release knows %d to %d", c.Version, firstTextVersion, currentVersion)
	}
	purposes, ok := e.texts[c.Language]
	if !ok {
		return migration.RenderedText{}, unknownLanguage(c.Language)
	}
	words, ok := purposes[c.Purpose]
	if !ok {
		return migration.RenderedText{}, fmt.Errorf("no template for a text of purpose %q", c.Purpose)
	}
	f := textFactsOf(c)
	if err := f.complete(c.Purpose); err != nil {
		return migration.RenderedText{}, fmt.Errorf("content of %q text: %w", c.Purpose, err)
	}
	return f.shortest(words)
}

// textFacts is content made fit for a text. Only these reach its words.
type textFacts struct{ First, Plan, Unit, Location, Link, MonthlyTotal, FirstCharge string }

func textFactsOf(c migration.TextContent) textFacts {
	return textFacts{
		First: uncalled(FirstName(c.Recipient)), Plan: oneLine(c.PlanName), Unit: oneLine(c.Unit),
		Location: oneLine(c.LocationName), Link: c.Link,
		MonthlyTotal: oneLine(c.MonthlyTotal), FirstCharge: oneLine(c.FirstCharge),
	}
}

// complete says which fact is missing. Somebody whose name cannot be said is greeted without one. The counter asks for an
// email address before much is known, and sends no link.
func (f textFacts) complete(purpose queries.DeliveryPurpose) error {
	missing := required("locationName", f.Location)
	switch purpose {
	case queries.DeliveryPurposeEmailRequest:
		return missing
	case queries.DeliveryPurposeReceipt:
		return errors.Join(missing, required("planName", f.Plan), required("monthlyTotal", f.MonthlyTotal), required("firstCharge", f.FirstCharge))
	default:
		return errors.Join(missing, required("planName", f.Plan), checkLink("link", f.Link))
	}
}

func required(field, value string) error {
	if value == "" {
		return fmt.Errorf("%s is empty or holds nothing that can be seen", field)
	}
	return nil
}

// spelled rewrites the names, and the names only.
func (f textFacts) spelled(spell func(string) string) textFacts {
	f.First, f.Plan, f.Unit, f.Location = spell(f.First), spell(f.Plan), spell(f.Unit), spell(f.Location)
	return f
}

// shortest is the fullest wording that takes no more segments than the barest one.
func (f textFacts) shortest(words phrase) (migration.RenderedText, error) {
	fullest, err := f.say(words, maxTextName)
	if err != nil || fullest.Segments == 1 {
		return fullest, err
	}
	f.Unit = ""
	barest, err := f.say(words, minTextName)
	if err != nil || barest.Segments == fullest.Segments {
		return fullest, err
	}
	failed := error(nil)
	over := sort.Search(maxTextName-minTextName, func(over int) bool { // shorter names never take more segments
		said, err := f.say(words, maxTextName-over)
		failed = errors.Join(failed, err)
		return said.Segments <= barest.Segments
	})
	if failed != nil {
		return migration.RenderedText{}, failed
	}
	return f.say(words, maxTextName-over)
}

// say fills the words in with names of at most limit characters, in GSM 7 if that can be. Where one letter of a name cannot, the
// whole text costs as much as it does, so nothing is respelled.
func (f textFacts) say(words phrase, limit int) (migration.RenderedText, error) {
	fit := func(name string) string { return cutWith(unlinked(name), limit, "...") }
	plain, err := f.spelled(plainSpelling).spelled(fit).fill(words)
	if err != nil || inGSM7(plain) {
		return measure(plain), err
	}
	own, err := f.spelled(fit).fill(words)
	return measure(own), err
}

func (f textFacts) fill(words phrase) (string, error) {
	var said strings.Builder
	if err := words.Execute(&said, f); err != nil {
		return "", fmt.Errorf("say text: %w", err)
	}
	return said.String(), nil
}
