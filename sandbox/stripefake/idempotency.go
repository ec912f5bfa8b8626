package stripefake

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"
)

// idempotencyKey is the first answer under a key
// (https://stripe.com/docs/api/idempotent_requests). It is kept with the
// changes it reports, in the same line of the journal.
type idempotencyKey struct {
	ID          string `json:"id"`
	Fingerprint string `json:"fingerprint"`
	Status      int    `json:"status"`
	Body        []byte `json:"body"` // deflated: there are as many as requests in a day
	Created     int64  `json:"created"`
}

func (k idempotencyKey) ident() (id, group string) { return k.ID, "" }

// claimKey answers the kept reply, or nil when the caller is to act and the key
// is now its own until releaseKey. Only POSTs have keys; Stripe ignores others.
func (x *exchange) claimKey() (*reply, error) {
	if !x.keyed() {
		return nil, nil
	}
	if len(x.key) > 255 {
		return nil, keyError(http.StatusBadRequest, "", "Idempotency keys can be at most 255 characters.")
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.s.forgetKeys()
	if x.s.busy[x.key] {
		return nil, keyError(http.StatusConflict, "idempotency_key_in_use", "There is currently another in-progress request using this Stripe-Idempotent-Key (that probably means you submitted twice, and the other request is still going through): "+x.key+".")
	}
	if kept, ok := x.s.store.keys.get(x.key); ok {
		return x.replay(kept)
	}
	x.s.busy[x.key] = true
	return nil, nil
}

func (x *exchange) keyed() bool {
	return x.key != "" && x.r.Method == http.MethodPost && !x.e.button && !x.e.free
}

func (x *exchange) replay(kept idempotencyKey) (*reply, error) {
	if kept.Fingerprint != x.fingerprint() {
		return nil, keyError(http.StatusBadRequest, "", "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '"+x.key+"' if you meant to execute a different request.")
	}
	body, err := io.ReadAll(flate.NewReader(bytes.NewReader(kept.Body)))
	if err != nil {
		return nil, fmt.Errorf("inflate kept answer: %w", err)
	}
	return &reply{status: kept.Status, body: body, replayed: true}, nil
}

func keyError(status int, code, message string) *apiError {
	return &apiError{status: status, unkept: true, Type: "idempotency_error", Code: code, Message: message}
}

// keepKey records the answer, unless the endpoint refused the parameters
// without beginning to act: then Stripe leaves the key free.
func (x *exchange) keepKey(out reply) {
	if !x.keyed() || out.unkept {
		return
	}
	x.s.store.keys.put(idempotencyKey{
		ID: x.key, Fingerprint: x.fingerprint(), Status: out.status, Body: x.s.squeezer.deflate(out.body), Created: x.s.now(),
	})
}

// squeezer deflates one answer after the other; a fresh writer for each would
// cost more than the deflating. The server's mutex guards it.
type squeezer struct {
	out    bytes.Buffer
	writer *flate.Writer
}

func newSqueezer() *squeezer {
	q := &squeezer{}
	q.writer, _ = flate.NewWriter(&q.out, flate.BestSpeed) // fails only for an unknown level
	return q
}

func (q *squeezer) deflate(body []byte) []byte {
	q.out.Reset()
	q.writer.Reset(&q.out)
	_, _ = q.writer.Write(body) // a buffer never fails
	_ = q.writer.Close()
	return bytes.Clone(q.out.Bytes())
}

func (x *exchange) releaseKey() {
	if !x.keyed() {
		return
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	delete(x.s.busy, x.key)
}

// fingerprint tells one request from another by method, path and parameters.
func (x *exchange) fingerprint() string {
	sum := sha256.Sum256([]byte(x.r.Method + " " + x.r.URL.Path + "?" + x.raw.Encode()))
	return hex.EncodeToString(sum[:16])
}

// forgetKeys drops the keys whose life is over; after that a repeated request
// acts anew, which is the trap for a client that retries for days.
func (s *Server) forgetKeys() {
	life := int64(s.opts.KeyLife / time.Second)
	for len(s.store.keys.order) > 0 {
		oldest := s.store.keys.rows[s.store.keys.order[0]]
		if oldest.Created+life > s.now() {
			return
		}
		s.store.keys.dropOldest()
	}
}
