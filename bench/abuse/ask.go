package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"carryover/e2e/office"
	"carryover/web"
)

// request is one that somebody sends.
type request struct {
	method, path, kind string // path is behind /graphql
	body               []byte
	header             http.Header
	stranger           bool // sends no token
}

// answer is what came back.
type answer struct {
	status int
	code   string // of the first error
	body   []byte
	took   time.Duration
}

func (s *server) ask(ctx context.Context, under string, r request) (a answer, err error) {
	req, err := http.NewRequestWithContext(ctx, cmp.Or(r.method, http.MethodPost), s.address+under+"/graphql"+r.path, bytes.NewReader(r.body))
	if err != nil {
		return a, err
	}
	for name, values := range r.header {
		req.Header[name] = values
	}
	if req.Method == http.MethodPost {
		req.Header.Set("Content-Type", cmp.Or(r.kind, "application/json"))
	}
	if !r.stranger {
		req.Header.Set("Authorization", "Bearer "+s.token)
	}
	began := time.Now()
	resp, err := s.client.Do(req)
	if err != nil {
		return answer{took: time.Since(began)}, err
	}
	defer func() { _ = resp.Body.Close() }()
	a.status = resp.StatusCode
	a.body, err = io.ReadAll(resp.Body)
	a.took, a.code = time.Since(began), codeIn(a.body)
	return a, err
}

func codeIn(body []byte) string {
	var answer struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	if json.Unmarshal(body, &answer) != nil || len(answer.Errors) == 0 {
		return ""
	}
	return answer.Errors[0].Extensions.Code
}

// operation is the body of a document.
func operation(query string, variables map[string]any) []byte {
	raw, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err) // texts and numbers
	}
	return raw
}

// signingIn is the body of what the sign-in page asks.
func signingIn(email, password string) ([]byte, error) {
	for id, document := range web.Documents() {
		if strings.Contains(document, "mutation SignIn(") {
			return json.Marshal(map[string]any{"documentId": id, "variables": map[string]any{"input": map[string]string{"email": email, "password": password}}})
		}
	}
	return nil, fmt.Errorf("no page of ours signs staff in")
}

// signIn answers the administrator's token, which the page gets as a cookie.
func (s *server) signIn(ctx context.Context) (string, error) {
	body, err := signingIn(office.AdminEmail, office.AdminPassword)
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	for _, c := range resp.Cookies() {
		return c.Value, nil
	}
	text, _ := io.ReadAll(resp.Body)
	return "", fmt.Errorf("nobody was signed in: %s", text)
}
