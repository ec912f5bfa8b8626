package limits

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// look counts what stands in a document that nobody has validated: fragments may be missing, unused, or go round in a ring.
func (l *Limits) look(doc *ast.QueryDocument) *gqlerror.Error {
	w := written(doc)
	switch {
	case w.directives > l.Directives:
		return tooMuch("The document has %d directives. At most %d are read.", w.directives, l.Directives)
	case w.deferred:
		return tooMuch("@defer is not carried out. Ask for what may come later in an operation of its own.")
	case w.fields > l.Fields: // used or not, each is validated
		return tooMuch("The document holds more than %d fields.", l.Fields)
	}
	c := counting{Limits: l, doc: doc, inside: map[string]bool{}}
	for _, op := range doc.Operations {
		c.roots = 0
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

// writing is what stands in a document, as it was written.
type writing struct {
	fields, directives int
	deferred           bool // a part of the answer is to come later, which only streams of events could carry
}

func written(doc *ast.QueryDocument) (w writing) {
	for _, op := range doc.Operations {
		w.directives += len(op.Directives)
		for _, v := range op.VariableDefinitions {
			w.directives += len(v.Directives)
		}
		w.add(op.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		w.directives += len(fragment.Directives)
		w.add(fragment.SelectionSet)
	}
	return w
}

func (w *writing) add(set ast.SelectionSet) {
	for _, one := range set {
		w.fields++
		var on ast.DirectiveList
		switch one := one.(type) {
		case *ast.Field:
			on = one.Directives
			w.add(one.SelectionSet)
		case *ast.InlineFragment:
			on = one.Directives
			w.add(one.SelectionSet)
		case *ast.FragmentSpread:
			on = one.Directives
		}
		w.directives += len(on)
		w.deferred = w.deferred || on.ForName("defer") != nil
	}
}

// counting goes through the operations with their fragments put in, and gives up where there is too much: fragments that name each
// other twice grow by powers of two, whether there is a field in them or not.
type counting struct {
	*Limits
	doc    *ast.QueryDocument
	inside map[string]bool // fragments
	seen   int             // fields and fragments, of all operations
	roots  int             // of one operation
}

func (c *counting) selections(set ast.SelectionSet, depth int) *gqlerror.Error {
	for _, one := range set {
		if c.seen++; c.seen > c.Fields {
			return tooMuch("The document asks for more than %d fields, its fragments put in.", c.Fields)
		}
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
	if depth > c.Depth {
		return tooMuch("The document nests fields more than %d deep.", c.Depth)
	}
	return c.selections(f.SelectionSet, depth+1)
}
