package stripefake

import "encoding/json"

// maybe is a string that Stripe shows as null when it is empty. It matters:
// stripe-go makes an object out of "" and nothing out of null.
type maybe string

// MarshalJSON writes null for the empty string.
func (m maybe) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(m))
}

// maybeInt is a number, mostly a moment, that Stripe shows as null when there is none.
type maybeInt int64

// MarshalJSON writes null for 0.
func (m maybeInt) MarshalJSON() ([]byte, error) {
	if m == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(int64(m))
}
