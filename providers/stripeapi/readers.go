package stripeapi

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
)

// Readers lists those of one location. Without one Stripe would list the whole account's, so an empty one is not sent.
func (c *Client) Readers(ctx context.Context, location string) ([]migration.CardReader, error) {
	const op = "list readers"
	if location == "" {
		return nil, missing(op, "location", location)
	}
	return call(ctx, op, func() ([]migration.CardReader, error) {
		listed := c.api.TerminalReaders.List(&stripe.TerminalReaderListParams{
			ListParams: stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Location:   &location,
		})
		var all []migration.CardReader
		for listed.Next() {
			all = append(all, cardReader(listed.TerminalReader()))
		}
		return all, listed.Err()
	})
}

// ReaderByID reads one back. Stripe keeps the name of a reader that was removed; it is refused like one that never was.
func (c *Client) ReaderByID(ctx context.Context, id string) (migration.CardReader, error) {
	const op = "read reader"
	if !isReader(id) {
		return migration.CardReader{}, missing(op, "reader", id)
	}
	read, err := call(ctx, op, func() (*stripe.TerminalReader, error) {
		return c.api.TerminalReaders.Get(id, &stripe.TerminalReaderParams{Params: stripe.Params{Context: ctx}})
	})
	switch {
	case err != nil:
		return migration.CardReader{}, err
	case read.Deleted:
		return migration.CardReader{}, missing(op, "reader", id)
	}
	return cardReader(read), nil
}

// AskReader hands a SetupIntent to a reader. The consent is the parameter of the SDK's API version; where Stripe asks for the one
// that came after it (https://docs.stripe.com/changelog/acacia/2024-09-30/terminal-remove-customer-consent-require-allow-redisplay),
// nothing was done yet, and it is sent too: "limited", since the card is kept for the agreed charges alone.
func (c *Client) AskReader(ctx context.Context, id, setupIntent string) error {
	const op = "ask reader"
	if !isReader(id) {
		return missing(op, "reader", id)
	}
	ask := func(extra *stripe.ExtraValues) (*stripe.TerminalReader, error) {
		return c.api.TerminalReaders.ProcessSetupIntent(id, &stripe.TerminalReaderProcessSetupIntentParams{
			Params: stripe.Params{Context: ctx, Extra: extra}, SetupIntent: &setupIntent, CustomerConsentCollected: new(true)})
	}
	return readerCall(ctx, op, func() (*stripe.TerminalReader, error) {
		const successor = "allow_redisplay"
		asked, err := ask(nil)
		var se *stripe.Error
		if errors.As(err, &se) && kindOf(se) == migration.ProviderRefused && se.Param == successor {
			return ask(&stripe.ExtraValues{Values: url.Values{successor: {"limited"}}})
		}
		return asked, err
	})
}

// StopReader cancels whatever the reader does. Where it does nothing, Stripe answers the reader as it is.
func (c *Client) StopReader(ctx context.Context, id string) error {
	const op = "stop reader"
	if !isReader(id) {
		return missing(op, "reader", id)
	}
	return readerCall(ctx, op, func() (*stripe.TerminalReader, error) {
		return c.api.TerminalReaders.CancelAction(id, &stripe.TerminalReaderCancelActionParams{Params: stripe.Params{Context: ctx}})
	})
}

// isReader keeps what a browser sends out of Stripe's paths.
func isReader(id string) bool { return strings.HasPrefix(id, "tmr_") }

// readerCall reads a reader's own refusals by their code alone (https://docs.stripe.com/terminal/references/api/error-codes). One
// that gave Stripe no answer in time may all the same have taken the command.
func readerCall(ctx context.Context, op string, ask func() (*stripe.TerminalReader, error)) error {
	_, err := call(ctx, op, ask)
	if err == nil {
		return nil
	}
	pe := migration.ProviderErrorAs(err)
	switch pe.Code {
	case migration.ReaderBusy:
		pe.Kind, pe.Message = migration.ProviderRefused, "The reader is busy with something else."
	case migration.ReaderOffline:
		pe.Kind, pe.Message = migration.ProviderRefused, "The reader is off or not connected to the internet."
	case string(stripe.ErrorCodeTerminalReaderTimeout):
		pe.Kind, pe.Message = migration.ProviderUncertain, "The reader gave no answer."
	}
	return pe
}

func cardReader(r *stripe.TerminalReader) migration.CardReader {
	read := migration.CardReader{ID: r.ID, Label: r.Label, Online: r.Status == "online", Action: readerAction(r.Action)}
	if r.Location != nil {
		read.TerminalLocation = r.Location.ID
	}
	return read
}

func readerAction(a *stripe.TerminalReaderAction) migration.ReaderAction {
	if a == nil {
		return migration.ReaderAction{}
	}
	read := migration.ReaderAction{State: migration.ReaderActionState(a.Status), FailureCode: a.FailureCode}
	if a.ProcessSetupIntent != nil && a.ProcessSetupIntent.SetupIntent != nil {
		read.SetupIntentID = a.ProcessSetupIntent.SetupIntent.ID
	}
	if read.State == migration.ReaderFailed {
		read.Failure = readerFailed(a.FailureCode, a.FailureMessage)
	}
	return read
}

// readerFailed is why a reader saved no card, in plain words. Codes that are not listed keep Stripe's own message.
func readerFailed(code, message string) string {
	switch code {
	case "customer_canceled":
		return "It was cancelled at the reader."
	case "connection_error":
		return "The reader lost its connection."
	case "card_declined":
		return "The bank declined the card."
	}
	if sentence := declinedCard(code); sentence != "" {
		return sentence
	}
	if message = redact(message); message != "" {
		return message
	}
	return "The reader saved no card."
}
