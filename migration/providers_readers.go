package migration

import "context"

// Readers is what the rules need of Stripe Terminal: a card held to a reader at the counter, saved for later charges.
type Readers interface {
	// Readers lists all card readers of a Stripe Terminal location.
	Readers(ctx context.Context, terminalLocation string) ([]CardReader, error)
	// ReaderByID reads one back with what it does now, or did last.
	ReaderByID(ctx context.Context, id string) (CardReader, error)
	// OpenReaderIntent makes a SetupIntent of this customer and purpose that a reader can process, another one each time: a card that an
	// earlier asking still brings is of an intent that nobody waits for. The request's Method is not looked at: a reader takes cards.
	OpenReaderIntent(ctx context.Context, r SetupIntentRequest) (SetupIntent, error)
	// AskReader lets a reader ask for a card, for a tenant who has agreed that it is kept. Where it cannot, the error is refused with
	// the code ReaderBusy or ReaderOffline. After an uncertain one ReaderByID tells whether the reader asks.
	AskReader(ctx context.Context, readerID, setupIntentID string) error
	// StopReader ends what a reader does. Doing it twice does it once. A card that was taken already is not given back: the
	// error is then refused with ReaderBusy, and the reader is done in some seconds.
	StopReader(ctx context.Context, readerID string) error
}

// The codes of a reader that cannot be asked or stopped just now; they are Stripe's.
const (
	ReaderBusy    = "terminal_reader_busy"
	ReaderOffline = "terminal_reader_offline"
)

// CardReader is a reader as Stripe knows it.
type CardReader struct {
	ID, Label        string
	TerminalLocation string // "" where it is registered at none
	Online           bool
	Action           ReaderAction
}

// ReaderAction is what a reader does or did last. Its SetupIntentID is "" where that was something else than saving a card, which
// another program of the same account may have asked for.
type ReaderAction struct {
	State         ReaderActionState
	SetupIntentID string
	Failure       string // in plain words, where it failed
	FailureCode   string // the provider's own
}

// ReaderActionState is how far a reader has come with what it was asked.
type ReaderActionState string

// The states of a reader's action; Stripe's are in its documentation under "The Reader object".
const (
	ReaderIdle       ReaderActionState = ""
	ReaderInProgress ReaderActionState = "in_progress"
	ReaderSucceeded  ReaderActionState = "succeeded"
	ReaderFailed     ReaderActionState = "failed"
)
