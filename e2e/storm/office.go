package storm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"carryover/app"
	"carryover/config"
)

// office is the staff member at the API, in a process that nobody hurts.
type office struct {
	app     *app.App
	token   string
	batches []string
}

func openOffice(ctx context.Context, env []string, log *slog.Logger) (*office, error) {
	all := environ()
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	settings, err := config.FromEnvironment(all)
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, settings, app.Options{API: true, Log: log})
	if err != nil {
		return nil, err
	}
	o := &office{app: a}
	var in struct{ SignIn struct{ Token string } }
	err = o.ask(ctx, `mutation($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { token } }`,
		map[string]any{"email": adminEmail, "password": adminPassword}, &in)
	o.token = in.SignIn.Token
	return o, err
}

func (o *office) close() { o.app.Close() }

// ask is one GraphQL request.
func (o *office) ask(ctx context.Context, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+o.token)
	w := httptest.NewRecorder()
	o.app.Handler.ServeHTTP(w, r)
	answer := struct {
		Data   any
		Errors []struct{ Message string }
	}{Data: into}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		return fmt.Errorf("status %d: %w", w.Code, err)
	}
	if len(answer.Errors) > 0 {
		return errors.New(answer.Errors[0].Message)
	}
	return nil
}

const sendMutation = `mutation($input: SendInvitationsInput!) { sendInvitations(input: $input) { batch { id total } userErrors { message } } }`

// sendToAll accepts an email and a text to everybody, each asked for twice with the same key, as an impatient person does.
func (o *office) sendToAll(ctx context.Context, expected int) error {
	for _, channel := range []string{"EMAIL", "SMS", "EMAIL", "SMS"} {
		id, err := o.send(ctx, channel, expected, "storm-"+channel)
		if err != nil {
			return err
		}
		if len(o.batches) < 2 {
			o.batches = append(o.batches, id)
		}
	}
	return nil
}

func (o *office) send(ctx context.Context, channel string, expected int, key string) (id string, err error) {
	var out struct {
		SendInvitations struct {
			Batch      *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	err = o.ask(ctx, sendMutation, map[string]any{"input": map[string]any{
		"channel": channel, "filter": map[string]any{}, "expectedCount": expected, "clientKey": key}}, &out)
	if err != nil {
		return "", err
	}
	if out.SendInvitations.Batch == nil {
		return "", fmt.Errorf("sending by %s was refused: %v", channel, out.SendInvitations.UserErrors)
	}
	return out.SendInvitations.Batch.ID, nil
}

// done tells whether every row of every batch has an outcome.
func (o *office) done(ctx context.Context) (bool, error) {
	for _, id := range o.batches {
		var out struct {
			Batch struct{ FinishedAt *time.Time }
		}
		if err := o.ask(ctx, `query($id: ID!) { batch(id: $id) { finishedAt } }`, map[string]any{"id": id}, &out); err != nil {
			return false, err
		}
		if out.Batch.FinishedAt == nil {
			return false, nil
		}
	}
	return true, nil
}

// calm clears the sky, finds the dead now and then, and waits until everything has ended, then until what is not known has been
// looked up. A second text to everybody afterwards must reach those alone whom the first surely did not.
func (r *run) calm(ctx context.Context) error {
	r.providers.sky.clearUp()
	if r.Naive {
		return r.until(ctx, r.naiveDone)
	}
	if err := r.until(ctx, r.office.done); err != nil {
		return err
	}
	id, err := r.office.send(ctx, "SMS", r.Recipients, "storm-again")
	if err != nil {
		return err
	}
	r.office.batches = append(r.office.batches, id)
	return r.until(ctx, r.office.done)
}

func (r *run) until(ctx context.Context, done func(context.Context) (bool, error)) error {
	for {
		ok, err := done(ctx)
		if err != nil || ok {
			return err
		}
		if err := errors.Join(r.findTheDead(ctx), wait(ctx, 2*time.Second)); err != nil {
			return fmt.Errorf("it never ended: %w", err)
		}
	}
}
