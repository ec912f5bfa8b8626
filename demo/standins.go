package demo

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"carryover/sandbox/outbox"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

// openStandIns answers everything below /sandbox/: the three vendors and the page that shows what they believe. Their books
// are kept in journals, which survive a kill.
func (d *Demo) openStandIns(s secrets, local string) (http.Handler, error) {
	dir, err := d.folder.standIns(d.options.DatabaseURL)
	if err != nil {
		return nil, err
	}
	stripe, err := stripefake.New(stripefake.Options{
		SecretKey: s.StripeSecretKey, PublishableKey: s.StripePublishableKey, Now: d.clock.Now,
		Journal: filepath.Join(dir, "stripe.journal"), PublicURL: d.URL + stripePath,
		WebhookURL: local + "/webhooks/stripe", WebhookSecrets: []string{s.StripeWebhookSecret}, Logger: d.options.Log})
	if err != nil {
		return nil, fmt.Errorf("start Stripe's stand-in: %w", err)
	}
	d.atEnd(stripe.Close)
	mail, err := resendfake.New(resendfake.Options{
		APIKey: s.ResendAPIKey, Now: d.clock.Now, Journal: filepath.Join(dir, "resend.journal"),
		WebhookURL: local + "/webhooks/resend", WebhookSecret: s.ResendWebhookSecret, Logger: d.options.Log})
	if err != nil {
		return nil, fmt.Errorf("start Resend's stand-in: %w", err)
	}
	d.atEnd(mail.Close)
	phone, err := twiliofake.New(twiliofake.Options{
		AccountSID: s.TwilioAccountSID, AuthToken: s.TwilioAuthToken, Now: d.clock.Now,
		Journal: filepath.Join(dir, "twilio.journal"), Numbers: []string{textNumber}, InboundURL: d.URL + "/webhooks/twilio/inbound", Reach: d.reach(local), Logger: d.options.Log})
	if err != nil {
		return nil, fmt.Errorf("start Twilio's stand-in: %w", err)
	}
	d.atEnd(phone.Close)
	page, err := outbox.New(outbox.Options{
		Mail: mail, Stripe: stripe, Phone: phone, Clock: movable{d}, StripeKey: s.StripeSecretKey, Title: "Carryover demo",
		Console: "/", SignIn: "sign in with " + AdminEmail + " and the password " + Password, Logger: d.options.Log})
	if err != nil {
		return nil, err
	}
	return mount(stripe, mail, phone, page), nil
}

// reach leads what is meant for the public address straight here: whatever stands before it need not be there for ourselves.
func (d *Demo) reach(local string) func(address string) string {
	return func(address string) string {
		if path, ok := strings.CutPrefix(address, d.URL); ok {
			return local + path
		}
		return address
	}
}

// mount puts the vendors' own paths beside the page's: /sandbox/stripe/customers/… is the page's, /sandbox/stripe/v1/… and
// the vendor's buttons at /sandbox/stripe/sandbox/… are the stand-in's.
func mount(stripe, mail, phone, page http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/sandbox/", page)
	mux.Handle(stripePath+"/v1/", http.StripPrefix(stripePath, stripe))
	mux.Handle(stripePath+"/sandbox/", http.StripPrefix(stripePath, stripe))
	mux.Handle(resendPath+"/", http.StripPrefix(resendPath, mail))
	mux.Handle(twilioPath+"/", http.StripPrefix(twilioPath, phone))
	return mux
}
