package messages

import (
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"carryover/migration"
	"carryover/queries"
)

// The longest that is shown, in characters: long enough for any real name, short enough that a pasted page of text does
// not push the button out of sight.
const (
	maxName   = 80
	maxReason = 600
)

// facts is content made fit for people: on one line, of bearable length, without characters that rearrange their
// neighbours. Only facts reach a phrase.
type facts struct {
	Language       queries.MessageLanguage
	Brand, ReplyTo string
	Replies        bool // somebody reads what is sent to ReplyTo
	First          string
	Plan, Unit     string
	Membership     bool
	Location       string
	Reason         string
	Waiting        bool
	Over           bool
	Tenant         string
	TenantEmail    string
	TenantPhone    string
	MonthlyTotal   string
	Billing        string
	Inviter        string
	Link           string
	Unsubscribe    string
}

func factsOf(c migration.EmailContent) (facts, error) {
	f := facts{
		Language: c.Language, ReplyTo: c.ReplyTo, Replies: c.ReplyTo != "",
		Brand: cut(oneLine(c.FromName), maxName), First: FirstName(c.Recipient),
		Plan: cut(oneLine(c.PlanName), maxName), Unit: cut(oneLine(c.Unit), maxName),
		Membership: c.PlanKind == queries.PlanKindMembership,
		Location:   cut(oneLine(c.LocationName), maxName),
		Reason:     cut(oneLine(c.Reason), maxReason), Waiting: c.Waiting, Over: c.Over,
		Tenant: cut(oneLine(c.Tenant), maxName), TenantEmail: cut(oneLine(c.TenantEmail), 254),
		TenantPhone: cut(oneLine(c.TenantPhone), maxName), MonthlyTotal: cut(oneLine(c.MonthlyTotal), maxName),
		Billing: cut(oneLine(c.Billing), maxReason), Inviter: cut(oneLine(c.Inviter), maxName), Link: c.Link, Unsubscribe: c.UnsubscribeURL,
	}
	if f.Brand == "" {
		f.Brand = f.Location
	}
	return f, errors.Join(f.complete(c.Purpose), knownKind(c.Purpose, c.PlanKind), checkReplyTo(c.ReplyTo), checkLink("link", c.Link))
}

// complete says which fact is missing. Without these the mail would read "Hi ," or announce an approval of nobody.
func (f facts) complete(purpose queries.DeliveryPurpose) error {
	required := map[string]string{"recipient": f.First, "planName": f.Plan, "locationName": f.Location}
	switch purpose {
	case queries.DeliveryPurposeActionNeeded, queries.DeliveryPurposeAccountNotice:
		required["reason"] = f.Reason
	case queries.DeliveryPurposeReceipt:
		required["monthlyTotal"], required["billing"] = f.MonthlyTotal, f.Billing
	case queries.DeliveryPurposeStaffNotice:
		required["tenant"], required["monthlyTotal"], required["billing"] = f.Tenant, f.MonthlyTotal, f.Billing
	case migration.PurposeStaffInvitation, migration.PurposePasswordReset: // of no plan at no location
		required = map[string]string{"recipient": f.First, "fromName": f.Brand}
	default: // the others need no more
	}
	for _, field := range slices.Sorted(maps.Keys(required)) {
		if required[field] == "" {
			return fmt.Errorf("%s is empty or holds nothing that can be seen", field)
		}
	}
	return nil
}

func knownKind(purpose queries.DeliveryPurpose, kind queries.PlanKind) error {
	ofNoPlan := purpose == migration.PurposeStaffInvitation || purpose == migration.PurposePasswordReset
	if ofNoPlan && kind == "" {
		return nil
	}
	if kind != queries.PlanKindStudio && kind != queries.PlanKindMembership {
		return fmt.Errorf("planKind %q: it is %q or %q", kind, queries.PlanKindStudio, queries.PlanKindMembership)
	}
	return nil
}

func checkReplyTo(address string) error {
	if address == "" {
		return nil
	}
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		return fmt.Errorf("replyTo %q: write a bare email address", address)
	}
	return nil
}

// checkLink admits absolute http and https addresses of characters that html/template writes into an href as they are, so
// that the link a tenant opens is the one that was made. Its errors do not hold the link: it ends in a token.
func checkLink(field, link string) error {
	u, err := url.Parse(link)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return fmt.Errorf("%s is no absolute http or https address", field)
	}
	if i := strings.IndexFunc(link, func(r rune) bool { return !plainInLink(r) }); i >= 0 {
		return fmt.Errorf("%s holds a character at %d that must be percent-encoded", field, i)
	}
	if _, err := url.PathUnescape(u.RawQuery); err != nil {
		return fmt.Errorf("%s has a percent sign without two hexadecimal digits", field)
	}
	return nil
}

func plainInLink(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~:/?#&=%+,;@!$*", r)
}
