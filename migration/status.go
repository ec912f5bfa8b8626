package migration

import (
	"slices"
	"time"

	"carryover/queries"
)

// Steps says, for each state of a life cycle, the states that may follow. A state that is not a key is final. The database
// holds the same table (allowed_steps) and refuses everything else; a test compares the two.
type Steps[S ~string] map[S][]S

// Allows tells whether one may follow the other.
func (s Steps[S]) Allows(from, to S) bool { return slices.Contains(s[from], to) }

// Final tells whether nothing follows.
func (s Steps[S]) Final(state S) bool { return len(s[state]) == 0 }

// reaching answers, for each state, every other one that its steps lead to.
func (s Steps[S]) reaching() Steps[S] {
	all := Steps[S]{}
	for from := range s {
		reached := []S{from}
		for i := 0; i < len(reached); i++ {
			for _, to := range s[reached[i]] {
				if !slices.Contains(reached, to) {
					reached = append(reached, to)
				}
			}
		}
		all[from] = reached[1:]
	}
	return all
}

// InvitationSteps: SENT means that an email went out; an SMS alone leaves PENDING, and a claim comes from either.
var InvitationSteps = Steps[queries.InvitationStatus]{
	queries.InvitationStatusPending: {queries.InvitationStatusSent, queries.InvitationStatusClaimed, queries.InvitationStatusRevoked},
	queries.InvitationStatusSent:    {queries.InvitationStatusClaimed, queries.InvitationStatusRevoked},
}

// SubmissionSteps: APPROVING goes back to READY_FOR_APPROVAL only after Stripe was read back and holds no subscription.
var SubmissionSteps = Steps[queries.SubmissionStatus]{
	queries.SubmissionStatusWaitingForBankVerification: {
		queries.SubmissionStatusReadyForApproval, queries.SubmissionStatusBankVerificationFailed, queries.SubmissionStatusRejected},
	queries.SubmissionStatusReadyForApproval: {
		queries.SubmissionStatusApproving, queries.SubmissionStatusRejected, queries.SubmissionStatusMethodLost},
	queries.SubmissionStatusApproving: {
		queries.SubmissionStatusApproved, queries.SubmissionStatusPaymentFailed,
		queries.SubmissionStatusTenantActionRequired, queries.SubmissionStatusReadyForApproval},
	queries.SubmissionStatusTenantActionRequired: {
		queries.SubmissionStatusApproved, queries.SubmissionStatusPaymentFailed},
	queries.SubmissionStatusApproved: {queries.SubmissionStatusUndone},
}

// ApprovalSteps: one decision, settled once; where the tenant's bank wants the tenant, settled again by the answer.
var ApprovalSteps = Steps[queries.ApprovalOutcome]{
	queries.ApprovalOutcomePending: {
		queries.ApprovalOutcomeApproved, queries.ApprovalOutcomeTenantActionRequired,
		queries.ApprovalOutcomePaymentFailed, queries.ApprovalOutcomeReturned},
	queries.ApprovalOutcomeTenantActionRequired: {queries.ApprovalOutcomeApproved, queries.ApprovalOutcomePaymentFailed},
}

// DeliverySteps only move forward: a provider's late or repeated word never takes one back. FAILED is left only where a look-up or a
// person had concluded it (not_sent), by the provider's own word, and where the provider tells of an email which it has called failed that
// it went out all the same.
var DeliverySteps = Steps[queries.DeliveryStatus]{
	queries.DeliveryStatusQueued: {
		queries.DeliveryStatusSending, queries.DeliveryStatusCanceled, queries.DeliveryStatusFailed},
	queries.DeliveryStatusSending: { // a callback can come before the answer to the call that caused it
		queries.DeliveryStatusAccepted, queries.DeliveryStatusFailed, queries.DeliveryStatusUnknown,
		queries.DeliveryStatusDelivered, queries.DeliveryStatusUndelivered, queries.DeliveryStatusCanceled},
	queries.DeliveryStatusAccepted: {
		queries.DeliveryStatusDelivered, queries.DeliveryStatusUndelivered, queries.DeliveryStatusFailed},
	queries.DeliveryStatusUnknown: {
		queries.DeliveryStatusAccepted, queries.DeliveryStatusDelivered, queries.DeliveryStatusUndelivered, queries.DeliveryStatusFailed},
	queries.DeliveryStatusDelivered: {queries.DeliveryStatusUndelivered},
	queries.DeliveryStatusFailed: {
		queries.DeliveryStatusAccepted, queries.DeliveryStatusDelivered, queries.DeliveryStatusUndelivered},
}

// stripeSteps are Stripe's own, one by one (its documentation "How subscriptions work", subscription statuses).
var stripeSteps = Steps[queries.SubscriptionStatus]{
	queries.SubscriptionStatusIncomplete: {
		queries.SubscriptionStatusActive, queries.SubscriptionStatusTrialing,
		queries.SubscriptionStatusIncompleteExpired, queries.SubscriptionStatusCanceled},
	queries.SubscriptionStatusTrialing: {
		queries.SubscriptionStatusActive, queries.SubscriptionStatusPastDue,
		queries.SubscriptionStatusPaused, queries.SubscriptionStatusCanceled},
	queries.SubscriptionStatusActive: {
		queries.SubscriptionStatusPastDue, queries.SubscriptionStatusUnpaid, queries.SubscriptionStatusTrialing,
		queries.SubscriptionStatusPaused, queries.SubscriptionStatusCanceled},
	queries.SubscriptionStatusPastDue: {
		queries.SubscriptionStatusActive, queries.SubscriptionStatusUnpaid, queries.SubscriptionStatusCanceled},
	queries.SubscriptionStatusUnpaid: {queries.SubscriptionStatusActive, queries.SubscriptionStatusCanceled},
	queries.SubscriptionStatusPaused: {queries.SubscriptionStatusActive, queries.SubscriptionStatusCanceled},
}

// SubscriptionSteps are what one look at Stripe may find after another. Days may lie between two looks, so they are whatever
// Stripe's steps lead to, one after the other; which of them were gone through unseen nobody knows, and no event tells.
var SubscriptionSteps = stripeSteps.reaching()

// BatchSteps: a batch that was canceled or stopped still settles what is with the provider, and is finished by its finished_at.
var BatchSteps = Steps[queries.BatchState]{
	queries.BatchStateRunning: {queries.BatchStateFinished, queries.BatchStateCanceled, queries.BatchStateStopped},
}

// LegacySteps: the old system's list may say anything after anything. What staff have recorded with evidence no file takes back; staff do,
// with the reason, and then the list counts again.
var LegacySteps = Steps[queries.LegacyState]{
	queries.LegacyStateActive: {
		queries.LegacyStatePaused, queries.LegacyStatePastDue, queries.LegacyStateCancelled, queries.LegacyStateRecorded},
	queries.LegacyStatePaused: {
		queries.LegacyStateActive, queries.LegacyStatePastDue, queries.LegacyStateCancelled, queries.LegacyStateRecorded},
	queries.LegacyStatePastDue: {
		queries.LegacyStateActive, queries.LegacyStatePaused, queries.LegacyStateCancelled, queries.LegacyStateRecorded},
	queries.LegacyStateCancelled: {
		queries.LegacyStateActive, queries.LegacyStatePaused, queries.LegacyStatePastDue, queries.LegacyStateRecorded},
	queries.LegacyStateRecorded: {
		queries.LegacyStateActive, queries.LegacyStatePaused, queries.LegacyStatePastDue, queries.LegacyStateCancelled},
}

// EmailCorrectionSteps: the word that a tenant's address is another one is decided on once, or a later word takes its place.
var EmailCorrectionSteps = Steps[queries.EmailCorrectionState]{
	queries.EmailCorrectionStatePending: {
		queries.EmailCorrectionStateAccepted, queries.EmailCorrectionStateDeclined, queries.EmailCorrectionStateReplaced},
}

// MethodChangeSteps: another payment method is taken by Stripe or is not, once; one that a later one replaced has failed.
var MethodChangeSteps = Steps[queries.MethodChangeState]{
	queries.MethodChangeStatePending: {queries.MethodChangeStateDone, queries.MethodChangeStateFailed},
}

// SessionSteps: a migration that is discarded leaves its session as it was before; one that was agreed to ends it.
var SessionSteps = Steps[queries.SessionStage]{
	queries.SessionStagePreGate: {queries.SessionStageMigrating, queries.SessionStageClosed},
	queries.SessionStageMigrating: {
		queries.SessionStagePreGate, queries.SessionStageMigrated, queries.SessionStageClosed},
}

// CounterSteps lead back as far as somebody may have been wrong: to another membership, another address, another card.
var CounterSteps = Steps[queries.CounterStep]{
	queries.CounterStepMatch:    {queries.CounterStepContact, queries.CounterStepDiscarded},
	queries.CounterStepContact:  {queries.CounterStepMatch, queries.CounterStepCard, queries.CounterStepDiscarded},
	queries.CounterStepCard:     {queries.CounterStepContact, queries.CounterStepCheckout, queries.CounterStepDiscarded},
	queries.CounterStepCheckout: {queries.CounterStepCard, queries.CounterStepTerms, queries.CounterStepDiscarded},
	queries.CounterStepTerms: {
		queries.CounterStepCard, queries.CounterStepCheckout, queries.CounterStepDone, queries.CounterStepDiscarded},
}

// reopensLink are the ends of a submission after which the tenant's link opens again for another attempt under the same
// reservation.
var reopensLink = []queries.SubmissionStatus{
	queries.SubmissionStatusBankVerificationFailed, queries.SubmissionStatusRejected,
	queries.SubmissionStatusMethodLost, queries.SubmissionStatusPaymentFailed,
}

// ReopensLink tells whether a submission in this state lets the tenant try again.
func ReopensLink(s queries.SubmissionStatus) bool { return slices.Contains(reopensLink, s) }

// waits are the states in which a submission waits for somebody other than for another attempt of the tenant's.
var waits = []queries.SubmissionStatus{
	queries.SubmissionStatusWaitingForBankVerification, queries.SubmissionStatusReadyForApproval,
	queries.SubmissionStatusApproving, queries.SubmissionStatusTenantActionRequired,
}

// WaitingSince answers since when a submission waits that has been in its state since a moment; nil where it does not. The list sorts by
// the same (waiting_key).
func WaitingSince(status queries.SubmissionStatus, changed time.Time) *time.Time {
	if !slices.Contains(waits, status) {
		return nil
	}
	return &changed
}

// DaysWaiting are the whole days of it.
func DaysWaiting(since, now time.Time) int { return int(now.Sub(since) / (24 * time.Hour)) }
