// Package ids makes the identifiers of everything that is stored.
//
// It owns the choice of UUIDv7 (RFC 9562): ids sort by the time they were made, so a list by id is a list by age and new
// rows go to the end of every index. It does not own how ids are shown to clients; that is package graph.
package ids

import "github.com/google/uuid"

// New answers an id that is greater than every id that this process made before it. It panics only where the operating
// system has no randomness to give, where nothing else would work either.
func New() uuid.UUID {
	return uuid.Must(uuid.NewV7())
}
