package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// place is what the questions need to know of the data: three locations, and where the middle page of each list begins, in everybody's
// words.
type place struct {
	locations                   []string // uuids
	ourLocations                []string
	oursAfter, handWrittenAfter map[string]string // by the list's name
	postgraphileAfter           string
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
	p.oursAfter, p.handWrittenAfter = map[string]string{}, map[string]string{}
	for _, of := range []list{invitationList, submissionList} {
		id, err := p.middle(ctx, conn, token, of, all)
		if err != nil {
			return err
		}
		if of.name == invitationList.name && len(all) > 2 {
			if err := p.postgraphile(ctx, all[2], id); err != nil {
				return err
			}
		}
	}
	return nil
}

// middle finds where the middle page of a list begins, for the first two contestants.
func (p *place) middle(ctx context.Context, conn *pgx.Conn, token string, of list, all []*contestant) (id uuid.UUID, err error) {
	since := map[string]string{invitationList.name: "created_at", submissionList.name: "submitted_at"}[of.name]
	var middle, at time.Time
	if err := conn.QueryRow(ctx, fmt.Sprintf(`SELECT %[1]s FROM %[2]s ORDER BY %[1]s DESC, id DESC
		OFFSET (SELECT count(*) / 2 FROM %[2]s) LIMIT 1`, since, of.name)).Scan(&middle); err != nil {
		return id, fmt.Errorf("find the middle: %w", err)
	}
	if id, err = p.ours(ctx, token, all[0], of, middle); err != nil {
		return id, err
	}
	if err := conn.QueryRow(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE id = $1", since, of.name), id).Scan(&at); err != nil {
		return id, err
	}
	p.handWrittenAfter[of.name] = handWrittenCursor(since, at, "", id)
	return id, nil
}

// ours asks for the one row before a moment, whose cursor then serves without that filter too.
func (p *place) ours(ctx context.Context, token string, c *contestant, of list, middle time.Time) (id uuid.UUID, err error) {
	body, err := c.get(ctx, token, posted("/graphql", fmt.Sprintf(of.query, ""), map[string]any{"first": 1,
		"filter": map[string]any{of.before: middle}, "orderBy": map[string]string{"by": of.newest, "direction": "DESC"}}))
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
	p.oursAfter[of.name] = a.cursor
	return uuid.Parse(strings.TrimPrefix(a.ids[0], of.noun))
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

// check asks every contestant that takes the question, and fails unless all answer the same rows in the same order, and totals that agree.
func check(ctx context.Context, token string, q question, all []*contestant) ([]int64, error) {
	lengths, answers := make([]int64, len(all)), make([]answer, len(all))
	for i, c := range all {
		if !c.takes(q) {
			continue
		}
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
