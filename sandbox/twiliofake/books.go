package twiliofake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"carryover/sandbox/internal/traffic"
)

// Thread is what one phone and one of our numbers said to each other.
type Thread struct {
	Phone    string    `json:"phone"`
	Number   string    `json:"number"`
	OptedOut bool      `json:"opted_out"`
	Messages []Message `json:"messages"` // oldest first, never empty
}

// LastAt is when the thread was last written to.
func (t Thread) LastAt() time.Time { return t.Messages[len(t.Messages)-1].CreatedAt }

// Threads returns every conversation, the one last written to first.
func (s *Server) Threads() []Thread {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := map[string]int{}
	var threads []Thread
	// From the newest on, so that threads come in the order asked for.
	for _, sid := range slices.Backward(s.order) {
		m := *s.messages[sid]
		key := pair(m.phone(), m.number())
		i, seen := at[key]
		if !seen {
			i = len(threads)
			at[key] = i
			threads = append(threads, Thread{Phone: m.phone(), Number: m.number(), OptedOut: s.optOuts[key]})
		}
		threads[i].Messages = append(threads[i].Messages, m)
	}
	for _, t := range threads {
		slices.Reverse(t.Messages)
	}
	return threads
}

// Messages returns every text, both ways, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	messages := make([]Message, 0, len(s.order))
	for _, sid := range s.order {
		messages = append(messages, *s.messages[sid])
	}
	return messages
}

// Request is one request of the API as it was answered.
type Request = traffic.Request

// Requests returns every request of this run, oldest first, the refused ones
// included. It is not kept over a restart.
func (s *Server) Requests() []Request { return s.log.All() }

// Pending counts the callbacks that nobody has taken yet.
func (s *Server) Pending() int { return s.sender.Pending() }

func (s *Server) sandboxRoutes() {
	s.sandbox.HandleFunc("GET /sandbox/messages", func(w http.ResponseWriter, r *http.Request) {
		to := strings.TrimSpace(r.URL.Query().Get("to"))
		messages := slices.DeleteFunc(s.Messages(), func(m Message) bool { return to != "" && m.To != to })
		writeJSON(w, http.StatusOK, map[string]any{"messages": messages})
	})
	s.sandbox.HandleFunc("GET /sandbox/threads", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"threads": append([]Thread{}, s.Threads()...)})
	})
	s.sandbox.HandleFunc("GET /sandbox/requests", func(w http.ResponseWriter, _ *http.Request) {
		requests := s.Requests()
		writeJSON(w, http.StatusOK, map[string]any{"count": len(requests), "requests": requests})
	})
	s.sandbox.HandleFunc("POST /sandbox/replies", s.postReply)
	s.sandbox.HandleFunc("POST /sandbox/outcomes", s.postOutcome)
}

func (s *Server) postReply(w http.ResponseWriter, r *http.Request) {
	var order struct{ From, Body string }
	if !readOrder(w, r, &order) {
		return
	}
	m, err := s.Reply(order.From, order.Body)
	if err != nil {
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusCreated, m)
}

func (s *Server) postOutcome(w http.ResponseWriter, r *http.Request) {
	var order struct {
		To string `json:"to"`
		Outcome
	}
	if !readOrder(w, r, &order) {
		return
	}
	if err := s.Expect(order.To, order.Outcome); err != nil {
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": err.Error()})
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func readOrder(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(into); err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return false
	}
	return true
}
