package messages

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

func TestEmailDamagedContent(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	require.Equal(t, 3, r.TemplateVersion())
	cases := map[string]struct {
		content migration.EmailContent
		damage  func(*migration.EmailContent)
		says    string
	}{
		"NoVersion":       {invitation(), func(c *migration.EmailContent) { c.Version = 0 }, "no template version 0"},
		"LaterVersion":    {invitation(), func(c *migration.EmailContent) { c.Version = 4 }, "no template version 4: this release knows 1 to 3"},
		"NoLanguage":      {invitation(), func(c *migration.EmailContent) { c.Language = "" }, `no template for language ""`},
		"UnknownLanguage": {invitation(), func(c *migration.EmailContent) { c.Language = "fr" }, `no template for language "fr"`},
		"NoPurpose":       {invitation(), func(c *migration.EmailContent) { c.Purpose = "" }, `no template for purpose ""`},
		"Receipt":         {invitation(), func(c *migration.EmailContent) { c.Purpose, c.Billing = queries.DeliveryPurposeReceipt, "" }, `billing is empty`},
		"EmailRequest":    {invitation(), func(c *migration.EmailContent) { c.Purpose = queries.DeliveryPurposeEmailRequest }, `no template for purpose "email_request"`},
		"UnknownKind":     {invitation(), func(c *migration.EmailContent) { c.PlanKind = "desk" }, `planKind "desk"`},
		"NoRecipient":     {invitation(), func(c *migration.EmailContent) { c.Recipient = "" }, "recipient is empty"},
		"InvisibleName":   {invitation(), func(c *migration.EmailContent) { c.Recipient = "\u202e\u200b \u0301" }, "recipient is empty"},
		"NoPlan":          {invitation(), func(c *migration.EmailContent) { c.PlanName = " " }, "planName is empty"},
		"NoLocation":      {invitation(), func(c *migration.EmailContent) { c.LocationName = "\n" }, "locationName is empty"},
		"ActionNoReason":  {actionNeeded(), func(c *migration.EmailContent) { c.Reason = "" }, "reason is empty"},
		"NoticeNoTenant":  {staffNotice(), func(c *migration.EmailContent) { c.Tenant = "" }, "tenant is empty"},
		"NoticeNoTotal":   {staffNotice(), func(c *migration.EmailContent) { c.MonthlyTotal = "" }, "monthlyTotal is empty"},
		"NoticeNoBilling": {staffNotice(), func(c *migration.EmailContent) { c.Billing = "" }, "billing is empty"},
		"ReplyToTwoLines": {invitation(), func(c *migration.EmailContent) { c.ReplyTo = "a@example.com\r\nBcc: b@example.com" }, "write a bare email address"},
		"ReplyToWithName": {invitation(), func(c *migration.EmailContent) { c.ReplyTo = "Ann <a@example.com>" }, "write a bare email address"},
		"NoLink":          {invitation(), func(c *migration.EmailContent) { c.Link = "" }, "no absolute http or https address"},
		"PathOnly":        {invitation(), func(c *migration.EmailContent) { c.Link = "/setup/secret-token" }, "no absolute http or https address"},
		"JavaScript":      {invitation(), func(c *migration.EmailContent) { c.Link = "javascript:alert('secret-token')" }, "no absolute http or https address"},
		"OtherScheme":     {invitation(), func(c *migration.EmailContent) { c.Link = "ftp://example.com/secret-token" }, "no absolute http or https address"},
		"SignedInLink":    {invitation(), func(c *migration.EmailContent) { c.Link = "https://bank.example@example.com/secret-token" }, "no absolute http or https address"},
		"QuoteInLink":     {invitation(), func(c *migration.EmailContent) { c.Link = `https://example.com/"secret-token` }, "must be percent-encoded"},
		"LineBreakInLink": {invitation(), func(c *migration.EmailContent) { c.Link = "https://example.com/\nsecret-token" }, "no absolute http or https address"},
		"PercentInQuery":  {invitation(), func(c *migration.EmailContent) { c.Link = "https://example.com/?t=secret-token%" }, "percent sign"},
		"NoUnsubscribe":   {invitation(), func(c *migration.EmailContent) { c.UnsubscribeURL = "" }, "unsubscribeURL is no absolute"},
		"TwoUnsubscribes": {invitation(), func(c *migration.EmailContent) { c.UnsubscribeURL += "> <https://example.com/secret-token" }, "unsubscribeURL holds a character"},
		"PercentAnchor":   {invitation(), func(c *migration.EmailContent) { c.Link = "https://example.com/#secret-token%" }, "no absolute http or https address"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.damage(&tc.content)
			email, err := r.Email(tc.content)
			require.ErrorContains(t, err, tc.says)
			require.NotContains(t, err.Error(), "secret-token")
			require.Zero(t, email)
		})
	}
}
