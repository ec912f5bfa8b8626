package stripefake

import (
	"encoding/json"
	"strings"
)

// references are the fields that hold another object's id and can be expanded
// into that object, with the kind they refer to.
var references = map[string]string{
	"customer": "customer", "product": "product", "latest_invoice": "invoice", "invoice": "invoice",
	"payment_intent": "payment_intent", "pending_setup_intent": "setup_intent", "setup_intent": "setup_intent",
	"payment_method": "payment_method", "default_payment_method": "payment_method", "generated_card": "payment_method",
	"latest_attempt": "setup_attempt", "mandate": "mandate", "latest_charge": "charge", "charge": "charge",
	"subscription": "subscription", "location": "terminal.location",
}

// containers are fields an expand path may pass through.
var containers = map[string]bool{
	"data": true, "items": true, "lines": true, "price": true, "invoice_settings": true,
	"payment_method_details": true, "card_present": true, "action": true, "process_setup_intent": true,
}

// verifyExpand refuses a path before anything is done, as deep and as unknown
// as Stripe refuses it (https://stripe.com/docs/expand).
func verifyExpand(paths []string) *apiError {
	for _, path := range paths {
		steps := strings.Split(path, ".")
		deep := 0
		for _, step := range steps {
			if references[step] == "" && !containers[step] {
				return invalidParam("", "expand", "This property cannot be expanded (%s).", step)
			}
			if references[step] != "" {
				deep++
			}
		}
		if deep > 4 {
			return invalidParam("", "expand", "You cannot expand more than 4 levels of a property. Property: %s", path)
		}
	}
	return nil
}

// render writes the answer with the references in paths replaced by the
// objects. An empty reference stays null.
func (s *store) render(answer any, paths []string) ([]byte, error) {
	if len(paths) == 0 {
		return json.MarshalIndent(answer, "", "  ")
	}
	tree, err := toTree(answer)
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if err := s.expand(tree, strings.Split(path, ".")); err != nil {
			return nil, err
		}
	}
	return json.MarshalIndent(tree, "", "  ")
}

func toTree(v any) (any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	err = decoder.Decode(&tree)
	return tree, err
}

func (s *store) expand(tree any, steps []string) error {
	if len(steps) == 0 {
		return nil
	}
	switch t := tree.(type) {
	case []any:
		for _, element := range t {
			if err := s.expand(element, steps); err != nil {
				return err
			}
		}
	case map[string]any:
		return s.expandField(t, steps)
	}
	return nil
}

func (s *store) expandField(fields map[string]any, steps []string) error {
	id, isID := fields[steps[0]].(string)
	if isID {
		object, ok := s.lookup(references[steps[0]], id)
		if !ok {
			return nil
		}
		tree, err := toTree(object)
		if err != nil {
			return err
		}
		fields[steps[0]] = tree
	}
	return s.expand(fields[steps[0]], steps[1:])
}
