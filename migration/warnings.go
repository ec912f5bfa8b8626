package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"carryover/queries"
)

// WarningCode says what a careful person would want to know; clients rely on the names.
type WarningCode string

// The codes of the API's UserWarningCode.
const (
	WarnEmailInUse    WarningCode = "EMAIL_IN_USE"
	WarnPhoneInUse    WarningCode = "PHONE_IN_USE"
	WarnAlreadyTexted WarningCode = "ALREADY_TEXTED"
	WarnSuppressed    WarningCode = "SUPPRESSED"
	WarnUnusualPrice  WarningCode = "UNUSUAL_PRICE"
)

// Warning does not stand in the way. It never tells about people of locations that the caller does not manage.
type Warning struct {
	Code    WarningCode
	Field   []string
	Message string
}

// addressee is whom warnings are about.
type addressee struct {
	tenant     uuid.UUID // zero where nobody has the email yet
	name       string    // as the caller knows a tenant whose email was typed as somebody new's; "" otherwise
	email      string
	phone      string
	emailField []string
	phoneField []string
}

// mostNamed keeps a warning readable where a number is an office's.
const mostNamed = 3

// warnOfDraft says what the draft's recipient and prices would make a careful person look again at. but is the invitation that
// the draft changes. The same is read whoever the recipient is, so that the time it takes tells nothing.
func (s *Service) warnOfDraft(ctx context.Context, db queries.DBTX, by Actor, c checkedDraft, but uuid.UUID) ([]*Warning, error) {
	to, err := s.addresseeOf(ctx, db, by, c)
	if err != nil {
		return nil, err
	}
	ofEmail, err := s.warnOfEmail(ctx, db, by, to, but)
	if err != nil {
		return nil, err
	}
	ofPhone, err := s.warnOfPhone(ctx, db, by, to)
	if err != nil {
		return nil, err
	}
	return append(append(ofEmail, ofPhone...), warnOfPrices(c.offer)...), nil
}

// addresseeOf answers the phone by which the caller's location will know the recipient.
func (s *Service) addresseeOf(ctx context.Context, db queries.DBTX, by Actor, c checkedDraft) (addressee, error) {
	to, tenant := addressee{email: c.newTenant.Email, phone: orEmpty(c.newTenant.Phone)}, c.tenant
	if tenant == nil {
		to.emailField, to.phoneField = []string{"newTenant", "email"}, []string{"newTenant", "phone"}
		var err error
		if tenant, err = found(s.q.TenantGetByEmail(ctx, db, &to.email)); err != nil {
			return to, fmt.Errorf("look for the email: %w", err)
		}
	} else if c.chosen {
		to.emailField, to.phoneField = []string{"tenantId"}, []string{"tenantId"}
	}
	if tenant != nil {
		to.tenant, to.email = tenant.ID, orEmpty(tenant.Email)
	}
	known, err := s.knownAs(ctx, db, by, to.tenant)
	switch {
	case err != nil || known == nil:
	case known.KnownAs == nil:
		to.name, to.phone = tenant.Name, orEmpty(tenant.Phone)
	default:
		to.name = *known.KnownAs
		if to.phone == "" {
			to.phone = orEmpty(known.KnownPhone)
		}
	}
	return to, err
}

func (s *Service) warnOfEmail(ctx context.Context, db queries.DBTX, by Actor, to addressee, but uuid.UUID) (w []*Warning, err error) {
	elsewhere, err := s.q.TenantIsKnownElsewhere(ctx, db, queries.TenantIsKnownElsewhereParams{TenantID: to.tenant, StaffID: by.staffID()})
	if err != nil {
		return nil, fmt.Errorf("look for the tenant elsewhere: %w", err)
	}
	open, err := s.q.InvitationListOpenOfTenant(ctx, db, queries.InvitationListOpenOfTenantParams{
		TenantID: to.tenant, StaffID: by.staffID(), But: but, RowLimit: mostNamed + 1})
	if err != nil {
		return nil, fmt.Errorf("look for other open invitations: %w", err)
	}
	if to.name != "" && len(to.emailField) == 2 {
		w = append(w, &Warning{WarnEmailInUse, to.emailField, fmt.Sprintf("This address belongs to %s, who is invited under that name.", to.name)})
	}
	if elsewhere {
		w = append(w, &Warning{WarnEmailInUse, to.emailField, "This tenant is also known at another location."})
	}
	offers := make([]string, len(open))
	for i, o := range open {
		offers[i] = fmt.Sprintf("%s at %s", strings.TrimSpace(o.PlanName+" "+o.Unit), o.LocationName)
	}
	if len(offers) > 0 {
		w = append(w, &Warning{WarnEmailInUse, to.emailField, "This tenant has other open invitations: " + listed(offers) + "."})
	}
	return w, nil
}

func (s *Service) warnOfPhone(ctx context.Context, db queries.DBTX, by Actor, to addressee) (w []*Warning, err error) {
	names, err := s.q.TenantListNamesByPhone(ctx, db, queries.TenantListNamesByPhoneParams{
		Phone: to.phone, StaffID: by.staffID(), But: to.tenant, RowLimit: mostNamed + 2})
	if err != nil {
		return nil, fmt.Errorf("look for the phone: %w", err)
	}
	news, err := s.q.AddressGetNews(ctx, db, queries.AddressGetNewsParams{Phone: to.phone, Email: to.email, TenantID: &to.tenant})
	if err != nil {
		return nil, fmt.Errorf("look for news of the addresses: %w", err)
	}
	if news.EmailSuppressed {
		w = append(w, &Warning{WarnSuppressed, to.emailField, "This email address is on the suppression list; invitations to it are skipped."})
	}
	if len(names) > 0 && names[0] == "" {
		w = append(w, &Warning{WarnPhoneInUse, to.phoneField, "Somebody at another location has this number too. A number gets one invitation by text, ever."})
		names = names[1:]
	}
	if len(names) > 0 {
		w = append(w, &Warning{WarnPhoneInUse, to.phoneField, fmt.Sprintf("This is also the number of %s. A number gets one invitation by text, ever.", listed(names))})
	}
	switch {
	case to.phone == "": // nothing would be texted
	case news.Texted:
		w = append(w, &Warning{WarnAlreadyTexted, to.phoneField, "This number has had its one invitation by text; texts to it are skipped."})
	case news.TenantTexted:
		w = append(w, &Warning{WarnAlreadyTexted, to.phoneField, "This tenant's one invitation by text goes to another number; further ones are skipped."})
	}
	if news.PhoneSuppressed {
		w = append(w, &Warning{WarnSuppressed, to.phoneField, "This number is on the suppression list; texts to it are skipped."})
	}
	return w, nil
}

// listed names the first few.
func listed(names []string) string {
	if len(names) > mostNamed {
		return strings.Join(names[:mostNamed], ", ") + " and more"
	}
	return strings.Join(names, ", ")
}
