// Command listgen writes the statements of the large lists, of invitations and of submissions: one for each column and direction,
// since SQL cannot take an order as a parameter and is never put together in Go while the program runs. It also writes the Go that
// chooses among them.
//
// It owns which statements there are and what each filter means: parts.tmpl is what the lists share, and a template with the name of
// each list holds its filters. What a person may ask for, and how a page is shown, is package graph's.
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

// list is one large list: of which table's rows, and by what it can be sorted. Time is the column of its usual order.
type list struct {
	Noun, Table, StatusType string
	Row, Rows               string // of a page: their type, and how they are joined to its ids p, as v
	Time, TimeSort          string
	columns                 []column
	also                    string // a file of its own beside those of every list
}

var lists = []list{
	{"Invitation", "invitations", "invitation_status", "ListedInvitation", "listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id", "CreatedAt", "CREATED_AT", []column{
		{"Tenant", "TENANT", "tenant_key", "TenantKey", "text"},
		{"Plan", "PLAN", "plan_key", "PlanKey", "text"},
		{"Location", "LOCATION", "location_key", "LocationKey", "text"},
		{"CardPrice", "CARD_PRICE", "card_key", "CardKey", "bigint"},
		{"AchPrice", "ACH_PRICE", "ach_key", "AchKey", "bigint"},
		{"Insurance", "INSURANCE", "insurance_key", "InsuranceKey", "bigint"},
		{"AnchorDay", "ANCHOR_DAY", "anchor_day", "AnchorDay", "smallint"},
		{"Status", "STATUS", "status", "Status", "invitation_status"},
		{"CreatedAt", "CREATED_AT", "created_at", "CreatedAt", "timestamptz"},
	}, "batch_matching.sql"},
	{"Submission", "submissions", "submission_status", "ListedSubmission", "listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id", "SubmittedAt", "SUBMITTED_AT", []column{
		{"Tenant", "TENANT", "tenant_key", "TenantKey", "text"},
		{"Plan", "PLAN", "plan_key", "PlanKey", "text"},
		{"Location", "LOCATION", "location_key", "LocationKey", "text"},
		{"CardPrice", "CARD_PRICE", "card_key", "CardKey", "bigint"},
		{"AchPrice", "ACH_PRICE", "ach_key", "AchKey", "bigint"},
		{"Insurance", "INSURANCE", "insurance_key", "InsuranceKey", "bigint"},
		{"AnchorDay", "ANCHOR_DAY", "anchor_day", "AnchorDay", "smallint"},
		{"Status", "STATUS", "status", "Status", "submission_status"},
		{"SubmittedAt", "SUBMITTED_AT", "submitted_at", "SubmittedAt", "timestamptz"},
		{"MonthlyTotal", "MONTHLY_TOTAL", "monthly_total_minor", "MonthlyTotalMinor", "bigint"},
		{"WaitingSince", "WAITING_SINCE", "waiting_key", "WaitingKey", "timestamptz"},
	}, "batch_submissions.sql"},
}

// order is one column of a list in one direction.
type order struct {
	list
	column
	Direction string // as in a name: Asc, Desc
	SQL       string // as in SQL
	Beyond    string // how a row after the cursor compares with it
	// First and FirstID are a place before every row, as SQL has it.
	First, FirstID string
}

const leastID, mostID = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"

// ends are the least and the most that a type holds; of text, what no text that is folded begins with.
func ends(of string) (least, most string) {
	switch of {
	case "text":
		return `''`, `U&'\+10FFFF'`
	case "bigint":
		return "'-9223372036854775808'", "'9223372036854775807'"
	case "smallint":
		return "'-32768'", "'32767'"
	case "timestamptz":
		return "'-infinity'", "'infinity'"
	}
	return "enum_first(NULL::" + of + ")::text", "enum_last(NULL::" + of + ")::text"
}

// Orders are those of the list's statements.
func (l list) Orders() (all []order) {
	for _, c := range l.columns {
		least, most := ends(c.Type)
		all = append(all, order{l, c, "Asc", "ASC", ">", least, leastID}, order{l, c, "Desc", "DESC", "<", most, mostID})
	}
	return all
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "listgen:", err)
		os.Exit(1)
	}
}

// run writes each file for which there is a template into the folder that is named, once for each list.
func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the folder to write into, and nothing else: got %q", args)
	}
	for _, l := range lists {
		prefix := strings.ToLower(l.Noun)
		parsed, err := template.ParseFS(templates, "list*.tmpl", "batch*.tmpl", "parts.tmpl", prefix+".tmpl")
		if err != nil {
			return err
		}
		for _, t := range parsed.Templates() {
			name, isFile := strings.CutSuffix(t.Name(), ".tmpl")
			switch {
			case !isFile:
				continue
			case strings.HasPrefix(name, "list"):
				name = prefix + "_" + name
			case name != l.also:
				continue
			}
			if err := write(filepath.Join(args[0], name), t, l); err != nil {
				return fmt.Errorf("write %s: %w", name, err)
			}
		}
	}
	return writeLegacy(filepath.Join(args[0], "legacy_list.sql"))
}

// legacyOrder is one order of the list of legacy memberships, which is short enough to have no directions and no estimates.
type legacyOrder struct{ Name, Column, Beyond, After, Order string }

var legacyOrders = []legacyOrder{
	{"Newest", "x.id", "<", "sqlc.narg(after_id)::uuid", "x.id DESC"},
	{"Name", "x.name_key, x.id", ">", "sqlc.narg(after_key)::text, sqlc.narg(after_id)::uuid", "x.name_key, x.id"},
	{"NextBilling", "x.next_billing_key, x.id", ">", "CAST(sqlc.narg(after_key)::text AS date), sqlc.narg(after_id)::uuid", "x.next_billing_key, x.id"},
}

func writeLegacy(path string) error {
	parsed, err := template.ParseFS(templates, "legacy_list.sql.tmpl")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, legacyOrders); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

func write(path string, t *template.Template, l list) error {
	var out bytes.Buffer
	if err := t.Execute(&out, l); err != nil {
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
