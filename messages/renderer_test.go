package messages

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

func TestEmail(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)

	t.Run("SameContentSameBytes", func(t *testing.T) {
		t.Parallel()
		for name, content := range everyContent() {
			first, err := r.Email(content)
			require.NoError(t, err)
			second, err := newRenderer(t).Email(content)
			require.NoError(t, err)
			require.Equal(t, first, second, name)
		}
	})

	t.Run("LeavesAddressingToTheCaller", func(t *testing.T) {
		t.Parallel()
		email, err := r.Email(invitation())
		require.NoError(t, err)
		require.Zero(t, email.DeliveryID)
		require.Empty(t, email.To)
		require.Equal(t, "Harbor Light Studios", email.FromName)
		require.Equal(t, "hello@harborlight.example", email.ReplyTo)
	})

	t.Run("InvitationSaysNoPrice", func(t *testing.T) {
		t.Parallel()
		price := regexp.MustCompile(`\p{Sc}|\d[.,]\d`)
		for name, content := range everyContent() {
			if content.Purpose != queries.DeliveryPurposeInvitation {
				continue
			}
			email, err := r.Email(content)
			require.NoError(t, err)
			for _, said := range []string{email.Subject, email.Text, email.FromName, visible(parse(t, email.HTML))} {
				require.NotRegexp(t, price, strings.NewReplacer(link, "", unsubscribe, "").Replace(said), name)
			}
		}
	})

	t.Run("InvitationHasWhatTheHelpPagePromises", func(t *testing.T) {
		t.Parallel()
		for _, content := range []migration.EmailContent{invitation(), asMembership(invitation())} {
			email, err := r.Email(content)
			require.NoError(t, err)
			third := map[queries.PlanKind]string{queries.PlanKindStudio: "Hourly studio access", queries.PlanKindMembership: "Access as before"}
			for _, said := range []string{email.Text, visible(parse(t, email.HTML))} {
				for _, want := range []string{
					"Hi Maya,", "activated", content.PlanName, content.Unit, content.LocationName, "SET UP YOUR NEW ACCOUNT", "What You'll Get",
					"Automatic billing", "Flexible payment options", third[content.PlanKind], "Self-service membership management",
				} {
					require.Contains(t, said, want)
				}
			}
		}
	})

	t.Run("StaffNoticeHasTheWholeCase", func(t *testing.T) {
		t.Parallel()
		content := staffNotice()
		email, err := r.Email(content)
		require.NoError(t, err)
		for _, said := range []string{email.Text, visible(parse(t, email.HTML))} {
			for _, want := range []string{
				content.Tenant, content.TenantEmail, content.TenantPhone, content.PlanName, content.Unit, content.LocationName,
				content.MonthlyTotal, content.Billing, content.Link,
			} {
				require.Contains(t, said, want)
			}
		}
	})

	t.Run("ActionNeededSaysWhatHappenedAndWhatToDo", func(t *testing.T) {
		t.Parallel()
		email, err := r.Email(actionNeeded())
		require.NoError(t, err)
		for _, said := range []string{email.Text, visible(parse(t, email.HTML))} {
			for _, want := range []string{"What happened", actionNeeded().Reason, "What to do", "REVIEW AND CONTINUE"} {
				require.Contains(t, said, want)
			}
		}
	})

	t.Run("WhatIsUnknownHasNoRow", func(t *testing.T) {
		t.Parallel()
		content := staffNotice()
		content.Unit, content.TenantPhone = "", " \u200b"
		email, err := r.Email(content)
		require.NoError(t, err)
		for _, said := range []string{email.Text, visible(parse(t, email.HTML))} {
			require.NotContains(t, said, "Unit")
			require.NotContains(t, said, "Phone")
		}
	})

	t.Run("NoReplyToNoInvitationToReply", func(t *testing.T) {
		t.Parallel()
		content := invitation()
		content.ReplyTo = ""
		email, err := r.Email(content)
		require.NoError(t, err)
		require.NotContains(t, email.Text, "Reply to this email")
	})

	t.Run("NoSenderNameIsTheLocation", func(t *testing.T) {
		t.Parallel()
		content := invitation()
		content.FromName = ""
		email, err := r.Email(content)
		require.NoError(t, err)
		require.Equal(t, content.LocationName, email.FromName)
	})

	t.Run("ALineBreakEndsNoHeader", func(t *testing.T) {
		t.Parallel()
		content := staffNotice()
		content.Tenant, content.FromName = "Eve\r\nBcc: all@example.com", "Studio\r\nBcc: all@example.com"
		email, err := r.Email(content)
		require.NoError(t, err)
		require.Equal(t, "Approved: Eve Bcc: all@example.com, Corner Studio, 2nd floor at Pier 9, Oakland", email.Subject)
		require.Equal(t, "Studio Bcc: all@example.com", email.FromName)
	})

	t.Run("LongNamesLeaveAReadableMail", func(t *testing.T) {
		t.Parallel()
		content := staffNotice()
		long := strings.Repeat("Very Long Name ", 400)
		content.Tenant, content.PlanName, content.LocationName, content.Recipient = long, long, long, "X "+long
		email, err := r.Email(content)
		require.NoError(t, err)
		require.LessOrEqual(t, len([]rune(email.Subject)), maxSubject)
		require.Less(t, len(email.HTML), 40_000)
		require.Contains(t, email.Text, "Hi X Very Long Name")
	})

	t.Run("OtherLinksThanItsOwnItHasNone", func(t *testing.T) {
		t.Parallel()
		for name, content := range everyContent() {
			email, err := r.Email(content)
			require.NoError(t, err)
			require.Equal(t, linksOf(content), hrefs(parse(t, email.HTML)), name)
			require.Equal(t, linksOf(content)[1:], unsubscribes(email), name)
			for _, address := range linksOf(content) {
				require.Equal(t, 1, strings.Count(email.Text, address), name)
			}
			require.Equal(t, len(linksOf(content)), strings.Count(email.Text, "://"), name)
		}
	})

	t.Run("WhatWasFrozenBeforeHasNoUnsubscribeLink", func(t *testing.T) {
		t.Parallel()
		content := ofVersion(1, invitation())
		with, err := r.Email(content)
		require.NoError(t, err)
		require.Empty(t, with.UnsubscribeURL)
		content.UnsubscribeURL = ""
		without, err := r.Email(content)
		require.NoError(t, err)
		require.Equal(t, without, with, "the body under a key of yesterday is yesterday's")
	})

	t.Run("FitsMailClients", func(t *testing.T) {
		t.Parallel()
		for name, content := range everyContent() {
			email, err := r.Email(content)
			require.NoError(t, err)
			require.Less(t, len(email.HTML), 40_000, "Gmail clips at 102 kB: %s", name)
			require.Contains(t, email.HTML, "<!--[if mso | IE]>", "Outlook's conditional comments are gone: %s", name)
			require.Contains(t, email.HTML, `lang="`+string(content.Language)+`"`, name)
			require.NotRegexp(t, `(?i)<img|<script|<link|@import|url\(|\{\{|<no value>|ZgotmplZ`, email.HTML, name)
			require.NotContains(t, email.Text, "<no value>", name)
			require.False(t, strings.ContainsFunc(email.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }), name)
			for _, table := range elements(parse(t, email.HTML), "table") {
				require.Equal(t, "presentation", attribute(table, "role"), name)
			}
		}
	})
}
