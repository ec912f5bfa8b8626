package outbox

import (
	"fmt"
	"hash/fnv"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Currencies whose minor unit is not a hundredth: https://docs.stripe.com/currencies.
var (
	wholeUnits = map[string]bool{"BIF": true, "CLP": true, "DJF": true, "GNF": true, "JPY": true, "KMF": true, "KRW": true, "MGA": true, "PYG": true, "RWF": true, "UGX": true, "VND": true, "VUV": true, "XAF": true, "XOF": true, "XPF": true}
	symbols    = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "JPY": "¥"}
)

// money writes an amount in the minor unit as people do: $1,234.50.
func money(amount int64, currency string) string {
	currency = strings.ToUpper(currency)
	sign := ""
	if amount < 0 {
		sign, amount = "−", -amount
	}
	symbol, known := symbols[currency]
	if !known {
		symbol = currency + " "
	}
	if wholeUnits[currency] {
		return sign + symbol + grouped(amount)
	}
	return fmt.Sprintf("%s%s%s.%02d", sign, symbol, grouped(amount/100), amount%100)
}

func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// when writes a moment in full; "never" for none.
func when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

// unix is when for Stripe's seconds, where 0 is none.
func unix(seconds int64) string {
	if seconds == 0 {
		return "—"
	}
	return when(time.Unix(seconds, 0))
}

// since is a moment as short as a list wants it: the time of today, the day
// of this year, or the date.
func since(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	default:
		return t.Format("2 Jan 2006")
	}
}

func parsed(address string) (name, mailbox string) {
	a, err := mail.ParseAddress(address)
	if err != nil {
		return address, address
	}
	if a.Name == "" {
		return a.Address, a.Address
	}
	return a.Name, a.Address
}

func mailboxName(address string) string { name, _ := parsed(address); return name }

func mailbox(address string) string { _, box := parsed(address); return box }

// initial is the letter in a person's disc.
func initial(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return strings.ToUpper(string(r))
		}
	}
	return "?"
}

// hue picks one of the style sheet's colours, always the same for one text.
func hue(s string) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(strings.ToLower(s)))
	return fmt.Sprintf("hue-%d", sum.Sum32()%6)
}

// tone is the colour of a status: good, bad, wait or plain.
func tone(status string) string {
	switch status {
	case "delivered", "paid", "active", "succeeded", "opened", "clicked", "online", "received":
		return "good"
	case "bounced", "complained", "failed", "undelivered", "uncollectible", "past_due", "unpaid", "suppressed", "offline":
		return "bad"
	case "queued", "scheduled", "sending", "open", "incomplete", "trialing", "pending", "delivery_delayed", "in_progress", "accepted":
		return "wait"
	default:
		return "plain"
	}
}

// piece is a stretch of a text; Link is set where it is an address to open.
type piece struct{ Text, Link string }

var address = regexp.MustCompile(`https?://[^\s<>"']+[^\s<>"'.,;:!?)\]]`)

// pieces finds the web addresses in a text.
func pieces(text string) []piece {
	var found []piece
	at := 0
	for _, span := range address.FindAllStringIndex(text, -1) {
		found = append(found, piece{Text: text[at:span[0]]}, piece{text[span[0]:span[1]], text[span[0]:span[1]]})
		at = span[1]
	}
	return append(found, piece{Text: text[at:]})
}
