package resendfake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"
)

// savedKey is the first answer given under an Idempotency-Key. Only a success
// is saved: after a refusal the same key may be used again.
type savedKey struct {
	Key    string          `json:"key"`
	Digest string          `json:"digest"` // of the path and the body's bytes
	Answer json.RawMessage `json:"answer"`
	At     time.Time       `json:"at"`
}

// claim marks the request's key as in progress until free is called. A second
// request with it is refused meanwhile, whatever its body.
func (s *Server) claim(r *http.Request) (free func(), err error) {
	values := r.Header.Values("Idempotency-Key")
	if r.Method != http.MethodPost || len(values) == 0 {
		return func() {}, nil
	}
	key := values[0]
	if key == "" || len(key) > 256 {
		return nil, errKeyLength
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inFlight[key] {
		return nil, errKeyConcurrent
	}
	s.inFlight[key] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.inFlight, key)
	}, nil
}

// idempotent answers a known key with its first answer and acts otherwise.
// The body is compared byte for byte, which is the stricter reading of the
// vendor's "a different request payload".
func (s *Server) idempotent(read reading) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := s.once(r, read)
		if err != nil {
			writeError(w, err)
			return
		}
		writeRaw(w, http.StatusOK, answer)
	}
}

func (s *Server) once(r *http.Request, read reading) (json.RawMessage, error) {
	raw, err := body(r)
	if err != nil {
		return nil, err
	}
	key, digest, now := r.Header.Get("Idempotency-Key"), digestOf(r.URL.Path, raw), s.options.Now().UTC()
	if saved, ok := s.remembered(key, now); ok {
		if saved.Digest != digest {
			return nil, errKeyOtherBody
		}
		return saved.Answer, nil
	}
	emails, reply, err := read(r, raw)
	if err != nil {
		return nil, err
	}
	answer, err := json.Marshal(reply)
	if err != nil {
		return nil, err
	}
	var saved *savedKey
	if key != "" {
		saved = &savedKey{Key: key, Digest: digest, Answer: answer, At: now}
	}
	if err := s.accept(emails, saved, now); err != nil {
		s.options.Logger.Error("email not accepted", "err", err)
		return nil, err
	}
	return answer, nil
}

func (s *Server) remembered(key string, now time.Time) (savedKey, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved, ok := s.keys[key]
	return saved, ok && now.Sub(saved.At) < s.options.KeyLife
}

func digestOf(path string, raw []byte) string {
	sum := sha256.New()
	sum.Write([]byte(path + "\n"))
	sum.Write(raw)
	return hex.EncodeToString(sum.Sum(nil))
}
