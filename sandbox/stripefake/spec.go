package stripefake

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// spec says which parameters an endpoint takes. Anything else is refused as
// unknown, exactly as Stripe refuses a misspelling.
type spec map[string]field

// field is the rule for one parameter.
type field struct {
	required  bool
	clearable bool // an empty string unsets it
	check     func(n *node, path string) *apiError
}

// must refuses a request that leaves the parameter out.
func (f field) must() field {
	f.required = true
	return f
}

// clear lets an empty string unset the parameter; otherwise it is an error.
func (f field) clear() field {
	f.clearable = true
	return f
}

// with joins specs that share a part, such as the paging of every list.
func (s spec) with(more spec) spec {
	all := spec{}
	for name, f := range s {
		all[name] = f
	}
	for name, f := range more {
		all[name] = f
	}
	return all
}

func (s spec) verify(n *node, path string) *apiError {
	for _, name := range n.names() {
		f, known := s[name]
		at := join(path, name)
		if !known {
			return invalidParam("parameter_unknown", at, "Received unknown parameter: %s", at)
		}
		if err := f.verify(n.kids[name], at); err != nil {
			return err
		}
	}
	return s.verifyRequired(n, path)
}

func (s spec) verifyRequired(n *node, path string) *apiError {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if s[name].required && n.kids[name] == nil {
			at := join(path, name)
			return invalidParam("parameter_missing", at, "Missing required param: %s.", at)
		}
	}
	return nil
}

func (f field) verify(n *node, at string) *apiError {
	if n.kids == nil && n.text == "" {
		if f.clearable {
			return nil
		}
		return invalidParam("parameter_invalid_empty", at, "You passed an empty string for '%s'. We assume empty values are an attempt to unset a parameter; however '%s' cannot be unset. You should remove '%s' from your request or supply a non-empty value.", at, at, at)
	}
	return f.check(n, at)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return fmt.Sprintf("%s[%s]", path, name)
}

func hash(s spec) field {
	return field{check: func(n *node, at string) *apiError {
		if n.kids == nil {
			return invalidParam("parameter_invalid_hash", at, "Invalid object")
		}
		return s.verify(n, at)
	}}
}

func list(of field) field {
	return field{check: func(n *node, at string) *apiError {
		if n.kids == nil {
			return invalidParam("parameter_invalid_array", at, "Invalid array")
		}
		for _, name := range n.names() {
			if _, err := strconv.Atoi(name); err != nil {
				return invalidParam("parameter_invalid_array", at, "Invalid array")
			}
			if err := of.verify(n.kids[name], join(at, name)); err != nil {
				return err
			}
		}
		return nil
	}}
}
