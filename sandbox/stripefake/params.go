package stripefake

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// node is one parameter of a form such as items[0][price_data][currency]=usd,
// grown into a tree: a leaf carries text, a branch carries children by name.
type node struct {
	text string
	kids map[string]*node
}

// parseForm grows the tree. A list without indexes (expand[]=a&expand[]=b)
// gets its indexes in the order sent. A name whose brackets do not pair is
// refused, as is a name used both as a leaf and as a branch.
func parseForm(values url.Values) (*node, *apiError) {
	root := &node{}
	for name, texts := range values {
		path, ok := splitName(name)
		if !ok {
			return nil, invalidParam("parameter_unknown", name, "Received unknown parameter: %s", name)
		}
		for i, text := range texts {
			if !root.grow(path, strconv.Itoa(i), text) {
				return nil, invalidParam("parameter_invalid", name, "Invalid request: %s is given as a value and as a hash.", name)
			}
		}
	}
	return root, nil
}

// splitName cuts a[b][0] into a, b, 0. The empty pair of brackets stays empty.
func splitName(name string) ([]string, bool) {
	head, rest, nested := strings.Cut(name, "[")
	if head == "" || strings.Contains(head, "]") {
		return nil, false
	}
	if !nested {
		return []string{head}, true
	}
	if !strings.HasSuffix(rest, "]") {
		return nil, false
	}
	parts := strings.Split(strings.TrimSuffix(rest, "]"), "][")
	for _, part := range parts {
		if strings.ContainsAny(part, "[]") {
			return nil, false
		}
	}
	return append([]string{head}, parts...), true
}

func (n *node) grow(path []string, next, text string) bool {
	if len(path) == 0 {
		n.text = text
		return n.kids == nil
	}
	name := path[0]
	if name == "" {
		name = next
	}
	if n.kids == nil {
		n.kids = map[string]*node{}
	}
	kid, seen := n.kids[name]
	if !seen {
		kid = &node{}
		n.kids[name] = kid
	} else if len(path) == 1 || kid.kids == nil {
		return false
	}
	return kid.grow(path[1:], next, text)
}

// names are the children in order: indexes by number, then words.
func (n *node) names() []string {
	names := make([]string, 0, len(n.kids))
	for name := range n.kids {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, errA := strconv.Atoi(names[i])
		b, errB := strconv.Atoi(names[j])
		if errA == nil && errB == nil {
			return a < b
		}
		return names[i] < names[j]
	})
	return names
}

// params reads a tree that its endpoint's spec has already accepted, so the
// readers below answer zero only for what was not sent.
type params struct{ n *node }

func (p params) at(path ...string) params {
	n := p.n
	for _, name := range path {
		if n == nil {
			return params{}
		}
		n = n.kids[name]
	}
	return params{n}
}

func (p params) has(path ...string) bool  { return p.at(path...).n != nil }
func (p params) bool(path ...string) bool { return p.text(path...) == "true" }
func (p params) or(s, otherwise string) string {
	if t := p.text(s); t != "" {
		return t
	}
	return otherwise
}

func (p params) text(path ...string) string {
	if n := p.at(path...).n; n != nil {
		return n.text
	}
	return ""
}

func (p params) int(path ...string) int64 {
	i, _ := strconv.ParseInt(p.text(path...), 10, 64)
	return i
}

// each lists the elements of a list in the order sent.
func (p params) each(path ...string) []params {
	n := p.at(path...).n
	if n == nil {
		return nil
	}
	var all []params
	for _, name := range n.names() {
		all = append(all, params{n.kids[name]})
	}
	return all
}

func (p params) texts(path ...string) []string {
	all := []string{}
	for _, element := range p.each(path...) {
		all = append(all, element.n.text)
	}
	return all
}

// metadata merges what was sent into old, as Stripe does: an empty value
// removes a key, and metadata sent as the empty string removes them all.
func (p params) metadata(old map[string]string) map[string]string {
	merged := map[string]string{}
	n := p.at("metadata").n
	if n != nil && n.kids == nil {
		return merged
	}
	for k, v := range old {
		merged[k] = v
	}
	if n == nil {
		return merged
	}
	for k, v := range n.kids {
		merged[k] = v.text
		if v.text == "" {
			delete(merged, k)
		}
	}
	return merged
}
