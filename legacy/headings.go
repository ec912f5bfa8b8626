package legacy

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// synonyms are how old systems head their columns, in small letters and digits alone.
var synonyms = map[Field][]string{
	SourceID:       {"id", "legacyid", "sourceid", "customerid", "customernumber", "clientid", "accountid", "accountnumber", "accountno", "account", "membershipid", "contractid", "contractnumber", "externalid", "recordid", "subscriptionid", "uniqueid", "leaseno", "leasenumber", "leaseid"},
	Name:           {"name", "fullname", "customername", "membername", "clientname", "tenantname", "customer", "member", "tenant", "contactname", "displayname", "nombre", "nombrecompleto"},
	FirstName:      {"firstname", "first", "givenname", "forename", "fname", "customerfirstname", "memberfirstname"},
	LastName:       {"lastname", "last", "surname", "familyname", "lname", "customerlastname", "memberlastname", "apellido", "apellidos"},
	Email:          {"email", "emailaddress", "mail", "customeremail", "memberemail", "primaryemail", "email1", "email2", "secondaryemail", "alternateemail", "otheremail", "correo"},
	Phone:          {"phone", "phonenumber", "mobile", "mobilephone", "cell", "cellphone", "telephone", "tel", "primaryphone", "homephone", "workphone", "phone1", "phone2", "secondaryphone", "alternatephone", "otherphone", "telefono", "mobilenumber", "contactnumber"},
	Plate:          {"plate", "licenseplate", "licenceplate", "platenumber", "licenseplatenumber", "vehicleplate", "registration", "rego", "tag", "lp", "placa"},
	RFID:           {"rfid", "rfidtag", "rfidnumber", "tagnumber", "tagid", "transponder", "fob", "fobnumber", "keyfob", "cardnumber", "barcode"},
	MemberNumber:   {"membernumber", "memberno", "memberid", "membershipnumber", "membershipno", "membernum"},
	Unit:           {"unit", "unitnumber", "studio", "studionumber", "room", "roomnumber", "seat", "locker", "space", "suite"},
	PlanName:       {"plan", "planname", "membership", "membershiptype", "membershipname", "membershipplan", "package", "product", "tier", "type", "washplan", "contracttype", "plann"},
	Price:          {"price", "amount", "monthlyprice", "monthlyamount", "rate", "rent", "monthlyrent", "fee", "dues", "monthlydues", "monthlyfee", "recurringamount", "planprice", "billingamount", "precio"},
	Discount:       {"discount", "discountamount", "concession", "creditamount"},
	DiscountEndsOn: {"discountends", "discountendson", "discountenddate", "discountuntil", "discountexpires", "promoend", "promoenddate"},
	NextBillingOn:  {"nextbilling", "nextbillingdate", "nextbillingon", "nextbilldate", "nextbill", "nextcharge", "nextchargedate", "nextpayment", "nextpaymentdate", "renewaldate", "renewal", "nextrenewal", "renewson", "nextduedate", "duedate", "nextinvoice", "nextinvoicedate", "rebilldate", "nextdraftdate", "draftdate", "billdate"},
	BillingDay:     {"billingday", "anchorday", "dayofmonth", "dueday", "billday", "draftday", "paymentday"},
	PaidThrough:    {"paidthrough", "paidthroughdate", "paiduntil", "paidto", "paidtodate", "paidthru", "paidthrudate", "currentperiodend", "validthrough", "validuntil"},
	EndsOn:         {"ends", "endson", "enddate", "contractend", "contractenddate", "expirationdate", "expirydate", "expires", "expireson", "termend", "leaseend", "leaseenddate"},
	Period:         {"period", "billingperiod", "frequency", "billingfrequency", "interval", "billingcycle", "cycle", "term", "billingterm"},
	State:          {"state", "status", "membershipstatus", "accountstatus", "memberstatus", "contractstatus", "subscriptionstatus"},
	CancelledOn:    {"cancelledon", "canceledon", "cancelled", "canceled", "cancelleddate", "canceleddate", "cancellationdate", "canceldate", "terminationdate", "terminated", "datecancelled", "datecanceled"},
}

var fieldsByHeading = func() map[string]Field {
	all := map[string]Field{}
	for f, names := range synonyms {
		for _, name := range names {
			all[name] = f
		}
	}
	return all
}()

// plainHeading is a heading in small letters and digits alone.
func plainHeading(h string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, h)
}

// severalColumns tells whether more than one column may hold the field.
func severalColumns(f Field) bool { return f == Email || f == Phone }

const (
	maxColumns = 500
	maxHeading = 64 << 10
)

// separators are tried in this order: of two that explain a heading equally well the first is taken.
var separators = []rune{',', ';', '\t', '|'}

// Begin reads the headings: which separator there is, and what each column holds by its name or, before that, by what staff said of it.
// The mistakes are of the file as a whole, and each is a sentence.
func Begin(open Open, encoding string, said map[string]Field) (*Reading, []string, error) {
	best, bestKnown := (*Reading)(nil), -1
	for _, separator := range separators {
		r, known, err := beginWith(open, encoding, separator, said)
		switch {
		case errors.Is(err, io.EOF):
			return nil, []string{"The file is empty. Its first line must name the columns."}, nil
		case err != nil:
			return nil, nil, err
		case r != nil && known*maxColumns+len(r.Headers) > bestKnown:
			best, bestKnown = r, known*maxColumns+len(r.Headers)
		}
	}
	if best == nil {
		return nil, []string{"The first line cannot be read as headings of columns that are parted by commas, semicolons, tabs or bars."}, nil
	}
	return best, best.mistakes(said), nil
}

// beginWith answers how many headings say something to us.
func beginWith(open Open, encoding string, separator rune, said map[string]Field) (r *Reading, known int, err error) {
	records, err := NewRecords(open, separator, 0, 0)
	if err != nil {
		return nil, 0, err
	}
	first, err := records.Next()
	if err != nil {
		return nil, 0, err
	}
	if first.Broken != nil || len(first.Cells) > maxColumns || len(strings.Join(first.Cells, "")) > maxHeading {
		return nil, 0, nil
	}
	r = &Reading{Encoding: encoding, Separator: string(separator), DateOrders: make([]string, len(first.Cells)), DecimalMarks: make([]string, len(first.Cells))}
	r.FirstRow, r.FirstLines = records.Place()
	for _, cell := range first.Cells {
		heading := cut(strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(cell, "\x00", ""), "�")))
		field, chosen := said[heading]
		if !chosen {
			field = fieldsByHeading[plainHeading(heading)]
			if _, taken := saidOf(said, field); (taken || r.Has(field)) && !severalColumns(field) {
				field = ""
			}
		}
		if field != "" || chosen {
			known++
		}
		r.Headers, r.Fields = append(r.Headers, heading), append(r.Fields, field)
	}
	return r, known, nil
}

func saidOf(said map[string]Field, field Field) (heading string, ok bool) {
	for heading, f := range said {
		if f == field && f != "" {
			return heading, true
		}
	}
	return "", false
}

// mistakes are what keeps the file from being read at all.
func (r *Reading) mistakes(said map[string]Field) (wrong []string) {
	if !r.Has(SourceID) {
		if at := slices.Index(r.Fields, MemberNumber); at < 0 {
			wrong = append(wrong, "No column holds the old system's id of each membership, by which a second file would update it. Say which one does (SOURCE_ID). The headings are "+r.list()+".")
		}
	}
	if !r.Has(Name) && !r.Has(FirstName) && !r.Has(LastName) {
		wrong = append(wrong, "No column holds the names of people. Say which one does (NAME, or FIRST_NAME and LAST_NAME). The headings are "+r.list()+".")
	}
	seen := map[Field]bool{}
	for _, f := range r.Fields {
		if f != "" && seen[f] && !severalColumns(f) {
			wrong = append(wrong, fmt.Sprintf("Two columns are said to hold %s. Choose one of them.", f))
		}
		seen[f] = true
	}
	for _, heading := range slices.Sorted(func(yield func(string) bool) {
		for h := range said {
			if !yield(h) {
				return
			}
		}
	}) {
		if said[heading] != "" && !slices.Contains(r.Headers, heading) {
			wrong = append(wrong, fmt.Sprintf("There is no column %q. The headings are %s.", cut(heading), r.list()))
		}
	}
	return wrong
}

func (r *Reading) list() string {
	quoted := make([]string, 0, min(len(r.Headers), 20))
	for i, h := range r.Headers {
		if i == 20 {
			return strings.Join(quoted, ", ") + fmt.Sprintf(" and %d more", len(r.Headers)-20)
		}
		quoted = append(quoted, fmt.Sprintf("%q", h))
	}
	return strings.Join(quoted, ", ")
}
