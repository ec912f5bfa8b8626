// Package office is a staff member at the API of a whole installation, and the installation's first rows: what measurements and
// storms send with and to.
//
// It owns the people, the settings and the requests. It does not own what is measured or broken.
package office

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"time"

	"carryover/app"
	"carryover/config"
)

// Office is a staff member at the API.
type Office struct {
	App   *app.App
	Token string
}

// Open puts an API together from settings (see Environment) and signs in.
func Open(ctx context.Context, env []string, log *slog.Logger) (*Office, error) {
	settings, err := config.FromEnvironment(Settings(env))
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, settings, app.Options{API: true, Log: log})
	if err != nil {
		return nil, err
	}
	o := &Office{App: a}
	var in struct{ SignIn struct{ Token string } }
	err = o.Ask(ctx, `mutation($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { token } }`,
		map[string]any{"email": AdminEmail, "password": AdminPassword}, &in)
	o.Token = in.SignIn.Token
	return o, err
}

// Close lets go of the database.
func (o *Office) Close() { o.App.Close() }

// Ask is one GraphQL request; an error of it is an error here.
func (o *Office) Ask(ctx context.Context, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+o.Token)
	w := httptest.NewRecorder()
	o.App.Handler.ServeHTTP(w, r)
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

// Send accepts one act of sending to all that match and answers its batch.
func (o *Office) Send(ctx context.Context, channel string, filter map[string]any, expected int, key string) (id string, err error) {
	var out struct {
		SendInvitations struct {
			Batch      *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	err = o.Ask(ctx, sendMutation, map[string]any{"input": map[string]any{
		"channel": channel, "filter": filter, "expectedCount": expected, "clientKey": key}}, &out)
	if err != nil {
		return "", err
	}
	if out.SendInvitations.Batch == nil {
		return "", fmt.Errorf("sending by %s was refused: %v", channel, out.SendInvitations.UserErrors)
	}
	return out.SendInvitations.Batch.ID, nil
}

// Finished tells whether every row of a batch has an outcome.
func (o *Office) Finished(ctx context.Context, id string) (bool, error) {
	var out struct {
		Batch struct{ FinishedAt *time.Time }
	}
	err := o.Ask(ctx, `query($id: ID!) { batch(id: $id) { finishedAt } }`, map[string]any{"id": id}, &out)
	return out.Batch.FinishedAt != nil, err
}
