package outbox

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// frame is what every page has around it.
type frame struct {
	Title      string
	Section    string
	Heading    string
	Now        time.Time
	CanAdvance bool
	Nav        []navItem
	Path       string
	Console    string
	Page       any
}

type navItem struct{ Name, Label, Path string }

// shared are the files whose templates every page may use.
var shared = map[string]bool{"layout.html": true, "parts.html": true}

func parsePages() (map[string]*template.Template, error) {
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		if shared[path.Base(name)] {
			continue
		}
		page, err := template.New("layout.html").Funcs(functions()).ParseFS(files, "pages/layout.html", "pages/parts.html", name)
		if err != nil {
			return nil, err
		}
		pages[strings.TrimSuffix(path.Base(name), ".html")] = page
	}
	return pages, nil
}

func functions() template.FuncMap {
	return template.FuncMap{
		"money": money, "when": when, "unix": unix, "since": since,
		"initial": initial, "hue": hue, "pieces": pieces, "join": strings.Join, "words": func(s string) string { return strings.ReplaceAll(s, "_", " ") },
		"happenings":  func(kind string) []happening { return happenings()[kind] },
		"mailboxName": mailboxName, "mailbox": mailbox, "tone": tone,
	}
}

// render writes a page whole or not at all.
func (o *Outbox) render(w http.ResponseWriter, r *http.Request, name, heading string, page any) {
	section, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/sandbox/"), "/")
	if section == "" {
		section = "desk"
	}
	o.write(w, http.StatusOK, name, o.frame(section, heading, r.URL.RequestURI(), page))
}

// fail tells a person what is wrong; message must hold nothing secret.
func (o *Outbox) fail(w http.ResponseWriter, status int, message string) {
	o.write(w, status, "problem", o.frame("", "Sorry", o.home(), message))
}

func (o *Outbox) write(w http.ResponseWriter, status int, name string, f frame) {
	var b bytes.Buffer
	if err := o.pages[name].Execute(&b, f); err != nil {
		o.options.Logger.Error("page not rendered", "page", name, "err", err)
		http.Error(w, "The page could not be shown.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader who left misses nothing
}

func (o *Outbox) frame(section, heading, at string, page any) frame {
	_, canAdvance := o.options.Clock.(Advancer)
	return frame{
		Title: o.options.Title, Section: section, Heading: heading, Now: o.options.Clock.Now(),
		CanAdvance: canAdvance, Nav: o.nav(), Path: at, Console: o.options.Console, Page: page,
	}
}

func (o *Outbox) nav() []navItem {
	var items []navItem
	if o.options.Mail != nil && o.options.Phone != nil {
		items = append(items, navItem{"desk", "Inbox", deskPath})
	}
	if o.options.Mail != nil {
		items = append(items, navItem{"mail", "Mail", "/sandbox/mail"})
	}
	if o.options.Phone != nil {
		items = append(items, navItem{"phone", "Texts", "/sandbox/phone"})
	}
	if o.options.Stripe != nil {
		items = append(items, navItem{"stripe", "Stripe", "/sandbox/stripe"})
	}
	if o.hasReaders() {
		items = append(items, navItem{"readers", "Reader", "/sandbox/readers"})
	}
	return append(items, navItem{"faults", "Faults", "/sandbox/faults"})
}

func (o *Outbox) serveAsset(w http.ResponseWriter, r *http.Request) {
	raw, err := fs.ReadFile(files, "assets/"+path.Base(r.PathValue("name")))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	w.Header().Set("Content-Type", kinds[path.Ext(r.PathValue("name"))])
	w.Header().Set("Cache-Control", "max-age=60")
	_, _ = w.Write(raw) // a reader who left misses nothing
}

// back sends a person who pressed a button to where they were: a path of this
// page, or its home.
func (o *Outbox) back(w http.ResponseWriter, r *http.Request) {
	to := r.PostFormValue("back")
	if !strings.HasPrefix(to, "/sandbox/") {
		to = o.home()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}
