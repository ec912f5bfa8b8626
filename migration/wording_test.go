package migration_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/spanish"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// isoDate is a date as a database writes it.
var isoDate = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// noticeOf is the text part of what the location's contact was told of an approval.
func (b *bundle) noticeOf(t *testing.T, sub *queries.Submission) string {
	t.Helper()
	ids := b.Strings(t, `SELECT id::text FROM deliveries WHERE purpose = 'staff_notice' AND submission_id = $1`, sub.ID)
	require.Len(t, ids, 1)
	for _, m := range b.Resend.Emails() {
		if m.Tag("delivery_id") == ids[0] {
			return m.Text
		}
	}
	t.Fatal("the location's contact was told nothing")
	return ""
}

func TestMessagesReadAsTheirLanguageDoes(t *testing.T) {
	t.Parallel()

	t.Run("DatesAreWordsWhereABankAccountIsVerified", func(t *testing.T) {
		t.Parallel()
		for language, want := range map[queries.MessageLanguage][]string{
			queries.MessageLanguageEn: {"arrives by March ", "enter it by March ", ", 2026"},
			queries.MessageLanguageEs: {"a más tardar el ", " antes del ", " de marzo de 2026"},
		} {
			b := setup(t)
			inv := b.Sent(t)
			a, _ := b.BankAcceptance(t, inv)
			shown, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, inv), language)
			require.NoError(t, err)
			a.Language, a.Digest = language, shown.Digest()
			b.Submit(t, inv, a)
			b.MustWork(t)
			for range 11 {
				b.Clock.Move(day)
				b.look(t)
			}
			said := ""
			for _, m := range b.Resend.Emails() {
				require.NotRegexp(t, isoDate, m.Text)
				said += m.Text
			}
			for _, words := range want {
				require.Contains(t, said, words)
			}
		}
	})
	t.Run("StaffReadTheirOwnLanguage", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Exec(t, `UPDATE locations SET language = 'es'`)
		now := b.noticeOf(t, b.Approved(t, migration.CurrentMonth))
		require.Contains(t, now, "Mes en curso: se cobraron $129.00 de inmediato; próximo cobro el 15 de ")
		require.NotRegexp(t, isoDate, now)
		later := b.noticeOf(t, b.Approved(t, migration.NextMonth))
		require.Contains(t, later, "Mes siguiente: no se cobra nada hasta el 15 de ")
		require.NotRegexp(t, isoDate, later)
		waiting := b.noticeOf(t, b.asking(t, migration.NextMonth))
		require.Contains(t, waiting, "El banco del cliente pide que confirme el pago.")
		require.NotContains(t, waiting, "The tenant's bank")
	})
	t.Run("SpanishSaysUsted", func(t *testing.T) {
		t.Parallel()
		for _, words := range migration.SpanishWords() {
			require.NotEmpty(t, words)
			require.Empty(t, spanish.Familiar(words), words)
		}
	})
	t.Run("EnglishDatesAreWordsToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		now := b.noticeOf(t, b.Approved(t, migration.CurrentMonth))
		require.Regexp(t, `Current Month: \$129\.00 charged at once, next charge on [A-Z][a-z]+ 15, 2026`, now)
		later := b.noticeOf(t, b.Approved(t, migration.NextMonth))
		require.Regexp(t, `Next Month: nothing charged until [A-Z][a-z]+ 15, 2026`, later)
	})
}
