package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"
)

// vendors answer at once and keep nothing but counts. They can be told to allow so many calls a second, and then count what they
// had to refuse.
type vendors struct {
	mail, phone *httptest.Server
	emails      counter
	texts       counter
}

// counter counts the calls of one vendor.
type counter struct {
	calls, refused atomic.Int64
	messages       atomic.Int64
	mu             sync.Mutex
	perSecond      int
	passed         []time.Time // in the last second
	first, last    time.Time
}

func openVendors() *vendors {
	v := &vendors{}
	v.mail = httptest.NewServer(http.HandlerFunc(v.takeEmails))
	v.phone = httptest.NewServer(http.HandlerFunc(v.takeText))
	return v
}

func (v *vendors) close() {
	v.mail.Close()
	v.phone.Close()
}

// begin forgets what was counted and sets the limit; 0 is none.
func (c *counter) begin(perSecond int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.perSecond, c.passed, c.first = perSecond, nil, time.Time{}
	c.calls.Store(0)
	c.refused.Store(0)
	c.messages.Store(0)
}

// allow counts one call and tells whether the vendor takes it: no more than perSecond in any second. A call counts when it comes,
// before it is read.
func (c *counter) allow() bool {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.perSecond > 0 {
		for len(c.passed) > 0 && now.Sub(c.passed[0]) >= time.Second {
			c.passed = c.passed[1:]
		}
		if len(c.passed) >= c.perSecond {
			c.refused.Add(1)
			return false
		}
		c.passed = append(c.passed, now)
	}
	if c.first.IsZero() {
		c.first = now
	}
	c.last = now
	c.calls.Add(1)
	return true
}

// used is the share of the limit that the calls so far have used.
func (c *counter) used() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return float64(c.calls.Load()) / (c.last.Sub(c.first).Seconds() * float64(c.perSecond))
}

func (v *vendors) takeEmails(w http.ResponseWriter, r *http.Request) {
	if !v.emails.allow() {
		_, _ = io.Copy(io.Discard, r.Body)
		tooMany(w)
		return
	}
	var emails []struct {
		To []string `json:"to"`
	}
	if err := json.NewDecoder(r.Body).Decode(&emails); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	v.emails.messages.Add(int64(len(emails)))
	type sent struct {
		ID string `json:"id"`
	}
	answer := struct {
		Data []sent `json:"data"`
	}{}
	key := r.Header.Get("Idempotency-Key")
	for i := range emails {
		answer.Data = append(answer.Data, sent{fmt.Sprintf("%s-%d", key, i)})
	}
	writeJSON(w, http.StatusOK, answer)
}

func (v *vendors) takeText(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.Method != http.MethodPost {
		writeJSON(w, http.StatusOK, map[string]any{"messages": []any{}})
		return
	}
	if !v.texts.allow() {
		tooMany(w)
		return
	}
	v.texts.messages.Add(1)
	writeJSON(w, http.StatusCreated, map[string]any{"sid": fmt.Sprintf("SM%032x", v.texts.calls.Load()+time.Now().UnixNano()<<20),
		"status": "queued", "num_segments": "1", "to": r.PostForm.Get("To"), "from": r.PostForm.Get("From"), "body": r.PostForm.Get("Body")})
}

func tooMany(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "1")
	writeJSON(w, http.StatusTooManyRequests, map[string]any{"code": 20429, "status": 429, "message": "Too Many Requests", "name": "rate_limit_exceeded", "statusCode": 429})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
