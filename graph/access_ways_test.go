package graph_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// whole selects everything in a thing, and in what hangs on it so many steps deep.
func (c caller) whole(typ string, deep int) string {
	def := c.schema.Types[typ]
	switch {
	case def.Kind == ast.Interface:
		return "{__typename id}"
	case def.Kind != ast.Object:
		return ""
	}
	var fields []string
	for _, f := range def.Fields {
		if f.Name == "edges" || strings.HasPrefix(f.Name, "__") {
			continue
		}
		step := deep - 1
		if strings.HasSuffix(typ, "Connection") || strings.HasSuffix(typ, "Payload") || f.Type.Name() == "Money" {
			step = deep
		}
		inner := ""
		if c.isThing(f.Type.Name()) {
			if step < 0 {
				continue
			}
			if inner = c.whole(f.Type.Name(), step); inner == "" {
				continue
			}
		}
		fields = append(fields, c.nested(f)+inner)
	}
	if len(fields) == 0 {
		return "{__typename}"
	}
	return "{" + strings.Join(fields, " ") + "}"
}

// nested is a field inside a thing: short where it is a list.
func (c caller) nested(f *ast.FieldDefinition) string {
	if f.Arguments.ForName("first") != nil {
		return f.Name + "(first:5)"
	}
	return f.Name
}

func (c caller) isThing(typ string) bool {
	kind := c.schema.Types[typ].Kind
	return kind == ast.Object || kind == ast.Interface
}

// columns select what a thing says without anything hanging on it; of a preview all, since that is where it says anything.
func (c caller) columns(typ string) string {
	if strings.HasSuffix(typ, "Preview") {
		return strings.TrimSuffix(strings.TrimPrefix(c.whole(typ, 1), "{"), "}")
	}
	var names []string
	for _, f := range c.schema.Types[typ].Fields {
		if !c.isThing(f.Type.Name()) && len(f.Arguments) == 0 && !strings.HasPrefix(f.Name, "__") {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, " ")
}

// ways are how each type is reached from the top: by `node` where it has an id there, otherwise by the fewest steps.
func (c caller) ways() map[string]string {
	ways := map[string]string{"Query": "query{%s}"}
	for _, typ := range slices.Sorted(maps.Keys(nodeNouns)) {
		ways[typ] = `query{node(id:"<*` + nodeNouns[typ] + `>"){__typename ... on ` + typ + `{` + c.columns(typ) + ` %s}}}`
	}
	ways["LegacyImport"] = `query{node(id:"<*imp>"){__typename ... on Batch{` + c.columns("Batch") + ` import{` + c.columns("LegacyImport") + ` %s}}}}` // other batches have none
	for level := append([]string{"Query", "LegacyImport"}, slices.Sorted(maps.Keys(nodeNouns))...); len(level) > 0; {
		var next []string
		slices.SortStableFunc(level, func(a, b string) int { return strings.Compare(frame(a), frame(b)) })
		for _, from := range level {
			for _, f := range c.schema.Types[from].Fields {
				to := f.Type.Name()
				if strings.HasPrefix(f.Name, "__") || c.schema.Types[to].Kind != ast.Object || ways[to] != "" {
					continue
				}
				ways[to] = strings.Replace(ways[from], "%s", c.with(f, c.asks(from, f))+"{"+c.columns(to)+" %s}", 1)
				next = append(next, to)
			}
		}
		level = next
	}
	return ways
}

// asks is what a list or a preview is asked about on the way to what is in it; nothing where the way asks about a thing already.
func (c caller) asks(from string, f *ast.FieldDefinition) string {
	if from != "Query" {
		return ""
	}
	all, must := c.abouts("query", f)
	if all = append(must, all...); len(all) == 0 {
		return ""
	}
	return all[0]
}

// frame comes first of a page: a list is the shortest way to what is on it.
func frame(typ string) string {
	if strings.HasSuffix(typ, "Connection") {
		return ""
	}
	return typ
}

// inside is the call that reaches fields of a thing.
func (c caller) inside(way string, fields []*ast.FieldDefinition) call {
	var all []string
	for _, f := range fields {
		all = append(all, c.nested(f)+c.whole(f.Type.Name(), 1))
	}
	one := call{text: strings.Replace(way, "%s", strings.Join(all, " "), 1)}
	if one.noun() != "" {
		one.about = "id"
	}
	return one
}
