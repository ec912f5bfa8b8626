// Command listgen writes the statements of the list of invitations: one for each column and direction, since SQL cannot take an
// order as a parameter and is never put together in Go while the program runs. It also writes the Go that chooses among them.
//
// It owns which statements there are and what each filter means. What a person may ask for, and how a page is shown, is
// package graph's.
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"text/template"
)

//go:generate go run . ..

//go:embed statements.sql.tmpl
var statements string

//go:embed choose.go.tmpl
var choose string

// column is something to sort by: its name in Go and in the API, the column, its field of the row, and the type as which its key
// is read back from a cursor.
type column struct{ By, Sort, Name, Field, Type string }

var columns = []column{
	{"Tenant", "TENANT", "tenant_key", "TenantKey", "text"},
	{"Plan", "PLAN", "plan_key", "PlanKey", "text"},
	{"Location", "LOCATION", "location_key", "LocationKey", "text"},
	{"CardPrice", "CARD_PRICE", "card_key", "CardKey", "bigint"},
	{"AchPrice", "ACH_PRICE", "ach_key", "AchKey", "bigint"},
	{"Insurance", "INSURANCE", "insurance_key", "InsuranceKey", "bigint"},
	{"AnchorDay", "ANCHOR_DAY", "anchor_day", "AnchorDay", "smallint"},
	{"Status", "STATUS", "status", "Status", "invitation_status"},
	{"CreatedAt", "CREATED_AT", "created_at", "CreatedAt", "timestamptz"},
}

// order is one column in one direction.
type order struct {
	column
	Direction string // as in a name: Asc, Desc
	SQL       string // as in SQL
	Beyond    string // how a row after the cursor compares with it
}

func orders() (all []order) {
	for _, c := range columns {
		all = append(all, order{c, "Asc", "ASC", ">"}, order{c, "Desc", "DESC", "<"})
	}
	return all
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "listgen:", err)
		os.Exit(1)
	}
}

// run writes both files into the folder that is named.
func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the folder to write into, and nothing else: got %q", args)
	}
	sql, err := expand(statements)
	if err != nil {
		return err
	}
	code, err := expand(choose)
	if err != nil {
		return err
	}
	if code, err = format.Source(code); err != nil {
		return fmt.Errorf("format what was written: %w", err)
	}
	if err := os.WriteFile(filepath.Join(args[0], "invitation_list.sql"), sql, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(args[0], "invitation_list.go"), code, 0o644)
}

func expand(text string) ([]byte, error) {
	parsed, err := template.New("").Parse(text)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, orders()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
