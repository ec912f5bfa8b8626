// Package play does what people do with a running Carryover, over its public API and nothing else.
//
// It owns the staff member's, the tenant's and Stripe.js's side of a story: requests over HTTP, and reading what the stand-ins
// hold afterwards. It imports nothing of the service, so a story proves what a stranger's program would see.
package play

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Player talks to one installation. The zero token is nobody.
type Player struct {
	BaseURL string // like http://127.0.0.1:8080
	HTTP    *http.Client
	token   string
}

// New answers a player of nobody.
func New(baseURL string) *Player {
	return &Player{BaseURL: strings.TrimSuffix(baseURL, "/"), HTTP: &http.Client{Timeout: 2 * time.Minute}}
}

// UserError is an expected refusal.
type UserError struct {
	Code    string   `json:"code"`
	Field   []string `json:"field"`
	Message string   `json:"message"`
}

// Refused is what a mutation's userErrors become.
type Refused []UserError

func (r Refused) Error() string {
	parts := make([]string, len(r))
	for i, e := range r {
		parts[i] = fmt.Sprintf("%s %s: %s", e.Code, strings.Join(e.Field, "."), e.Message)
	}
	return strings.Join(parts, "; ")
}

// Code is the first refusal's code; "" where err is no refusal.
func Code(err error) string {
	var r Refused
	if errors.As(err, &r) && len(r) > 0 {
		return r[0].Code
	}
	return ""
}

// GraphQLError is a failed request.
type GraphQLError struct {
	Message    string         `json:"message"`
	Extensions map[string]any `json:"extensions"`
}

func (e GraphQLError) Error() string { return fmt.Sprintf("%s (%v)", e.Message, e.Extensions["code"]) }

// Do asks one operation and reads its data into out.
func (p *Player) Do(ctx context.Context, query string, variables map[string]any, out any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.BaseURL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	var answer struct {
		Data   json.RawMessage
		Errors []GraphQLError
	}
	if err := p.send(req, &answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return answer.Errors[0]
	}
	return json.Unmarshal(answer.Data, out)
}

// mutate asks a mutation with one payload, and turns its userErrors into Refused. The payload is read either way.
func (p *Player) mutate(ctx context.Context, name, query string, input, payload any) error {
	var data map[string]json.RawMessage
	if err := p.Do(ctx, query, map[string]any{"input": input}, &data); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var refused struct{ UserErrors Refused }
	if err := json.Unmarshal(data[name], &refused); err != nil {
		return err
	}
	if err := json.Unmarshal(data[name], payload); err != nil {
		return err
	}
	if len(refused.UserErrors) > 0 {
		return fmt.Errorf("%s: %w", name, refused.UserErrors)
	}
	return nil
}

func (p *Player) send(req *http.Request, out any) error {
	res, err := p.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%s %s answered %d: %.300s", req.Method, req.URL.Path, res.StatusCode, raw)
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("%s %s answered %d, not JSON: %.300s", req.Method, req.URL.Path, res.StatusCode, raw)
	}
	return nil
}

func (p *Player) get(ctx context.Context, path string, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.BaseURL+path, nil)
	if err != nil {
		return err
	}
	return p.send(req, out)
}

func (p *Player) postForm(ctx context.Context, path, bearer string, form url.Values, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.BaseURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+bearer)
	return p.send(req, out)
}

// Until asks again until done says so. It gives up with what was seen last.
func Until[T any](ctx context.Context, patience time.Duration, look func(context.Context) (T, error), done func(T) bool) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		seen, err := look(ctx)
		if err == nil && done(seen) {
			return seen, nil
		}
		select {
		case <-ctx.Done():
			return seen, fmt.Errorf("still %+v after %s (last error: %w)", seen, patience, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// press is a button of a page: a form post that is answered with another page.
func (p *Player) press(ctx context.Context, path string, form url.Values) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.BaseURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := p.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s answered %d", path, res.StatusCode)
	}
	return nil
}
