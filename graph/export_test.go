package graph

import (
	"testing"
	"time"
)

// LoadersWait makes the loaders of one test wait as long as a busy machine may need to come to the last of a page's rows. The test may
// not be parallel to others.
func LoadersWait(t *testing.T, wait time.Duration) {
	before := loadersWait
	loadersWait = wait
	t.Cleanup(func() { loadersWait = before })
}
