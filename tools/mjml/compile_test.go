package main

import (
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sound = `<mjml lang="{{.Lang}}" dir="ltr"><mj-body><mj-section><mj-column>
<mj-raw>{{if .Name}}</mj-raw><mj-text>Hi {{.Name}}</mj-text><mj-raw>{{end}}</mj-raw>
<mj-button href="{{.Link}}" font-family="Arial">GO</mj-button>
</mj-column></mj-section></mj-body></mjml>`

func arial(document string) string {
	return strings.Replace(document, "<mj-text>", `<mj-text font-family="Arial">`, 1)
}

func TestCompile(t *testing.T) {
	t.Parallel()
	first, err := compile(arial(sound))
	if err != nil {
		t.Fatal(err)
	}
	second, err := compile(arial(sound))
	if err != nil || first != second {
		t.Fatalf("the same source gave another template (%v)", err)
	}
	layout, err := template.New("").Funcs(template.FuncMap{
		"comment": func(c string) template.HTML { return template.HTML(c) },
	}).Parse(first)
	if err != nil {
		t.Fatal(err)
	}
	var html strings.Builder
	if err := layout.Execute(&html, map[string]string{"Lang": "en", "Name": "<b>", "Link": "https://example.com/?a=1"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="en" dir="ltr"`, "Hi &lt;b&gt;", `href="https://example.com/?a=1"`, "<!--[if mso | IE]>", "<![endif]-->"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("%q is missing in %s", want, html.String())
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ document, says string }{
		"LostAction": {
			`<mjml><mj-body><mj-section><mj-column><mj-table font-family="Arial">{{range .R}}<tr><td>x</td></tr>{{end}}</mj-table></mj-column></mj-section></mj-body></mjml>`,
			"got lost",
		},
		"UnclosedTagInRaw": {
			`<mjml><mj-head><mj-raw><meta name="x" content="y"></mj-raw></mj-head><mj-body></mj-body></mjml>`,
			"MJML tag is left",
		},
		"WebFont":         {strings.Replace(sound, `font-family="Arial"`, `font-family="Roboto"`, 1), "from the network"},
		"ActionInComment": {strings.Replace(arial(sound), "<mj-raw>{{end}}", "<mj-raw><!-- {{.Name}} -->{{end}}", 1), "conditional comment"},
		"NotMJML":         {"<mjml><mj-body>", "render MJML"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := compile(tc.document); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v, want an error that says %q", err, tc.says)
			}
		})
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(from, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(from, to); err == nil || !strings.Contains(err.Error(), "no *.mjml") {
		t.Errorf("an empty folder gave %v", err)
	}
	write("mail.mjml", strings.Replace(arial(sound), "GO", `GO</mj-button><mj-include path="part" /><mj-button font-family="Arial">`, 1))
	if err := run(from, to); err == nil || !strings.Contains(err.Error(), `include "part"`) {
		t.Errorf("a missing part gave %v", err)
	}
	write("part", `<mj-text font-family="Arial">{{.Part}}</mj-text>`)
	if err := run(from, to); err != nil {
		t.Fatal(err)
	}
	html, err := os.ReadFile(filepath.Join(to, "mail.html"))
	if err != nil || !strings.Contains(string(html), "{{.Part}}") {
		t.Errorf("the part is missing (%v)", err)
	}
	write("part", `<mj-include path="other" />`)
	if err := run(from, to); err == nil || !strings.Contains(err.Error(), "an mj-include is left") {
		t.Errorf("a part with a part gave %v", err)
	}
}
