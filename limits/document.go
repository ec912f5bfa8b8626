package limits

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// look counts what stands in a document that nobody has validated: fragments may be missing, or go round in a ring.
func (l *Limits) look(doc *ast.QueryDocument) *gqlerror.Error {
	if n := directives(doc); n > l.Directives {
		return tooMuch("The document has %d directives. At most %d are read.", n, l.Directives)
	}
	if deferred(doc) {
		return tooMuch("@defer is not carried out. Ask for what may come later in an operation of its own.")
	}
	written := 0
	for _, fragment := range doc.Fragments { // used or not, each is validated
		written += len(fragment.SelectionSet) + selectionsIn(fragment.SelectionSet)
	}
	if written > l.Fields {
		return tooMuch("The fragments of the document hold more than %d fields.", l.Fields)
	}
	fields := 0
	for _, op := range doc.Operations {
		c := counting{Limits: l, doc: doc, inside: map[string]bool{}, fields: &fields}
		if err := c.selections(op.SelectionSet, 1); err != nil {
			return err
		}
		most, kind := l.Roots, "fields"
		if op.Operation == ast.Mutation {
			most, kind = l.Mutations, "mutations"
		}
		if c.roots > most {
			return tooMuch("The operation has %d %s at its top. At most %d are carried out at once.", c.roots, kind, most)
		}
	}
	return nil
}

// counting goes through one operation with its fragments put in, and gives up where there are too many fields: fragments that
// name each other twice grow by powers of two.
type counting struct {
	*Limits
	doc    *ast.QueryDocument
	inside map[string]bool // fragments
	fields *int
	roots  int
}

func (c *counting) selections(set ast.SelectionSet, depth int) *gqlerror.Error {
	for _, one := range set {
		if err := c.selection(one, depth); err != nil {
			return err
		}
	}
	return nil
}

func (c *counting) selection(one ast.Selection, depth int) *gqlerror.Error {
	switch one := one.(type) {
	case *ast.Field:
		return c.field(one, depth)
	case *ast.InlineFragment:
		return c.selections(one.SelectionSet, depth)
	case *ast.FragmentSpread:
		fragment := c.doc.Fragments.ForName(one.Name)
		if fragment == nil || c.inside[one.Name] {
			return nil // for the validation to say
		}
		c.inside[one.Name] = true
		defer delete(c.inside, one.Name)
		return c.selections(fragment.SelectionSet, depth)
	}
	return nil
}

func (c *counting) field(f *ast.Field, depth int) *gqlerror.Error {
	if depth == 1 {
		c.roots++
	}
	if *c.fields++; *c.fields > c.Fields {
		return tooMuch("The document asks for more than %d fields, its fragments put in.", c.Fields)
	}
	if depth > c.Depth {
		return tooMuch("The document nests fields more than %d deep.", c.Depth)
	}
	return c.selections(f.SelectionSet, depth+1)
}

// directives are those written down, wherever they stand.
func directives(doc *ast.QueryDocument) (n int) {
	for _, op := range doc.Operations {
		n += len(op.Directives) + directivesIn(op.SelectionSet)
		for _, v := range op.VariableDefinitions {
			n += len(v.Directives)
		}
	}
	for _, fragment := range doc.Fragments {
		n += len(fragment.Directives) + directivesIn(fragment.SelectionSet)
	}
	return n
}

func directivesIn(set ast.SelectionSet) (n int) {
	for _, one := range set {
		switch one := one.(type) {
		case *ast.Field:
			n += len(one.Directives) + directivesIn(one.SelectionSet)
		case *ast.InlineFragment:
			n += len(one.Directives) + directivesIn(one.SelectionSet)
		case *ast.FragmentSpread:
			n += len(one.Directives)
		}
	}
	return n
}

// selectionsIn counts what stands in the fields of a selection, not the fields themselves.
func selectionsIn(set ast.SelectionSet) (n int) {
	for _, one := range set {
		var in ast.SelectionSet
		switch one := one.(type) {
		case *ast.Field:
			in = one.SelectionSet
		case *ast.InlineFragment:
			in = one.SelectionSet
		}
		n += len(in) + selectionsIn(in)
	}
	return n
}

// deferred tells whether a part of the answer is to come later, which only streams of events could carry.
func deferred(doc *ast.QueryDocument) bool {
	sets := []ast.SelectionSet{}
	for _, op := range doc.Operations {
		sets = append(sets, op.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		sets = append(sets, fragment.SelectionSet)
	}
	for len(sets) > 0 {
		set := sets[0]
		sets = sets[1:]
		for _, one := range set {
			switch one := one.(type) {
			case *ast.Field:
				sets = append(sets, one.SelectionSet)
			case *ast.InlineFragment:
				if one.Directives.ForName("defer") != nil {
					return true
				}
				sets = append(sets, one.SelectionSet)
			case *ast.FragmentSpread:
				if one.Directives.ForName("defer") != nil {
					return true
				}
			}
		}
	}
	return false
}
