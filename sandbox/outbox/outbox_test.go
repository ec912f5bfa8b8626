package outbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/outbox"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

func TestMail(t *testing.T) {
	t.Parallel()

	t.Run("ListNewestFirst", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Contains(t, b.page(t, "/sandbox/mail"), "No email yet")
		b.email(t, "Ann <ann@home.test>", "First subject", "<p>x</p>", "")
		b.email(t, "bo@home.test", "Second subject", "<p>x</p>", "The text of it")
		page := b.page(t, "/sandbox/mail")
		require.Less(t, strings.Index(page, "Second subject"), strings.Index(page, "First subject"))
		require.Contains(t, page, "The text of it")
		require.Contains(t, page, "09:30", "a time of the sandbox's clock")
	})

	t.Run("SearchByAddress", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.email(t, "Ann <ann@home.test>", "For Ann", "<p>x</p>", "")
		b.email(t, "bo@home.test", "For Bo", "<p>x</p>", "")
		page := b.page(t, "/sandbox/mail?q=ANN%40home")
		require.Contains(t, page, "For Ann")
		require.NotContains(t, page, "For Bo")
		require.Contains(t, b.page(t, "/sandbox/mail?q=nobody"), "No email to or from")
	})

	t.Run("OpenOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.email(t, "ann@home.test", "Hello", invitation("Ann"), "Open https://northlight.test/setup/abc, please.")
		page := b.page(t, "/sandbox/mail/"+id)
		require.Contains(t, page, `<iframe class="letter" src="/sandbox/mail/`+id+`/body"`)
		require.Contains(t, page, `sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"`)
		require.Contains(t, b.page(t, "/sandbox/mail/"+id+"?view=text"), `href="https://northlight.test/setup/abc" target="_blank" rel="noopener noreferrer"`)
		details := b.page(t, "/sandbox/mail/"+id+"?view=details")
		require.Contains(t, details, "&lt;https://northlight.test/u/1&gt;")
		require.Contains(t, details, "d_1")
		status, _, _ := b.get(t, "/sandbox/mail/nope")
		require.Equal(t, http.StatusNotFound, status)
	})

	t.Run("LinkedToStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		customer := b.subscriber(t, "Ann", "ann@home.test", 5000)
		id := b.email(t, "Ann <ANN@home.test>", "Hello", "<p>x</p>", "")
		require.Contains(t, b.page(t, "/sandbox/mail/"+id), "/sandbox/stripe/customers/"+customer)
		require.Contains(t, b.page(t, "/sandbox/stripe/customers/"+customer), "/sandbox/mail?q=ann%40home.test")
	})

	t.Run("RecipientReportsSpam", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.email(t, "ann@home.test", "Hello", "<p>x</p>", "")
		resp := b.press(t, "/sandbox/mail/"+id+"/events", url.Values{"event": {"complained"}, "back": {"/sandbox/mail/" + id}})
		require.Equal(t, http.StatusSeeOther, resp.StatusCode)
		require.Equal(t, "/sandbox/mail/"+id, resp.Header.Get("Location"))
		require.Eventually(t, func() bool { e, _ := b.mail.Email(id); return len(e.History) == 3 }, time.Minute, time.Millisecond)
		require.Contains(t, b.page(t, "/sandbox/mail/"+id+"?view=details"), "email.complained")
		resp = b.press(t, "/sandbox/mail/"+id+"/events", url.Values{"event": {"eaten"}})
		require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode)
	})
}

func TestDesk(t *testing.T) {
	t.Parallel()

	t.Run("LeadsANewcomer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		page := b.page(t, "/sandbox/")
		require.Contains(t, page, "No texts yet")
		require.Contains(t, page, "No email yet")
		require.Contains(t, page, `<a href="/console" target="_blank" rel="noopener">Open the console</a>`)
		require.Contains(t, page, "sign in as you like")
	})

	t.Run("OpensTheNewestOnEachSide", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		older := b.email(t, "ann@home.test", "First subject", "<p>x</p>", "")
		newest := b.email(t, "bo@home.test", "Second subject", "<p>x</p>", "")
		b.text(t, "+15552220000", "Text for the first")
		b.clock.mu.Lock()
		b.clock.now = b.clock.now.Add(time.Minute)
		b.clock.mu.Unlock()
		b.text(t, "+15553330000", "Text for the second")
		page := b.page(t, "/sandbox/")
		require.Contains(t, page, `src="/sandbox/mail/`+newest+`/body"`)
		require.Contains(t, page, "Answer as &#43;15553330000")

		page = b.page(t, "/sandbox/?phone=%2B15552220000&mail="+older)
		require.Contains(t, page, `src="/sandbox/mail/`+older+`/body"`)
		require.Contains(t, page, "Answer as &#43;15552220000")
		require.Contains(t, page, `href="/sandbox/?mail=`+newest+`&amp;phone=%2B15552220000"`, "a click on one side leaves the other as it is")
	})

	t.Run("AnswersAndStaysThere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.email(t, "ann@home.test", "Hello", "<p>x</p>", "")
		b.text(t, "+15552220000", "Your email?")
		at := "/sandbox/?mail=" + id + "&phone=%2B15552220000"
		require.Contains(t, b.page(t, at), `name="back" value="`+strings.ReplaceAll(at, "&", "&amp;")+`"`)
		resp := b.press(t, "/sandbox/phone/+15552220000/replies", url.Values{"body": {"ann@home.test"}, "back": {at}})
		require.Equal(t, at, resp.Header.Get("Location"))
		require.Contains(t, b.page(t, at), "ann@home.test</p>")
	})

	t.Run("OneSideAlone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		page, err := outbox.New(outbox.Options{Mail: b.mail})
		require.NoError(t, err)
		b.url = serve(t, page)
		require.NotContains(t, b.page(t, "/sandbox/"), "All texts")
	})
}

// Whoever can send an email or a text can write anything into it. None of it
// may become markup of the page or code of the browser.
func TestHostileContent(t *testing.T) {
	t.Parallel()
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>`
	b := setup(t)
	customer := b.subscriber(t, evil, "evil@home.test", 100)
	id := b.email(t, "ann@home.test", evil, evil+`<a href="javascript:alert(3)">x</a><base href="https://evil.test/">`, evil+" https://ok.test/\"onmouseover=alert(4)")
	b.text(t, "+15552220000", evil)
	_, err := b.phone.Reply("+15552220000", evil)
	require.NoError(t, err)

	for _, path := range []string{
		"/sandbox/", "/sandbox/mail", "/sandbox/mail?q=" + url.QueryEscape(evil), "/sandbox/mail/" + id, "/sandbox/mail/" + id + "?view=text",
		"/sandbox/mail/" + id + "?view=details", "/sandbox/phone", "/sandbox/phone/+15552220000", "/sandbox/stripe",
		"/sandbox/stripe/customers/" + customer, "/sandbox/stripe/subscriptions", "/sandbox/stripe/invoices",
		"/sandbox/stripe/invoices/" + b.stripe.Books().Invoices[0].ID, "/sandbox/stripe?q=" + url.QueryEscape(evil),
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			status, header, page := b.get(t, path)
			require.Equal(t, http.StatusOK, status)
			require.NotContains(t, page, "<script>")
			require.NotContains(t, page, "<img src=x")
			require.NotContains(t, page, `"onmouseover`)
			policy := header.Get("Content-Security-Policy")
			require.Contains(t, policy, "default-src 'none'")
			require.NotContains(t, policy, "unsafe")
			require.NotContains(t, page, "style=", "the policy would refuse it")
			require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
		})
	}

	t.Run("TheEmailItself", func(t *testing.T) {
		t.Parallel()
		_, header, body := b.get(t, "/sandbox/mail/"+id+"/body")
		policies := header.Values("Content-Security-Policy")
		require.Len(t, policies, 1)
		require.True(t, strings.HasPrefix(policies[0], "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'"), policies[0])
		require.NotContains(t, policies[0], "script")
		require.NotContains(t, policies[0], "allow-same-origin")
		require.Contains(t, policies[0], "base-uri 'none'")
		require.Contains(t, body, `<head><base target="_blank"/>`, "links leave the sandbox")
		require.Equal(t, "no-referrer", header.Get("Referrer-Policy"))
	})
}

func TestButtonsAreForThePageOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	before := b.clock.Now()
	resp := b.press(t, "/sandbox/clock", url.Values{"by": {"day"}}, "Sec-Fetch-Site", "cross-site")
	require.Equal(t, http.StatusForbidden, resp.StatusCode)
	require.Equal(t, before, b.clock.Now())
	resp = b.press(t, "/sandbox/clock", url.Values{"by": {"day"}, "back": {"//evil.test/"}})
	require.Equal(t, "/sandbox/", resp.Header.Get("Location"), "it leads nowhere else")
	resp = b.press(t, "/sandbox/clock", url.Values{"by": {"day"}, "back": {"https://evil.test/"}})
	require.Equal(t, "/sandbox/", resp.Header.Get("Location"))
}

func TestClock(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.subscriber(t, "Ann", "ann@home.test", 5000)
	require.Len(t, b.stripe.Books().Invoices, 1)
	resp := b.press(t, "/sandbox/clock", url.Values{"by": {"month"}, "back": {"/sandbox/stripe"}})
	require.Equal(t, http.StatusSeeOther, resp.StatusCode)
	require.Len(t, b.stripe.Books().Invoices, 2, "the billing date has come")
	require.Contains(t, b.page(t, "/sandbox/stripe"), "15 Feb 2030")
	resp = b.press(t, "/sandbox/clock", url.Values{"by": {"century"}})
	require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode)
}

func TestPhone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Contains(t, b.page(t, "/sandbox/phone"), "No texts yet")
	b.text(t, "+15552220000", "Your email? https://northlight.test/x.")
	page := b.page(t, "/sandbox/phone/+15552220000")
	require.Contains(t, page, `<a href="https://northlight.test/x" target="_blank"`)
	resp := b.press(t, "/sandbox/phone/+15552220000/replies", url.Values{"body": {"stop"}, "back": {"/sandbox/phone/+15552220000"}})
	require.Equal(t, "/sandbox/phone/+15552220000", resp.Header.Get("Location"))
	page = b.page(t, "/sandbox/phone/+15552220000")
	require.Contains(t, page, "opted out")
	require.Contains(t, page, "unsubscribed", "Twilio's own answer")
	require.NotContains(t, b.page(t, "/sandbox/phone?q=999"), "opted out")
	status, _, _ := b.get(t, "/sandbox/phone/+15559999999")
	require.Equal(t, http.StatusNotFound, status)
	resp = b.press(t, "/sandbox/phone/+15552220000/replies", url.Values{})
	require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode)
}

func TestStripe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Contains(t, b.page(t, "/sandbox/stripe"), "No customers yet")
	require.Contains(t, b.page(t, "/sandbox/stripe/subscriptions"), "No subscriptions yet")
	require.Contains(t, b.page(t, "/sandbox/stripe/invoices"), "No invoices yet")
	ann := b.subscriber(t, "Ann Lindqvist", "ann@home.test", 123456)
	b.subscriber(t, "Bo Carter", "bo@home.test", 5000)

	page := b.page(t, "/sandbox/stripe?q=LINDQ")
	require.Contains(t, page, "$1,234.56")
	require.NotContains(t, page, "Bo Carter")
	page = b.page(t, "/sandbox/stripe/customers/"+ann)
	for _, want := range []string{"active", "$1,234.56", "15 Feb 2030, 09:30 UTC", "•• 4242", "paid", "succeeded"} {
		require.Contains(t, page, want)
	}
	require.Contains(t, b.page(t, "/sandbox/stripe/subscriptions"), "Bo Carter")
	require.Contains(t, b.page(t, "/sandbox/stripe/invoices"), "Bo Carter")
	invoice := b.page(t, "/sandbox/stripe/invoices/"+b.stripe.Books().Invoices[0].ID)
	require.Contains(t, invoice, "$50.00")
	require.Contains(t, invoice, "Bo Carter")
	for _, path := range []string{"/sandbox/stripe/customers/x", "/sandbox/stripe/invoices/x", "/sandbox/nowhere"} {
		status, _, _ := b.get(t, path)
		require.Equal(t, http.StatusNotFound, status)
	}
}

func TestHappenings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.subscriber(t, "Ann Lindqvist", "ann@home.test", 5000)
	at := "/sandbox/stripe/customers/" + ann
	books := b.stripe.Books()
	method, charge, sub := books.Customers[0].PaymentMethods[0].ID, books.Charges[0].ID, books.Subscriptions[0].ID
	happen := func(kind, id, what string) int {
		return b.press(t, "/sandbox/stripe/happenings/"+kind+"/"+id, url.Values{"what": {what}, "back": {at}}).StatusCode
	}
	for _, want := range []string{"Take it back (dispute)", "Decline its charges", "Spoil the next invoice", "Cancel it at the dashboard"} {
		require.Contains(t, b.page(t, at), want)
	}
	require.Equal(t, http.StatusSeeOther, happen("charge", charge, "dispute"))
	require.Contains(t, b.page(t, at), "disputed")
	require.NotContains(t, b.page(t, at), "Take it back (dispute)")
	require.Equal(t, http.StatusUnprocessableEntity, happen("charge", charge, "dispute"), "once")
	require.Equal(t, http.StatusSeeOther, happen("card", method, "decline"))
	require.NoError(t, b.clock.Advance(40*24*time.Hour))
	require.Contains(t, b.page(t, at), "past due")
	require.Equal(t, http.StatusSeeOther, happen("subscription", sub, "cancel"))
	require.NotContains(t, b.page(t, at), "Cancel it at the dashboard")
	for _, unknown := range []int{happen("card", method, "smash"), happen("moon", method, "decline")} {
		require.Equal(t, http.StatusNotFound, unknown)
	}

	mandated, err := b.money.SetupIntents.New(&stripe.SetupIntentParams{Customer: &ann, PaymentMethodTypes: stripe.StringSlice([]string{"us_bank_account"}),
		PaymentMethod: stripe.String("pm_usBankAccount_success"), Confirm: stripe.Bool(true),
		MandateData: &stripe.SetupIntentMandateDataParams{CustomerAcceptance: &stripe.SetupIntentMandateDataCustomerAcceptanceParams{
			Type: stripe.MandateCustomerAcceptanceTypeOnline, Online: &stripe.SetupIntentMandateDataCustomerAcceptanceOnlineParams{
				IPAddress: stripe.String("203.0.113.7"), UserAgent: stripe.String("Browser/1.0")}}}})
	require.NoError(t, err)
	require.Contains(t, b.page(t, at), "Withdraw it")
	require.Equal(t, http.StatusSeeOther, happen("mandate", mandated.Mandate.ID, "revoke"))
	require.NotContains(t, b.page(t, at), "Withdraw it")
	require.Equal(t, http.StatusSeeOther, happen("us_bank_account", mandated.PaymentMethod.ID, "block"))
}

func TestReaders(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Contains(t, b.page(t, "/sandbox/readers"), "No reader is registered")
	place, err := b.money.TerminalLocations.New(&stripe.TerminalLocationParams{DisplayName: stripe.String("Larimer Street"), Address: &stripe.AddressParams{
		Country: stripe.String("US"), Line1: stripe.String("1512 Larimer St"), City: stripe.String("Denver"), State: stripe.String("CO"), PostalCode: stripe.String("80202")}})
	require.NoError(t, err)
	for _, where := range []*string{nil, &place.ID} {
		_, err = b.money.TerminalReaders.New(&stripe.TerminalReaderParams{RegistrationCode: stripe.String("simulated-wpe"), Location: where})
		require.NoError(t, err)
	}
	require.Equal(t, 1, strings.Count(b.page(t, "/sandbox/readers"), "Larimer Street"), "where each reader stands")
	reader, err := b.money.TerminalReaders.New(&stripe.TerminalReaderParams{RegistrationCode: stripe.String("simulated-wpe"), Label: stripe.String("Gate 7")})
	require.NoError(t, err)
	buttons := "/sandbox/readers/" + reader.ID
	resp := b.press(t, buttons+"/present", url.Values{"card": {"pm_card_visa"}})
	require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode, "nobody asked for a card")

	ask := func() {
		customer, err := b.money.Customers.New(&stripe.CustomerParams{Email: stripe.String("ann@home.test")})
		require.NoError(t, err)
		intent, err := b.money.SetupIntents.New(&stripe.SetupIntentParams{Customer: &customer.ID, PaymentMethodTypes: stripe.StringSlice([]string{"card_present"})})
		require.NoError(t, err)
		_, err = b.money.TerminalReaders.ProcessSetupIntent(reader.ID, &stripe.TerminalReaderProcessSetupIntentParams{SetupIntent: &intent.ID, CustomerConsentCollected: stripe.Bool(true)})
		require.NoError(t, err)
		require.Contains(t, b.page(t, "/sandbox/readers"), "Hold a card to the reader")
	}
	ask()
	resp = b.press(t, buttons+"/present", url.Values{"card": {"pm_card_visa"}, "back": {"/sandbox/readers"}})
	require.Equal(t, http.StatusSeeOther, resp.StatusCode)
	require.Contains(t, b.page(t, "/sandbox/readers"), "Card saved")
	for _, act := range []string{"decline", "cancel"} {
		ask()
		require.Equal(t, http.StatusSeeOther, b.press(t, buttons+"/"+act, nil).StatusCode)
		require.NotContains(t, b.page(t, "/sandbox/readers"), "Hold a card")
	}
	require.Equal(t, http.StatusSeeOther, b.press(t, buttons+"/unplug", nil).StatusCode)
	require.Contains(t, b.page(t, "/sandbox/readers"), "Plug in")
	require.Equal(t, http.StatusNotFound, b.press(t, buttons+"/smash", nil).StatusCode)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, vendor := range []string{"resend", "twilio", "stripe"} {
		form := url.Values{"vendor": {vendor}, "kind": {"error_before"}, "path": {"/only/" + vendor}, "times": {"3"}, "seconds": {"1"}}
		require.Equal(t, http.StatusSeeOther, b.press(t, "/sandbox/faults", form).StatusCode)
		require.Contains(t, b.page(t, "/sandbox/faults"), "/only/"+vendor)
	}
	require.Len(t, b.mail.Faults.List(), 1)
	require.Equal(t, 3, b.phone.Faults.List()[0].Fault.Times)
	require.Equal(t, stripefake.ErrorBefore, b.stripe.Faults.List()[0].Kind)

	require.Equal(t, http.StatusSeeOther, b.press(t, "/sandbox/faults/clear", url.Values{"vendor": {"twilio"}}).StatusCode)
	require.Empty(t, b.phone.Faults.List())
	require.Len(t, b.mail.Faults.List(), 1)
	for _, form := range []url.Values{
		{"vendor": {"resend"}, "kind": {"boom"}, "times": {"1"}, "seconds": {"1"}},
		{"vendor": {"other"}, "kind": {"delay"}, "times": {"1"}, "seconds": {"1"}},
		{"vendor": {"resend"}, "kind": {"delay"}, "times": {"0"}, "seconds": {"1"}},
		{"vendor": {"resend"}, "kind": {"delay"}, "times": {"1"}, "seconds": {"many"}},
	} {
		require.Equal(t, http.StatusUnprocessableEntity, b.press(t, "/sandbox/faults", form).StatusCode)
	}

	b.mail.Faults.Clear()
	b.press(t, "/sandbox/faults", url.Values{"vendor": {"resend"}, "kind": {"drop_after"}, "times": {"1"}, "seconds": {"1"}})
	_, err := b.resend.Emails.Send(nil)
	require.Error(t, err)
	require.Contains(t, b.page(t, "/sandbox/faults"), "used up")
}

func TestForPrograms(t *testing.T) {
	t.Parallel()
	b := setup(t)
	read := func(path string, into any) {
		status, header, body := b.get(t, path)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, "application/json", header.Get("Content-Type"))
		require.NoError(t, json.Unmarshal([]byte(body), into))
	}
	var mails struct{ Emails []resendfake.Email }
	read("/sandbox/api/emails", &mails)
	require.NotNil(t, mails.Emails)
	b.email(t, "ann@home.test", "For Ann", "<p>x</p>", "")
	b.email(t, "bo@home.test", "For Bo", "<p>x</p>", "")
	read("/sandbox/api/emails?to=ann%40home.test", &mails)
	require.Len(t, mails.Emails, 1)
	require.Equal(t, "For Ann", mails.Emails[0].Subject)
	read("/sandbox/api/emails?limit=1", &mails)
	require.Equal(t, "For Bo", mails.Emails[0].Subject)

	b.text(t, "+15552220000", "Hi")
	var talks struct{ Threads []twiliofake.Thread }
	read("/sandbox/api/threads", &talks)
	require.Equal(t, "Hi", talks.Threads[0].Messages[0].Body)

	b.subscriber(t, "Ann", "ann@home.test", 5000)
	var books stripefake.Books
	read("/sandbox/api/books", &books)
	require.Equal(t, int64(5000), books.Subscriptions[0].NextAmount)
}

func TestWithoutSomeStandIns(t *testing.T) {
	t.Parallel()
	page, err := outbox.New(outbox.Options{})
	require.NoError(t, err)
	b := testBundle{url: serve(t, page)}
	body := b.page(t, "/sandbox/")
	require.Contains(t, body, "Faults to order")
	require.NotContains(t, body, "/sandbox/mail")
	require.NotContains(t, body, "+1 day", "wall time cannot be moved")
	status, _, _ := b.get(t, "/sandbox/mail")
	require.Equal(t, http.StatusNotFound, status)
	require.Equal(t, http.StatusUnprocessableEntity, b.press(t, "/sandbox/clock", url.Values{"by": {"day"}}).StatusCode)
	status, header, _ := b.get(t, "/sandbox/assets/style.css")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "text/css; charset=utf-8", header.Get("Content-Type"))
	status, _, _ = b.get(t, "/sandbox/assets/none.css")
	require.Equal(t, http.StatusNotFound, status)
}
