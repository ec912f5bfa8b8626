package twiliofake

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Server) fetch(r *http.Request) (any, error) {
	sid, isJSON := strings.CutSuffix(r.PathValue("file"), ".json")
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.messages[sid]
	if !ok || !isJSON || r.PathValue("account") != s.options.AccountSID {
		return nil, errNotFound(r.URL.Path)
	}
	return s.show(*m), nil
}

// page is the vendor's frame around a list.
type page struct {
	FirstPageURI string  `json:"first_page_uri"`
	NextPageURI  *string `json:"next_page_uri"`
	Page         int     `json:"page"`
	PageSize     int     `json:"page_size"`
	Start        int     `json:"start"`
	End          int     `json:"end"`
	URI          string  `json:"uri"`
	Messages     []shown `json:"messages"`
}

// list answers the newest first, filtered by To, From and DateSent. A text
// that is still in the queue has no DateSent and is found by no such filter;
// whoever looks for a lost answer should know it.
func (s *Server) list(r *http.Request) (any, error) {
	if r.PathValue("account") != s.options.AccountSID {
		return nil, errNotFound(r.URL.Path)
	}
	q := r.URL.Query()
	keep, err := filter(q)
	if err != nil {
		return nil, err
	}
	size, number := 50, 0
	if n, err := strconv.Atoi(q.Get("PageSize")); err == nil {
		size = min(max(n, 1), 1000)
	}
	if n, err := strconv.Atoi(q.Get("Page")); err == nil {
		number = max(n, 0)
	}
	return s.cut(r.URL, s.found(keep), size, number), nil
}

func (s *Server) found(keep func(Message) bool) []shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []shown{}
	for _, sid := range slices.Backward(s.order) {
		if m := s.messages[sid]; keep(*m) {
			found = append(found, s.show(*m))
		}
	}
	return found
}

func (s *Server) cut(u *url.URL, all []shown, size, number int) page {
	address := func(n int) string {
		q := u.Query()
		q.Set("Page", strconv.Itoa(n))
		q.Set("PageSize", strconv.Itoa(size))
		return u.Path + "?" + q.Encode()
	}
	start := min(number*size, len(all))
	end := min(start+size, len(all))
	p := page{
		FirstPageURI: address(0), URI: address(number), Page: number, PageSize: size,
		Start: start, End: max(start, end-1), Messages: all[start:end],
	}
	if end < len(all) {
		next := address(number + 1)
		p.NextPageURI = &next
	}
	return p
}

// filter reads the vendor's parameters, of which "DateSent>" and "DateSent<"
// include the moment itself: in a query they look like DateSent>=2030-01-02.
func filter(q url.Values) (func(Message) bool, error) {
	after, err := moment(q, "DateSent>", false)
	if err != nil {
		return nil, err
	}
	before, err := moment(q, "DateSent<", true)
	if err != nil {
		return nil, err
	}
	if on := q.Get("DateSent"); on != "" {
		if after, err = moment(q, "DateSent", false); err != nil {
			return nil, err
		}
		after = after.Truncate(24 * time.Hour)
		before = after.Add(24*time.Hour - 1)
	}
	return func(m Message) bool {
		dated := after.IsZero() && before.IsZero() || !m.SentAt.IsZero()
		return dated && (q.Get("To") == "" || m.To == q.Get("To")) && (q.Get("From") == "" || m.From == q.Get("From")) &&
			(after.IsZero() || !m.SentAt.Before(after)) && (before.IsZero() || !m.SentAt.After(before))
	}, nil
}

func moment(q url.Values, name string, endOfDay bool) (time.Time, error) {
	text := q.Get(name)
	if text == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, bad(20001, "%s", fmt.Sprintf("Invalid parameter %s: %q should be like 2030-01-02 or 2030-01-02T03:04:05Z", name, text))
	}
	if endOfDay {
		day = day.Add(24*time.Hour - 1)
	}
	return day, nil
}
