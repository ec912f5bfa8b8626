package graph

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	defaultPage = 50
	maxPage     = 100
)

// cursor is where a page ended: the last row's id, and its name where the list is by name. Where a list has several orders, the
// cursor names its own and carries the row's key in it.
type cursor struct {
	ID       uuid.UUID `json:"i"`
	Name     string    `json:"n,omitempty"`
	Position int       `json:"p,omitempty"`
	Order    string    `json:"o,omitempty"`
	Key      string    `json:"k,omitempty"`
}

func (c cursor) String() string {
	raw, _ := json.Marshal(c) // a uuid, strings and a number: cannot fail
	return base64.RawURLEncoding.EncodeToString(raw)
}

// readCursor answers nil for anything that no list of ours has answered.
func readCursor(text string) (c *cursor) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &c) != nil || (c != nil && !fits(c.Position)) {
		return nil
	}
	return c
}

// page is what a client asked for of a list.
type page struct {
	limit int32
	after *cursor
}

// newPage checks `first` and `after`. One row more than asked for is read, to know whether there are more.
func newPage(first *int, after *string) (page, error) {
	p := page{limit: defaultPage}
	if first != nil {
		if *first < 1 || *first > maxPage {
			return p, Coded("BAD_REQUEST", "`first` must be 1 to 100.")
		}
		p.limit = int32(*first)
	}
	if after != nil {
		if p.after = readCursor(*after); p.after == nil {
			return p, Coded("BAD_REQUEST", "`after` must be an `endCursor` that this list answered.")
		}
	}
	return p, nil
}

func (p page) rows() int32 { return p.limit + 1 }

func (p page) afterID() *uuid.UUID {
	if p.after == nil {
		return nil
	}
	return &p.after.ID
}

// afterMoment is of a list that is by time.
func (p page) afterMoment() (*time.Time, error) {
	if p.after == nil {
		return nil, nil
	}
	at, err := time.Parse(time.RFC3339Nano, p.after.Key)
	if err != nil || at.Year() < 1 {
		return nil, Coded("BAD_REQUEST", "`after` must be an `endCursor` that this list answered.")
	}
	return &at, nil
}

func (p page) afterName() *string {
	if p.after == nil {
		return nil
	}
	return &p.after.Name
}

// paged is a page of rows with its cursors.
type paged[T any] struct {
	nodes   []*T
	cursors []string
	info    *PageInfo
}

func (p page) of(hasPrevious bool) *PageInfo { return &PageInfo{HasPreviousPage: hasPrevious} }

// cut drops the row that was read to know whether there are more.
func cut[T any](p page, rows []*T, at func(*T) cursor) paged[T] {
	out := paged[T]{info: p.of(p.after != nil)}
	if len(rows) > int(p.limit) {
		rows, out.info.HasNextPage = rows[:p.limit], true
	}
	out.nodes = rows
	for _, row := range rows {
		out.cursors = append(out.cursors, at(row).String())
	}
	if n := len(out.cursors); n > 0 {
		out.info.StartCursor, out.info.EndCursor = &out.cursors[0], &out.cursors[n-1]
	}
	return out
}

// edges pairs each row with its cursor.
func edges[T, E any](p paged[T], edge func(string, *T) *E) []*E {
	out := make([]*E, len(p.nodes))
	for i, node := range p.nodes {
		out[i] = edge(p.cursors[i], node)
	}
	return out
}

// found turns "no row" into a nil row: null to the client.
func found[T any](row *T, err error) (*T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return row, err
}
