package migration

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// Queues of jobs. Each has its own workers, so that a slow provider holds up nobody else.
const (
	QueueEmail   = "email"
	QueueBilling = "billing"
)

// noAttemptLimit leaves the end of a job to its own deadline: a stop resets River's count, so the count proves nothing.
const noAttemptLimit = 10_000

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

// CreateSubscriptionArgs asks for the subscription of one approval.
type CreateSubscriptionArgs struct {
	ApprovalID uuid.UUID `json:"approval_id" river:"unique"`
}

// Kind is the job's name in River.
func (CreateSubscriptionArgs) Kind() string { return "create_subscription" }

// InsertOpts makes the job unique by its approval while it is alive.
func (CreateSubscriptionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: QueueBilling, MaxAttempts: noAttemptLimit, UniqueOpts: river.UniqueOpts{ByArgs: true}}
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

// Later is what a job's verb answers when there is nothing wrong and nothing to do before After has passed. It does not
// count as an attempt.
type Later struct {
	After time.Duration
	Why   string
}

func (l *Later) Error() string { return fmt.Sprintf("again in %s: %s", l.After, l.Why) }
