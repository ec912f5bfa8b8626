package graph

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// A row that goes between the two statements is none too few for "is there more".
func TestInOrderAsksAgainWhereARowHasGone(t *testing.T) {
	t.Parallel()
	all := []uuid.UUID{{1}, {2}, {3}, {4}}
	finds := 0
	rows, err := foundInOrder(func() ([]uuid.UUID, error) {
		finds++
		return all[finds-1:][:3], nil
	}, func(ids []uuid.UUID) (rows []*uuid.UUID, err error) {
		for _, id := range ids {
			if id != all[0] { // gone since it was found
				rows = append(rows, &id)
			}
		}
		return rows, nil
	})
	require.NoError(t, err)
	require.Equal(t, 2, finds)
	require.Len(t, rows, 3)
}
