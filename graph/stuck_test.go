package graph_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const listStuck = `query($n:Int,$a:String,$f:StuckFilter){stuck(first:$n,after:$a,filter:$f){
	nodes{kind since location{name} subject{__typename id} message next} pageInfo{hasNextPage endCursor}}}`

// stuck are the kinds on a staff member's list, the longest waiting first.
func (b *bundle) stuck(t *testing.T, by *queries.Staff, v vars) (kinds []string) {
	t.Helper()
	nodes, _ := at(b.data(t, by, listStuck, v), "stuck", "nodes").([]any)
	for _, n := range nodes {
		kind, _ := at(n, "kind").(string)
		kinds = append(kinds, kind)
		require.NotEmpty(t, at(n, "message"))
		require.NotEmpty(t, at(n, "next"))
	}
	return kinds
}

// later moves the clock on; everybody stays signed in.
func (b *bundle) later(t *testing.T, d time.Duration) {
	t.Helper()
	b.Clock.Move(d)
	b.Exec(t, `UPDATE sign_ins SET expires_at = $1, last_used_at = $2`, b.Clock.Now().Add(time.Hour), b.Clock.Now())
}

// stuckAfter moves the clock on until just before something is stuck, and then until it is, and answers what the manager reads
// of it.
func (b *bundle) stuckAfter(t *testing.T, kind string, d time.Duration) any {
	t.Helper()
	b.later(t, d-time.Second)
	require.Empty(t, b.stuck(t, b.Admin, nil), "a second before")
	b.Clock.Move(time.Second)
	return b.isStuck(t, kind)
}

// isStuck answers what the manager reads of the one thing that is stuck. A manager elsewhere reads nothing.
func (b *bundle) isStuck(t *testing.T, kind string) any {
	t.Helper()
	require.Equal(t, []string{kind}, b.stuck(t, b.Manager, nil))
	require.Equal(t, []string{kind}, b.stuck(t, b.Admin, vars{"f": vars{"kinds": []string{kind}, "locationIds": []string{id("loc", b.Denver.ID)}}}))
	require.Empty(t, b.stuck(t, b.Manager, vars{"f": vars{"locationIds": []string{id("loc", b.Toronto.ID)}}}))
	require.Empty(t, b.stuck(t, b.Stranger, nil))
	require.Empty(t, b.stuck(t, b.Stranger, vars{"f": vars{"locationIds": []string{id("loc", b.Denver.ID)}}}))
	node := at(b.data(t, b.Manager, listStuck, nil), "stuck", "nodes", 0)
	require.Equal(t, "Denver Studios", at(node, "location", "name"))
	return node
}

func subscriptionOf(t *testing.T, b *bundle, sub *queries.Submission) *queries.Subscription {
	t.Helper()
	row, err := b.Q.SubscriptionGetBySubmission(t.Context(), b.DB.Pool, sub.ID)
	require.NoError(t, err)
	return row
}

func TestStuck(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour

	t.Run("BankVerificationOverdue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		a, _ := b.BankAcceptance(t, inv)
		sub := b.Submit(t, inv, a)
		b.MustWork(t)
		b.Exec(t, `UPDATE bank_verifications SET next_look_at = deadline_at`)
		node := b.stuckAfter(t, "BANK_VERIFICATION_OVERDUE", 10*day)
		require.Equal(t, map[string]any{"__typename": "Submission", "id": id("sbm", sub.ID)}, at(node, "subject"))
		require.Equal(t, "2026-03-10T15:00:00Z", at(node, "since"))
		require.NoError(t, b.Rules.PollBankVerification(t.Context(), migration.SystemActor("poll"), sub.ID))
		require.Equal(t, queries.SubmissionStatusBankVerificationFailed, b.Submission(t, sub.ID).Status, "Stripe has given it up")
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("BankVerificationThatNobodyLooksAt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		a, _ := b.BankAcceptance(t, inv)
		b.Submit(t, inv, a)
		b.MustWork(t)
		b.stuckAfter(t, "BANK_VERIFICATION_OVERDUE", day+5*time.Minute)
		require.NoError(t, b.Rules.LookForBankVerifications(t.Context(), ""))
		b.MustWork(t)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("ApprovalOverdue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		node := b.stuckAfter(t, "APPROVAL_OVERDUE", 3*day)
		require.Equal(t, id("sbm", sub.ID), at(node, "subject", "id"))
		require.Equal(t, "Approve or reject it.", at(node, "next"))
		b.Exec(t, `UPDATE plans SET archived_at = $2 WHERE id = $1`, b.Studio.ID, testkit.Start)
		node = b.isStuck(t, "APPROVAL_OVERDUE")
		require.Contains(t, at(node, "message"), "The plan is no longer offered.")
		require.Contains(t, at(node, "next"), "It cannot be approved as it is")
		b.Exec(t, `UPDATE plans SET archived_at = NULL WHERE id = $1`, b.Studio.ID)
		b.Decided(t, sub, migration.NextMonth)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("SubscriptionNotMade", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Decided(t, sub, migration.NextMonth)
		node := b.stuckAfter(t, "SUBSCRIPTION_NOT_MADE", time.Hour)
		require.Equal(t, id("sbm", sub.ID), at(node, "subject", "id"))
		b.MustWork(t)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("TenantActionOverdue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Decided(t, sub, migration.NextMonth)
		b.Exec(t, `UPDATE submissions SET status = 'tenant_action_required'`)
		b.Exec(t, `UPDATE approvals SET outcome = 'tenant_action_required', outcome_at = decided_at`)
		b.stuckAfter(t, "TENANT_ACTION_OVERDUE", 12*time.Hour)
		b.Exec(t, `UPDATE submissions SET status = 'approved'`)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("TenantMustRetry", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		node := b.stuckAfter(t, "TENANT_MUST_RETRY", 3*day)
		require.Contains(t, at(node, "message"), b.Submission(t, sub.ID).StatusReason, "it says what the bank said")
		inv := b.Invitation(t, *sub.InvitationID)
		b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		require.Empty(t, b.stuck(t, b.Manager, nil), "another attempt is there")
	})

	t.Run("TenantMustRetryByALinkThatExpired", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		b.Exec(t, `UPDATE invitations SET link_expires_at = $1`, testkit.Start.Add(time.Hour))
		b.stuckAfter(t, "TENANT_MUST_RETRY", time.Hour)
		_, err := b.Rules.RenewInvitationLink(t.Context(), testkit.By(b.Manager), *sub.InvitationID, false)
		require.NoError(t, err)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("NewOfferUnanswered", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		reject := func(sub *queries.Submission) uuid.UUID {
			done, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), migration.RejectRequest{SubmissionID: sub.ID,
				Reason: "The wash, not the studio.", NewOffer: &migration.InvitationDraft{PlanID: b.Wash.ID, AnchorDay: 9}})
			require.NoError(t, err)
			b.MustWork(t)
			return done.Successor.ID
		}
		next := reject(b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa)))
		node := b.stuckAfter(t, "NEW_OFFER_UNANSWERED", 3*day)
		require.Equal(t, map[string]any{"__typename": "Invitation", "id": id("inv", next)}, at(node, "subject"))
		require.Contains(t, at(node, "message"), "The wash, not the studio.")
		next = reject(b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa)))
		require.Empty(t, b.stuck(t, b.Manager, nil), "it was taken up, and another takes its place")
		b.Exec(t, `UPDATE invitations SET link_expires_at = $1`, b.Clock.Now().Add(time.Hour))
		b.stuckAfter(t, "NEW_OFFER_UNANSWERED", time.Hour)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), next, "")
		require.NoError(t, err)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("UndoPending", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.MustWork(t)
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: "The wrong studio."})
		require.NoError(t, err)
		node := b.stuckAfter(t, "UNDO_PENDING", day)
		require.Equal(t, id("sbm", sub.ID), at(node, "subject", "id"))
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("SubscriptionUnknown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		ours, rules := b.Stripe, b.Rules
		b.ChangeStripe(t, func(*stripefake.Options) {}) // another account, with a key that is valid there
		look := func() {
			_ = b.Rules.SyncSubscription(t.Context(), migration.SystemActor("look"), subscriptionOf(t, b, sub).ID)
		}
		look()
		node := b.isStuck(t, "SUBSCRIPTION_UNKNOWN")
		require.Equal(t, id("sbm", sub.ID), at(node, "subject", "id"))
		require.Contains(t, at(node, "message"), subscriptionOf(t, b, sub).StripeSubscriptionID)
		b.Stripe, b.Rules = ours, rules
		look()
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("BillingAlarm", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.NextMonth)
		require.Empty(t, b.stuck(t, b.Manager, nil))
		b.Exec(t, `INSERT INTO billing_alarms (id, kind, subscription_id, location_id, about, since, currency, detail)
			SELECT gen_random_uuid(), 'dispute', s.id, r.location_id, 'du_1', s.created_at, s.currency, 'fraudulent' FROM subscriptions s JOIN reservations r ON r.id = s.reservation_id`)
		node := b.isStuck(t, "BILLING_ALARM")
		require.Equal(t, "BillingAlarm", at(node, "subject", "__typename"))
		done := b.data(t, b.Manager, `mutation($i:ID!){handleBillingAlarm(input:{id:$i,note:"Answered at Stripe."}){userErrors{code}}}`, vars{"i": at(node, "subject", "id")})
		require.Empty(t, at(done, "handleBillingAlarm", "userErrors"))
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("EmailCorrection", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Exec(t, `INSERT INTO email_corrections (id, tenant_id, location_id, email, state, requested_at)
			VALUES (gen_random_uuid(), $1, $2, 'other@home.test', 'pending', $3)`, sub.TenantID, sub.LocationID, b.Clock.Now())
		node := b.stuckAfter(t, "EMAIL_CORRECTION", day)
		require.Equal(t, "EmailCorrection", at(node, "subject", "__typename"))
		done := b.data(t, b.Manager, `mutation($i:ID!){acceptEmailCorrection(input:{id:$i}){userErrors{code message}}}`, vars{"i": at(node, "subject", "id")})
		require.Empty(t, at(done, "acceptEmailCorrection", "userErrors"))
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("DeliveryUnknown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		d := unknown(t, b)
		b.Exec(t, `UPDATE deliveries SET next_look_at = NULL`)
		node := b.stuckAfter(t, "DELIVERY_UNKNOWN", 10*time.Minute)
		require.Equal(t, map[string]any{"__typename": "Delivery", "id": id("dlv", d)}, at(node, "subject"))
		b.data(t, b.Manager, resolve, vars{"i": id("dlv", d), "s": true, "n": "The tenant has it."})
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("DeliveryNotSent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		d := b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone)
		node := b.stuckAfter(t, "DELIVERY_NOT_SENT", time.Hour)
		require.Equal(t, id("dlv", d), at(node, "subject", "id"))
		require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job"), d))
		require.Empty(t, b.stuck(t, b.Manager, nil))
	})

	t.Run("DeliveryThatWaitsForTheMorning", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone)
		b.Exec(t, `UPDATE deliveries SET not_before = created_at + interval '9 hours'`)
		b.stuckAfter(t, "DELIVERY_NOT_SENT", 10*time.Hour)
	})
}

// An approval of a batch waits on the billing day itself for its moment, some hours at most, and the batch with it.
func TestBatchThatWaitsForABillingMoment(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	_, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), migration.ApproveManyRequest{
		SubmissionSelection: migration.SubmissionSelection{IDs: []uuid.UUID{sub.ID}}, Option: migration.NextMonth, ExpectedCount: 1, ClientKey: "k"})
	require.NoError(t, err)
	for _, job := range b.Waiting(t) {
		if job.Kind == (migration.PlanBatchPartArgs{}).Kind() {
			require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
		}
	}
	b.Exec(t, `UPDATE approvals SET not_before = decided_at + interval '9 hours'`)
	mine := vars{"f": vars{"kinds": []string{"BATCH_STANDING"}}}
	b.later(t, 10*time.Hour-time.Second)
	require.Empty(t, b.stuck(t, b.Manager, mine))
	b.Clock.Move(time.Second)
	require.Equal(t, []string{"BATCH_STANDING"}, b.stuck(t, b.Manager, mine))
}

func TestStuckBatch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch := b.Send(t, b.Invited(t), b.Invited(t))
	mine := vars{"f": vars{"kinds": []string{"BATCH_STANDING"}}}
	b.Clock.Move(time.Hour - time.Second)
	require.Empty(t, b.stuck(t, b.Manager, nil))
	b.Clock.Move(time.Second)
	node := at(b.data(t, b.Manager, listStuck, mine), "stuck", "nodes", 0)
	require.Equal(t, map[string]any{"__typename": "Batch", "id": id("bat", batch.ID)}, at(node, "subject"))
	require.Nil(t, at(node, "location"))
	require.Equal(t, []string{"BATCH_STANDING"}, b.stuck(t, b.Admin, mine))
	require.Empty(t, b.stuck(t, b.Colleague, mine), "a batch is its starter's")
	require.Empty(t, b.stuck(t, b.Stranger, nil))

	b.Exec(t, `UPDATE batch_items SET outcome = 'succeeded' WHERE position = 0`)
	require.Error(t, b.Watch(t, batch), "not finished")
	require.Empty(t, b.stuck(t, b.Manager, mine), "something was settled")
	b.Clock.Move(time.Hour)
	require.Equal(t, []string{"BATCH_STANDING"}, b.stuck(t, b.Manager, mine))
	b.Exec(t, `UPDATE deliveries SET not_before = $1`, b.Clock.Now().Add(time.Minute))
	require.Empty(t, b.stuck(t, b.Manager, mine), "what is left waits for the morning")
	b.Clock.Move(time.Hour)
	require.Empty(t, b.stuck(t, b.Manager, mine))
	b.Clock.Move(time.Minute)
	require.Equal(t, []string{"BATCH_STANDING"}, b.stuck(t, b.Manager, mine))
	b.MustWork(t)
	_ = b.Watch(t, batch)
	require.Empty(t, b.stuck(t, b.Manager, mine))
}

func TestStuckIsPaged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var want []any
	for i := range 5 {
		want = append(want, id("sbm", b.Claimed(t, testkit.Visa).ID))
		b.Clock.Move(time.Duration(i%2) * time.Minute) // some at the same moment
	}
	b.later(t, 72*time.Hour)
	var got []any
	for after := any(nil); ; {
		page := at(b.data(t, b.Manager, listStuck, vars{"n": 2, "a": after}), "stuck")
		nodes, _ := at(page, "nodes").([]any)
		for _, n := range nodes {
			got = append(got, at(n, "subject", "id"))
		}
		if at(page, "pageInfo", "hasNextPage") == false {
			break
		}
		after = at(page, "pageInfo", "endCursor")
	}
	require.Equal(t, want, got, "the longest waiting first, nothing twice, nothing left out")
	a := b.ask(t, b.Manager, listStuck, vars{"a": encode(`{"i":"` + uuid.NewString() + `","k":"yesterday"}`)})
	require.Equal(t, []string{"BAD_REQUEST"}, codes(a))
}

// TestEveryKindThatIsStuckHasWords holds the schema, the words and the statement together.
func TestEveryKindThatIsStuckHasWords(t *testing.T) {
	t.Parallel()
	for _, kind := range loadSchema(t).Types["StuckKind"].EnumValues {
		words := migration.StuckOf(&queries.StuckListRow{Kind: kind.Name, Detail: "As known."})
		require.NotEmpty(t, words.Next, kind.Name)
		require.Greater(t, len(words.Message), len(" As known."), kind.Name)
	}
}
