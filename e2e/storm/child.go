package storm

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"carryover/app"
	"carryover/config"
	"carryover/workers"
)

// roleVariable makes a process that was started by a storm a worker: "worker" is ours, "naive" the other.
const roleVariable = "CARRYOVER_STORM_ROLE"

// Child works until it is told to stop, where this process was started by a storm; it then answers true. Commands and tests that
// run storms call it first.
func Child() bool {
	work := map[string]func(context.Context) error{"worker": work, "naive": workNaively}[os.Getenv(roleVariable)]
	if work == nil {
		return false
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "storm worker:", err)
	}
	return true
}

// tuning: the dead are found soon, and a call that hangs is given up soon.
func tuning() workers.Options {
	return workers.Options{Timeout: 10 * time.Second, RescueAfter: 12 * time.Second}
}

func work(ctx context.Context) error {
	settings, err := config.FromEnvironment(environ())
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, app.Options{Workers: true, Log: slog.New(slog.DiscardHandler), WorkerTuning: tuning()})
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Run(ctx, nil)
}

func environ() map[string]string {
	all := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	return all
}

// environment is what our service is told in a storm.
func environment(databaseURL string, p *providers) []string {
	return []string{
		"DATABASE_URL=" + databaseURL,
		"CARRYOVER_LINK_KEYS=storm:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("s", 32))),
		"CARRYOVER_EMAIL_FROM=hello@storm.test",
		"CARRYOVER_EMAIL_RATE=0", "CARRYOVER_TEXT_RATE=0",
		"STRIPE_SECRET_KEY=sk_test_storm", "STRIPE_PUBLISHABLE_KEY=pk_test_storm", "STRIPE_WEBHOOK_SECRETS=whsec_storm",
		"RESEND_API_KEY=re_storm", "RESEND_BASE_URL=" + p.mailAt.URL, "RESEND_WEBHOOK_SECRETS=whsec_c3Rvcm0=",
		"TWILIO_ACCOUNT_SID=" + accountSID, "TWILIO_AUTH_TOKEN=" + authToken, "TWILIO_FROM=+13035550100", "TWILIO_BASE_URL=" + p.phoneAt.URL,
	}
}
