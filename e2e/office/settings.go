package office

import (
	"encoding/base64"
	"os"
	"strconv"
	"strings"
)

// The account of the texts' stand-in.
const (
	TwilioAccount = "AC00000000000000000000000000000001"
	TwilioToken   = "0123456789abcdef0123456789abcdef" // of the form that a real one has
)

// Places are where an installation finds its parts, and how many calls a second each provider allows; 0 is any number.
type Places struct {
	DatabaseURL, MailURL, PhoneURL string
	StripeURL                      string // "": Stripe is not called
	EmailRate, TextRate            int
	StripeRate, StripeEndpointRate int
}

// Environment is what the service is told.
func Environment(p Places) []string {
	return []string{
		"DATABASE_URL=" + p.DatabaseURL,
		"CARRYOVER_LINK_KEYS=storm:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("s", 32))),
		"CARRYOVER_EMAIL_FROM=hello@storm.test",
		"CARRYOVER_DEVELOPMENT=true", // it signs in with a document of its own
		"CARRYOVER_EMAIL_RATE=" + strconv.Itoa(p.EmailRate), "CARRYOVER_TEXT_RATE=" + strconv.Itoa(p.TextRate),
		"CARRYOVER_STRIPE_RATE=" + strconv.Itoa(p.StripeRate), "CARRYOVER_STRIPE_ENDPOINT_RATE=" + strconv.Itoa(p.StripeEndpointRate),
		"STRIPE_BASE_URL=" + p.StripeURL, "STRIPE_SECRET_KEY=sk_test_storm", "STRIPE_PUBLISHABLE_KEY=pk_test_storm", "STRIPE_WEBHOOK_SECRETS=whsec_storm",
		"RESEND_API_KEY=re_storm", "RESEND_BASE_URL=" + p.MailURL, "RESEND_WEBHOOK_SECRETS=whsec_c3Rvcm0=",
		"TWILIO_ACCOUNT_SID=" + TwilioAccount, "TWILIO_AUTH_TOKEN=" + TwilioToken, "TWILIO_FROM=+13035550100", "TWILIO_BASE_URL=" + p.PhoneURL,
	}
}

// Settings are this process's environment by name, with some pairs put over it.
func Settings(env []string) map[string]string {
	all := Environ()
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	return all
}

// Environ is this process's environment by name.
func Environ() map[string]string {
	all := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	return all
}
