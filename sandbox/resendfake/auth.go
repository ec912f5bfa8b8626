package resendfake

import (
	"crypto/subtle"
	"math"
	"net/http"
	"strconv"
	"strings"
)

func (s *Server) authorize(r *http.Request) error {
	key, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if key = strings.TrimSpace(key); !found || key == "" {
		return errMissingKey
	}
	want := s.options.APIKey
	if want != "" && subtle.ConstantTimeCompare([]byte(key), []byte(want)) != 1 {
		return errInvalidKey
	}
	return nil
}

// limited counts the request, writes the headers of
// https://resend.com/docs/api-reference/rate-limit, and refuses what is too much.
func (s *Server) limited(h http.Header) error {
	ok, remaining, reset := s.limit.Allow(s.options.Wall())
	if s.limit.PerSecond == 0 {
		return nil
	}
	seconds := strconv.Itoa(int(math.Ceil(reset.Seconds())))
	h.Set("ratelimit-limit", strconv.Itoa(s.limit.PerSecond))
	h.Set("ratelimit-remaining", strconv.Itoa(remaining))
	h.Set("ratelimit-reset", seconds)
	if ok {
		return nil
	}
	h.Set("retry-after", seconds)
	return errRate(s.limit.PerSecond)
}
