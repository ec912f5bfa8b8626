package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

type terms struct {
	at       *place
	language queries.MessageLanguage
	body     string
}

// maxTerms is what a tenant could still be said to have read.
const maxTerms = 100_000

func (l *loader) readTerms(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(termsTable(), func(r row) {
		at, err := l.placeIn(ctx, r, "location", r.cells["location"])
		failed = cmp.Or(failed, err)
		language := queries.MessageLanguage(r.choice("language", "en", "es"))
		r.once(seen, "language", r.cells["location"]+"\x00"+string(language))
		l.terms = append(l.terms, terms{at, language, l.termsText(r)})
	})
	return cmp.Or(err, failed)
}

// termsText is the text file that a line names, within the folder that is loaded. A final line break is no part of the text,
// so that an editor that adds one makes no new version.
func (l *loader) termsText(r row) string {
	name := r.cells["file"]
	if !fs.ValidPath(name) || name == "." {
		r.wrong("file", "write a path inside the folder, like terms/denver.en.txt")
		return ""
	}
	raw, err := fs.ReadFile(l.files, name)
	body := strings.TrimSpace(strings.ReplaceAll(string(raw), "\r\n", "\n"))
	switch {
	case err != nil:
		r.wrong("file", "this file cannot be read: "+rootCause(err))
	case body == "":
		r.wrong("file", "this file is empty")
	case len(raw) > maxTerms:
		r.wrong("file", fmt.Sprintf("this file has more than %d bytes", maxTerms))
	case !utf8.ValidString(body) || strings.ContainsRune(body, 0):
		r.wrong("file", "save this file as UTF-8 text")
	}
	return body
}

// writeTerms adds a version where the text differs from the newest one; older versions stay, since people signed them.
func (l *loader) writeTerms(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.terms {
		_, err := l.q.TermsVersionInsertIfChanged(ctx, tx, queries.TermsVersionInsertIfChangedParams{
			ID: ids.New(), LocationID: one.at.id, Language: one.language, Body: one.body, Now: l.clock()})
		if err != nil {
			return fmt.Errorf("write the terms of %q in %s: %w", one.at.slug, one.language, err)
		}
	}
	return nil
}

// rootCause leaves out the path, which the mistake shows already.
func rootCause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
