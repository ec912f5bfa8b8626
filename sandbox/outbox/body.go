package outbox

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyPolicy is for an email's own HTML, which anybody may have written: no
// scripts, no forms, no origin. A link that a person follows opens outside
// of the sandbox, as it does in a mail program.
const bodyPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; " +
	"default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; font-src data:; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'self'"

func (o *Outbox) serveBody(w http.ResponseWriter, r *http.Request) {
	e, ok := o.options.Mail.Email(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", bodyPolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	raw, err := withNewTabs(e.HTML)
	if err != nil {
		o.options.Logger.Error("email not shown", "id", e.ID, "err", err)
		http.Error(w, "This email's HTML could not be read.", http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(raw) // a reader who left misses nothing
}

// withNewTabs makes links open a tab of their own: inside of the sandboxed
// frame the page they lead to would not work.
func withNewTabs(source string) ([]byte, error) {
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil, fmt.Errorf("parse email: %w", err)
	}
	if head := find(doc, atom.Head); head != nil {
		base := &html.Node{Type: html.ElementNode, Data: "base", DataAtom: atom.Base, Attr: []html.Attribute{{Key: "target", Val: "_blank"}}}
		head.InsertBefore(base, head.FirstChild)
	}
	var b bytes.Buffer
	if err := html.Render(&b, doc); err != nil {
		return nil, fmt.Errorf("render email: %w", err)
	}
	return b.Bytes(), nil
}

func find(n *html.Node, what atom.Atom) *html.Node {
	if n.Type == html.ElementNode && n.DataAtom == what {
		return n
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if found := find(child, what); found != nil {
			return found
		}
	}
	return nil
}
