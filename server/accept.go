package server

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of an answer.
const (
	plainJSON    = "application/json"
	responseJSON = "application/graphql-response+json"
	eventStream  = "text/event-stream"
)

// accepted is the media type of an answer with data, and whether the client takes any that there is (RFC 9110, section 12.5.1). The
// most wanted wins, the newer of two that are wanted alike; who takes anything, or does not say, gets plain JSON.
func accepted(header []string) (kind string, some bool) {
	wanted := strings.Join(header, ",")
	if strings.TrimSpace(wanted) == "" {
		return plainJSON, true
	}
	weight := map[string]float64{}
	for part := range strings.SplitSeq(wanted, ",") {
		name, more, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, given := more["q"]; given {
			if q, err = strconv.ParseFloat(text, 64); err != nil || q < 0 || q > 1 {
				continue
			}
		}
		weight[name] = max(weight[name], q)
	}
	any, kind, best := max(weight["*/*"], weight["application/*"]), "", 0.0
	for _, one := range []string{responseJSON, plainJSON} {
		q, named := weight[one]
		if !named && one == plainJSON {
			q = any
		}
		if q > best {
			kind, best = one, q
		}
	}
	return kind, kind != "" || weight[eventStream] > 0
}
