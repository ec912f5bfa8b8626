package migration_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/civil"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const members = "id,name,email,phone,plate,plan,price,discount,discount ends,next billing date,billing day,period,status,ends\n" +
	"1,Anna Smith,anna@home.test,303-555-0101,AAA 111,Unlimited,39.00,,,2026-03-31,,,active,\n" +
	"2,Anna Smith,anna@home.test,,BBB 222,Unlimited,35.00,5.00,,2026-02-28,31,,active,\n" +
	"3,No Mail,,,,Unlimited,39.00,,,2026-04-01,,,active,\n" +
	"4,Odd Plan,odd@home.test,,,Unknown,39.00,,,2026-04-01,,,active,\n" +
	"5,Year Yves,yves@home.test,,,Unlimited,390.00,,,2026-04-01,,yearly,active,\n" +
	"6,Gone Gus,gus@home.test,,,Unlimited,39.00,,,2026-04-01,,,cancelled,\n" +
	"7,Same Mail A,same@home.test,,,Unlimited,39.00,,,2026-04-01,,,active,\n" +
	"8,Same Mail B,same@home.test,,,Unlimited,39.00,,,2026-04-01,,,active,\n" +
	"9,Same Plate,plate@home.test,,aaa-111,Unlimited,39.00,,,2026-04-01,,,active,\n" +
	"10,Promo Pia,pia@home.test,,,Unlimited,39.00,10%,2026-06-01,2026-04-01,,,active,\n" +
	"11,Ends Ed,ed@home.test,,,Unlimited,39.00,,,2026-04-01,,,active,2026-03-20\n" +
	"12,No Price,np@home.test,,,Unlimited,,,,2026-04-01,,,active,\n" +
	"13,No Date,nd@home.test,,,Unlimited,39.00,,,,,,active,\n" +
	"14,Bounced Bo,bo@home.test,+13035550114,,Unlimited,39.00,,,2026-04-05,,,past due,\n"

// mapped has the members imported at Denver, and their plan mapped to the wash.
func (b *bundle) mapped(t *testing.T) {
	t.Helper()
	batch, row := b.imported(t, members)
	require.Equal(t, 14, row.CreatedRows, b.refusals(t, batch.ID))
	_, err := b.Rules.MapLegacyPlan(t.Context(), testkit.By(b.Manager), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &b.Wash.ID})
	require.NoError(t, err)
}

func everybody(b *bundle) *migration.LegacyFilter {
	return &migration.LegacyFilter{LocationIDs: []uuid.UUID{b.Denver.ID}}
}

func TestCreateInvitationsFromLegacy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	req := migration.FromLegacyRequest{Filter: everybody(b), ExpectedCount: 14, ClientKey: "first"}

	t.Run("IsShownBefore", func(t *testing.T) {
		p, err := b.Rules.PreviewInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), req)
		require.NoError(t, err)
		require.Equal(t, []int{14, 2}, []int{p.Total, p.Invitable})
	})

	t.Run("OK", func(t *testing.T) {
		batch, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), req)
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, []string{"1 DUPLICATE_PLATE", "10 DISCOUNT_ENDS", "11 ENDS_THERE", "12 NO_PRICE", "13 NO_BILLING_DATE", "14 ", "2 ", "3 NO_EMAIL",
			"4 NO_PLAN", "5 NOT_MONTHLY", "6 CANCELLED_THERE", "7 DUPLICATE_EMAIL", "8 DUPLICATE_EMAIL", "9 DUPLICATE_PLATE"},
			b.Strings(t, `SELECT l.source_id || ' ' || i.reason FROM batch_items i JOIN legacy_memberships l ON l.id = i.legacy_membership_id WHERE i.batch_id = $1 ORDER BY l.source_id`, batch.ID))
		require.Equal(t, []string{"14 Bounced Bo +13035550114 5 2026-04-05 3900  pending", "2 Anna Smith 31 3000 BBB 222 pending"},
			b.Strings(t, `SELECT concat_ws(' ', l.source_id, t.name, t.phone, i.anchor_day, i.first_bill_on, i.card_price_override_minor, i.unit, i.status) FROM invitations i
				JOIN legacy_memberships l ON l.id = i.legacy_membership_id JOIN tenants t ON t.id = i.tenant_id ORDER BY l.source_id`))
		batch, err = b.Q.BatchGet(t.Context(), b.DB.Pool, batch.ID)
		require.NoError(t, err)
		require.Equal(t, []int{2, 12}, []int{batch.Succeeded, batch.Skipped})
	})

	t.Run("TheSameKeyIsTheSameBatch", func(t *testing.T) {
		_, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), req)
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM invitations`))
	})

	t.Run("DuplicatesOnceTheyWereSeen", func(t *testing.T) {
		again := req
		again.WithDuplicates, again.ClientKey = true, "second"
		_, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), again)
		require.NoError(t, err)
		b.MustWork(t)
		// 7 and 8 have one address and are one tenant by it: the second has an open offer of the same plan already.
		require.Equal(t, []string{"1", "14", "2", "7", "9"}, b.Strings(t,
			`SELECT l.source_id FROM invitations i JOIN legacy_memberships l ON l.id = i.legacy_membership_id ORDER BY l.source_id`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batch_items WHERE reason = 'OFFER_REFUSED'`))
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM batch_items WHERE reason = 'ALREADY_INVITED'`))
	})

	t.Run("Refused", func(t *testing.T) {
		wrong := req
		wrong.ExpectedCount, wrong.ClientKey = 13, "third"
		_, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), wrong)
		requireRefused(t, err, "COUNT_CHANGED expectedCount")
		_, err = b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Stranger), migration.FromLegacyRequest{
			IDs: b.legacyIDs(t, "1"), ExpectedCount: 1, ClientKey: "k"})
		requireRefused(t, err, "NOT_FOUND ids")
	})
}

func TestCancelCreateFromLegacy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	batch, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{
		Filter: everybody(b), WithDuplicates: true, ExpectedCount: 14, ClientKey: "k"})
	require.NoError(t, err)
	_, err = b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
	require.NoError(t, err)
	b.MustWork(t)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM invitations`))
	require.Equal(t, 14, b.Count(t, `SELECT count(*) FROM batch_items WHERE outcome = 'skipped'`))
}

func (b *bundle) legacyIDs(t *testing.T, sourceID string) (ids []uuid.UUID) {
	t.Helper()
	for _, one := range b.Strings(t, `SELECT id::text FROM legacy_memberships WHERE source_id = $1`, sourceID) {
		ids = append(ids, uuid.MustParse(one))
	}
	return ids
}

func TestMapLegacyPlan(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, row := b.imported(t, members)
	mapTo := func(by *queries.Staff, plan *queries.Plan, price *migration.Price) error {
		_, err := b.Rules.MapLegacyPlan(t.Context(), testkit.By(by), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &plan.ID, Price: price})
		return err
	}
	requireRefused(t, mapTo(b.Stranger, b.Wash, nil), "NOT_FOUND sourceId")
	requireRefused(t, mapTo(b.Manager, b.Maple, nil), "NOT_FOUND planId")
	requireRefused(t, mapTo(b.Manager, b.Hourly, nil), "INVALID planId")
	require.NoError(t, mapTo(b.Manager, b.Wash, &migration.Price{Amount: "42.00", Currency: "USD"}))
	require.Equal(t, []string{"4200"}, b.Strings(t, `SELECT v.price_minor::text FROM legacy_invitables v JOIN legacy_memberships l ON l.id = v.legacy_membership_id WHERE l.source_id = '12'`))
}

func TestRecordLegacyCancellation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.imported(t, members)
	sub := b.Approved(t, migration.NextMonth)
	id := b.legacyIDs(t, "1")[0]
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, id)
	export := func(by *queries.Staff) string {
		var out bytes.Buffer
		require.NoError(t, b.Rules.ExportLegacyWork(t.Context(), testkit.By(by), nil, &out))
		return out.String()
	}
	record := func(by *queries.Staff, on *civil.Date, evidence string) error {
		_, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(by), migration.LegacyCancellation{ID: id, CancelledOn: on, Evidence: evidence})
		return err
	}
	tomorrow := civil.Date{Year: 2026, Month: 3, Day: 12}

	require.Contains(t, export(b.Manager), `"Denver Studios","Rocket","1","Anna Smith","anna@home.test","+13035550101","AAA 111","","","Unlimited","39.00","USD","2026-03-31","",`)
	require.Equal(t, 1, strings.Count(export(b.Stranger), "\n"), "another location's is nobody's")
	requireRefused(t, record(b.Stranger, nil, "ticket 7"), "NOT_FOUND id")
	requireRefused(t, record(b.Manager, nil, " "), "REQUIRED evidence")
	requireRefused(t, record(b.Manager, &tomorrow, "ticket 7"), "INVALID cancelledOn")
	require.NoError(t, record(b.Manager, nil, "ticket 7"))
	requireRefused(t, record(b.Manager, nil, "ticket 8"), "WRONG_STATE id")
	require.Equal(t, 1, strings.Count(export(b.Manager), "\n"))
	require.Equal(t, []string{"active recorded ticket 7"}, b.Strings(t, `SELECT before || ' ' || after || ' ' || (detail ->> 'evidence') FROM events WHERE subject_id = $1`, id))
}

// Whichever comes first, taking back here or cancelling there, by hand or by a file: once both are done staff are told, once.
func TestNobodyBills(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"recorded, then undone", "undone, then recorded", "undone, then cancelled in a file", "undone, invited anew, then recorded"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.imported(t, members)
			sub := b.Approved(t, migration.NextMonth)
			id := b.legacyIDs(t, "1")[0]
			b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, id)
			do := map[string]func(){
				"recorded": func() {
					_, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: id, Evidence: "ticket 7"})
					require.NoError(t, err)
				},
				"undone":              func() { b.takeBack(t, sub); b.MustWork(t); b.LookAfter(t) },
				"cancelled in a file": func() { b.imported(t, strings.Replace(members, "2026-03-31,,,active", "2026-03-31,,,cancelled", 1)) },
				"invited anew": func() {
					again := b.Approved(t, migration.NextMonth)
					b.Exec(t, `UPDATE reservations SET tenant_id = $2, unit = 'again' WHERE id = $1`, again.ReservationID, sub.TenantID)
				},
			}
			acts := strings.FieldsFunc(name, func(r rune) bool { return r == ',' })
			for _, act := range acts {
				require.Empty(t, b.alarmed(t), "one of the two bills")
				do[strings.TrimPrefix(strings.TrimSpace(act), "then ")]()
			}
			b.LookAfter(t)
			if len(acts) > 2 {
				require.Empty(t, b.alarmed(t), "the new one bills")
				return
			}
			require.Equal(t, []string{"NOBODY_BILLS"}, b.alarmed(t))
			b.lookNow(t)
			require.Equal(t, []string{"The approval was taken back, and the old system has cancelled: nobody bills Anna Smith now. " +
				"Invite them anew, or have the old system take them back."}, b.said(t))
		})
	}
}

func TestRecordLegacyCancellationByTheLocationsDay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	name := "Kiri Early"
	row, err := b.Rules.SaveLegacyMembership(t.Context(), testkit.By(b.Manager), migration.LegacyDraft{LocationID: &b.Auckland.ID, Name: &name})
	require.NoError(t, err)
	b.Clock.Set(time.Date(2026, 3, 11, 20, 0, 0, 0, time.UTC)) // the twelfth has begun in Auckland
	record := func(day int) (*queries.LegacyMembership, error) {
		on := civil.Date{Year: 2026, Month: 3, Day: day}
		return b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: row.ID, CancelledOn: &on, Evidence: "ticket 9"})
	}
	_, err = record(13)
	requireRefused(t, err, "INVALID cancelledOn")
	got, err := record(12)
	require.NoError(t, err)
	require.False(t, got.CancelledThereAt.After(b.Clock.Now()), "never in the future")
}

func TestSaveLegacyMembership(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.imported(t, members)
	id := b.legacyIDs(t, "3")[0]
	save := func(by *queries.Staff, d migration.LegacyDraft) (*queries.LegacyMembership, error) {
		return b.Rules.SaveLegacyMembership(t.Context(), testkit.By(by), d)
	}
	name, plate := "Nell Newcomer", "New 1"

	t.Run("Mended", func(t *testing.T) {
		row, err := save(b.Manager, migration.LegacyDraft{ID: &id, Emails: []string{"Found@home.test"}, Plate: &plate})
		require.NoError(t, err)
		require.Equal(t, []string{"emails", "plate"}, row.Mended)
		b.imported(t, members)
		require.Equal(t, []string{"3 No Mail found@home.test New 1"}, b.Strings(t, `SELECT concat_ws(' ', source_id, name, email, plate) FROM legacy_memberships WHERE id = $1`, id))
		found, err := b.candidates(t, migration.LegacyQuery{Plate: "NEW1"})
		require.NoError(t, err)
		require.Len(t, found, 1)
	})

	t.Run("Added", func(t *testing.T) {
		row, err := save(b.Manager, migration.LegacyDraft{LocationID: &b.Denver.ID, Name: &name, Phones: []string{"303 555 0177"}})
		require.NoError(t, err)
		require.Equal(t, "+13035550177", *row.Phone)
		require.Equal(t, "By hand", row.Source)
	})

	t.Run("Refused", func(t *testing.T) {
		_, err := save(b.Stranger, migration.LegacyDraft{ID: &id, Name: &name})
		requireRefused(t, err, "NOT_FOUND id")
		_, err = save(b.Stranger, migration.LegacyDraft{LocationID: &b.Denver.ID, Name: &name})
		requireRefused(t, err, "NOT_FOUND locationId")
		_, err = save(b.Manager, migration.LegacyDraft{LocationID: &b.Denver.ID, Phones: []string{"12"}, Emails: []string{"x"}})
		requireRefused(t, err, "INVALID emails.0", "INVALID phones.0", "REQUIRED name")
	})
}

func TestExportRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, _ := b.imported(t, "id,name,phone,status\n1,=cmd(),12,active\n2,Fine Fay,,active\n")
	var out bytes.Buffer
	require.NoError(t, b.Rules.ExportRefused(t.Context(), testkit.By(b.Manager), batch.ID, &out))
	require.Equal(t, `"id","name","phone","status","line in the file","what is wrong","left over"`+"\n"+
		`"1","'=cmd()","12","active","2","phone: this is no phone number. Write it with its country code, like +1 303 555 0123",""`+"\n", out.String())
	requireRefused(t, b.Rules.ExportRefused(t.Context(), testkit.By(b.Colleague), batch.ID, &out), "NOT_FOUND")
	b.imported(t, strings.Replace(out.String(), `"12"`, `"303 555 0112"`, 1))
	require.Equal(t, []string{"=cmd()", "Fine Fay"}, b.Strings(t, `SELECT name FROM legacy_memberships ORDER BY source_id`))
}

// What is exported of refused rows is all of them, and what comes back as it went is refused again, however it went.
func TestExportRefusedIsWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, _ := b.imported(t, "id,name,price\n1,Anna,39,00\n2,\"Bert\"x,20\n3,\"Open quote,20\n4,Fine Fay,20\n")
	export := func(id uuid.UUID) string {
		var out bytes.Buffer
		require.NoError(t, b.Rules.ExportRefused(t.Context(), testkit.By(b.Manager), id, &out))
		return out.String()
	}
	file := export(batch.ID)
	require.Contains(t, file, `"1","Anna","39","2",`)
	require.Contains(t, file, `columns","00"`+"\n", "what had no column")
	require.Contains(t, file, `,"2,""Bert""x,20"`+"\n", "a line of which no cells can be told, as it stood there")
	require.Contains(t, file, `,"3,""Open quote,20"`+"\n")
	again, row := b.imported(t, file)
	require.Equal(t, []int{0, 3}, []int{row.CreatedRows, row.RefusedRows}, "nothing of it is taken for something else")
	require.Contains(t, b.refusals(t, again.ID)[0], `left over "00": put each of these values into its column`)
	mended := strings.NewReplacer(`"39"`, `"39.00"`, `,"00"`+"\n", `,""`+"\n").Replace(file)
	_, row = b.imported(t, mended)
	require.Equal(t, []int{1, 2}, []int{row.CreatedRows, row.RefusedRows})
	require.Equal(t, []string{"1 3900", "4 2000"}, b.list(t, "source_id, price_minor"))
}
