package migration

import (
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

// StuckKind is why something waits for longer than it should.
type StuckKind string

// The kinds of the API's StuckKind. What each one is stands in queries/stuck.sql, one branch for each.
const (
	StuckBankVerificationOverdue StuckKind = "BANK_VERIFICATION_OVERDUE"
	StuckApprovalOverdue         StuckKind = "APPROVAL_OVERDUE"
	StuckSubscriptionNotMade     StuckKind = "SUBSCRIPTION_NOT_MADE"
	StuckTenantActionOverdue     StuckKind = "TENANT_ACTION_OVERDUE"
	StuckTenantMustRetry         StuckKind = "TENANT_MUST_RETRY"
	StuckNewOfferUnanswered      StuckKind = "NEW_OFFER_UNANSWERED"
	StuckUndoPending             StuckKind = "UNDO_PENDING"
	StuckSubscriptionUnknown     StuckKind = "SUBSCRIPTION_UNKNOWN"
	StuckDeliveryUnknown         StuckKind = "DELIVERY_UNKNOWN"
	StuckDeliveryNotSent         StuckKind = "DELIVERY_NOT_SENT"
	StuckBatchStanding           StuckKind = "BATCH_STANDING"
	StuckBillingAlarm            StuckKind = "BILLING_ALARM"
	StuckEmailCorrection         StuckKind = "EMAIL_CORRECTION"
)

// stuckWords say of each kind what is the matter and what would move it.
var stuckWords = map[StuckKind]struct{ matter, next string }{
	StuckBankVerificationOverdue: {"The bank account is not verified, though its time is over.", "The tenant enters the code of the deposit. Two days after the last day the link opens again by itself; to let the tenant give a card before, reject it."},
	StuckApprovalOverdue:         {"It has been ready for approval for three days.", "Approve or reject it."},
	StuckSubscriptionNotMade:     {"It was approved, and there is no subscription yet.", "Stripe is asked again by itself until 20 hours after the approval; then it is ready for approval again. Look whether Stripe can be reached and the workers run."},
	StuckTenantActionOverdue:     {"The tenant's bank wants the tenant to confirm the payment, and has waited for half a day.", "Call the tenant: a first payment is given up 23 hours after the approval; where only the card has to be confirmed, that can be done until an hour before the first charge. Or end the waiting, and the link opens for another payment method."},
	StuckTenantMustRetry:         {"The last attempt came to nothing and no other has come.", "Call the tenant. Where the link has expired, renew it. Where nothing will come of it, close it, or make a new offer."},
	StuckNewOfferUnanswered:      {"Another offer was made in the place of one that was turned down, and the tenant has not taken it up.", "Call the tenant. Where the link has expired, renew it. Where nothing will come of it, revoke the offer."},
	StuckUndoPending:             {"The approval has been being taken back for a day.", "It goes on by itself: a bank debit under way is given back once it has cleared. Look whether Stripe can be reached, and at its refunds."},
	StuckSubscriptionUnknown:     {"Stripe answers as if it never had the subscription of this approval, so nobody knows what it charges.", "Look whether the program has the key of the right Stripe account. It asks again every hour, and nothing changes until it is answered."},
	StuckDeliveryUnknown:         {"Nobody knows whether this message arrived.", "Ask the tenant or look at the provider, and say what became of it."},
	StuckDeliveryNotSent:         {"This message has waited an hour for its turn.", "It goes by itself once its provider takes messages and the workers run."},
	StuckBillingAlarm:            {"Something was not charged as it was agreed, or not at all, and nobody has dealt with it.", "Look at the alarm, put it right in Stripe, and mark it as handled."},
	StuckEmailCorrection:         {"The tenant says that their email is another one, and nobody has answered for a day.", "Accept or decline it."},
	StuckBatchStanding:           {"Nothing of this batch was settled for an hour.", "It goes on by itself once its provider answers and the workers run. Otherwise cancel it and try the rest again."},
}

// Stuck is something that waits for longer than it should.
type Stuck struct {
	Kind       StuckKind
	Since      time.Time
	LocationID *uuid.UUID // nil for a batch
	Subject    string     // what it is: submission, invitation, delivery, batch, billing_alarm, email_correction
	SubjectID  uuid.UUID
	Message    string
	Next       string
}

// StuckOf puts a row into words. What is known of the thing itself is said after what is the matter.
func StuckOf(row *queries.StuckListRow) *Stuck {
	words := stuckWords[StuckKind(row.Kind)]
	st := &Stuck{Kind: StuckKind(row.Kind), Since: row.Since, Subject: row.Subject, SubjectID: row.SubjectID,
		Message: words.matter, Next: words.next}
	if row.Detail != "" {
		st.Message += " " + row.Detail
	}
	if row.Obstacle != "" {
		st.Message += " " + outcomeMessages[row.Obstacle]
		st.Next = "It cannot be approved as it is: put right what stands in the way, or reject it, with a new offer or closed."
	}
	if row.LocationID != uuid.Nil {
		st.LocationID = &row.LocationID
	}
	return st
}
