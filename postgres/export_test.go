package postgres

import (
	"context"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
)

// UpFiles is Up with other schema steps than the embedded ones.
func UpFiles(ctx context.Context, url string, files fs.FS) error { return chain{files}.up(ctx, url) }

// CheckFiles is CheckSchema with other schema steps than the embedded ones.
func CheckFiles(ctx context.Context, pool *pgxpool.Pool, files fs.FS) error {
	return chain{files}.check(ctx, pool)
}
