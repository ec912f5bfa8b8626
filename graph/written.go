package graph

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
)

// The ordinary way through gqlgen costs a goroutine and a context for each field of each row, several times what PostgreSQL needs
// for a page of fifty. The rows of a large list are therefore written straight into the answer, field by field as the client asked,
// where all that it asked for is at hand. What is written is the same, byte for byte; a test holds the two together.

// writer adds a value to an answer.
type writer[T any] func(answer []byte, of T) []byte

// writable are the fields of an object that can be written straight away, each with what makes its writer from its selection: nil
// where something selected inside it cannot.
type writable[T any] map[string]func(op *graphql.OperationContext, selected ast.SelectionSet) writer[T]

// writer answers what writes an object as it was selected; nil where the ordinary way has to be taken.
func (w writable[T]) writer(op *graphql.OperationContext, selected ast.SelectionSet, implementors []string) writer[T] {
	type part struct {
		name  string
		write writer[T]
	}
	var parts []part
	seen := map[string]bool{}
	for _, field := range graphql.CollectFields(op, selected, implementors) {
		if seen[field.Alias] {
			continue
		}
		seen[field.Alias] = true
		make, ok := w[field.Name]
		if field.Name == "__typename" {
			make, ok = constant[T](implementors[0]), true
		}
		if !ok || field.IsDeferred() {
			return nil
		}
		write := make(op, field.Selections)
		if write == nil {
			return nil
		}
		parts = append(parts, part{`,"` + field.Alias + `":`, write})
	}
	if len(parts) == 0 {
		return nil
	}
	parts[0].name = "{" + parts[0].name[1:]
	return func(answer []byte, of T) []byte {
		for _, p := range parts {
			answer = p.write(append(answer, p.name...), of)
		}
		return append(answer, '}')
	}
}

func leaf[T any](write writer[T]) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return func(*graphql.OperationContext, ast.SelectionSet) writer[T] { return write }
}

func constant[T any](s string) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, _ T) []byte { return appendText(answer, s) })
}

func text[T any, S ~string](get func(T) S) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte { return appendText(answer, string(get(of))) })
}

func textOrNull[T any, S ~string](get func(T) *S) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte {
		if s := get(of); s != nil {
			return appendText(answer, string(*s))
		}
		return append(answer, "null"...)
	})
}

func number[T any](get func(T) int) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte { return strconv.AppendInt(answer, int64(get(of)), 10) })
}

func truth[T any](get func(T) bool) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte { return strconv.AppendBool(answer, get(of)) })
}

func moment[T any](get func(T) *time.Time) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte {
		at := get(of)
		if at == nil || at.IsZero() {
			return append(answer, "null"...)
		}
		answer = at.UTC().AppendFormat(append(answer, '"'), time.RFC3339Nano)
		return append(answer, '"')
	})
}

func globalID[T any](n noun, get func(T) uuid.UUID) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return leaf(func(answer []byte, of T) []byte {
		answer = append(append(append(answer, '"'), n...), '_')
		id := get(of)
		const digits = "0123456789abcdef"
		for _, b := range id {
			answer = append(answer, digits[b>>4], digits[b&15])
		}
		return append(answer, '"')
	})
}

// object writes what a row points to; null where it points to nothing.
func object[T, U any](get func(T) *U, fields writable[*U], implementors []string) func(*graphql.OperationContext, ast.SelectionSet) writer[T] {
	return func(op *graphql.OperationContext, selected ast.SelectionSet) writer[T] {
		write := fields.writer(op, selected, implementors)
		if write == nil {
			return nil
		}
		return func(answer []byte, of T) []byte {
			if u := get(of); u != nil {
				return write(answer, u)
			}
			return append(answer, "null"...)
		}
	}
}

// appendText quotes as gqlgen does.
func appendText(answer []byte, s string) []byte {
	answer = append(answer, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		answer = append(answer, s[start:i]...)
		switch c {
		case '\t':
			answer = append(answer, `\t`...)
		case '\r':
			answer = append(answer, `\r`...)
		case '\n':
			answer = append(answer, `\n`...)
		case '\\', '"':
			answer = append(answer, '\\', c)
		default:
			const digits = "0123456789ABCDEF"
			answer = append(answer, `\u00`...)
			answer = append(answer, digits[c>>4], digits[c&15])
		}
		start = i + 1
	}
	return append(append(answer, s[start:]...), '"')
}

// Written is a list that stands in the answer as it is. gqlgen takes it for the list's own type because it writes itself.
type Written struct{ answer []byte }

// MarshalGQL adds it to the answer.
func (w *Written) MarshalGQL(to io.Writer) { _, _ = to.Write(w.answer) } // a buffer in memory

// UnmarshalGQL is there because gqlgen looks for both; nothing is ever read into it.
func (w *Written) UnmarshalGQL(any) error { return errors.New("a written list is not read") }
