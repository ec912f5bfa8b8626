package graph_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// shutOut is how a field shuts somebody out; "" where it does not. Any other error is of the walk itself, and fails it.
func shutOut(a answer) string {
	for _, e := range a.Errors {
		switch e.Extensions.Code {
		case "FORBIDDEN":
			return no
		case "UNAUTHENTICATED":
			return out
		case "NOT_FOUND": // of a subscription
		default:
			return "error: " + a.raw[:min(len(a.raw), 300)]
		}
	}
	return ""
}

// ask sends one operation, and reads the first thing that a subscription says.
func (c *checker) ask(t *testing.T, who, query string) (a answer) {
	c.asked.Add(1)
	body, _ := json.Marshal(map[string]any{"query": query})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return unanswered(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token := c.tokens[who]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	live := strings.HasPrefix(query, "subscription")
	if live {
		r.Header.Set("Accept", "text/event-stream")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return unanswered(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if live {
		a.raw = firstOf(resp.Body)
	} else {
		raw, _ := io.ReadAll(resp.Body)
		a.raw = string(raw)
	}
	if err := json.Unmarshal([]byte(a.raw), &a); err != nil {
		return unanswered(fmt.Errorf("%w: %q", err, a.raw))
	}
	return a
}

func unanswered(err error) answer {
	return answer{raw: err.Error(), Errors: []gqlError{{Message: err.Error()}}}
}

// firstOf is the data of the first of Server-Sent Events.
func firstOf(events io.Reader) string {
	lines := bufio.NewScanner(events)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return data
		}
	}
	return ""
}
