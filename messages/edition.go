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

// edition is one version of all emails: the two layouts, and the words that go into both.
type edition struct {
	html  *template.Template
	text  *texttemplate.Template
	words map[queries.MessageLanguage]map[queries.DeliveryPurpose]wording
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
		if editions[version], err = loadEdition(path.Join("templates", folder.Name())); err != nil {
			return nil, fmt.Errorf("template version %d: %w", version, err)
		}
	}
	return editions, nil
}

func loadEdition(dir string) (*edition, error) {
	e := &edition{words: map[queries.MessageLanguage]map[queries.DeliveryPurpose]wording{}}
	var err error
	if e.html, err = template.New("message.html").Funcs(layoutFuncs()).ParseFS(embedded, path.Join(dir, "message.html")); err != nil {
		return nil, fmt.Errorf("parse HTML layout: %w", err)
	}
	if e.text, err = texttemplate.ParseFS(embedded, path.Join(dir, "message.txt")); err != nil {
		return nil, fmt.Errorf("parse text layout: %w", err)
	}
	for _, language := range []queries.MessageLanguage{queries.MessageLanguageEn, queries.MessageLanguageEs} {
		if e.words[language], err = loadWords(path.Join(dir, string(language)+".json")); err != nil {
			return nil, err
		}
	}
	return e, e.rehearse()
}

func loadWords(name string) (map[queries.DeliveryPurpose]wording, error) {
	data, err := fs.ReadFile(embedded, name)
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	words := map[queries.DeliveryPurpose]wording{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&words); err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return words, nil
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

// rehearse renders every email once with empty facts: a name that a phrase or layout has wrong shows here.
func (e *edition) rehearse() error {
	for language, purposes := range e.words {
		for purpose, words := range purposes {
			if _, err := e.render(words, facts{Language: language}); err != nil {
				return fmt.Errorf("%s %s: %w", language, purpose, err)
			}
		}
	}
	return nil
}

func (e *edition) wording(language queries.MessageLanguage, purpose queries.DeliveryPurpose) (wording, error) {
	purposes, ok := e.words[language]
	if !ok {
		return wording{}, fmt.Errorf("no template for language %q: it is \"en\" or \"es\"", language)
	}
	words, ok := purposes[purpose]
	if !ok {
		return wording{}, fmt.Errorf("no template for purpose %q", purpose)
	}
	return words, nil
}
