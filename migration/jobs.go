package migration

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Queues of jobs. Each has its own workers, so that a slow provider holds up nobody else.
const (
	QueueEmail   = "email"
	QueueText    = "text"
	QueueCounter = "counter"
	QueuePlan    = "plan"
	QueueWatch   = "watch"
	QueueBilling = "billing"
	QueueVerify  = "verify"
	QueueSync    = "sync"
	QueueImport  = "import"
)

// noAttemptLimit leaves the end of a job to its own deadline: a stop resets River's count, so the count proves nothing.
const noAttemptLimit = 10_000

// priorityMany is of messages that are some of many: one that a person sent alone does not wait behind a hundred thousand. (River:
// 1, the default, goes first.)
const priorityMany = 2

// PlanBatchPartArgs asks that one part of a batch be turned into rows, deliveries and jobs.
type PlanBatchPartArgs struct {
	BatchID uuid.UUID `json:"batch_id"`
	Part    int       `json:"part"`
}

// Kind is the job's name in River.
func (PlanBatchPartArgs) Kind() string { return "plan_batch_part" }

// InsertOpts leaves uniqueness to the part's row: a job more finds it planned.
func (PlanBatchPartArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueuePlan, MaxAttempts: noAttemptLimit}
}

// WatchBatchArgs asks that a batch be looked after until it is finished.
type WatchBatchArgs struct {
	BatchID uuid.UUID `json:"batch_id" river:"unique"`
}

// Kind is the job's name in River.
func (WatchBatchArgs) Kind() string { return "watch_batch" }

// InsertOpts makes the job unique by its batch while it is alive.
func (WatchBatchArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueWatch, MaxAttempts: noAttemptLimit, UniqueOpts: onlyOneAlive}
}

// SendEmailBatchArgs asks for one chunk of emails to be handed to the provider. The chunk's rows hold everything else.
type SendEmailBatchArgs struct {
	ChunkID uuid.UUID `json:"chunk_id" river:"unique"`
}

// Kind is the job's name in River.
func (SendEmailBatchArgs) Kind() string { return "send_email_batch" }

// InsertOpts makes the job unique by its chunk while it is alive.
func (SendEmailBatchArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueEmail, MaxAttempts: noAttemptLimit, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// SendTextArgs asks for texts to be handed to the provider, each once: one, or several of a batch that may go at the same time, since
// a job for each costs as much again as what the database does for it.
type SendTextArgs struct {
	DeliveryID uuid.UUID   `json:"delivery_id"`
	Others     []uuid.UUID `json:"others,omitempty"`
}

// DeliveryIDs are all of them.
func (a SendTextArgs) DeliveryIDs() []uuid.UUID {
	return append([]uuid.UUID{a.DeliveryID}, a.Others...)
}

// Kind is the job's name in River.
func (SendTextArgs) Kind() string { return "send_sms" }

// InsertOpts leaves uniqueness to the deliveries' rows: called_at is the evidence, and a job more finds it and does nothing.
func (SendTextArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueText, MaxAttempts: noAttemptLimit}
}

// SendCounterTextArgs asks for one text that somebody at a counter waits for to be handed to the provider, once.
type SendCounterTextArgs struct {
	DeliveryID uuid.UUID `json:"delivery_id" river:"unique"`
}

// Kind is the job's name in River.
func (SendCounterTextArgs) Kind() string { return "send_counter_text" }

// InsertOpts leaves uniqueness to the delivery's row, as SendTextArgs does. The queue is another one: in a slow lane every worker of the other
// stands with an invitation's text.
func (SendCounterTextArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueCounter, MaxAttempts: noAttemptLimit}
}

// LookAtCardArgs asks what became of the card that is asked for in a session at a counter.
type LookAtCardArgs struct {
	SessionID uuid.UUID `json:"session_id" river:"unique"`
	// Cause is the event that asks, so that one which comes while a look is under way is not lost in it.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (LookAtCardArgs) Kind() string { return "look_at_card" }

// InsertOpts: a look that fails is not repeated for long, since the counter's screen looks too.
func (LookAtCardArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 5, UniqueOpts: onlyOneAlive}
}

// ReconcileDeliveryArgs asks what became of one message whose answer was lost.
type ReconcileDeliveryArgs struct {
	DeliveryID uuid.UUID `json:"delivery_id" river:"unique"`
}

// Kind is the job's name in River.
func (ReconcileDeliveryArgs) Kind() string { return "reconcile_delivery" }

// InsertOpts makes the job unique by its delivery while it is alive. A failed look is not repeated: the delivery stays due and
// the next look-for-work finds it.
func (ReconcileDeliveryArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// LookForLostTextsArgs asks for a look at which texts of unknown end are due to be looked up.
type LookForLostTextsArgs struct {
	// Cause is empty for the periodic look, see LookForBankVerificationsArgs.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (LookForLostTextsArgs) Kind() string { return "look_for_lost_texts" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (LookForLostTextsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// CreateSubscriptionArgs asks for the subscription of one approval.
type CreateSubscriptionArgs struct {
	ApprovalID uuid.UUID `json:"approval_id" river:"unique"`
}

// Kind is the job's name in River.
func (CreateSubscriptionArgs) Kind() string { return "create_subscription" }

// InsertOpts makes the job unique by its approval while it is alive.
func (CreateSubscriptionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueBilling, MaxAttempts: noAttemptLimit, UniqueOpts: onlyOneAlive}
}

// UndoSubscriptionArgs asks that one approval be taken back at Stripe.
type UndoSubscriptionArgs struct {
	UndoID uuid.UUID `json:"undo_id" river:"unique"`
}

// Kind is the job's name in River.
func (UndoSubscriptionArgs) Kind() string { return "undo_subscription" }

// InsertOpts makes the job unique by its undo while it is alive.
func (UndoSubscriptionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueBilling, MaxAttempts: noAttemptLimit, UniqueOpts: onlyOneAlive}
}

// LookForUndosArgs asks for a look at which approvals that are being taken back are due to be looked at.
type LookForUndosArgs struct {
	// Cause is empty for the periodic look, see LookForBankVerificationsArgs.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (LookForUndosArgs) Kind() string { return "look_for_undos" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (LookForUndosArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// NotifyStaffContactArgs asks that the location's contact be told of an approved submission.
type NotifyStaffContactArgs struct {
	SubmissionID uuid.UUID `json:"submission_id" river:"unique"`
}

// Kind is the job's name in River.
func (NotifyStaffContactArgs) Kind() string { return "notify_staff_contact" }

// InsertOpts makes the job unique by its submission while it is alive.
func (NotifyStaffContactArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueEmail, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// SendSignInLinkArgs asks that whoever has an account with the address of one request be mailed a link.
type SendSignInLinkArgs struct {
	RequestID uuid.UUID `json:"request_id"`
}

// Kind is the job's name in River.
func (SendSignInLinkArgs) Kind() string { return "send_sign_in_link" }

// InsertOpts leaves uniqueness to the request's row: a job more finds it handled.
func (SendSignInLinkArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: QueueEmail} }

// SendPasswordResetArgs asks that whoever works here with the address of one request be mailed a link.
type SendPasswordResetArgs struct {
	RequestID uuid.UUID `json:"request_id"`
}

// Kind is the job's name in River.
func (SendPasswordResetArgs) Kind() string { return "send_password_reset" }

// InsertOpts leaves uniqueness to the request's row: a job more finds it handled.
func (SendPasswordResetArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueEmail}
}

// SendStaffLinkArgs asks that the mail with one link be handed to the provider. The link's row holds everything else.
type SendStaffLinkArgs struct {
	LinkID uuid.UUID `json:"link_id"`
}

// Kind is the job's name in River.
func (SendStaffLinkArgs) Kind() string { return "send_staff_link" }

// InsertOpts leaves uniqueness to the link's row, and the end to the link's own.
func (SendStaffLinkArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueEmail, MaxAttempts: noAttemptLimit}
}

// CloseForgottenSessionsArgs asks that sessions which nobody has closed be closed.
type CloseForgottenSessionsArgs struct{}

// Kind is the job's name in River.
func (CloseForgottenSessionsArgs) Kind() string { return "close_forgotten_sessions" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (CloseForgottenSessionsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// PurgeAccessArgs asks that what is known of tries and requests be forgotten once its time is over.
type PurgeAccessArgs struct{}

// Kind is the job's name in River.
func (PurgeAccessArgs) Kind() string { return "purge_access" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (PurgeAccessArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// TellCustomersArgs asks that Stripe be told a tenant's name and email as they are now.
type TellCustomersArgs struct {
	TenantID uuid.UUID `json:"tenant_id"`
}

// Kind is the job's name in River.
func (TellCustomersArgs) Kind() string { return "tell_customers" }

// InsertOpts makes no job unique: one under way may have read the tenant before a second change.
func (TellCustomersArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueBilling, MaxAttempts: noAttemptLimit}
}

// ChangePaymentMethodArgs asks that a subscription be paid with the method that its tenant gave last.
type ChangePaymentMethodArgs struct {
	ChangeID uuid.UUID `json:"change_id"`
}

// Kind is the job's name in River.
func (ChangePaymentMethodArgs) Kind() string { return "change_payment_method" }

// InsertOpts makes no job unique: of two at once both end with the newest method.
func (ChangePaymentMethodArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueBilling, MaxAttempts: noAttemptLimit}
}

// onlyOneAlive is for jobs that come again and again: unlike River's default, one that is done does not keep the next away.
var onlyOneAlive = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}}

// LookForBankVerificationsArgs asks for a look at which bank accounts are due to be asked about.
type LookForBankVerificationsArgs struct {
	// Cause is empty for the periodic look. A job that has just ended counts as running for a moment more, so whoever must be
	// sure of a look after a certain moment names that moment here.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (LookForBankVerificationsArgs) Kind() string { return "look_for_bank_verifications" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (LookForBankVerificationsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// PollBankVerificationArgs asks how one bank account's verification stands.
type PollBankVerificationArgs struct {
	SubmissionID uuid.UUID `json:"submission_id" river:"unique"`
	// Cause is empty for the look that was due, that of the look for work where it had one, and the event's id where a webhook asks.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (PollBankVerificationArgs) Kind() string { return "poll_bank_verification" }

// InsertOpts makes the job unique by its submission while it is alive. A failed look is not repeated: the submission stays due
// and the next look-for-work finds it.
func (PollBankVerificationArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueVerify, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// RefreshListCopiesArgs asks that the list's copies of one thing be made again, from the invitation after After on.
type RefreshListCopiesArgs struct {
	Of    CopyOf    `json:"of"`
	ID    uuid.UUID `json:"id"`
	After uuid.UUID `json:"after"`
	// Again marks the second look, which finds those that were being made while the thing was changed and copied it as it was.
	Again bool `json:"again,omitempty"`
}

// Kind is the job's name in River.
func (RefreshListCopiesArgs) Kind() string { return "refresh_list_copies" }

// InsertOpts makes no job unique: one under way may have passed the invitations that a second change is about.
func (RefreshListCopiesArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueuePlan, MaxAttempts: noAttemptLimit}
}

// Later is what a job's verb answers when there is nothing wrong and nothing to do before After has passed. It does not
// count as an attempt.
type Later struct {
	After time.Duration
	Why   string
}

func (l *Later) Error() string { return fmt.Sprintf("again in %s: %s", l.After, l.Why) }

// SyncSubscriptionArgs asks how one subscription stands at Stripe.
type SyncSubscriptionArgs struct {
	SubscriptionID uuid.UUID `json:"subscription_id" river:"unique"`
}

// Kind is the job's name in River.
func (SyncSubscriptionArgs) Kind() string { return "sync_subscription" }

// InsertOpts makes the job unique by its subscription while it is alive. A failed look is not repeated: the subscription stays due
// and the next look-for-work finds it.
func (SyncSubscriptionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueSync, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// LookForSubscriptionsArgs asks for a look at which subscriptions are due to be read again.
type LookForSubscriptionsArgs struct {
	// Cause is empty for the periodic look, see LookForBankVerificationsArgs.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (LookForSubscriptionsArgs) Kind() string { return "look_for_subscriptions" }

// InsertOpts makes the job unique while one is alive; the next one comes by itself.
func (LookForSubscriptionsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueSync, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// CheckPaymentMethodArgs asks whether the payment method of one submission can still be charged.
type CheckPaymentMethodArgs struct {
	SubmissionID uuid.UUID `json:"submission_id" river:"unique"`
	// Cause is empty for the look that was due, and the event's id where a webhook asks for one.
	Cause string `json:"cause,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (CheckPaymentMethodArgs) Kind() string { return "check_payment_method" }

// InsertOpts makes the job unique by its submission while it is alive. What it fails to learn the next look learns, or approval.
func (CheckPaymentMethodArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueSync, MaxAttempts: 1, UniqueOpts: onlyOneAlive}
}

// ImportLegacyArgs asks that the rows of one file be taken.
type ImportLegacyArgs struct {
	BatchID uuid.UUID `json:"batch_id" river:"unique"`
	// Continued is true of the job that goes on behind the rows that somebody has looked at: the one before may just be ending.
	Continued bool `json:"continued,omitempty" river:"unique"`
}

// Kind is the job's name in River.
func (ImportLegacyArgs) Kind() string { return "import_legacy" }

// InsertOpts makes the job unique by its batch while it is alive.
func (ImportLegacyArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueImport, MaxAttempts: noAttemptLimit, UniqueOpts: onlyOneAlive}
}
