// Package listplans looks at how PostgreSQL carries out the statements of the large lists, of invitations and of submissions: every
// order with every filter and kind of search, each of them explained while it runs.
//
// It owns the combinations and what a good plan is. It does not own the rows: a test fills a table that is quick to make, the
// measurement under bench/list a million. Nothing else imports it.
package listplans

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Explainer hands statements on to a database and has each explained first. It takes the place of the lists' pool.
type Explainer struct {
	Pool *pgxpool.Pool

	mu       sync.Mutex
	conn     *pgxpool.Conn
	prepared map[string]string // the names of statements
	seen     []Plan
}

// Exec hands the statement on.
func (e *Explainer) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return e.Pool.Exec(ctx, sql, args...)
}

// CopyFrom is handed on: nothing is read by it.
func (e *Explainer) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return e.Pool.CopyFrom(ctx, table, columns, rows)
}

// Query explains a statement of many rows and hands it on.
func (e *Explainer) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if err := e.explain(ctx, sql, args); err != nil {
		return nil, err
	}
	return e.Pool.Query(ctx, sql, args...)
}

// QueryRow explains a statement of one row and hands it on.
func (e *Explainer) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if err := e.explain(ctx, sql, args); err != nil {
		return failed{err}
	}
	return e.Pool.QueryRow(ctx, sql, args...)
}

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// Take answers the plans since the last call.
func (e *Explainer) Take() []Plan {
	e.mu.Lock()
	defer e.mu.Unlock()
	seen := e.seen
	e.seen = nil
	return seen
}

func (e *Explainer) explain(ctx context.Context, sql string, args []any) error {
	raw, err := e.explained(ctx, sql, args)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	var out []struct {
		Plan         Node
		PlanningTime float64 `json:"Planning Time"`
		Execution    float64 `json:"Execution Time"`
	}
	if err := json.Unmarshal(raw, &out); err != nil || len(out) != 1 {
		return fmt.Errorf("read the plan: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seen = append(e.seen, Plan{Root: out[0].Plan, Planning: out[0].PlanningTime, Execution: out[0].Execution})
	return nil
}

// explained has the statement prepared, so that it is planned as the pool says, and once if it says so. EXECUTE takes no parameters
// of the protocol: pgx writes the values into it.
func (e *Explainer) explained(ctx context.Context, sql string, args []any) (raw []byte, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.conn == nil {
		if e.conn, err = e.Pool.Acquire(ctx); err != nil {
			return nil, err
		}
		e.prepared = map[string]string{}
	}
	name := e.prepared[sql]
	if name == "" {
		name = "explained_" + strconv.Itoa(len(e.prepared))
		if _, err := e.conn.Exec(ctx, "PREPARE "+name+" AS "+sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			return nil, err
		}
		e.prepared[sql] = name
	}
	places, values := make([]string, len(args)), []any{pgx.QueryExecModeSimpleProtocol}
	for i, arg := range args {
		places[i], values = "$"+strconv.Itoa(i+1), append(values, asText(arg))
	}
	execute := "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE " + name + " (" + strings.Join(places, ", ") + ")"
	err = e.conn.QueryRow(ctx, execute, values...).Scan(&raw)
	return raw, err
}

// Close gives back what explaining holds of the pool.
func (e *Explainer) Close() {
	if e.conn != nil {
		e.conn.Release()
	}
}

// asText writes lists as PostgreSQL does: pgx does not know of what type they are here.
func asText(arg any) any {
	switch list := arg.(type) {
	case []uuid.UUID:
		return "{" + strings.Join(texts(list, uuid.UUID.String), ",") + "}"
	case []int:
		return "{" + strings.Join(texts(list, strconv.Itoa), ",") + "}"
	case []string:
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
		return "{" + strings.Join(texts(list, func(s string) string { return `"` + quoted.Replace(s) + `"` }), ",") + "}"
	}
	return arg
}

func texts[T any](list []T, text func(T) string) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = text(one)
	}
	return out
}

// Plan is how one statement was carried out. Times are in milliseconds.
type Plan struct {
	Root                Node
	Planning, Execution float64
}

// Node is one step of a plan, as EXPLAIN names it.
type Node struct {
	Type      string  `json:"Node Type"`
	Relation  string  `json:"Relation Name"`
	Index     string  `json:"Index Name"`
	Rows      float64 `json:"Actual Rows"`
	Loops     float64 `json:"Actual Loops"`
	Removed   float64 `json:"Rows Removed by Filter"`
	Rechecked float64 `json:"Rows Removed by Index Recheck"`
	Hit       int     `json:"Shared Hit Blocks"`
	Read      int     `json:"Shared Read Blocks"`
	Plans     []Node
}

// Buffers are the pages that the statement looked at.
func (p Plan) Buffers() int { return p.Root.Hit + p.Root.Read }

// Nodes are all steps, from the top.
func (p Plan) Nodes() (all []Node) {
	open := []Node{p.Root}
	for len(open) > 0 {
		n := open[0]
		open = append(open[1:], n.Plans...)
		all = append(all, n)
	}
	return all
}

// Examined counts the rows of a table (or entries of an index of its) that were looked at.
func (p Plan) Examined(table string) (n int) {
	for _, node := range p.Nodes() {
		if node.Relation == table {
			n += int((node.Rows + node.Removed + node.Rechecked) * node.Loops)
		}
	}
	return n
}

// Indexes are those that the statement went through, in the order of the plan.
func (p Plan) Indexes() (names []string) {
	for _, node := range p.Nodes() {
		if node.Index != "" {
			names = append(names, node.Index)
		}
	}
	return names
}

// Limits are what no statement of a table's list may exceed.
type Limits struct {
	Table             string
	Buffers, Examined int
}

// Fault says in a sentence what is wrong with a plan; empty where nothing is.
func (p Plan) Fault(l Limits) string {
	for _, node := range p.Nodes() {
		if node.Type == "Seq Scan" && node.Relation == l.Table {
			return "reads the whole table"
		}
	}
	if p.Buffers() > l.Buffers {
		return fmt.Sprintf("looks at %d pages, more than %d", p.Buffers(), l.Buffers)
	}
	if n := p.Examined(l.Table); n > l.Examined {
		return fmt.Sprintf("looks at %d rows of %s, more than %d", n, l.Table, l.Examined)
	}
	return ""
}
