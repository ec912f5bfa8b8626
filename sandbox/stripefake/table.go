package stripefake

import (
	"encoding/json"
	"fmt"
	"slices"
)

// table keeps the rows of one kind in the order they came. Reads give copies:
// a handler that fails half way has changed nothing it did not put.
type table[T row] struct {
	store      *store
	name, noun string
	rows       map[string]T
	order      []string
	seq        map[string]int
	dropped    int
	byGroup    map[string][]string
}

func newTable[T row](s *store, name, noun string) *table[T] {
	t := &table[T]{
		store: s, name: name, noun: noun,
		rows: map[string]T{}, seq: map[string]int{}, byGroup: map[string][]string{},
	}
	s.shelves[name] = t
	return t
}

func (t *table[T]) get(id string) (T, bool) {
	r, ok := t.rows[id]
	return r, ok
}

// param finds what a parameter names, or answers 400 as Stripe does.
func (t *table[T]) param(id, param string) (T, error) {
	r, ok := t.rows[id]
	if !ok {
		return r, missing(t.noun, id, param)
	}
	return r, nil
}

// path finds what the URL names, or answers 404.
func (t *table[T]) path(id, param string) (T, error) {
	r, ok := t.rows[id]
	if !ok {
		return r, notFound(t.noun, id, param)
	}
	return r, nil
}

// put stores the row, marks it for the journal and notes when it falls due.
func (t *table[T]) put(r T) {
	id := t.keep(r)
	mark := ref{t.name, id}
	if !t.store.marked[mark] {
		t.store.marked[mark] = true
		t.store.dirty = append(t.store.dirty, mark)
	}
}

func (t *table[T]) keep(r T) string {
	id, group := r.ident()
	old, known := t.rows[id]
	if !known {
		t.seq[id] = t.dropped + len(t.order)
		t.order = append(t.order, id)
	}
	if _, was := old.ident(); group != "" && (!known || was != group) {
		t.join(group, id)
	}
	t.rows[id] = r
	if due, ok := any(r).(timed); ok {
		t.store.agenda.note(due.dueAt(), t.name, id)
	}
	return id
}

// join puts a row into a group at the place its age gives it. It may have been
// there before: a row that leaves a group is only passed over.
func (t *table[T]) join(group, id string) {
	ids := t.byGroup[group]
	bySeq := func(other string, seq int) int { return t.seq[other] - seq }
	if at, there := slices.BinarySearchFunc(ids, t.seq[id], bySeq); !there {
		t.byGroup[group] = slices.Insert(ids, at, id)
	}
}

// dropOldest forgets the first row; only tables of limited age use it.
func (t *table[T]) dropOldest() {
	id := t.order[0]
	t.order = t.order[1:]
	t.dropped++
	delete(t.rows, id)
	delete(t.seq, id)
	delete(t.store.marked, ref{t.name, id})
}

// of lists a group's rows in the order they came. A row that has left the
// group is not among them.
func (t *table[T]) of(group string) []T {
	var all []T
	for _, id := range t.byGroup[group] {
		if _, now := t.rows[id].ident(); now == group {
			all = append(all, t.rows[id])
		}
	}
	return all
}

func (t *table[T]) object(id string) (any, bool) {
	r, ok := t.rows[id]
	return r, ok
}

func (t *table[T]) ids() []string { return t.order }

func (t *table[T]) pack(id string) (record, error) {
	r := t.rows[id]
	packed := record{Table: t.name}
	var err error
	if packed.Row, err = json.Marshal(r); err != nil {
		return record{}, fmt.Errorf("pack %s %q: %w", t.name, id, err)
	}
	if hidden, ok := any(&r).(secretive); ok {
		packed.Secret, err = json.Marshal(hidden.secret())
	}
	return packed, err
}

func (t *table[T]) unpack(packed record) error {
	var r T
	if err := json.Unmarshal(packed.Row, &r); err != nil {
		return fmt.Errorf("unpack %s: %w", t.name, err)
	}
	if hidden, ok := any(&r).(secretive); ok && packed.Secret != nil {
		if err := json.Unmarshal(packed.Secret, hidden.secret()); err != nil {
			return fmt.Errorf("unpack hidden state of %s: %w", t.name, err)
		}
	}
	t.keep(r)
	return nil
}
