package resendfake

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"carryover/sandbox/internal/traffic"
)

// Email returns one email of the books.
func (s *Server) Email(id string) (Email, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.emails[id]
	if !ok {
		return Email{}, false
	}
	return *e, true
}

// Emails returns all accepted emails, oldest first.
func (s *Server) Emails() []Email {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pick(s.order)
}

// Search returns the newest emails first, of those to or from an address that
// contains text, whatever its case; "" finds all. A limit of 0 is none.
func (s *Server) Search(text string, limit int) []Email {
	text = strings.ToLower(strings.TrimSpace(text))
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Email
	for _, id := range slices.Backward(s.order) {
		if limit > 0 && len(found) == limit {
			break
		}
		if e := s.emails[id]; text == "" || e.mentions(text) {
			found = append(found, *e)
		}
	}
	return found
}

func (e *Email) mentions(text string) bool {
	for _, list := range [][]string{e.To, e.Cc, e.Bcc, {e.From}} {
		for _, address := range list {
			if strings.Contains(strings.ToLower(address), text) {
				return true
			}
		}
	}
	return false
}

// Request is one request of the API as it was answered.
type Request = traffic.Request

// Requests returns every request of this run, oldest first, those with a bad
// key or over the rate limit included. It is not kept over a restart.
func (s *Server) Requests() []Request { return s.log.All() }

// Pending counts the webhooks that nobody has taken yet.
func (s *Server) Pending() int { return s.sender.Pending() }

func (s *Server) serveEmails(w http.ResponseWriter, r *http.Request) {
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit")) // anything else is no limit
	emails := s.Search(r.URL.Query().Get("to"), limit)
	if emails == nil {
		emails = []Email{}
	}
	writeJSON(w, http.StatusOK, map[string]any{"emails": emails})
}

func (s *Server) serveRequests(w http.ResponseWriter, _ *http.Request) {
	requests := s.Requests()
	writeJSON(w, http.StatusOK, map[string]any{"count": len(requests), "requests": requests})
}
