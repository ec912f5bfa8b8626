package demo

import (
	"encoding/base64"

	"carryover/config"
)

// Where the stand-ins answer, below the demo's own address.
const (
	stripePath = "/sandbox/stripe"
	resendPath = "/sandbox/resend"
	twilioPath = "/sandbox/twilio"
)

// textNumber is what the demo's texts come from.
const textNumber = "+15005550006"

// settings are given in the words of the environment and pass its checks, so that the demo runs as an installation does.
// local is where the service reaches itself, public where browsers do.
func settings(s secrets, databaseURL, addr, local, public string) (config.Config, error) {
	return config.FromEnvironment(map[string]string{
		"DATABASE_URL":           databaseURL,
		"CARRYOVER_ADDR":         addr,
		"CARRYOVER_PUBLIC_URL":   public,
		"CARRYOVER_DEVELOPMENT":  "true",
		"CARRYOVER_LINK_KEYS":    "demo:" + base64.StdEncoding.EncodeToString(s.LinkKey),
		"CARRYOVER_EMAIL_FROM":   "hello@example.com",
		"STRIPE_SECRET_KEY":      s.StripeSecretKey,
		"STRIPE_PUBLISHABLE_KEY": s.StripePublishableKey,
		"STRIPE_WEBHOOK_SECRETS": s.StripeWebhookSecret,
		"STRIPE_BASE_URL":        local + stripePath,
		"RESEND_API_KEY":         s.ResendAPIKey,
		"RESEND_WEBHOOK_SECRETS": s.ResendWebhookSecret,
		"RESEND_BASE_URL":        local + resendPath,
		"TWILIO_ACCOUNT_SID":     s.TwilioAccountSID,
		"TWILIO_AUTH_TOKEN":      s.TwilioAuthToken,
		"TWILIO_FROM":            textNumber,
		"TWILIO_BASE_URL":        local + twilioPath,
		"CARRYOVER_EMAIL_RATE":   "0", // the stand-ins are never too busy
		"CARRYOVER_STRIPE_RATE":  "0", "CARRYOVER_STRIPE_ENDPOINT_RATE": "0",
		"CARRYOVER_TEXT_RATE": "20",
	})
}
