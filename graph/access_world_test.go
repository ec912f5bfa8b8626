package graph_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// world is an installation in which there is one thing of every kind here and elsewhere.
type world struct {
	*bundle
	here, elsewhere map[string]string // ids and texts by kind
	tokens          map[string]string // by who asks
	// ofHere are the ids, names, addresses and texts that stand in the database for what is here and for nothing else; ofTenant those
	// of one tenant alone.
	ofHere, ofTenant marks
}

// place fills a location with one thing of every kind.
func (w *world) place(t *testing.T, l *queries.Location, p *queries.Plan, ins *queries.InsurancePlan, by, colleague *queries.Staff) map[string]string {
	t.Helper()
	person := func(what string) func(*migration.InvitationDraft) {
		return func(d *migration.InvitationDraft) {
			d.PlanID, d.Unit = p.ID, what+" at "+l.Name
			d.NewTenant = &migration.NewTenant{Name: what + " of " + l.Name, Email: strings.ToLower(what) + "-" + ids.New().String() + "@home.test", Phone: testkit.NewPhone()}
		}
	}
	inv := w.Invited(t, person("Offered"))
	batch, err := w.Rules.SendInvitations(t.Context(), testkit.By(by), testkit.SendRequest(ids.New().String(), inv))
	require.NoError(t, err)
	w.MustWork(t)
	waiting := w.Claimed(t, testkit.Visa, person("Waiting"))
	sub := w.Approved(t, migration.NextMonth, person("Mover"), testkit.Insured(ins))
	tenant := w.TenantOf(t, sub)
	require.NoError(t, w.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(tenant.ID), "new-"+*tenant.Email))
	stop(t, w.bundle, *tenant.Phone, "When does it begin at "+l.Name+"?")
	silent := w.Invited(t, person("Silent"))
	_, err = w.Rules.Suppress(t.Context(), testkit.By(by), migration.SuppressRequest{TenantID: &silent.TenantID, Scope: queries.SuppressionScopeAll, Note: "Asked at " + l.Name})
	require.NoError(t, err)
	_, err = w.Rules.RevokeInvitation(t.Context(), testkit.By(colleague), w.Invited(t, person("Revoked")).ID, "Not at "+l.Name)
	require.NoError(t, err)
	one := func(sql string, arg any) uuid.UUID {
		t.Helper()
		rows := w.Strings(t, sql, arg)
		require.NotEmpty(t, rows, sql)
		return uuid.MustParse(rows[0])
	}
	subscription, alarm := one(`SELECT id::text FROM subscriptions WHERE submission_id = $1`, sub.ID), ids.New()
	w.Exec(t, `INSERT INTO billing_alarms (id, kind, subscription_id, location_id, about, since, currency, detail)
		VALUES ($1, 'dispute', $2, $3, $4, $5, 'USD', '{}')`, alarm, subscription, l.ID, "dp_"+l.Slug, testkit.Start)
	in, err := w.access(t).SignIn(t.Context(), by.Email, testkit.Password, access.Origin{UserAgent: "Browser of " + by.Name})
	require.NoError(t, err)
	require.NotEmpty(t, in.Token)
	w.tokenOf(t, by, queries.TokenScopeReadOnly)
	imported, work := w.oldSystem(t, l, p, by, sub)
	silentTenant, err := w.Q.TenantGet(t.Context(), w.DB.Pool, silent.TenantID)
	require.NoError(t, err)
	return map[string]string{
		"loc": id("loc", l.ID), "pln": id("pln", p.ID), "ins": id("ins", ins.ID), "stf": id("stf", colleague.ID), "me": id("stf", by.ID), "inv": id("inv", inv.ID),
		"bat": id("bat", batch.ID), "dlv": id("dlv", one(`SELECT id::text FROM deliveries WHERE invitation_id = $1`, inv.ID)),
		"sbm": id("sbm", waiting.ID), "rsv": id("rsv", sub.ReservationID), "ten": id("ten", sub.TenantID), "sbs": id("sbs", subscription), "alm": id("alm", alarm),
		"apr":              id("apr", one(`SELECT id::text FROM approvals WHERE submission_id = $1`, sub.ID)),
		"emc":              id("emc", one(`SELECT id::text FROM email_corrections WHERE tenant_id = $1`, tenant.ID)),
		"sup":              id("sup", one(`SELECT id::text FROM suppressions WHERE address = $1`, *silentTenant.Email)),
		"rpl":              id("rpl", one(`SELECT id::text FROM text_replies WHERE phone = $1`, *tenant.Phone)),
		"sgn":              id("sgn", one(`SELECT id::text FROM sign_ins WHERE staff_id = $1 ORDER BY id DESC`, by.ID)),
		"tok":              id("tok", one(`SELECT id::text FROM api_tokens WHERE staff_id = $1 ORDER BY id DESC`, by.ID)),
		"token":            w.Token(t, inv),
		"imp":              id("bat", imported.BatchID),
		"upl":              id("upl", imported.UploadID),
		"lgs":              id("lgs", imported.SourceID),
		"lgm":              id("lgm", work),
		"ses":              id("ses", w.atTheCounter(t, l, by)),
		"email of tenants": *tenant.Email, "address of suppressions": *silentTenant.Email, "search of plans": p.Name, "search of staffMembers": by.Name,
		"search of legacyMemberships": "Old Person of " + l.Name, "search of previewInvitationsFromLegacy": "Old Person of " + l.Name,
		"search": tenant.Name,
	}
}

// oldSystem has a list imported, and lets the mover be somebody on it whose old plan is still live there.
func (w *world) oldSystem(t *testing.T, l *queries.Location, p *queries.Plan, by *queries.Staff, sub *queries.Submission) (*queries.LegacyImport, uuid.UUID) {
	t.Helper()
	row := w.imported(t, l, by)
	_, err := w.Rules.MapLegacyPlan(t.Context(), testkit.By(by), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "old plan at " + l.Name, PlanID: &p.ID})
	require.NoError(t, err)
	person := uuid.MustParse(w.Strings(t, `SELECT id::text FROM legacy_memberships WHERE location_id = $1 AND source_id = '1'`, l.ID)[0])
	w.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, person)
	w.MustWork(t)
	return row, person
}

// imported is a list of a location with a row that is refused.
func (w *world) imported(t *testing.T, l *queries.Location, by *queries.Staff) *queries.LegacyImport {
	t.Helper()
	text := "id,name,email,phone,plate,rfid,member number,unit,plan,price,discount,next billing date,status\n" +
		"1,Old Person of " + l.Name + ",old-" + ids.New().String() + "@home.test," + testkit.NewPhone() + ",PLATE" + l.Slug + ",tag-" + l.Slug + ",m-" + l.Slug + ",old unit at " + l.Name +
		",old plan at " + l.Name + ",12.50,1.00,2026-04-01,Active\n3,Car Owner of " + l.Name + ",car-" + ids.New().String() + "@home.test," + testkit.NewPhone() + ",CAR" + l.Slug +
		",,c-" + l.Slug + ",,old plan at " + l.Name + ",12.50,,2026-04-01,Active\n2,,,,,,,,,,,,odd row at " + l.Name + "\n"
	file, err := w.Rules.Upload(t.Context(), testkit.By(by), "people of "+l.Name+".csv", strings.NewReader(text), migration.UploadBounds{File: 1 << 20})
	require.NoError(t, err)
	batch, err := w.Rules.ImportLegacyMemberships(t.Context(), testkit.By(by), migration.ImportRequest{LocationID: l.ID, UploadID: file.ID,
		Source: "old system of " + l.Name, ClientKey: ids.New().String()})
	require.NoError(t, err)
	require.NoError(t, w.Rules.RunImport(t.Context(), testkit.By(by), batch.ID))
	row, err := w.Q.LegacyImportGet(t.Context(), w.DB.Pool, batch.ID)
	require.NoError(t, err)
	return row
}

// atTheCounter has a customer of the old list at the signature, who was texted and typed a card.
func (w *world) atTheCounter(t *testing.T, l *queries.Location, by *queries.Staff) uuid.UUID {
	t.Helper()
	staff := testkit.By(by)
	place := w.Stripe.Ask(t, http.MethodPost, "/v1/terminal/locations", url.Values{"display_name": {l.Name}, "address[line1]": {"1 Main"},
		"address[city]": {"Denver"}, "address[state]": {"CO"}, "address[country]": {"US"}, "address[postal_code]": {"80202"}})
	w.Stripe.Ask(t, http.MethodPost, "/v1/terminal/readers", url.Values{"registration_code": {"simulated-wpe"}, "label": {"Reader of " + l.Name},
		"location": {place["id"].(string)}})
	w.Exec(t, `UPDATE locations SET terminal_location = $2 WHERE id = $1`, l.ID, place["id"])
	session, err := w.Rules.OpenSession(t.Context(), staff, migration.Visit{LocationID: l.ID, Plate: "CAR" + l.Slug, RFID: "tag of a car at " + l.Name})
	require.NoError(t, err)
	taken := func(_ *queries.Session, err error) {
		t.Helper()
		require.NoError(t, err)
	}
	taken(w.Rules.StartCounterMigration(t.Context(), staff, session.ID))
	found, err := w.Rules.CandidatesOf(t.Context(), w.DB.Pool, session, migration.LegacyQuery{Plate: session.Plate})
	require.NoError(t, err)
	taken(w.Rules.ConfirmLegacyMatch(t.Context(), staff, session.ID, found[0].LegacyMembership.ID, nil))
	taken(w.Rules.RequestEmailByText(t.Context(), staff, session.ID, *found[0].LegacyMembership.Phone))
	w.MustWork(t)
	email := "car-" + l.Slug + "@typed.test"
	taken(w.Rules.EnterEmail(t.Context(), staff, session.ID, email, nil))
	taken(w.Rules.ConfirmContact(t.Context(), staff, session.ID, email))
	_, card, err := w.Rules.StartCardSetup(t.Context(), staff, session.ID, migration.CardTyped, nil)
	require.NoError(t, err)
	w.Stripe.Confirm(t, card.ClientSecret, testkit.Visa)
	taken(w.Rules.CheckCardSetup(t.Context(), staff, session.ID))
	taken(w.Rules.Checkout(t.Context(), staff, migration.CheckoutRequest{SessionID: session.ID, Language: queries.MessageLanguageEn}))
	return session.ID
}

func (w *world) access(t *testing.T) *access.Service {
	t.Helper()
	in, err := access.New(w.DB.Pool, w.Clock.Now)
	require.NoError(t, err)
	return in
}

// newWorld builds elsewhere first, then another tenant here, then what is here: so it is known which of all that is stored is whose.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{bundle: setup(t), tokens: map[string]string{}}
	w.elsewhere = w.place(t, w.Boston, w.Loft, w.BostonInsurance, w.Stranger, w.Stranger)
	before := w.stored(t)
	other := w.Approved(t, migration.NextMonth, func(d *migration.InvitationDraft) { d.NewTenant.Name, d.Unit = "Other Tenant", "B" })
	w.tokens["OTHER"] = w.tenantToken(t, other)
	between := w.stored(t)
	w.here = w.place(t, w.Denver, w.Studio, w.Insurance, w.Manager, w.Colleague)
	mover := uuid.MustParse(strings.TrimPrefix(w.here["ten"], "ten_"))
	w.tokens["TENANT"] = w.tenantToken(t, &queries.Submission{TenantID: mover})
	theirs, known := w.Invited(t), w.tenantNamed(t, "Waiting of "+w.Denver.Name)
	require.NoError(t, w.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(known.ID), "known-"+ids.New().String()+"@home.test"))
	after := w.stored(t)
	w.share(t, theirs, known)
	w.ofTenant, w.ofHere = after.less(between), after.less(before)
	for _, text := range []string{w.Denver.Name, w.Studio.Name, w.Insurance.Name, w.Manager.Name, w.Manager.Email, w.Colleague.Name, w.Colleague.Email,
		w.Denver.ID.String(), w.Studio.ID.String(), w.Insurance.ID.String(), w.Manager.ID.String(), w.Colleague.ID.String()} {
		w.ofHere.add(text)
	}
	delete(w.ofHere.ids, hex(known.ID))
	delete(w.ofHere.texts, *known.Email)
	for who, staff := range map[string]*queries.Staff{"ADMIN": w.Admin, "HERE": w.Manager, "ELSEWHERE": w.Stranger, "ATTENDANT": w.Attendant} {
		w.tokens[who] = w.bundle.tokens[staff.ID]
	}
	w.tokens["GATE"], w.tokens["READ"], w.tokens["STAFF"] = w.tokenOf(t, w.Manager, queries.TokenScopeGate),
		w.tokenOf(t, w.Manager, queries.TokenScopeReadOnly), w.tokenOf(t, w.Manager, queries.TokenScopeStaff)
	w.tokens["NOBODY"] = ""
	w.Clock.Move(time.Minute)              // a period ends before now
	w.elsewhere["token"] = w.here["token"] // whoever has the link is let in by it
	return w
}

// share gives elsewhere what it may have of here: a tenant of here whom it invited itself under another name, the email that here does not
// write to any more, and two acts of its manager from when they managed here too: about an invitation of here, and an import whose people are
// of here.
func (w *world) share(t *testing.T, inv *queries.Invitation, known *queries.Tenant) {
	t.Helper()
	_, err := w.Rules.Suppress(t.Context(), testkit.By(w.Manager), migration.SuppressRequest{TenantID: &known.ID, Scope: queries.SuppressionScopeAll, Note: "Asked at " + w.Denver.Name})
	require.NoError(t, err)
	_, err = w.Rules.CreateInvitation(t.Context(), testkit.By(w.Stranger), migration.InvitationDraft{PlanID: w.Loft.ID, AnchorDay: 3,
		NewTenant: &migration.NewTenant{Name: "Typed elsewhere", Email: *known.Email, Phone: testkit.NewPhone()}})
	require.NoError(t, err)
	w.Exec(t, `INSERT INTO staff_locations (staff_id, location_id) VALUES ($1, $2)`, w.Stranger.ID, w.Denver.ID)
	act, err := w.Rules.SendInvitations(t.Context(), testkit.By(w.Stranger), testkit.SendRequest(ids.New().String(), inv))
	require.NoError(t, err)
	list := w.imported(t, w.Denver, w.Stranger)
	w.MustWork(t)
	w.Exec(t, `DELETE FROM staff_locations WHERE staff_id = $1 AND location_id = $2`, w.Stranger.ID, w.Denver.ID)
	w.elsewhere["bat"], w.elsewhere["imp"], w.elsewhere["ten"] = id("bat", act.ID), id("bat", list.BatchID), id("ten", known.ID)
}

func (w *world) tenantNamed(t *testing.T, name string) *queries.Tenant {
	t.Helper()
	found := w.Strings(t, `SELECT id::text FROM tenants WHERE name = $1`, name)
	require.Len(t, found, 1)
	row, err := w.Q.TenantGet(t.Context(), w.DB.Pool, uuid.MustParse(found[0]))
	require.NoError(t, err)
	return row
}

// marks are what tells that an answer speaks of somebody's things.
type marks struct{ ids, texts map[string]bool }

func (m marks) add(text string) {
	if u, err := uuid.Parse(text); err == nil {
		m.ids[hex(u)] = true
		return
	}
	m.texts[text] = true
}

func (m marks) less(other marks) marks {
	out := marks{maps.Clone(m.ids), maps.Clone(m.texts)}
	maps.DeleteFunc(out.ids, func(one string, _ bool) bool { return other.ids[one] })
	maps.DeleteFunc(out.texts, func(one string, _ bool) bool { return other.texts[one] })
	return out
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}`)

// in is the first mark in an answer, "" where there is none.
func (m marks) in(raw string) string {
	for _, one := range anyID.FindAllString(raw, -1) {
		if m.ids[strings.ReplaceAll(one, "-", "")] {
			return one
		}
	}
	for text := range m.texts {
		if strings.Contains(raw, text) {
			return text
		}
	}
	return ""
}

func hex(u uuid.UUID) string { return strings.ReplaceAll(u.String(), "-", "") }

// stored is every id and every text in the tables of ours.
func (w *world) stored(t *testing.T) marks {
	t.Helper()
	m := marks{map[string]bool{}, map[string]bool{}}
	each := w.Strings(t, `SELECT format('SELECT v FROM %I CROSS JOIN LATERAL (VALUES %s) c(v)', table_name, string_agg(format('(%I::text)', column_name), ','))
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'river%' AND table_name NOT LIKE 'goose%'
			AND udt_name IN ('uuid', 'text', 'citext', 'varchar')
			AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE')
		GROUP BY table_name`)
	for _, text := range w.Strings(t, `SELECT DISTINCT v FROM (`+strings.Join(each, " UNION ALL ")+`) every WHERE length(v) >= 6`) {
		m.add(text)
	}
	return m
}
