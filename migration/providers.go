package migration

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carryover/money"
	"carryover/queries"
)

// Payments is what the rules need of Stripe. Amounts are in the minor unit, times are truncated to whole seconds as
// Stripe's are. Every error is a *ProviderError, so that a caller can tell what was surely not done from what may have been.
type Payments interface {
	// FindCustomer answers the id of a customer made for this tenant and currency before, or "".
	FindCustomer(ctx context.Context, c Customer) (string, error)
	// CreateCustomer makes a customer under the idempotency key and answers its id.
	CreateCustomer(ctx context.Context, key string, c Customer) (string, error)
	// UpdateCustomer tells Stripe the name and email of a customer. Doing it twice does it once.
	UpdateCustomer(ctx context.Context, customerID string, c Customer) error
	// CustomerDeleted tells whether somebody deleted a customer at Stripe. About one that it never had it knows nothing and refuses:
	// so does a key of another account about each of ours, and that proves nothing.
	CustomerDeleted(ctx context.Context, customerID string) (bool, error)
	// SetCustomerMethod makes a saved method the customer's default for invoices. Doing it twice does it once.
	SetCustomerMethod(ctx context.Context, customerID, paymentMethodID string) error
	// SetSubscriptionMethod lets a subscription be paid with another saved method from its next charge on. Doing it twice does it once.
	SetSubscriptionMethod(ctx context.Context, subscriptionID, paymentMethodID string) error
	// OpenSetupIntent answers an unfinished SetupIntent of this customer, purpose and method, or makes one.
	OpenSetupIntent(ctx context.Context, r SetupIntentRequest) (SetupIntent, error)
	// SetupIntent reads one back with its payment method. Of one that a reader has processed, that is the card to charge later; some
	// cards and wallets give none, and a succeeded one is then without: the tenant types a card instead.
	SetupIntent(ctx context.Context, id string) (SetupIntent, error)
	// PaymentMethod reads one back.
	PaymentMethod(ctx context.Context, id string) (PaymentMethod, error)
	// EnsureProduct makes the product under the id that we chose, unless it is there.
	EnsureProduct(ctx context.Context, id, name string) error
	// Subscriptions lists all of a customer's subscriptions, of every state, straight from Stripe's books (not from its
	// search, which lags).
	Subscriptions(ctx context.Context, customerID string) ([]StripeSubscription, error)
	// Subscription reads one back, of whatever state.
	Subscription(ctx context.Context, id string) (StripeSubscription, error)
	// UpcomingInvoice answers the first invoice that the subscription would have, line by line, and makes nothing; nil where
	// Stripe knows of none.
	UpcomingInvoice(ctx context.Context, r SubscriptionRequest) (*UpcomingInvoice, error)
	// CreateSubscription makes one under the idempotency key. The same key with the same request answers the same
	// subscription for at least 24 hours.
	CreateSubscription(ctx context.Context, key string, r SubscriptionRequest) (StripeSubscription, error)
	Billing
	Reversal
	Readers
}

// Customer is what Stripe is told of a tenant.
type Customer struct {
	TenantID uuid.UUID
	Currency string
	Name     string
	Email    string
}

// SetupIntentRequest asks for a SetupIntent of one method for later off-session use: for a set-up, of an invitation's link, or for
// another method of a reservation. What was made for the one is not usable for the other.
type SetupIntentRequest struct {
	CustomerID    string
	TenantID      uuid.UUID
	InvitationID  uuid.UUID
	LinkVersion   int
	ReservationID uuid.UUID // zero for a set-up
	Method        queries.PaymentMethodType
}

// SetupIntentState is the part of Stripe's status that the rules tell apart.
type SetupIntentState string

// The states of a SetupIntent in our words; Stripe's are in its documentation under "The Setup Intents API".
const (
	SetupOpen      SetupIntentState = "open"      // waits for the tenant
	SetupVerifying SetupIntentState = "verifying" // bank: micro-deposits under way, or processing
	SetupSucceeded SetupIntentState = "succeeded" // the method can be charged
	SetupCanceled  SetupIntentState = "canceled"
)

// SetupIntent is a SetupIntent read from Stripe.
type SetupIntent struct {
	ID           string
	ClientSecret string
	State        SetupIntentState
	CustomerID   string
	InvitationID uuid.UUID // from its metadata; zero where it is not ours, or not for a set-up
	// ReservationID is of the reservation whose method is changed; zero for a set-up.
	ReservationID uuid.UUID
	Method        queries.PaymentMethodType
	MandateID     string
	// Deposit is set while micro-deposits are under way.
	Deposit *Deposit
	// Failure is why the last attempt came to nothing, in plain words; "" where none failed.
	Failure string
	// PaymentMethod is zero until the tenant has given one.
	PaymentMethod PaymentMethod
}

// Deposit is a cent on its way to a bank account, with a code that the tenant enters at URL.
type Deposit struct {
	ArrivesAt time.Time
	URL       string // Stripe's own page; whoever holds it may enter codes, so it is never stored or logged
}

// StripeEvent is the name of something that happened at Stripe, and the names that its object mentions. They say where to look;
// what happened is read again and not believed.
type StripeEvent struct {
	ID, Type, ObjectID string
	CustomerID         string
	SubscriptionID     string
	PaymentMethodID    string
	PaymentIntentID    string
	ChargeID           string
	ReservationID      uuid.UUID // from its metadata; zero where it is not ours
}

// PaymentMethod is a saved card or bank account.
type PaymentMethod struct {
	ID         string
	CustomerID string // "" once it was detached
	Type       queries.PaymentMethodType
	Label      string // "Visa ending 4242"
	Blocked    string // why a bank account takes no debits any more, in plain words; "" where it does
}

// SubscriptionRequest is what is asked of Stripe. Under one idempotency key it must be the same to the last field.
type SubscriptionRequest struct {
	CustomerID      string
	PaymentMethodID string
	Method          queries.PaymentMethodType
	Currency        string
	Items           []SubscriptionItem
	Backdate        *time.Time // nil: starts when it is made
	Anchor          *time.Time // nil: the cycle starts when it is made
	Prorate         bool       // true: the time from Backdate to Anchor is charged at once
	TrialEnd        *time.Time
	TenantConfirms  bool // a card whose bank wants the tenant: made unpaid, for the tenant to confirm
	ReservationID   uuid.UUID
	SubmissionID    uuid.UUID
	ApprovalID      uuid.UUID
}

// SubscriptionItem is one line of the quote.
type SubscriptionItem struct {
	ProductID   string
	AmountMinor int64
}

// UpcomingInvoice is an invoice that Stripe would make.
type UpcomingInvoice struct {
	Due   money.Money
	Later bool // not at once, but when the first full month begins
	Lines []UpcomingLine
}

// UpcomingLine is one part of it and the time that it pays for; both ends are zero where Stripe names none.
type UpcomingLine struct {
	ProductID   string
	Description string
	Amount      money.Money
	From, Until time.Time
}

// StripeSubscription is a subscription read from Stripe.
type StripeSubscription struct {
	ID            string
	CustomerID    string
	Status        queries.SubscriptionStatus
	ReservationID uuid.UUID // from its metadata; zero where it is not ours
	ApprovalID    uuid.UUID
	StartedAt     time.Time
	NextChargeAt  *time.Time
	EndedAt       *time.Time
	// ActionRequired is true where the tenant's bank wants the tenant to confirm before money moves.
	ActionRequired bool
	// FirstPaymentFailed is true where the first debit was refused at once: the subscription is incomplete, charges nothing, and
	// Stripe drops it within a day (its documentation, "How subscriptions work": incomplete).
	FirstPaymentFailed bool
	// ConfirmationFailed is true where nothing was charged yet and the tenant's bank did not take the tenant's confirmation.
	ConfirmationFailed bool
}

// Mailer is what the rules need of Resend.
type Mailer interface {
	// SendBatch hands over up to a hundred emails under one idempotency key; the results are in the order of the emails.
	// An error is a *ProviderError and is about the whole call.
	SendBatch(ctx context.Context, key string, emails []Email) ([]EmailResult, error)
	// Sender is how a reader sees who an email is from: "Name <address>".
	Sender(fromName string) string
}

// Email is one rendered message. The same key must always come with the same bytes.
type Email struct {
	DeliveryID uuid.UUID
	FromName   string
	ReplyTo    string
	To         string
	Subject    string
	HTML       string
	Text       string
	// UnsubscribeURL, where set, is told to mail clients as List-Unsubscribe (RFC 2369) with one click (RFC 8058).
	UnsubscribeURL string
}

// Texter is what the rules need of Twilio. Creating a message has no idempotency key there, so SendText calls once and never
// again by itself; every error is a *ProviderError, and an uncertain one means that the text may be on its way.
type Texter interface {
	SendText(ctx context.Context, t Text) (TextResult, error)
	// FindTexts lists what was sent to a number since a moment, newest first, straight from the provider's books.
	FindTexts(ctx context.Context, to string, since time.Time) ([]SentText, error)
}

// Text is one rendered text message.
type Text struct {
	DeliveryID uuid.UUID // comes back with every status callback
	To         string    // E.164
	Body       string
	ValidFor   time.Duration // when it has not gone out by then it is not to; zero: as long as the provider's books are waited for
}

// TextResult is what the provider answered to a text that it took.
type TextResult struct {
	ProviderID string
	Segments   int
}

// SentText is a text as the provider's books have it.
type SentText struct {
	ProviderID string
	To         string
	Body       string
	Status     queries.DeliveryStatus // accepted, delivered or undelivered: what is in the books was taken
	Code       string                 // the provider's own, where it was not delivered
	Reason     string
	Segments   int
}

// EmailEvent is what the email provider's signed webhook says of one email.
type EmailEvent struct {
	ID         string // of the event, for telling a repeated one
	Type       string // the provider's own: "email.bounced"
	ProviderID string
	DeliveryID uuid.UUID              // from our tag; zero where it is not ours
	Status     queries.DeliveryStatus // what it means for the delivery; "" where nothing
	Complaint  bool
	Permanent  bool   // the address does not exist or refuses us for good
	Reason     string // in plain words
}

// TextEvent is what a signed status callback says of one text.
type TextEvent struct {
	ProviderID string
	DeliveryID uuid.UUID              // from our callback URL; zero where it is not ours
	Told       string                 // the provider's own word for it, for telling a repeated event
	Status     queries.DeliveryStatus // "" where nothing changes
	OptedOut   bool                   // the phone has asked the provider for no more texts
	Code       string                 // the provider's error code
	Reason     string                 // in plain words
}

// IncomingText is a text that somebody sent to us.
type IncomingText struct {
	ProviderID string
	From, To   string
	Body       string
	Kind       queries.TextReplyKind // as the provider reads it; "" where it leaves that to us
}

// EmailResult says what became of one email of a batch: its id at the provider, or why it was refused.
type EmailResult struct {
	ProviderID string
	Refused    string
}

// Renderer turns frozen content into messages. The same content always renders to the same bytes, also in later releases:
// content names the version of its template.
type Renderer interface {
	// TemplateVersion is the version that new content is frozen with.
	TemplateVersion() int
	// Email renders one message. An error means that content is damaged; trying again will not help.
	Email(c EmailContent) (Email, error)
	// Text renders one text message, in as few segments as can be.
	Text(c TextContent) (RenderedText, error)
}

// TextContent is what a text's template is filled with, as frozen in the delivery. Link is filled in when it is rendered.
type TextContent struct {
	Version      int                     `json:"version"`
	Purpose      queries.DeliveryPurpose `json:"purpose"`
	Language     queries.MessageLanguage `json:"language"`
	Recipient    string                  `json:"recipient"`
	LocationName string                  `json:"locationName"`
	PlanName     string                  `json:"planName"`
	PlanKind     queries.PlanKind        `json:"planKind"`
	Unit         string                  `json:"unit,omitempty"`
	// MonthlyTotal and FirstCharge are what a RECEIPT tells.
	MonthlyTotal string `json:"monthlyTotal,omitempty"`
	FirstCharge  string `json:"firstCharge,omitempty"`
	// Inviter is who asks the reader of a staff invitation in; "" where nobody by name does.
	Inviter string `json:"inviter,omitempty"`
	// LinkKey, LinkVersion and LinkInvitation say which token Link is made of.
	LinkInvitation uuid.UUID `json:"linkInvitation"`
	LinkVersion    int       `json:"linkVersion,omitempty"`
	LinkKey        string    `json:"linkKey,omitempty"`
	Link           string    `json:"-"`
}

// TextEncoding is the alphabet that a text needs.
type TextEncoding string

// The alphabets of 3GPP TS 23.038: a text with one letter outside of the first is sent in the second as a whole.
const (
	TextGSM7 TextEncoding = "GSM_7"
	TextUCS2 TextEncoding = "UCS_2"
)

// RenderedText is a text and what it costs.
type RenderedText struct {
	Body       string
	Segments   int
	Encoding   TextEncoding
	Characters int // as the encoding counts them: GSM 7 extension letters are two, those beyond the BMP two
}

// EmailContent is what an email's template is filled with, as frozen in the delivery. It never holds a link's token: Link
// and UnsubscribeURL are filled in when the message is rendered and are not stored.
type EmailContent struct {
	Version      int                     `json:"version"`
	Purpose      queries.DeliveryPurpose `json:"purpose"`
	Language     queries.MessageLanguage `json:"language"`
	FromName     string                  `json:"fromName"`
	ReplyTo      string                  `json:"replyTo,omitempty"`
	Recipient    string                  `json:"recipient"`
	LocationName string                  `json:"locationName"`
	PlanName     string                  `json:"planName"`
	PlanKind     queries.PlanKind        `json:"planKind"`
	Unit         string                  `json:"unit,omitempty"`
	// Reason is what an ACTION_NEEDED message tells the tenant.
	Reason string `json:"reason,omitempty"`
	// Waiting is true where an ACTION_NEEDED message asks for nothing yet: a bank account is being verified.
	Waiting bool `json:"waiting,omitempty"`
	// Over is true where an ACTION_NEEDED message asks for nothing any more: an approval was taken back.
	Over bool `json:"over,omitempty"`
	// Tenant and Billing tell a STAFF_NOTICE's reader who was approved, and how.
	Tenant       string `json:"tenant,omitempty"`
	TenantEmail  string `json:"tenantEmail,omitempty"`
	TenantPhone  string `json:"tenantPhone,omitempty"`
	MonthlyTotal string `json:"monthlyTotal,omitempty"`
	Billing      string `json:"billing,omitempty"`
	// Inviter is who asks the reader of a staff invitation in; "" where nobody by name does.
	Inviter string `json:"inviter,omitempty"`
	// LinkKey, LinkVersion and LinkInvitation say which token Link is made of.
	LinkInvitation uuid.UUID `json:"linkInvitation"`
	LinkVersion    int       `json:"linkVersion,omitempty"`
	LinkKey        string    `json:"linkKey,omitempty"`
	// SignInLink is the row whose token a SIGN_IN message's Link is made of, with LinkKey.
	SignInLink uuid.UUID `json:"signInLink,omitzero"`
	// LinkPath is a path of this installation's own, without any token: where a STAFF_NOTICE or ACCOUNT_NOTICE leads.
	LinkPath string `json:"linkPath,omitempty"`
	Link     string `json:"-"`
	// UnsubscribeURL is filled in like Link. Only invitations of a version that has such a link show it.
	UnsubscribeURL string `json:"-"`
}

// ProviderErrorKind says what a failed call may have left behind.
type ProviderErrorKind string

// What may have happened at the provider when a call failed.
const (
	// ProviderDeclined: the tenant's bank said no. Nothing was made.
	ProviderDeclined ProviderErrorKind = "declined"
	// ProviderRefused: the request is wrong. Nothing was made, and the same request will be refused again.
	ProviderRefused ProviderErrorKind = "refused"
	// ProviderThrottled: too many requests. Nothing was made; try again after RetryAfter.
	ProviderThrottled ProviderErrorKind = "throttled"
	// ProviderShut: our account or key is not let in. Nothing was made, and nothing will be before an operator mends it.
	ProviderShut ProviderErrorKind = "shut"
	// ProviderBusy: the same idempotency key is being worked on. Ask again with the same key.
	ProviderBusy ProviderErrorKind = "busy"
	// ProviderAway: the provider could not be reached and nothing left this machine. Nothing was made; try again.
	ProviderAway ProviderErrorKind = "away"
	// ProviderUncertain: no answer, or a server error. The thing may have been made.
	ProviderUncertain ProviderErrorKind = "uncertain"
)

// ProviderError is every error of a provider. Message is safe to show to staff: it holds no secret and no card number.
type ProviderError struct {
	Provider   string // "stripe", "resend", "twilio"
	Op         string // "create subscription"
	Kind       ProviderErrorKind
	Code       string // the provider's own
	Message    string
	RetryAfter time.Duration
	// Replays is true where the same idempotency key would only be answered with this failure again.
	Replays bool
	// OptedOut is true where it was refused because the person had told the provider to send no more.
	OptedOut bool
	Err      error
}

func (e *ProviderError) Error() string {
	return fmt.Sprintf("%s: %s: %s (%s %s)", e.Provider, e.Op, e.Message, e.Kind, e.Code)
}

func (e *ProviderError) Unwrap() error { return e.Err }

// patience is how long the provider wants to be left alone, at least so long, and within reason.
func (e *ProviderError) patience(least time.Duration) time.Duration {
	return max(least, min(e.RetryAfter, longestRetryAfter))
}

// ProviderErrorAs answers the ProviderError in err's chain, or one that is uncertain: an error that nobody classified
// proves nothing about what was done.
func ProviderErrorAs(err error) *ProviderError {
	var pe *ProviderError
	if errors.As(err, &pe) {
		return pe
	}
	return &ProviderError{Kind: ProviderUncertain, Message: err.Error(), Err: err}
}
