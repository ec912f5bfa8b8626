package config_test

import (
	"encoding/base64"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/config"
)

var secret = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("s", 32)))

// good is an environment in which nothing is wrong.
func good() map[string]string {
	return map[string]string{
		"DATABASE_URL":           "postgres://carryover:databasepassword@db:5432/carryover",
		"CARRYOVER_PUBLIC_URL":   "https://move.studios.test",
		"CARRYOVER_LINK_KEYS":    "k2:" + secret + ", k1:" + secret,
		"STRIPE_SECRET_KEY":      "sk_test_stripesecret",
		"STRIPE_PUBLISHABLE_KEY": "pk_test_public",
		"STRIPE_WEBHOOK_SECRETS": "whsec_one,whsec_two",
		"RESEND_API_KEY":         "re_resendsecret",
		"RESEND_WEBHOOK_SECRETS": "whsec_c2VjcmV0,whsec_bmV4dA==",
		"CARRYOVER_EMAIL_FROM":   "hello@studios.test",
		"TWILIO_ACCOUNT_SID":     "AC0123456789abcdef0123456789abcdef",
		"TWILIO_AUTH_TOKEN":      "twiliosecret",
		"TWILIO_FROM":            "+15551110000",
	}
}

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	c, err := config.FromEnvironment(good())
	require.NoError(t, err)
	require.Equal(t, "k2", c.LinkKeys[0].ID)
	require.Len(t, c.LinkKeys, 2)
	require.Len(t, c.LinkKeys[1].Secret, 32)
	require.Equal(t, 30*24*time.Hour, c.LinkLife)
	require.Equal(t, "127.0.0.1:8080", c.Addr)
	require.False(t, c.Development)
	require.Equal(t, []string{"whsec_one", "whsec_two"}, c.StripeWebhookSecrets)
	require.True(t, c.Texts())
	require.Equal(t, 2.0, c.EmailRate)
	require.Equal(t, 1.0, c.TextRate)
}

func TestTextsMayBeLeftOut(t *testing.T) {
	t.Parallel()
	environ := good()
	for _, name := range []string{"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"} {
		delete(environ, name)
	}
	c, err := config.FromEnvironment(environ)
	require.NoError(t, err)
	require.False(t, c.Texts())
}

func TestWhoIsInFront(t *testing.T) {
	t.Parallel()
	environ := good()
	maps.Copy(environ, map[string]string{"CARRYOVER_PROXIES": "10.0.0.0/8,fd00::/8", "CARRYOVER_OIDC_ISSUER": "https://login.studios.test/realms/staff",
		"CARRYOVER_OIDC_CLIENT_ID": "carryover", "CARRYOVER_OIDC_CLIENT_SECRET": "oidcsecret"})
	c, err := config.FromEnvironment(environ)
	require.NoError(t, err)
	require.Len(t, c.Proxies, 2)
	require.True(t, c.OIDC())
	c, err = config.FromEnvironment(good())
	require.NoError(t, err)
	require.Empty(t, c.Proxies)
	require.False(t, c.OIDC())
}

func TestFromEnvironmentRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		changes map[string]string
		want    []string // the variables that are named, each in a line of its own
	}{
		"NothingSet": {map[string]string{"DATABASE_URL": "", "CARRYOVER_LINK_KEYS": "", "STRIPE_SECRET_KEY": "", "STRIPE_PUBLISHABLE_KEY": "",
			"STRIPE_WEBHOOK_SECRETS": "", "RESEND_API_KEY": "", "RESEND_WEBHOOK_SECRETS": "", "CARRYOVER_EMAIL_FROM": ""},
			[]string{"DATABASE_URL", "CARRYOVER_LINK_KEYS", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRETS", "RESEND_API_KEY", "RESEND_WEBHOOK_SECRETS", "CARRYOVER_EMAIL_FROM"}},
		"OneCannotBeReadAndOthersAreWrong": {map[string]string{"CARRYOVER_LINK_LIFE": "a month", "CARRYOVER_LINK_KEYS": "k1:c2hvcnQ=", "RESEND_API_KEY": ""},
			[]string{"CARRYOVER_LINK_LIFE", "CARRYOVER_LINK_KEYS", "RESEND_API_KEY"}},
		"AllThatCanBeReadWrongly": {map[string]string{"CARRYOVER_LINK_LIFE": "a month", "CARRYOVER_LINK_KEYS": "nonsense", "CARRYOVER_DEVELOPMENT": "perhaps"},
			[]string{"CARRYOVER_LINK_LIFE", "CARRYOVER_LINK_KEYS", "CARRYOVER_DEVELOPMENT"}},
		"ShortKey":           {map[string]string{"CARRYOVER_LINK_KEYS": "k1:c2hvcnQ="}, []string{"CARRYOVER_LINK_KEYS"}},
		"KeyAndNameSwapped":  {map[string]string{"CARRYOVER_LINK_KEYS": secret + ":key1"}, []string{"CARRYOVER_LINK_KEYS"}},
		"KeyTwice":           {map[string]string{"CARRYOVER_LINK_KEYS": "k1:" + secret + ",k1:" + secret}, []string{"CARRYOVER_LINK_KEYS"}},
		"ShortLinks":         {map[string]string{"CARRYOVER_LINK_LIFE": "59m"}, []string{"CARRYOVER_LINK_LIFE"}},
		"PublicURLWithPath":  {map[string]string{"CARRYOVER_PUBLIC_URL": "https://move.studios.test/x"}, []string{"CARRYOVER_PUBLIC_URL"}},
		"PublicURLNoScheme":  {map[string]string{"CARRYOVER_PUBLIC_URL": "move.studios.test"}, []string{"CARRYOVER_PUBLIC_URL"}},
		"AddrNoPort":         {map[string]string{"CARRYOVER_ADDR": "localhost"}, []string{"CARRYOVER_ADDR"}},
		"KeysExchanged":      {map[string]string{"STRIPE_SECRET_KEY": "pk_test_public", "STRIPE_PUBLISHABLE_KEY": "sk_test_stripesecret"}, []string{"STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"}},
		"LiveKeyToAStandIn":  {map[string]string{"STRIPE_SECRET_KEY": "sk_live_stripesecret", "STRIPE_BASE_URL": "http://127.0.0.1:1"}, []string{"STRIPE_BASE_URL"}},
		"ResendSecretsEmpty": {map[string]string{"RESEND_WEBHOOK_SECRETS": "whsec_"}, []string{"RESEND_WEBHOOK_SECRETS"}},
		"ResendSecretNoKey":  {map[string]string{"RESEND_WEBHOOK_SECRETS": "whsec_c2VjcmV0,whsec_not base64"}, []string{"RESEND_WEBHOOK_SECRETS"}},
		"StandInNoURL":       {map[string]string{"STRIPE_BASE_URL": "localhost", "RESEND_BASE_URL": "ftp://x"}, []string{"STRIPE_BASE_URL", "RESEND_BASE_URL"}},
		"TextsHalfSet":       {map[string]string{"TWILIO_ACCOUNT_SID": "", "TWILIO_FROM": ""}, []string{"TWILIO_ACCOUNT_SID", "TWILIO_FROM"}},
		"TextsFromAName":     {map[string]string{"TWILIO_FROM": "Studios", "TWILIO_BASE_URL": "localhost"}, []string{"TWILIO_FROM", "TWILIO_BASE_URL"}},
		"TwilioTokenThatWas": {map[string]string{"TWILIO_PREVIOUS_AUTH_TOKEN": "not a token"}, []string{"TWILIO_PREVIOUS_AUTH_TOKEN"}},
		"TwilioKeysSwapped":  {map[string]string{"TWILIO_ACCOUNT_SID": "twiliosecret", "TWILIO_AUTH_TOKEN": "AC-0"}, []string{"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"}},
		"Rates":              {map[string]string{"CARRYOVER_EMAIL_RATE": "-1", "CARRYOVER_TEXT_RATE": "fast"}, []string{"CARRYOVER_EMAIL_RATE", "CARRYOVER_TEXT_RATE"}},
		"NoRates":            {map[string]string{"CARRYOVER_EMAIL_RATE": "NaN", "CARRYOVER_TEXT_RATE": "Inf"}, []string{"CARRYOVER_EMAIL_RATE", "CARRYOVER_TEXT_RATE"}},
		"ProxyNoNetwork":     {map[string]string{"CARRYOVER_PROXIES": "10.0.0.0/8,10.0.0.1"}, []string{"CARRYOVER_PROXIES"}},
		"OIDCHalfSet":        {map[string]string{"CARRYOVER_OIDC_CLIENT_SECRET": "oidcsecret"}, []string{"CARRYOVER_OIDC_ISSUER", "CARRYOVER_OIDC_CLIENT_ID"}},
		"OIDCInTheClear": {map[string]string{"CARRYOVER_OIDC_ISSUER": "http://login.studios.test", "CARRYOVER_OIDC_CLIENT_ID": "x", "CARRYOVER_OIDC_CLIENT_SECRET": "oidcsecret"},
			[]string{"CARRYOVER_OIDC_ISSUER"}},
		"FromWithAName":      {map[string]string{"CARRYOVER_EMAIL_FROM": "Studios <hello@studios.test>"}, []string{"CARRYOVER_EMAIL_FROM"}},
		"SecretInWrongPlace": {map[string]string{"DATABASE_URL": "re_resendsecret", "CARRYOVER_EMAIL_FROM": "sk_test_stripesecret"}, []string{"DATABASE_URL", "CARRYOVER_EMAIL_FROM"}},
	} {
		t.Run("Err"+name, func(t *testing.T) {
			t.Parallel()
			environ := good()
			maps.Copy(environ, tt.changes)
			_, err := config.FromEnvironment(environ)
			require.Error(t, err)
			lines := strings.Split(err.Error(), "\n")
			named := make([]string, len(lines))
			for i, line := range lines {
				var says string
				named[i], says, _ = strings.Cut(line, ": ")
				require.NotEmpty(t, says, line)
			}
			require.ElementsMatch(t, tt.want, named, "%v", err)
			for _, s := range []string{"databasepassword", "stripesecret", "resendsecret", secret, "c2hvcnQ", "ssss", "whsec_one", "twiliosecret", "oidcsecret"} {
				require.NotContains(t, err.Error(), s)
			}
		})
	}
}
