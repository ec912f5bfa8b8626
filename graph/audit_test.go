package graph_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const listAudit = `query($n:Int,$a:String,$f:AuditFilter){auditEvents(first:$n,after:$a,filter:$f){
	nodes{id at action actorKind actorName location{name} subjectKind subjectId requestId} pageInfo{hasNextPage endCursor}}}`

// audited are what a staff member reads, as "subject action", newest first.
func (b *bundle) audited(t *testing.T, by *queries.Staff, filter vars) (told []string) {
	t.Helper()
	nodes, _ := at(b.data(t, by, listAudit, vars{"n": 100, "f": filter}), "auditEvents", "nodes").([]any)
	for _, n := range nodes {
		told = append(told, at(n, "subjectKind").(string)+" "+at(n, "action").(string))
	}
	return told
}

func TestAuditEvents(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Clock.Move(time.Minute)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	b.Clock.Move(time.Minute)
	b.Decided(t, sub, migration.NextMonth)
	theirs := b.Invited(t, testkit.At(b.Loft))
	_, err := b.Rules.Suppress(t.Context(), testkit.By(b.Stranger), migration.SuppressRequest{Email: new("nobody@home.test"), Scope: queries.SuppressionScopeAll})
	require.NoError(t, err)
	all := b.Count(t, `SELECT count(*) FROM events`)
	denver := b.Count(t, `SELECT count(*) FROM events WHERE location_id = $1`, b.Denver.ID)
	require.Positive(t, b.Count(t, `SELECT count(*) FROM events WHERE location_id IS NULL`))

	t.Run("WhoSeesWhat", func(t *testing.T) {
		require.Len(t, b.audited(t, b.Admin, nil), all)
		require.Len(t, b.audited(t, b.Manager, nil), denver)
		require.Len(t, b.audited(t, b.Colleague, nil), denver)
		require.Equal(t, []string{"INVITATION created"}, b.audited(t, b.Stranger, nil))
		require.Equal(t, []string{"APPROVAL decided", "SUBMISSION approving"}, b.audited(t, b.Manager, nil)[:2], "newest first")
	})

	t.Run("WhatOneShows", func(t *testing.T) {
		node := at(b.data(t, b.Manager, listAudit, vars{"f": vars{"actions": []string{"decided"}}}), "auditEvents", "nodes", 0)
		require.Equal(t, "Ada Admin", at(node, "actorName"))
		require.Equal(t, "STAFF", at(node, "actorKind"))
		require.Equal(t, "Denver Studios", at(node, "location", "name"))
		require.Equal(t, "req-of-Ada Admin", at(node, "requestId"))
		require.NotNil(t, b.data(t, b.Manager, `query($i:ID!){node(id:$i){... on Approval{option}}}`, vars{"i": at(node, "subjectId")})["node"])
	})

	t.Run("Filtered", func(t *testing.T) {
		for name, tt := range map[string]struct {
			by     *queries.Staff
			filter vars
			want   []string
		}{
			"Subject":           {b.Manager, vars{"subjectId": id("inv", inv.ID)}, []string{"INVITATION claimed", "INVITATION started", "INVITATION opened", "INVITATION created"}},
			"SubjectAndKind":    {b.Manager, vars{"subjectId": id("inv", inv.ID), "subjectKinds": []string{"INVITATION", "BATCH"}, "actions": []string{"opened"}}, []string{"INVITATION opened"}},
			"SubjectOfNoKind":   {b.Manager, vars{"subjectId": id("inv", inv.ID), "subjectKinds": []string{"BATCH"}}, nil},
			"SubjectThatIsNone": {b.Admin, vars{"subjectId": "plan_x"}, nil},
			"ForeignSubject":    {b.Manager, vars{"subjectId": id("inv", theirs.ID)}, nil},
			"ForeignForAdmin":   {b.Admin, vars{"subjectId": id("inv", theirs.ID)}, []string{"INVITATION created"}},
			"Kinds":             {b.Manager, vars{"subjectKinds": []string{"SUBMISSION"}}, []string{"SUBMISSION approving", "SUBMISSION submitted"}},
			"ByStaff":           {b.Manager, vars{"actorId": id("stf", b.Admin.ID), "subjectKinds": []string{"INVITATION", "APPROVAL"}}, []string{"APPROVAL decided", "INVITATION created"}},
			"ByTenant":          {b.Manager, vars{"actorId": id("ten", sub.TenantID), "subjectKinds": []string{"INVITATION"}}, []string{"INVITATION claimed", "INVITATION started", "INVITATION opened"}},
			"ByTenantElsewhere": {b.Stranger, vars{"actorId": id("ten", sub.TenantID)}, nil},
			"ByNobody":          {b.Admin, vars{"actorId": "ten_x"}, nil},
			"ActorKinds":        {b.Manager, vars{"actorKinds": []string{"TENANT"}, "actions": []string{"submitted", "decided"}}, []string{"SUBMISSION submitted"}},
			"From":              {b.Manager, vars{"from": "2026-03-10T15:02:00Z"}, []string{"APPROVAL decided", "SUBMISSION approving"}},
			"Before":            {b.Manager, vars{"before": "2026-03-10T15:00:01Z", "subjectKinds": []string{"INVITATION"}}, []string{"INVITATION created"}},
			"ForeignLocation":   {b.Manager, vars{"locationIds": []string{id("loc", b.Boston.ID)}}, nil},
			"Location":          {b.Admin, vars{"locationIds": []string{id("loc", b.Boston.ID)}}, []string{"INVITATION created"}},
		} {
			require.Equal(t, tt.want, b.audited(t, tt.by, tt.filter), name)
		}
	})

	t.Run("Paged", func(t *testing.T) {
		for who, by := range map[string]*queries.Staff{"Admin": b.Admin, "Manager": b.Manager} {
			whole := idsOf(at(b.data(t, by, listAudit, vars{"n": 100}), "auditEvents"))
			var got []string
			for after := any(nil); ; {
				page := at(b.data(t, by, listAudit, vars{"n": 3, "a": after}), "auditEvents")
				got = append(got, idsOf(page)...)
				if at(page, "pageInfo", "hasNextPage") == false {
					break
				}
				after = at(page, "pageInfo", "endCursor")
			}
			require.Equal(t, whole, got, who)
		}
	})

	t.Run("WhoLosesTheLocationLosesIt", func(t *testing.T) {
		b.Exec(t, `DELETE FROM staff_locations WHERE staff_id = $1`, b.Colleague.ID)
		require.Empty(t, b.audited(t, b.Colleague, nil))
	})
}

// A tenant who did something is named as the location knows them.
func TestAuditNamesNobodyElsesTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	theirs := b.Claimed(t, testkit.Visa)
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	created := b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": vars{"name": "Typed in Boston", "email": email}})
	require.Empty(t, at(created, "createInvitation", "userErrors"))
	one := b.Strings(t, `SELECT id::text FROM invitations WHERE location_id = $1`, b.Boston.ID)[0]
	inv := b.Invitation(t, uuid.MustParse(one))
	b.Open(t, inv)

	names := func(by *queries.Staff) any {
		return at(b.data(t, by, listAudit, vars{"f": vars{"actions": []string{"opened"}, "locationIds": []string{id("loc", b.Boston.ID)}}}), "auditEvents", "nodes", 0, "actorName")
	}
	require.Equal(t, "Typed in Boston", names(b.Stranger))
	require.Equal(t, "Tess Tenant", names(b.Admin))
	history := b.data(t, b.Stranger, `query($i:ID!){invitation(id:$i){history{actorName}}}`, vars{"i": id("inv", inv.ID)})
	require.Equal(t, "Typed in Boston", at(history, "invitation", "history", 1, "actorName"))
	require.NotEqual(t, theirs.LocationID, inv.LocationID)
	b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Equal(t, "Tess Tenant", names(b.Stranger), "after a submission here the record is shown")
}
