package stripefake

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func leaf(check func(text, at string) *apiError) field {
	return field{check: func(n *node, at string) *apiError {
		if n.kids != nil {
			return invalidParam("parameter_invalid_string", at, "Invalid string: %s must not be a hash or an array.", at)
		}
		return check(n.text, at)
	}}
}

func text() field {
	return leaf(func(t, at string) *apiError {
		if utf8.RuneCountInString(t) > 5000 {
			return invalidParam("parameter_invalid_string", at, "Invalid string: %s must be at most 5000 characters", at)
		}
		return nil
	})
}

func integer() field {
	return leaf(func(t, at string) *apiError {
		if _, err := strconv.ParseInt(t, 10, 64); err != nil {
			return invalidParam("parameter_invalid_integer", at, "Invalid integer: %s", t)
		}
		return nil
	})
}

// between is an integer with bounds, worded as Stripe words them.
func between(low, high int64) field {
	return leaf(func(t, at string) *apiError {
		i, err := strconv.ParseInt(t, 10, 64)
		switch {
		case err != nil:
			return invalidParam("parameter_invalid_integer", at, "Invalid integer: %s", t)
		case i < low:
			return invalidParam("parameter_invalid_integer", at, "This value must be greater than or equal to %d.", low)
		case i > high:
			return invalidParam("parameter_invalid_integer", at, "This value must be less than or equal to %d (it currently is '%d').", high, i)
		}
		return nil
	})
}

func boolean() field {
	return leaf(func(t, at string) *apiError {
		if t != "true" && t != "false" {
			return invalidParam("parameter_invalid_boolean", at, "Invalid boolean: %s", t)
		}
		return nil
	})
}

func oneOf(words ...string) field {
	return leaf(func(t, at string) *apiError {
		for _, w := range words {
			if t == w {
				return nil
			}
		}
		return invalidParam("", at, "Invalid %s: must be one of %s", at, orList(words))
	})
}

// moment is a Unix timestamp in seconds. Where the vendor also takes words, a
// decimal is answered with the words alone, which is what misleads people
// (https://github.com/stripe/stripe-node/issues/645).
func moment(words ...string) field {
	return leaf(func(t, at string) *apiError {
		if _, err := strconv.ParseInt(t, 10, 64); err == nil {
			return nil
		}
		if len(words) == 0 {
			return invalidParam("parameter_invalid_integer", at, "Invalid timestamp: must be an integer Unix timestamp")
		}
		return oneOf(words...).check(&node{text: t}, at)
	})
}

func orList(words []string) string {
	if len(words) < 3 {
		return strings.Join(words, " or ")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + ", or " + words[last]
}

// metadata is up to 50 pairs of 40 and 500 characters
// (https://stripe.com/docs/api/metadata).
func metadata() field {
	return field{clearable: true, check: func(n *node, at string) *apiError {
		if n.kids == nil || len(n.kids) > 50 {
			return invalidParam("", at, "Metadata can have up to 50 keys and must be a hash.")
		}
		for name, kid := range n.kids {
			if kid.kids != nil || utf8.RuneCountInString(name) > 40 {
				return invalidParam("", at, "Metadata keys can have up to 40 characters and their values must be strings: %q", name)
			}
			if size := utf8.RuneCountInString(kid.text); size > 500 {
				return invalidParam("", join(at, name), "Metadata values can have up to 500 characters, but you passed in a value that is %d characters.", size)
			}
		}
		return nil
	}}
}

func email() field {
	return leaf(func(t, at string) *apiError {
		name, domain, ok := strings.Cut(t, "@")
		if !ok || name == "" || !strings.Contains(domain, ".") || strings.ContainsAny(t, " \t\r\n") || strings.Contains(domain, "@") {
			return invalidParam("email_invalid", at, "Invalid email address: %s", t)
		}
		return nil
	})
}

// currencies are the ones played here; Stripe knows more than a hundred.
const currencies = " usd cad eur gbp aud nzd chf sek nok dkk mxn jpy pln brl "

func currency() field {
	return leaf(func(t, at string) *apiError {
		if !strings.Contains(currencies, " "+strings.ToLower(t)+" ") {
			return invalidParam("", at, "Invalid currency: %s. Stripe currently supports these currencies: %s", t, strings.Join(strings.Fields(currencies), ", "))
		}
		return nil
	})
}
