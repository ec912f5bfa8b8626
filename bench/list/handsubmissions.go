package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/bench/list/million"
)

var submissionsTable = table{name: "submissions", since: "submitted_at", status: "submission_status", rows: (*query).submissions, scan: (*query).scanSubmissions}

type handWrittenSubmission struct {
	ID           string     `json:"id"`
	Status       string     `json:"status"`
	StatusReason string     `json:"statusReason"`
	SubmittedAt  time.Time  `json:"submittedAt"`
	WaitingSince *time.Time `json:"waitingSince"`
	DaysWaiting  *int       `json:"daysWaiting"`
	Unit         string     `json:"unit"`
	AnchorDay    int16      `json:"anchorDay"`
	CardPrice    amount     `json:"cardPrice"`
	AchPrice     *amount    `json:"achPrice"`
	Insurance    *amount    `json:"insurancePrice"`
	MonthlyTotal amount     `json:"monthlyTotal"`
	MethodType   string     `json:"paymentMethodType"`
	Method       string     `json:"paymentMethod"`
	Tenant       struct {
		ID    string  `json:"id"`
		Name  string  `json:"name"`
		Email *string `json:"email"`
		Phone *string `json:"phone"`
	} `json:"tenant"`
	Plan     named `json:"plan"`
	Location named `json:"location"`
}

// submissions is the same as invitations of the other list: the page by its indexes alone, the rest for what is on it.
func (q *query) submissions() string {
	return fmt.Sprintf(`SELECT i.id, i.status, i.status_reason, i.submitted_at, i.waiting_key, i.anchor_day, i.currency, i.card_key, i.ach_key, i.insurance_key,
			i.monthly_total_minor, i.payment_method_type, i.method_label, i.tenant_key, r.unit,
			t.id, coalesce(k.known_as, t.name), t.email, CASE WHEN k.known_as IS NULL THEN t.phone END, p.id, p.name, l.id, l.name
		FROM (SELECT * FROM submissions i WHERE %[1]s ORDER BY i.%[2]s %[3]s, i.id %[3]s LIMIT %[4]d) i
		JOIN reservations r ON r.id = i.reservation_id
		JOIN tenants t ON t.id = i.tenant_id
		JOIN plans p ON p.id = r.plan_id
		JOIN locations l ON l.id = i.location_id
		LEFT JOIN LATERAL (SELECT tl.known_as FROM tenant_locations tl
			WHERE tl.tenant_id = i.tenant_id%[5]s
			ORDER BY tl.known_as IS NOT NULL, tl.location_id LIMIT 1) k ON true
		ORDER BY i.%[2]s %[3]s, i.id %[3]s`,
		strings.Join(slices.Concat(q.where, q.after), " AND "), q.key, q.dir, q.first+1, q.managed)
}

func (q *query) scanSubmissions(rows pgx.Rows, page *handWrittenPage) error {
	nodes := make([]handWrittenSubmission, 0, q.first)
	for rows.Next() {
		if len(nodes) == q.first {
			page.PageInfo.HasNextPage = true
			continue
		}
		var id, tenant, plan, location uuid.UUID
		var card, ach, insurance, total int64
		var waiting time.Time
		var currency, tenantKey string
		var one handWrittenSubmission
		if err := rows.Scan(&id, &one.Status, &one.StatusReason, &one.SubmittedAt, &waiting, &one.AnchorDay, &currency, &card, &ach, &insurance, &total,
			&one.MethodType, &one.Method, &tenantKey, &one.Unit, &tenant, &one.Tenant.Name, &one.Tenant.Email, &one.Tenant.Phone,
			&plan, &one.Plan.Name, &location, &one.Location.Name); err != nil {
			return err
		}
		one.ID, one.Tenant.ID, one.Plan.ID, one.Location.ID = opaque("sbm_", id), opaque("ten_", tenant), opaque("pln_", plan), opaque("loc_", location)
		one.Status, one.MethodType = strings.ToUpper(one.Status), strings.ToUpper(one.MethodType)
		one.CardPrice, one.MonthlyTotal = money(card, currency), money(total, currency)
		one.AchPrice, one.Insurance = offered(ach, currency), offered(insurance, currency)
		if waiting.Year() < 9999 {
			days := int(million.Until.Sub(waiting) / (24 * time.Hour))
			one.WaitingSince, one.DaysWaiting = &waiting, &days
		}
		nodes = append(nodes, one)
		if len(nodes) == q.first {
			page.PageInfo.EndCursor = handWrittenCursor(q.key, one.SubmittedAt, tenantKey, id)
		}
	}
	page.Nodes = nodes
	return rows.Err()
}

// offered is nil for a price that was not.
func offered(minor int64, currency string) *amount {
	if minor < 0 {
		return nil
	}
	m := money(minor, currency)
	return &m
}
