package messages

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

// The addresses of a made-up installation, of characters that an href must carry unchanged.
const (
	link        = "https://pay.example.com/setup/0198f2c4-7c1e-7d3a-9b55-0c1d2e3f4a5b.kQ7xZ3v-_9?lang=en&v=2"
	unsubscribe = "https://pay.example.com/unsubscribe/k1.AZjyxHweeT2bVQwdLj9KW2tRN3haM3YtXzktLV9rUTd4?a=1&b=2"
)

func newRenderer(t *testing.T) *Renderer {
	t.Helper()
	r, err := New()
	require.NoError(t, err)
	return r
}

func invitation() migration.EmailContent {
	return migration.EmailContent{
		Version: currentVersion, Purpose: queries.DeliveryPurposeInvitation, Language: queries.MessageLanguageEn,
		FromName: "Harbor Light Studios", ReplyTo: "hello@harborlight.example", Recipient: "Maya Okonkwo",
		LocationName: "Pier 9, Oakland", PlanName: "Corner Studio, 2nd floor", PlanKind: queries.PlanKindStudio, Unit: "B-14",
		// Nothing fills these for an invitation; if something ever does, they must not show.
		MonthlyTotal: "$1,249.00", Billing: "Full month, $1,249.00 today", Tenant: "Tenant $12.50",
		Link: link, UnsubscribeURL: unsubscribe,
	}
}

func actionNeeded() migration.EmailContent {
	c := invitation()
	c.Purpose = queries.DeliveryPurposeActionNeeded
	c.Reason = "Your bank could not confirm the account you gave us, so nothing was charged. Please add another bank account or a card."
	return c
}

func staffNotice() migration.EmailContent {
	c := invitation()
	c.Purpose = queries.DeliveryPurposeStaffNotice
	c.FromName, c.ReplyTo, c.Recipient = "Carryover", "", "Priya Raman"
	c.Tenant, c.TenantEmail, c.TenantPhone = "Maya Okonkwo", "maya@okonkwo.example", "+1 510 555 0142"
	c.Billing = "Current month: the full month is charged now, then every month on day 15."
	c.Link = "https://console.example.com/staff/migrations/submissions/0198f2c4-7c1e-7d3a-9b55-0c1d2e3f4a5b"
	return c
}

func inSpanish(c migration.EmailContent) migration.EmailContent {
	c.Language = queries.MessageLanguageEs
	if c.Reason != "" {
		c.Reason = "Tu banco no pudo confirmar la cuenta que nos diste, así que no se cobró nada. Agrega otra cuenta o una tarjeta."
	}
	if c.Purpose == queries.DeliveryPurposeStaffNotice {
		c.Billing = "Mes en curso: se cobra el mes completo ahora y después cada día 15."
	}
	return c
}

func asMembership(c migration.EmailContent) migration.EmailContent {
	c.PlanKind, c.PlanName, c.Unit = queries.PlanKindMembership, "Unlimited Wash", "7KLM204"
	return c
}

func bankWaiting() migration.EmailContent {
	c := actionNeeded()
	c.Waiting, c.Reason = true, "Your bank account is being verified. This takes three to five business days."
	return c
}

func undone() migration.EmailContent {
	c := actionNeeded()
	c.Over, c.Reason = true, "The location writes: This was the wrong studio. We give $129.00 back to the payment method that it came from."
	return c
}

func signIn() migration.EmailContent {
	c := invitation()
	c.Purpose = queries.DeliveryPurposeSignIn
	c.Link = "https://pay.example.com/account#k1.AZjyxHweeT2bVQwdLj9KW2tRN3haM3YtXzktLV9rUTd4"
	return c
}

func accountNotice() migration.EmailContent {
	c := actionNeeded()
	c.Purpose, c.Link = queries.DeliveryPurposeAccountNotice, "https://pay.example.com/account"
	return c
}

func staffInvitation() migration.EmailContent {
	return migration.EmailContent{Version: currentVersion, Purpose: migration.PurposeStaffInvitation, Language: queries.MessageLanguageEn,
		FromName: "Carryover", Recipient: "Priya Raman", Inviter: "Ada <b>Admin</b>",
		Link: "https://pay.example.com/staff/invitation#k1.AZjyxHweeT2bVQwdLj9KW2tRN3haM3YtXzktLV9rUTd4"}
}

func passwordReset() migration.EmailContent {
	c := staffInvitation()
	c.Purpose, c.Inviter, c.Link = migration.PurposePasswordReset, "", "https://pay.example.com/staff/password#k1.AZjyxHweeT2bVQwdLj9KW2tRN3haM3YtXzktLV9rUTd4"
	return c
}

func receipt() migration.EmailContent {
	c := asMembership(invitation())
	c.Purpose, c.MonthlyTotal, c.Billing = queries.DeliveryPurposeReceipt, "39.00 USD", "March 31, 2026"
	c.Link = "https://pay.example.com/account"
	return c
}

// sinceVersion is the version in which a message first was, of those that were not in the first one.
var sinceVersion = map[queries.DeliveryPurpose]int{queries.DeliveryPurposeSignIn: 2, queries.DeliveryPurposeAccountNotice: 2, queries.DeliveryPurposeReceipt: 2,
	migration.PurposeStaffInvitation: 2, migration.PurposePasswordReset: 2}

func everyContent() map[string]migration.EmailContent {
	all := map[string]migration.EmailContent{
		"invitation": invitation(), "invitation-membership": asMembership(invitation()),
		"action-needed": actionNeeded(), "staff-notice": staffNotice(),
		"bank-waiting": bankWaiting(), "undone": undone(), "sign-in": signIn(), "account-notice": accountNotice(),
		"staff-invitation": staffInvitation(), "password-reset": passwordReset(), "receipt": receipt(),
	}
	contents := map[string]migration.EmailContent{}
	for name, c := range all {
		contents[name+".en"], contents[name+".es"] = c, inSpanish(c)
	}
	return contents
}

// ofVersion is the same content as it was frozen by an earlier release.
func ofVersion(version int, c migration.EmailContent) migration.EmailContent {
	c.Version = version
	return c
}

func textInvitation() migration.TextContent {
	return migration.TextContent{
		Version: currentVersion, Purpose: queries.DeliveryPurposeInvitation, Language: queries.MessageLanguageEn,
		Recipient: "Maya Okonkwo", LocationName: "Denver Studios", PlanName: "Studio 12", PlanKind: queries.PlanKindStudio,
		Link: textLink,
	}
}

// textLink is as long as a real one: a token of a link in a text has 32 characters.
const textLink = "https://move.studios.test/s/AZjyxHweeT2bVQwdLj9KW2tRN3haM3Yt"

// everyText is every purpose in both languages, and what names cost.
func everyText() map[string]migration.TextContent {
	texts := map[string]migration.TextContent{}
	add := func(name string, change func(*migration.TextContent)) {
		c := textInvitation()
		change(&c)
		texts[name+".en"] = c
		c.Language = queries.MessageLanguageEs
		texts[name+".es"] = c
	}
	add("invitation", func(*migration.TextContent) {})
	add("invitation-unit", func(c *migration.TextContent) { c.Unit = "7KLM204" })
	add("invitation-accents", func(c *migration.TextContent) {
		c.Recipient, c.PlanName, c.LocationName = "María Peña", "Estudio “Ágil” – nº 3", "Café Música…"
	})
	add("invitation-long", func(c *migration.TextContent) {
		c.Recipient, c.PlanName, c.Unit = "Maximiliana Featherstonehaugh", "Corner Studio with Skylight, second floor", "B-14"
		c.LocationName = "Harbor Light Studios at Pier 9, Oakland"
	})
	add("invitation-other-script", func(c *migration.TextContent) { c.Recipient = "Иван Петров" })
	add("action-needed", func(c *migration.TextContent) { c.Purpose = queries.DeliveryPurposeActionNeeded })
	add("email-request", func(c *migration.TextContent) {
		c.Purpose, c.Link, c.PlanName, c.LocationName = queries.DeliveryPurposeEmailRequest, "", "Unlimited Wash", "Sunset Car Wash"
	})
	add("email-request-nothing-known", func(c *migration.TextContent) {
		c.Purpose, c.Link, c.PlanName, c.Recipient = queries.DeliveryPurposeEmailRequest, "", "", ""
	})
	add("receipt", func(c *migration.TextContent) {
		c.Purpose, c.Link, c.PlanName, c.Unit = queries.DeliveryPurposeReceipt, "", "Unlimited Wash", "7KLM204"
		c.MonthlyTotal, c.FirstCharge = "39.00 USD", "March 31, 2026"
	})
	return texts
}
