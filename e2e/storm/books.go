package storm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Report is what the providers' books say beside ours.
type Report struct {
	Recipients int
	Emails     int // accepted by the provider
	Texts      int
	// EmailsTwice and TextsTwice are people who got more than one: they are what this is all about.
	EmailsTwice, TextsTwice int
	Unknown                 int // rows of which nobody can say yet; listed for staff
	Skipped                 int
	Refused                 int
	// Lies are rows whose outcome the provider's books contradict.
	Lies []string
	Took time.Duration
}

func (r *Report) String() string {
	return fmt.Sprintf("%d recipients in %.1f s: %d emails (%d people twice), %d texts (%d phones twice), %d unknown, %d skipped, %d refused, %d untrue",
		r.Recipients, r.Took.Seconds(), r.Emails, r.EmailsTwice, r.Texts, r.TextsTwice, r.Unknown, r.Skipped, r.Refused, len(r.Lies))
}

// compare reads the books, after a last look at those texts of which nobody knows.
func (r *run) compare(ctx context.Context) (*Report, error) {
	report := &Report{Recipients: r.Recipients}
	emails, byDelivery := map[string]int{}, map[string]int{}
	for _, e := range r.providers.mail.Emails() {
		emails[e.To[0]]++
		for _, tag := range e.Tags {
			if tag.Name == "delivery_id" {
				byDelivery[tag.Value]++
			}
		}
	}
	texts := map[string]int{}
	for _, m := range r.providers.phone.Messages() {
		if !m.Inbound() {
			texts[m.To]++
		}
	}
	report.Emails, report.EmailsTwice = count(emails)
	report.Texts, report.TextsTwice = count(texts)
	if r.Naive {
		return report, nil
	}
	conn, err := pgx.Connect(ctx, r.server.URL("postgres"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return report, report.judge(ctx, conn, byDelivery, texts)
}

func count(books map[string]int) (total, twice int) {
	for n := range maps.Values(books) {
		total += n
		if n > 1 {
			twice++
		}
	}
	return total, twice
}

// row is what we believe of one row of a batch.
type row struct {
	Channel, Outcome, Reason, Status string
	DeliveryID, Address              string
}

// judge holds each row's outcome against the books: what succeeded is there once, what was refused or skipped is not there by this
// row, and nothing is left over without an outcome.
func (r *Report) judge(ctx context.Context, conn *pgx.Conn, emails, texts map[string]int) error {
	found, err := conn.Query(ctx, `SELECT b.channel::text, i.outcome::text, i.reason, coalesce(d.status::text, ''), coalesce(d.id::text, ''), coalesce(d.address, '')
		FROM batch_items i JOIN batches b ON b.id = i.batch_id
		LEFT JOIN deliveries d ON d.batch_id = i.batch_id AND d.batch_position = i.position ORDER BY i.batch_id, i.position`)
	if err != nil {
		return err
	}
	rows, err := pgx.CollectRows(found, pgx.RowToStructByPos[row])
	if err != nil {
		return err
	}
	textedBy := map[string]int{}
	for _, one := range rows {
		r.judgeRow(one, emails)
		if one.Channel == "sms" && one.Outcome == "succeeded" {
			textedBy[one.Address]++
		}
	}
	r.judgePhones(rows, textedBy, texts)
	slices.Sort(r.Lies)
	return nil
}

func (r *Report) judgeRow(one row, emails map[string]int) {
	there := emails[one.DeliveryID]
	switch {
	case one.Outcome == "pending":
		r.lie("a row is pending for ever: %+v", one)
	case one.Outcome == "skipped":
		r.Skipped++
	case one.Reason == "UNKNOWN":
		r.Unknown++
	case one.Outcome == "failed":
		r.Refused++
		if one.Channel == "email" && there > 0 {
			r.lie("said to be refused, and in the books: %+v", one)
		}
	case one.Channel == "email" && there != 1:
		r.lie("said to be sent, and %d times in the books: %+v", there, one)
	}
}

// judgePhones: a number that some row says was texted is in the books once; one in the books is known to a row as sent or unknown.
func (r *Report) judgePhones(rows []row, textedBy, texts map[string]int) {
	mayBe := map[string]bool{}
	for _, one := range rows {
		if one.Channel == "sms" && one.Reason == "UNKNOWN" {
			mayBe[one.Address] = true
		}
	}
	for phone, n := range textedBy {
		if n != 1 || texts[phone] != 1 {
			r.lie("%s: %d rows say texted, the books %d", phone, n, texts[phone])
		}
	}
	for phone := range texts {
		if textedBy[phone] == 0 && !mayBe[phone] {
			r.lie("%s is in the books and no row knows of it", phone)
		}
	}
}

func (r *Report) lie(format string, args ...any) {
	r.Lies = append(r.Lies, fmt.Sprintf(format, args...))
}

func exec1(ctx context.Context, url string, statements ...string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
