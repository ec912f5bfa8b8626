package migration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/civil"
	"carryover/internal/testkit"
	"carryover/legacy"
	"carryover/migration"
	"carryover/queries"
)

// skipOf is why a membership of the list would not be invited now, and at what price it would.
func (b *bundle) skipOf(t *testing.T, sourceID string) string {
	t.Helper()
	rows, err := b.Q.LegacyInvitableListByIDs(t.Context(), b.DB.Pool, b.legacyIDs(t, sourceID))
	require.NoError(t, err)
	require.Len(t, rows, 1)
	skip, err := b.Rules.InviteSkip(rows[0])
	require.NoError(t, err)
	return fmt.Sprintf("%s %d", skip, rows[0].PriceMinor)
}

// standingOf is that of a membership at the counter of Denver.
func (b *bundle) standingOf(t *testing.T, name string) migration.CandidateStanding {
	t.Helper()
	found, err := b.candidates(t, migration.LegacyQuery{Name: name})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0].Standing()
}

// A discount that ends is never granted for good, whatever the list leaves open. Today is 10 March 2026.
func TestADiscountThatEnds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, row := b.imported(t, "id,name,email,plan,price,discount,discount ends,next billing date,billing day\n"+
		"1,Anna Lasting,a1@home.test,Unlimited,39.00,9.00,,2026-04-01,\n"+
		"2,Bert Over,a2@home.test,Unlimited,39.00,9.00,2026-04-01,2026-04-01,\n"+
		"3,Cleo Runs,a3@home.test,Unlimited,39.00,9.00,2026-05-01,2026-04-01,\n"+
		"4,Dora Dateless,a4@home.test,Unlimited,39.00,9.00,2026-05-01,,15\n"+
		"5,Emil Longpast,a5@home.test,Unlimited,39.00,9.00,2025-05-01,,15\n"+
		"6,Fred Stale,a6@home.test,Unlimited,39.00,9.00,2026-02-20,2026-02-01,\n"+
		"7,Gina Nothing,a7@home.test,Unlimited,39.00,0.00,2026-05-01,,15\n")
	require.Equal(t, 7, row.CreatedRows)
	_, err := b.Rules.MapLegacyPlan(t.Context(), testkit.By(b.Manager), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &b.Wash.ID})
	require.NoError(t, err)
	for _, tt := range []struct {
		id, name, skip string
		standing       migration.CandidateStanding
	}{
		{"1", "Lasting", " 3000", migration.CandidateMigratable},
		{"2", "Over", " 3900", migration.CandidateMigratable},
		{"3", "Runs", "DISCOUNT_ENDS 3900", migration.CandidateDiscountEnds},
		{"4", "Dateless", "DISCOUNT_ENDS 3900", migration.CandidateDiscountEnds},
		{"5", "Longpast", " 3900", migration.CandidateMigratable},
		{"6", "Stale", " 3900", migration.CandidateMigratable},
		{"7", "Nothing", " 3900", migration.CandidateMigratable},
	} {
		require.Equal(t, tt.skip, b.skipOf(t, tt.id), tt.name)
		require.Equal(t, tt.standing, b.standingOf(t, tt.name), tt.name)
	}
	p, err := b.Rules.PreviewInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{Filter: everybody(b)})
	require.NoError(t, err)
	require.Equal(t, []int{7, 5}, []int{p.Total, p.Invitable})
	b.Clock.Set(noon(2026, 5, 1))
	require.Equal(t, " 3900", b.skipOf(t, "4"), "by now it is over, whenever the next bill is")
	require.Equal(t, migration.CandidateMigratable, b.standingOf(t, "Dateless"))
}

// What a discount that ends keeps from being migrated, staff mend.
func TestMendADiscount(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	id := b.legacyIDs(t, "10")[0]
	save := func(d migration.LegacyDraft) error {
		d.ID = &id
		_, err := b.Rules.SaveLegacyMembership(t.Context(), testkit.By(b.Manager), d)
		return err
	}
	require.Equal(t, "DISCOUNT_ENDS 3900", b.skipOf(t, "10"))
	require.NoError(t, save(migration.LegacyDraft{Clear: []legacy.Field{legacy.DiscountEndsOn}}))
	require.Equal(t, " 3510", b.skipOf(t, "10"), "staff say that it lasts")
	require.NoError(t, save(migration.LegacyDraft{Discount: &migration.Price{Amount: "9", Currency: "USD"}, DiscountEndsOn: &civil.Date{Year: 2026, Month: 4, Day: 1}}))
	require.Equal(t, " 3900", b.skipOf(t, "10"), "and now that it is over by the next bill")
	b.imported(t, members)
	require.Equal(t, []string{"900 2026-04-01 discount"}, b.Strings(t, `SELECT concat_ws(' ', discount_minor, discount_ends_on, array_to_string(mended, ' ')) FROM legacy_memberships WHERE id = $1`, id),
		"no file changes it any more")
	require.NoError(t, save(migration.LegacyDraft{Clear: []legacy.Field{legacy.Discount, legacy.NextBillingOn}}))
	require.Equal(t, []string{"10"}, b.Strings(t, `SELECT concat_ws(' ', source_id, discount_minor, discount_ends_on, next_billing_on) FROM legacy_memberships WHERE id = $1`, id))
	requireRefused(t, save(migration.LegacyDraft{Discount: &migration.Price{Amount: "40", Currency: "USD"}}), "INVALID discount")
	requireRefused(t, save(migration.LegacyDraft{Discount: &migration.Price{Amount: "4", Currency: "EUR"}}), "INVALID discount.currency")
	requireRefused(t, save(migration.LegacyDraft{DiscountEndsOn: &civil.Date{Year: 2026, Month: 6, Day: 1}}), "REQUIRED discount")
	requireRefused(t, save(migration.LegacyDraft{Clear: []legacy.Field{legacy.Name}}), "INVALID clear.0")
}

// Who is not billed by the month there, or at a price that ends, is invited by hand and stays the old list's all the same.
func TestInviteALegacyMembershipByHand(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	draft := func(sourceID string, change ...func(*migration.InvitationDraft)) migration.InvitationDraft {
		d := b.Draft()
		d.PlanID, d.AnchorDay, d.LegacyMembershipID = b.Wash.ID, 1, &b.legacyIDs(t, sourceID)[0]
		d.NewTenant.Email = "by-hand-" + sourceID + "@home.test"
		for _, c := range change {
			c(&d)
		}
		return d
	}
	create := func(by *queries.Staff, d migration.InvitationDraft) (*queries.Invitation, error) {
		saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(by), d)
		return saved.Invitation, err
	}
	inv, err := create(b.Manager, draft("10"))
	require.NoError(t, err)
	require.Equal(t, b.legacyIDs(t, "10")[0], *inv.LegacyMembershipID)
	require.Equal(t, "2026-04-01", inv.FirstBillOn.String())
	require.Equal(t, "ALREADY_INVITED 3900", b.skipOf(t, "10"))
	_, err = create(b.Manager, draft("10"))
	requireRefused(t, err, "TAKEN legacyMembershipId")

	inv, err = create(b.Manager, draft("5", func(d *migration.InvitationDraft) { d.AnchorDay = 12 }))
	require.NoError(t, err)
	require.Nil(t, inv.FirstBillOn, "it is billed on another day from now on")
	inv, err = create(b.Manager, draft("2", func(d *migration.InvitationDraft) { d.AnchorDay = 31 }))
	require.NoError(t, err)
	require.Equal(t, 31, inv.AnchorDay)
	_, err = create(b.Manager, draft("7", func(d *migration.InvitationDraft) { d.AnchorDay = 31 }))
	requireRefused(t, err, "INVALID anchorDay")
	_, err = create(b.Manager, draft("6"))
	requireRefused(t, err, "WRONG_STATE legacyMembershipId")
	_, err = create(b.Manager, draft("8", func(d *migration.InvitationDraft) { d.PlanID = b.Studio.ID }))
	require.NoError(t, err, "another plan of the place")
	_, err = create(b.Admin, draft("9", func(d *migration.InvitationDraft) { d.PlanID = b.Maple.ID }))
	requireRefused(t, err, "INVALID legacyMembershipId")
	_, err = create(b.Stranger, draft("9"))
	requireRefused(t, err, "NOT_FOUND legacyMembershipId", "NOT_FOUND planId")

	sub := b.Approved(t, migration.NextMonth)
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, b.legacyIDs(t, "9")[0])
	_, err = create(b.Manager, draft("9"))
	requireRefused(t, err, "TAKEN legacyMembershipId")
}

// worklist is whose old plan is still to be cancelled, with the reservation.
func (b *bundle) worklist(t *testing.T) []string {
	t.Helper()
	rows, err := b.Q.LegacyWorkList(t.Context(), b.DB.Pool, queries.LegacyWorkListParams{StaffID: b.Manager.ID, LocationIds: []uuid.UUID{}, RowLimit: 10})
	require.NoError(t, err)
	var out []string
	for _, r := range rows {
		out = append(out, r.LegacyMembership.SourceID+" "+r.ReservationID.String())
	}
	return out
}

// A subscription that ends here ends nothing there: until the cancellation there is recorded, somebody has to see to it.
func TestTheOldPlanOfAnEndedSubscription(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	id := b.legacyIDs(t, "14")[0]
	sub := b.Approved(t, migration.NextMonth)
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, id)
	require.Equal(t, []string{"14 " + sub.ReservationID.String()}, b.worklist(t))
	b.cancelAtStripe(t, sub)
	b.LookAfter(t)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM reservations WHERE id = $1 AND NOT live`, sub.ReservationID))
	require.Equal(t, []string{"14 " + sub.ReservationID.String()}, b.worklist(t))
	require.Equal(t, "ENDED_HERE 3900", b.skipOf(t, "14"))
	require.Equal(t, migration.CandidateEndedHere, b.standingOf(t, "Bounced"))

	again := b.Approved(t, migration.NextMonth)
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, again.ReservationID, id)
	require.Equal(t, []string{"14 " + again.ReservationID.String()}, b.worklist(t), "once, with what carries it over now")
	b.takeBack(t, again)
	b.MustWork(t)
	b.LookAfter(t)
	require.Equal(t, []string{"14 " + sub.ReservationID.String()}, b.worklist(t), "the first was approved and not taken back")
	_, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: id, Evidence: "ticket 7"})
	require.NoError(t, err)
	require.Empty(t, b.worklist(t))
	require.Equal(t, "CANCELLED_THERE 3900", b.skipOf(t, "14"))
}

// Two files of one source are never on their way at once: the older would be written over the newer.
func TestOneImportOfASourceAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one := 1
	first, _ := b.imported(t, twoPeople, func(req *migration.ImportRequest) { req.Canary = &one })
	ask := func(change ...func(*migration.ImportRequest)) error {
		req := migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, twoPeople), Source: "Rocket", ClientKey: "second"}
		for _, c := range change {
			c(&req)
		}
		_, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager), req)
		return err
	}
	err := ask()
	requireRefused(t, err, "TAKEN source")
	require.ErrorContains(t, err, `"people.csv"`)
	require.ErrorContains(t, err, "waits until somebody has looked")
	require.NoError(t, ask(dry, func(req *migration.ImportRequest) { req.ClientKey = "trial" }), "a trial writes nothing")
	require.NoError(t, ask(func(req *migration.ImportRequest) { req.Source, req.ClientKey = "Another", "another" }))
	_, err = b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), first.ID)
	require.NoError(t, err)
	require.NoError(t, ask())
	requireRefused(t, ask(func(req *migration.ImportRequest) { req.ClientKey = "third" }), "TAKEN source")
}

// As many first rows as a piece has are looked at as well.
func TestACanaryOfAWholePiece(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var file strings.Builder
	file.WriteString("id,name\n")
	for i := range 40_100 {
		fmt.Fprintf(&file, "%d,N%d\n", i, i)
	}
	all := 20_000
	batch, row := b.imported(t, file.String(), func(req *migration.ImportRequest) { req.Canary = &all })
	require.Equal(t, queries.BatchStateRunning, batch.State)
	require.Equal(t, 20_000, row.CreatedRows)
	require.Equal(t, 20_000, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
}

// What staff have mended away finds nobody any more, whatever the file goes on saying.
func TestWhatWasMendedAwayIsNoKey(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.imported(t, twoPeople)
	id, plate := b.legacyIDs(t, "7")[0], "XYZ 9"
	_, err := b.Rules.SaveLegacyMembership(t.Context(), testkit.By(b.Manager), migration.LegacyDraft{ID: &id, Plate: &plate,
		Phones: []string{"303 555 0177"}, Emails: []string{"right@home.test"}})
	require.NoError(t, err)
	b.Exec(t, `UPDATE legacy_memberships SET keys = keys || '{p:OLD1}' WHERE id = $1`, id) // as a file left it before
	for _, file := range []string{twoPeople, strings.Replace(twoPeople, "Anna Smith", "Anna Smythe", 1)} {
		b.imported(t, file)
		for _, query := range []migration.LegacyQuery{{Plate: "8ABC123"}, {Plate: "OLD1"}, {Phone: "3035550123"}, {Email: "anna@home.test"}} {
			found, err := b.candidates(t, query)
			require.NoError(t, err)
			require.Empty(t, found, "%+v", query)
		}
		found, err := b.candidates(t, migration.LegacyQuery{Plate: "XYZ9"})
		require.NoError(t, err)
		require.Len(t, found, 1)
	}
	found, err := b.candidates(t, migration.LegacyQuery{Name: "smythe"})
	require.NoError(t, err)
	require.Len(t, found, 1, "what was not mended is as the file has it")
}

// A few refused rows do not turn round how the dates of thousands were read.
func TestRefusedRowsKeepTheOrderOfDates(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var file strings.Builder
	file.WriteString("id,name,next billing date,price\n")
	for i := range 60 {
		fmt.Fprintf(&file, "%d,N%d,25/04/2026,39.00\n", i+10, i)
	}
	file.WriteString("1,A,03/25/2026,39.00\n2,B,04/05/2026,none at all\n")
	batch, row := b.imported(t, file.String())
	require.Equal(t, 2, row.RefusedRows)
	var refused strings.Builder
	require.NoError(t, b.Rules.ExportRefused(t.Context(), testkit.By(b.Manager), batch.ID, &refused))
	mended := strings.Replace(refused.String(), `"none at all"`, `"39.00"`, 1)
	batch, row = b.imported(t, mended)
	require.Equal(t, []int{1, 1}, []int{row.CreatedRows, row.RefusedRows}, b.refusals(t, batch.ID))
	require.Equal(t, []string{"2026-05-04"}, b.Strings(t, `SELECT next_billing_on::text FROM legacy_memberships WHERE source_id = '2'`))
	require.Zero(t, b.Count(t, `SELECT count(*) FROM legacy_memberships WHERE missing_from IS NOT NULL`), "refused rows are no whole file")
}

// Whoever stands no more in a whole file is found, and nothing is done to them.
func TestMissingFromANewFile(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, row := b.imported(t, twoPeople+"9,Nora Gone,,,,,,,\n10,Paul Cancelled,,,,,,,Cancelled\n11,Rita Refused,,,,,,,\n")
	require.Equal(t, 0, *row.MissingRows)
	missing := func() []string {
		return b.Strings(t, `SELECT source_id || ' ' || state FROM legacy_memberships WHERE missing_from IS NOT NULL ORDER BY source_id`)
	}
	newer := twoPeople + "11,Rita Refused,,,,,12 or so,,\n"
	_, row = b.imported(t, newer, dry)
	require.Equal(t, []int{1, 1}, []int{*row.MissingRows, row.RefusedRows})
	require.Empty(t, missing(), "a trial marks nobody")
	_, row = b.imported(t, newer, func(req *migration.ImportRequest) { req.Partial = true })
	require.Nil(t, row.MissingRows)
	require.Empty(t, missing())
	first, row := b.imported(t, newer)
	require.Equal(t, 1, *row.MissingRows)
	require.Equal(t, []string{"9 active"}, missing())
	yes := true
	p, err := b.Rules.PreviewInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{Filter: &migration.LegacyFilter{Missing: &yes}})
	require.NoError(t, err)
	require.Equal(t, 1, p.Total)
	_, row = b.imported(t, newer)
	require.Equal(t, 1, *row.MissingRows)
	require.Equal(t, first.ID.String(), b.Strings(t, `SELECT missing_from::text FROM legacy_memberships WHERE source_id = '9'`)[0], "since the first file without it")
	b.imported(t, twoPeople, func(req *migration.ImportRequest) { req.Source = "Another" })
	require.Equal(t, []string{"9 active"}, missing(), "another source's file says nothing of it")
	_, row = b.imported(t, twoPeople+"9,Nora Gone,,,,,,,\n11,Rita Refused,,,,,,,\n")
	require.Equal(t, []int{0, 4}, []int{*row.MissingRows, row.SameRows}, "it is there again, and nothing else about it is new")
	require.Empty(t, missing())
}

// A recorded cancellation that the old system knows nothing of is told, and taken back by whoever recorded it wrongly.
func TestARecordedCancellationThatIsNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	sub := b.Approved(t, migration.NextMonth)
	id := b.legacyIDs(t, "14")[0]
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, id)
	record := func() error {
		_, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: id, Evidence: "ticket 7"})
		return err
	}
	still := func() []string {
		return b.Strings(t, `SELECT concat_ws(' ', source_id, state, listed_state, still_billed_on) FROM legacy_memberships WHERE id = $1`, id)
	}
	takeBack := func(by *queries.Staff, reason string) error {
		_, err := b.Rules.TakeBackLegacyCancellation(t.Context(), testkit.By(by), id, reason)
		return err
	}
	requireRefused(t, takeBack(b.Manager, "mine"), "WRONG_STATE id")
	require.NoError(t, record())
	b.imported(t, members)
	require.Equal(t, []string{"14 recorded past_due"}, still(), "the same file again is no news")
	b.LookAfter(t)
	require.Empty(t, b.alarmed(t))

	newer := strings.Replace(members, "2026-04-05,,,past due", "2026-05-05,,,active", 1)
	b.imported(t, newer)
	require.Equal(t, []string{"14 recorded active 2026-05-05"}, still())
	yes := true
	p, err := b.Rules.PreviewInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{Filter: &migration.LegacyFilter{StillBilled: &yes}})
	require.NoError(t, err)
	require.Equal(t, 1, p.Total)
	b.lookNow(t)
	require.Equal(t, []string{"The cancellation of Bounced Bo in the old system is recorded, but a newer file says that it bills on 2026-05-05. " +
		"Look there; if it was not cancelled, take the recorded cancellation back."}, b.said(t))
	b.imported(t, newer)
	require.Equal(t, []string{"14 recorded active 2026-05-05"}, still())
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM events WHERE subject_id = $1 AND action = 'still_billed'`, id), "told once")

	requireRefused(t, takeBack(b.Stranger, "mine"), "NOT_FOUND id")
	requireRefused(t, takeBack(b.Manager, " "), "REQUIRED reason")
	require.Empty(t, b.worklist(t))
	require.NoError(t, takeBack(b.Manager, "it was another Bo's"))
	require.Equal(t, []string{"14 active"}, still())
	require.Equal(t, []string{"14 " + sub.ReservationID.String()}, b.worklist(t))
	require.Equal(t, []string{"recorded active it was another Bo's ticket 7"}, b.Strings(t,
		`SELECT concat_ws(' ', before, after, detail ->> 'reason', detail ->> 'evidence') FROM events WHERE subject_id = $1 AND action = 'cancellation_taken_back'`, id))
	require.NoError(t, record(), "and recorded anew once it is true")
	b.imported(t, strings.Replace(newer, "2026-05-05,,,active", "2026-06-05,,,cancelled", 1))
	require.Equal(t, []string{"14 recorded cancelled"}, still())
	require.NoError(t, takeBack(b.Admin, "look again"))
	require.Equal(t, []string{"14 cancelled"}, still(), "as the list says by itself")
}
