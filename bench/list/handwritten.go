package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/postgres"
)

// handwriting is the same page written for itself alone: net/http, pgx, encoding/json and the best SQL that we know, with no
// layer between. It checks who asks, bounds by the managed locations, and answers the same fields.
type handwriting struct {
	// pool is for statements without a filter, whose plan is always the same and is kept. Those with one are planned for their
	// values, each time: a plan for any value is hundreds of times slower for some.
	pool, planned *pgxpool.Pool
}

func handWritten(ctx context.Context, databaseURL string) (http.Handler, error) {
	pool, err := postgres.Open(ctx, databaseURL, postgres.PoolOptions{MaxConns: 20, ApplicationName: "hand-written"})
	if err != nil {
		return nil, err
	}
	planned, err := postgres.Open(ctx, databaseURL, postgres.PoolOptions{MaxConns: 20, ApplicationName: "hand-written", Lists: postgres.ListsPlannedEachTime})
	if err != nil {
		return nil, err
	}
	h := &handwriting{pool: pool, planned: planned}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /invitations", h.list(invitationsTable))
	mux.HandleFunc("GET /submissions", h.list(submissionsTable))
	return mux, nil
}

// table is what the statements of two lists differ in.
type table struct {
	name, since, status string // its column of time, and its enum of states
	rows                func(q *query) string
	scan                func(q *query, rows pgx.Rows, page *handWrittenPage) error
}

var invitationsTable = table{name: "invitations", since: "created_at", status: "invitation_status", rows: (*query).invitations, scan: (*query).scanInvitations}

type amount struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type handWrittenInvitation struct {
	ID        string    `json:"id"`
	Status    string    `json:"status"`
	AnchorDay int16     `json:"anchorDay"`
	CreatedAt time.Time `json:"createdAt"`
	CardPrice amount    `json:"cardPrice"`
	AchPrice  *amount   `json:"achPrice"`
	Tenant    struct {
		ID    string  `json:"id"`
		Name  string  `json:"name"`
		Email *string `json:"email"`
		Phone *string `json:"phone"`
	} `json:"tenant"`
	Plan          named                `json:"plan"`
	Location      named                `json:"location"`
	InsurancePlan *handWrittenInsuring `json:"insurancePlan"`
}

type handWrittenInsuring struct {
	named
	Price amount `json:"price"`
}

type handWrittenPage struct {
	TotalCount          *int   `json:"totalCount,omitempty"`
	TotalCountPrecision string `json:"totalCountPrecision,omitempty"`
	Nodes               any    `json:"nodes"`
	PageInfo            struct {
		HasNextPage bool   `json:"hasNextPage"`
		EndCursor   string `json:"endCursor"`
	} `json:"pageInfo"`
}

func (h *handwriting) list(of table) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		staff, err := h.who(r.Context(), token)
		if err != nil {
			http.Error(w, "sign in first", http.StatusUnauthorized)
			return
		}
		page, err := h.page(r.Context(), of, staff, r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		body, err := json.Marshal(page)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}
}

// member is a staff member who is signed in.
type member struct {
	id    uuid.UUID
	admin bool
}

func (h *handwriting) who(ctx context.Context, token string) (m member, err error) {
	hash := sha256.Sum256([]byte(token))
	err = h.pool.QueryRow(ctx, `SELECT s.id, s.role = 'admin' FROM sign_ins i JOIN staff s ON s.id = i.staff_id
		WHERE i.token_hash = $1 AND i.revoked_at IS NULL AND i.expires_at > $2 AND s.deactivated_at IS NULL AND s.role IN ('admin', 'manager')`,
		hash[:], time.Now()).Scan(&m.id, &m.admin)
	return m, err
}

// maxTotal is how far is counted, as in our own list.
const maxTotal = 10_000

func (h *handwriting) page(ctx context.Context, of table, staff member, r *http.Request) (*handWrittenPage, error) {
	q, err := readQuery(of, staff, r)
	if err != nil {
		return nil, err
	}
	pool := h.pool
	if q.filtered {
		pool = h.planned
	}
	batch := &pgx.Batch{}
	page := &handWrittenPage{}
	batch.Queue(q.of.rows(q), q.args...).Query(func(rows pgx.Rows) error { return q.of.scan(q, rows, page) })
	if q.total {
		batch.Queue(q.count(), q.args[:q.filters]...).QueryRow(func(row pgx.Row) error {
			var n int
			err := row.Scan(&n)
			page.TotalCount, page.TotalCountPrecision = &n, "EXACT"
			if n > maxTotal {
				n, page.TotalCountPrecision = maxTotal, "AT_LEAST"
			}
			return err
		})
	}
	return page, pool.SendBatch(ctx, batch).Close()
}

// query is one question in SQL.
type query struct {
	of           table
	where, after []string
	managed      string // the bound on how a tenant is known
	args         []any
	filters      int // of args: the rest is where the page begins
	key, dir     string
	first        int
	total        bool
	filtered     bool
}

func (q *query) arg(value any) string {
	q.args = append(q.args, value)
	return "$" + strconv.Itoa(len(q.args))
}

// managed is the places of the staff member in the first argument.
const managed = "ARRAY(SELECT m.location_id FROM managed_locations m WHERE m.staff_id = $1)"

var errQuery = errors.New("the question cannot be read")

func readQuery(of table, staff member, r *http.Request) (*query, error) {
	v := r.URL.Query()
	first, err := strconv.Atoi(v.Get("first"))
	if err != nil || first < 1 || first > 100 {
		return nil, errQuery
	}
	q := &query{of: of, first: first, total: v.Get("total") == "true", key: of.since, dir: "DESC"}
	if v.Get("sort") == "tenant" {
		q.key, q.dir = "tenant_key", "ASC"
	}
	// The bound stands in the statement, as it does in ours, and costs an administrator's one look at one row.
	q.where = append(q.where, "EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = "+q.arg(staff.id)+")")
	if !staff.admin {
		q.where = []string{"i.location_id = ANY (" + managed + ")"}
		q.managed = " AND tl.location_id = ANY (" + managed + ")"
	}
	if search := v.Get("search"); search != "" {
		q.where = append(q.where, "i.search_text LIKE "+q.arg("%"+search+"%"))
	}
	if v.Has("status") {
		q.where = append(q.where, "i.status = ANY ("+q.arg(v["status"])+"::"+of.status+"[])")
	}
	if v.Has("location") {
		q.where = append(q.where, "i.location_id = ANY ("+q.arg(v["location"])+"::uuid[])")
	}
	if v.Get("has_phone") == "true" {
		q.where = append(q.where, "i.has_phone")
	}
	if v.Has("method") {
		q.where = append(q.where, "i.payment_method_type = "+q.arg(v.Get("method"))+"::payment_method_type")
	}
	q.filtered, q.filters = len(q.args) > 1, len(q.args)
	return q, q.readCursor(v.Get("after"))
}

func (q *query) readCursor(after string) error {
	if after == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(after)
	key, id, ok := strings.Cut(string(raw), "|")
	if err != nil || !ok {
		return errQuery
	}
	comparison := map[string]string{"DESC": "<", "ASC": ">"}[q.dir]
	kind := map[string]string{q.of.since: "timestamptz", "tenant_key": "text"}[q.key]
	q.after = []string{fmt.Sprintf("(i.%s, i.id) %s (%s::%s, %s::uuid)", q.key, comparison, q.arg(key), kind, q.arg(id))}
	return nil
}

// invitations finds the page in the list's own table, by its indexes alone, and looks up the rest for what is on it.
func (q *query) invitations() string {
	return fmt.Sprintf(`SELECT i.id, i.status, i.anchor_day, i.created_at, i.currency, i.card_key, i.ach_key, i.tenant_key,
			t.id, coalesce(k.known_as, t.name), t.email, CASE WHEN k.known_as IS NULL THEN t.phone END,
			p.id, p.name, l.id, l.name, n.id, n.name, n.price_minor, n.currency
		FROM (SELECT * FROM invitations i WHERE %[1]s ORDER BY i.%[2]s %[3]s, i.id %[3]s LIMIT %[4]d) i
		JOIN tenants t ON t.id = i.tenant_id
		JOIN plans p ON p.id = i.plan_id
		JOIN locations l ON l.id = i.location_id
		LEFT JOIN insurance_plans n ON n.id = i.insurance_plan_id
		LEFT JOIN LATERAL (SELECT tl.known_as FROM tenant_locations tl
			WHERE tl.tenant_id = i.tenant_id%[5]s
			ORDER BY tl.known_as IS NOT NULL, tl.location_id LIMIT 1) k ON true
		ORDER BY i.%[2]s %[3]s, i.id %[3]s`,
		strings.Join(slices.Concat(q.where, q.after), " AND "), q.key, q.dir, q.first+1, q.managed)
}

func (q *query) count() string {
	return fmt.Sprintf(`SELECT count(*) FROM (SELECT FROM %s i WHERE %s LIMIT %d) counted`, q.of.name, strings.Join(q.where, " AND "), maxTotal+1)
}

func (q *query) scanInvitations(rows pgx.Rows, page *handWrittenPage) error {
	nodes := make([]handWrittenInvitation, 0, q.first)
	for rows.Next() {
		if len(nodes) == q.first {
			page.PageInfo.HasNextPage = true
			continue
		}
		var id, tenant, plan, location uuid.UUID
		var insurance *uuid.UUID
		var card, ach int64
		var price *int64
		var currency, tenantKey string
		var insuranceName, insuranceCurrency *string
		var one handWrittenInvitation
		if err := rows.Scan(&id, &one.Status, &one.AnchorDay, &one.CreatedAt, &currency, &card, &ach, &tenantKey, &tenant, &one.Tenant.Name,
			&one.Tenant.Email, &one.Tenant.Phone, &plan, &one.Plan.Name, &location, &one.Location.Name, &insurance, &insuranceName, &price,
			&insuranceCurrency); err != nil {
			return err
		}
		one.ID, one.Tenant.ID, one.Plan.ID, one.Location.ID = opaque("inv_", id), opaque("ten_", tenant), opaque("pln_", plan), opaque("loc_", location)
		one.Status, one.CardPrice = strings.ToUpper(one.Status), money(card, currency)
		one.AchPrice = offered(ach, currency)
		if insurance != nil {
			one.InsurancePlan = &handWrittenInsuring{named{opaque("ins_", *insurance), *insuranceName}, money(*price, *insuranceCurrency)}
		}
		nodes = append(nodes, one)
		if len(nodes) == q.first {
			page.PageInfo.EndCursor = handWrittenCursor(q.key, one.CreatedAt, tenantKey, id)
		}
	}
	page.Nodes = nodes
	return rows.Err()
}

func handWrittenCursor(key string, created time.Time, tenantKey string, id uuid.UUID) string {
	at := tenantKey
	if key != "tenant_key" {
		at = created.Format(time.RFC3339Nano)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(at + "|" + id.String()))
}

func opaque(prefix string, id uuid.UUID) string { return prefix + hex.EncodeToString(id[:]) }

func money(minor int64, currency string) amount {
	digits := strconv.FormatInt(minor, 10)
	for len(digits) < 3 {
		digits = "0" + digits
	}
	return amount{digits[:len(digits)-2] + "." + digits[len(digits)-2:], currency}
}
