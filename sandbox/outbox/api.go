package outbox

import (
	"encoding/json"
	"net/http"
	"strconv"

	"carryover/sandbox/resendfake"
	"carryover/sandbox/twiliofake"
)

// apiEmails answers the newest first: {"emails": […]}. `to` finds a part of
// an address and `limit` cuts the list.
func (o *Outbox) apiEmails(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 0 {
		limit = 0
	}
	emails := append([]resendfake.Email{}, o.options.Mail.Search(r.URL.Query().Get("to"), limit)...)
	o.json(w, map[string]any{"emails": emails})
}

func (o *Outbox) apiThreads(w http.ResponseWriter, _ *http.Request) {
	o.json(w, map[string]any{"threads": append([]twiliofake.Thread{}, o.options.Phone.Threads()...)})
}

func (o *Outbox) apiBooks(w http.ResponseWriter, _ *http.Request) { o.json(w, o.books().Books) }

func (o *Outbox) json(w http.ResponseWriter, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		o.options.Logger.Error("answer not encoded", "err", err)
		http.Error(w, "the answer could not be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(raw) // a reader who left misses nothing
}
