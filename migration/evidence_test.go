package migration_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func drawing(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 60, 20))))
	return out.Bytes()
}

func TestSignature(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, good := claiming(t, b)
	drawn := func(encoded string) migration.Signature {
		return migration.Signature{Kind: queries.SignatureKindDrawn, Name: "Tess Tenant", ImageBase64: encoded}
	}
	typed := func(name string) migration.Signature {
		return migration.Signature{Kind: queries.SignatureKindTyped, Name: name}
	}
	for name, tt := range map[string]struct {
		signature migration.Signature
		want      []string
	}{
		"Missing":         {typed("  "), []string{"REQUIRED signature.name"}},
		"OfTwoLines":      {typed("Tess\nTenant"), []string{"INVALID signature.name"}},
		"TooLong":         {typed(strings.Repeat("x", 121)), []string{"INVALID signature.name"}},
		"TypedWithImage":  {migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess", ImageBase64: "AAAA"}, []string{"INVALID signature.imageBase64"}},
		"DrawnWithout":    {drawn(""), []string{"INVALID signature.imageBase64"}},
		"NotBase64":       {drawn("%%%"), []string{"INVALID signature.imageBase64"}},
		"NotPNG":          {drawn(base64.StdEncoding.EncodeToString([]byte("GIF89a"))), []string{"INVALID signature.imageBase64"}},
		"AnSVG":           {drawn(base64.StdEncoding.EncodeToString([]byte("<svg onload=alert(1)>"))), []string{"INVALID signature.imageBase64"}},
		"TooLarge":        {drawn(base64.StdEncoding.EncodeToString(append(drawing(t), make([]byte, 200_001)...))), []string{"INVALID signature.imageBase64"}},
		"DrawnButUnnamed": {migration.Signature{Kind: queries.SignatureKindDrawn, ImageBase64: "x"}, []string{"REQUIRED signature.name", "INVALID signature.imageBase64"}},
	} {
		t.Run("Err"+name, func(t *testing.T) {
			a := good
			a.Signature = tt.signature
			_, err := b.submit(t, inv, a)
			requireRefused(t, err, tt.want...)
		})
	}
	t.Run("ErrTermsNotAccepted", func(t *testing.T) {
		a := good
		a.AcceptTerms = false
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "REQUIRED acceptTerms")
	})
	requireNothingSubmitted(t, b, inv)

	t.Run("Drawn", func(t *testing.T) {
		a := good
		a.Signature = drawn("data:image/png;base64," + base64.StdEncoding.EncodeToString(drawing(t)))
		sub := b.Submit(t, inv, a)
		require.Equal(t, drawing(t), sub.SignatureImage)
		require.Equal(t, queries.SignatureKindDrawn, sub.SignatureKind)
	})
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)

	t.Run("IsKept", func(t *testing.T) {
		terms := b.Strings(t, `SELECT body FROM terms_versions WHERE id = $1`, sub.TermsVersionID)[0]
		sum := sha256.Sum256([]byte(terms))
		require.Equal(t, sum[:], sub.TermsSha256)
		require.Equal(t, "203.0.113.7", sub.SignedIp.String())
		require.Equal(t, "Browser/1.0", sub.SignedUserAgent)
		require.Equal(t, "Tess Tenant", sub.SignatureName)
		require.True(t, sub.SubmittedAt.Equal(testkit.Start))
		require.Len(t, sub.QuoteDigest, 32)
	})

	t.Run("IsNotChangedByAnybody", func(t *testing.T) {
		for _, set := range []string{
			"signature_name = 'Mallory'", "signed_ip = '198.51.100.1'", "signed_user_agent = ''", "terms_sha256 = '\\x00'", "submitted_at = now()",
			"monthly_total_minor = 1", "anchor_day = 1", "stripe_payment_method_id = 'pm_other'", "signature_kind = 'drawn', signature_image = '\\x00'",
			"tenant_id = tenant_id, language = 'es'",
		} {
			_, err := b.DB.Owner.Exec(t.Context(), `UPDATE submissions SET `+set)
			requireConstraint(t, err, "submissions_evidence_is_kept")
		}
	})

	t.Run("IsNotDeletedByTheProgram", func(t *testing.T) {
		for _, table := range []string{"submissions", "approvals", "deliveries", "quote_lines", "reservations", "subscriptions", "events",
			"email_chunks", "batches", "batch_items", "tenants", "terms_versions", "plans", "stripe_customers", "locations"} {
			_, err := b.DB.Pool.Exec(t.Context(), `DELETE FROM `+table)
			requireForbidden(t, err, table)
			_, err = b.DB.Pool.Exec(t.Context(), `TRUNCATE `+table+` CASCADE`)
			requireForbidden(t, err, table)
		}
	})

	t.Run("IsWrittenOnceByTheProgram", func(t *testing.T) {
		for _, sql := range []string{`UPDATE events SET action = 'x'`, `UPDATE quote_lines SET amount_minor = 1`, `UPDATE terms_versions SET body = 'x'`,
			`UPDATE allowed_steps SET to_status = 'x'`, `INSERT INTO allowed_steps VALUES ('submission', 'undone', 'approved')`,
			`ALTER TABLE submissions DISABLE TRIGGER ALL`, `DROP TRIGGER submissions_evidence ON submissions`,
			`SET session_replication_role = replica`} {
			_, err := b.DB.Pool.Exec(t.Context(), sql)
			requireForbidden(t, err, sql)
		}
	})

	t.Run("OfAStrangeBrowserToo", func(t *testing.T) {
		inv, a := claiming(t, b)
		odd := testkit.Browser
		odd.UserAgent = "Br\xffowser\x00" + strings.Repeat("x", 2000)
		setup, err := b.Rules.SubmitSetup(t.Context(), odd, b.Token(t, inv), a)
		require.NoError(t, err, "what a browser calls itself stops no tenant")
		require.Contains(t, setup.Submission.SignedUserAgent, "Browser")
	})
}

func requireConstraint(t *testing.T, err error, name string) {
	t.Helper()
	var pgErr *pgconn.PgError
	require.ErrorAs(t, err, &pgErr)
	require.Equal(t, name, pgErr.ConstraintName, "%v", err)
}

// requireForbidden wants PostgreSQL to refuse for want of rights.
func requireForbidden(t *testing.T, err error, what string) {
	t.Helper()
	var pgErr *pgconn.PgError
	require.ErrorAs(t, err, &pgErr, what)
	require.Equal(t, "42501", pgErr.Code, "%s: %v", what, err)
}
