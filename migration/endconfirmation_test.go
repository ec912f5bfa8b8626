package migration_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const noAnswer = "We could not reach you. Please give another card."

func (b *bundle) giveUp(t *testing.T, by *queries.Staff, sub *queries.Submission) error {
	t.Helper()
	_, err := b.Rules.EndConfirmation(t.Context(), testkit.By(by), sub.ID, noAnswer)
	return err
}

func TestEndConfirmation(t *testing.T) {
	t.Parallel()
	for name, option := range map[string]migration.StartOption{"CurrentMonth": migration.CurrentMonth, "NextMonth": migration.NextMonth} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.asked(t, option)
			require.NoError(t, b.giveUp(t, b.Manager, sub))
			require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status, "the job ends it")
			b.untilDone(t)
			b.requireAskedAnew(t, sub, noAnswer)
			require.Contains(t, strings.Join(b.Told(t, queries.EventSubjectSubmission, sub.ID), " "), "tenant_action_required confirmation_given_up payment_failed")
		})
	}

	t.Run("KilledBetweenEndingAndWritingItDown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		require.NoError(t, b.giveUp(t, b.Manager, sub))
		dying := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "after_end" {
					panic("killed")
				}
			}
		})
		row := b.subscribed(t, sub)
		require.Panics(t, func() { _ = dying.SyncSubscription(t.Context(), migration.SystemActor("job"), row.ID) })
		b.untilDone(t)
		b.requireAskedAnew(t, sub, noAnswer)
	})

	t.Run("WhatTheTenantConfirmsBeforeCounts", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.CurrentMonth)
		require.NoError(t, b.giveUp(t, b.Manager, sub))
		b.answers(t, sub, "succeed")
		b.untilDone(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Len(t, b.Booked(sub.ReservationID), 1)
		b.RequireStories(t)
	})

	t.Run("Refused", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		ready := b.Claimed(t, testkit.Visa)
		requireRefused(t, b.giveUp(t, b.Manager, ready), "WRONG_STATE submissionId")
		sub := b.asked(t, migration.NextMonth)
		requireRefused(t, b.giveUp(t, b.Stranger, sub), "NOT_FOUND submissionId")
		_, err := b.Rules.EndConfirmation(t.Context(), testkit.By(b.Manager), sub.ID, " ")
		requireRefused(t, err, "REQUIRED reason")
		require.NoError(t, b.giveUp(t, b.Manager, sub))
		err = b.giveUp(t, b.Admin, sub)
		requireRefused(t, err, "ALREADY_DECIDED submissionId")
		require.ErrorContains(t, err, "Max Manager: "+noAnswer)
	})
}
