// Command listgen writes the statements of the list of invitations: one for each column and direction, since SQL cannot take an
// order as a parameter and is never put together in Go while the program runs. It also writes the Go that chooses among them.
//
// It owns which statements there are and what each filter means. What a person may ask for, and how a page is shown, is
// package graph's.
package main

import (
	"bytes"
	"embed"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:generate go run . ..

//go:embed *.tmpl
var templates embed.FS

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
	// First and FirstID are a place before every row, as SQL has it.
	First, FirstID string
}

const leastID, mostID = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"

// ends are the least and the most that a type holds; of text, what no text that is folded begins with.
var ends = map[string][2]string{
	"text":              {`''`, `U&'\+10FFFF'`},
	"bigint":            {"'-9223372036854775808'", "'9223372036854775807'"},
	"smallint":          {"'-32768'", "'32767'"},
	"timestamptz":       {"'-infinity'", "'infinity'"},
	"invitation_status": {"enum_first(NULL::invitation_status)::text", "enum_last(NULL::invitation_status)::text"},
}

func orders() (all []order) {
	for _, c := range columns {
		all = append(all, order{c, "Asc", "ASC", ">", ends[c.Type][0], leastID}, order{c, "Desc", "DESC", "<", ends[c.Type][1], mostID})
	}
	return all
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "listgen:", err)
		os.Exit(1)
	}
}

// run writes each file for which there is a template into the folder that is named. parts.tmpl is what they share.
func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the folder to write into, and nothing else: got %q", args)
	}
	parsed, err := template.ParseFS(templates, "*.tmpl")
	if err != nil {
		return err
	}
	for _, t := range parsed.Templates() {
		name, isFile := strings.CutSuffix(t.Name(), ".tmpl")
		if !isFile || name == "parts" {
			continue
		}
		if err := write(filepath.Join(args[0], name), t); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

func write(path string, t *template.Template) error {
	var out bytes.Buffer
	if err := t.Execute(&out, orders()); err != nil {
		return err
	}
	text := out.Bytes()
	if strings.HasSuffix(path, ".go") {
		var err error
		if text, err = format.Source(text); err != nil {
			return err
		}
	}
	return os.WriteFile(path, text, 0o644)
}
