package stripefake

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newID makes an id with the kind's prefix, in Stripe's shape: cus_NffrFeUfNV2Hib.
func newID(prefix string) string { return prefix + "_" + token(24) }

func token(length int) string {
	raw := make([]byte, length)
	_, _ = rand.Read(raw) // never fails: it ends the program instead
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(raw)
}

// fingerprintOf is equal for equal card or account numbers and tells nothing else.
func fingerprintOf(number string) string {
	sum := sha256.Sum256([]byte("fingerprint " + number))
	return hex.EncodeToString(sum[:8])
}
