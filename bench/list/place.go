package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// place is what the questions need to know of the data: three locations, and where the middle page begins, in everybody's words.
type place struct {
	locations                                      []string // uuids
	ourLocations                                   []string
	oursAfter, handWrittenAfter, postgraphileAfter string
}

func (p *place) find(ctx context.Context, databaseURL, token string, all []*contestant) error {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // it only read
	if err := conn.QueryRow(ctx, `SELECT array_agg(id::text), array_agg('loc_' || replace(id::text, '-', '')) FROM (
		SELECT location_id AS id FROM invitations GROUP BY 1 ORDER BY count(*) DESC, 1 OFFSET 5 LIMIT 3) larger`).Scan(&p.locations, &p.ourLocations); err != nil {
		return fmt.Errorf("choose three locations: %w", err)
	}
	var middle time.Time
	if err := conn.QueryRow(ctx, `SELECT created_at FROM invitations ORDER BY created_at DESC, id DESC
		OFFSET (SELECT count(*) / 2 FROM invitations) LIMIT 1`).Scan(&middle); err != nil {
		return fmt.Errorf("find the middle: %w", err)
	}
	id, err := p.ours(ctx, token, all[0], middle)
	if err != nil {
		return err
	}
	var created time.Time
	if err := conn.QueryRow(ctx, "SELECT created_at FROM invitations WHERE id = $1", id).Scan(&created); err != nil {
		return err
	}
	p.handWrittenAfter = handWrittenCursor("created_at", created, "", id)
	if len(all) > 2 {
		return p.postgraphile(ctx, all[2], id)
	}
	return nil
}

// ours asks for the one row before a moment, whose cursor then serves without that filter too.
func (p *place) ours(ctx context.Context, token string, c *contestant, middle time.Time) (id uuid.UUID, err error) {
	body, err := c.get(ctx, token, posted("/graphql", fmt.Sprintf(oursQuery, ""), map[string]any{"first": 1,
		"filter": map[string]any{"createdBefore": middle}, "orderBy": map[string]string{"by": "CREATED_AT", "direction": "DESC"}}))
	if err != nil {
		return id, err
	}
	a, err := readOurs(body)
	if err != nil {
		return id, err
	}
	if len(a.ids) != 1 || a.cursor == "" {
		return id, errors.New("our server has no page in the middle")
	}
	p.oursAfter = a.cursor
	return uuid.Parse(a.ids[0])
}

func (p *place) postgraphile(ctx context.Context, c *contestant, id uuid.UUID) error {
	body, err := c.get(ctx, "", posted("", fmt.Sprintf(postgraphileQuery, ""), map[string]any{"first": 1,
		"filter": map[string]any{"rowId": map[string]any{"equalTo": id}}, "orderBy": []string{"CREATED_AT_DESC", "ROW_ID_DESC"}}))
	if err != nil {
		return err
	}
	a, err := readPostgraphile(body)
	p.postgraphileAfter = a.cursor
	return err
}

// check asks every contestant and fails unless all answer the same rows in the same order, and totals that agree.
func check(ctx context.Context, token string, q question, all []*contestant) ([]int64, error) {
	lengths, answers := make([]int64, len(all)), make([]answer, len(all))
	for i, c := range all {
		body, err := c.get(ctx, token, c.ask(q))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.name, err)
		}
		if answers[i], err = c.read(body); err != nil {
			return nil, fmt.Errorf("%s: read what %s answered: %w", q.name, c.name, err)
		}
		lengths[i] = int64(len(body))
		if err := agree(q, answers[0], answers[i]); err != nil {
			return nil, fmt.Errorf("%s: ours and %s: %w", q.name, c.name, err)
		}
	}
	if len(answers[0].ids) == 0 {
		return nil, fmt.Errorf("%s: nothing is found", q.name)
	}
	return lengths, nil
}

func agree(q question, ours, theirs answer) error {
	a, b := jsonOf(ours.ids), jsonOf(theirs.ids)
	switch {
	case a != b:
		return fmt.Errorf("%d and %d rows, which are not the same in the same order:\n%s\n%s", len(ours.ids), len(theirs.ids), a, b)
	case q.total && ours.atLeast && theirs.total < ours.total:
		return fmt.Errorf("a total of at least %d is told as %d", ours.total, theirs.total)
	case q.total && !ours.atLeast && theirs.total != ours.total:
		return fmt.Errorf("totals of %d and %d", ours.total, theirs.total)
	}
	return nil
}

func jsonOf(ids []string) string {
	text, _ := json.Marshal(ids) // strings
	return string(text)
}
