package migration

import (
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

// person is a tenant as an event compares them.
type person struct {
	name, email, phone, language, source string
	agreedAt                             time.Time
}

func recorded(t *queries.Tenant) person {
	p := person{name: t.Name, email: orEmpty(t.Email), phone: orEmpty(t.Phone), source: orEmpty(t.PhoneConsentSource)}
	if t.Language != nil {
		p.language = string(*t.Language)
	}
	if t.PhoneConsentAt != nil {
		p.agreedAt = t.PhoneConsentAt.UTC()
	}
	return p
}

func typed(k *queries.TenantListKnownAsRow) person {
	p := person{name: orEmpty(k.KnownAs), phone: orEmpty(k.KnownPhone), source: orEmpty(k.KnownPhoneConsentSource)}
	if k.KnownPhoneConsentAt != nil {
		p.agreedAt = k.KnownPhoneConsentAt.UTC()
	}
	return p
}

func (p person) changedTo(n person) (names []string) {
	for _, one := range []struct {
		name string
		is   bool
	}{
		{"name", p.name != n.name}, {"email", p.email != n.email}, {"phone", p.phone != n.phone}, {"language", p.language != n.language},
		{"phoneConsent", p.source != n.source || !p.agreedAt.Equal(n.agreedAt)},
	} {
		if one.is {
			names = append(names, one.name)
		}
	}
	return names
}

// event keeps a consent that is replaced or lost with its number: texts may have gone out by it.
func (p person) event(id, location uuid.UUID, n person) event {
	e := event{subject: queries.EventSubjectTenant, id: id, location: location, action: "updated", detail: map[string]any{"changed": p.changedTo(n)}}
	if !p.agreedAt.IsZero() && (p.phone != n.phone || p.source != n.source || !p.agreedAt.Equal(n.agreedAt)) {
		e.detail["consentBefore"] = map[string]string{"phone": p.phone, "givenAt": p.agreedAt.Format(time.RFC3339), "source": p.source}
	}
	return e
}
