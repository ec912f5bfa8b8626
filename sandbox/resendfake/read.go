package resendfake

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"carryover/sandbox/internal/journal"
)

// shown is an email as GET answers it.
type shown struct {
	Object      string   `json:"object"`
	ID          string   `json:"id"`
	To          []string `json:"to"`
	From        string   `json:"from"`
	CreatedAt   string   `json:"created_at"`
	Subject     string   `json:"subject"`
	HTML        string   `json:"html"`
	Text        string   `json:"text"`
	Bcc         []string `json:"bcc"`
	Cc          []string `json:"cc"`
	ReplyTo     []string `json:"reply_to"`
	LastEvent   string   `json:"last_event"`
	ScheduledAt *string  `json:"scheduled_at"`
	Tags        []Tag    `json:"tags,omitempty"`
}

func show(e Email) shown {
	v := shown{
		Object: "email", ID: e.ID, To: e.To, From: e.From, CreatedAt: stamp(e.AcceptedAt), Subject: e.Subject,
		HTML: e.HTML, Text: e.Text, Bcc: e.Bcc, Cc: e.Cc, ReplyTo: e.ReplyTo, LastEvent: e.LastEvent, Tags: e.Tags,
	}
	if !e.ScheduledAt.IsZero() {
		at := stamp(e.ScheduledAt)
		v.ScheduledAt = &at
	}
	return v
}

func (s *Server) get(r *http.Request) (any, error) {
	id := r.PathValue("id")
	if err := uuid.Validate(id); err != nil {
		return nil, invalid("The `id` must be a valid UUID.")
	}
	e, ok := s.Email(id)
	if !ok {
		return nil, errNotFound
	}
	return show(e), nil
}

// list answers the newest first, 20 unless `limit` says otherwise, with the
// vendor's cursors: `after` goes to older ones, `before` to newer ones.
func (s *Server) list(r *http.Request) (any, error) {
	q := r.URL.Query()
	limit := 20
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 100 {
			return nil, invalid("The `limit` must be a number between 1 and 100.")
		}
		limit = n
	}
	if q.Get("after") != "" && q.Get("before") != "" {
		return nil, invalid("The `after` and `before` parameters exclude each other.")
	}
	page, more, err := s.page(q.Get("after"), q.Get("before"), limit)
	if err != nil {
		return nil, err
	}
	data := make([]shown, 0, len(page))
	for _, e := range page {
		v := show(e)
		v.HTML, v.Text = "", "" // the vendor's list carries no contents
		data = append(data, v)
	}
	return map[string]any{"object": "list", "has_more": more, "data": data}, nil
}

func (s *Server) page(after, before string, limit int) ([]Email, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := slices.Clone(s.order)
	slices.Reverse(ids)
	cursor := slices.Index(ids, cmp.Or(after, before))
	switch {
	case after == "" && before == "":
	case cursor < 0:
		return nil, false, errNotFound
	case after != "":
		ids = ids[cursor+1:]
	default:
		start := max(0, cursor-limit)
		return s.pick(ids[start:cursor]), start > 0, nil
	}
	return s.pick(ids[:min(limit, len(ids))]), len(ids) > limit, nil
}

func (s *Server) pick(ids []string) []Email {
	page := make([]Email, 0, len(ids))
	for _, id := range ids {
		page = append(page, *s.emails[id])
	}
	return page
}

func (s *Server) reschedule(r *http.Request) (any, error) {
	raw, err := body(r)
	if err != nil {
		return nil, err
	}
	var d struct {
		ScheduledAt string `json:"scheduled_at"`
	}
	if err := decode(raw, &d); err != nil {
		return nil, err
	}
	if d.ScheduledAt == "" {
		return nil, missing("scheduled_at")
	}
	at, err := s.schedule(d.ScheduledAt)
	if err != nil {
		return nil, err
	}
	return s.change(r.PathValue("id"), func(p *Progress) { p.ScheduledAt = at.UTC() })
}

func (s *Server) cancel(r *http.Request) (any, error) {
	return s.change(r.PathValue("id"), func(p *Progress) { p.LastEvent, p.Ahead = "canceled", nil })
}

// change alters an email that is still scheduled; any other is refused.
func (s *Server) change(id string, alter func(*Progress)) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.emails[id]
	if !ok {
		return nil, errNotFound
	}
	if e.LastEvent != "scheduled" || !e.ScheduledAt.After(s.options.Now()) {
		return nil, invalid("The email is %s and can no longer be changed.", e.LastEvent)
	}
	next := e.Progress
	alter(&next)
	entry, err := journal.Put("progress", id, next)
	if err != nil {
		return nil, err
	}
	if err := s.journal.Append(entry); err != nil {
		return nil, fmt.Errorf("change %q: %w", id, err)
	}
	e.Progress = next
	return map[string]string{"object": "email", "id": id}, nil
}
