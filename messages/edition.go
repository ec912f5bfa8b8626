package messages

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strconv"
	"strings"
	texttemplate "text/template"

	"carryover/queries"
)

//go:embed templates
var embedded embed.FS

// edition is one version of all messages: the two layouts of an email with the words that go into both, and the words of texts.
type edition struct {
	html  *template.Template
	text  *texttemplate.Template
	words map[queries.MessageLanguage]map[queries.DeliveryPurpose]wording
	texts map[queries.MessageLanguage]map[queries.DeliveryPurpose]phrase // nil in the version before there were texts
}

func loadEditions() (map[int]*edition, error) {
	folders, err := fs.ReadDir(embedded, "templates")
	if err != nil {
		return nil, fmt.Errorf("list template versions: %w", err)
	}
	editions := make(map[int]*edition, len(folders))
	for _, folder := range folders {
		version, err := strconv.Atoi(strings.TrimPrefix(folder.Name(), "v"))
		if err != nil {
			return nil, fmt.Errorf("template folder %q: name it v and a number", folder.Name())
		}
		if editions[version], err = loadEdition(version, path.Join("templates", folder.Name())); err != nil {
			return nil, fmt.Errorf("template version %d: %w", version, err)
		}
	}
	return editions, nil
}

func loadEdition(version int, dir string) (*edition, error) {
	e := &edition{}
	var err error
	if e.html, err = template.New("message.html").Funcs(layoutFuncs()).ParseFS(embedded, path.Join(dir, "message.html")); err != nil {
		return nil, fmt.Errorf("parse HTML layout: %w", err)
	}
	if e.text, err = texttemplate.ParseFS(embedded, path.Join(dir, "message.txt")); err != nil {
		return nil, fmt.Errorf("parse text layout: %w", err)
	}
	if e.words, err = loadWords[wording](dir, ".json"); err != nil {
		return nil, err
	}
	if version >= firstTextVersion {
		if e.texts, err = loadWords[phrase](dir, ".texts.json"); err != nil {
			return nil, err
		}
	}
	return e, e.rehearse()
}

// loadWords reads what is said in each language, by purpose.
func loadWords[W any](dir, suffix string) (map[queries.MessageLanguage]map[queries.DeliveryPurpose]W, error) {
	all := map[queries.MessageLanguage]map[queries.DeliveryPurpose]W{}
	for _, language := range []queries.MessageLanguage{queries.MessageLanguageEn, queries.MessageLanguageEs} {
		name := path.Join(dir, string(language)+suffix)
		data, err := fs.ReadFile(embedded, name)
		if err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		words := map[queries.DeliveryPurpose]W{}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&words); err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		all[language] = words
	}
	return all, nil
}

// layoutFuncs are what the generated HTML calls. comment gives Outlook its conditional comments back, which html/template
// drops from a template; it is only ever called with a constant. filler keeps a mail client from showing the mail's
// first lines behind a short preheader.
func layoutFuncs() template.FuncMap {
	return template.FuncMap{
		"comment": func(constant string) template.HTML { return template.HTML(constant) },                  //nolint:gosec // constants of the layout only
		"filler":  func() template.HTML { return template.HTML(strings.Repeat("&#847;&zwnj;&nbsp;", 60)) }, //nolint:gosec // a constant
	}
}

// rehearse renders every message once with empty facts: a name that a phrase or layout has wrong shows here.
func (e *edition) rehearse() error {
	for language, purposes := range e.words {
		for purpose, words := range purposes {
			if _, err := e.render(words, facts{Language: language}); err != nil {
				return fmt.Errorf("%s %s: %w", language, purpose, err)
			}
		}
	}
	for language, purposes := range e.texts {
		for purpose, words := range purposes {
			if _, err := (textFacts{}).fill(words); err != nil {
				return fmt.Errorf("%s %s text: %w", language, purpose, err)
			}
		}
	}
	return nil
}

func (e *edition) wording(language queries.MessageLanguage, purpose queries.DeliveryPurpose) (wording, error) {
	purposes, ok := e.words[language]
	if !ok {
		return wording{}, unknownLanguage(language)
	}
	words, ok := purposes[purpose]
	if !ok {
		return wording{}, fmt.Errorf("no template for purpose %q", purpose)
	}
	return words, nil
}

func unknownLanguage(language queries.MessageLanguage) error {
	return fmt.Errorf("no template for language %q: it is \"en\" or \"es\"", language)
}
