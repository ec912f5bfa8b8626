package load

import (
	"cmp"
	"context"
	"crypto/rand"
	"runtime"

	"golang.org/x/sync/errgroup"

	"carryover/access"
)

// hashPasswords hashes before the transaction begins, since a hash takes long on purpose, and no more at once than there are
// processors, since each takes 64 MiB. A password that is stored already is kept, so it is not hashed again.
//
// Nobody knows the password of who has none; there is a hash of it, so that a sign-in takes as long as for anybody else.
func (l *loader) hashPasswords(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i := range l.staff {
		one := &l.staff[i]
		if one.stored {
			continue
		}
		group.Go(func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			one.params.PasswordHash, err = access.HashPassword(cmp.Or(one.password, rand.Text()))
			return err
		})
	}
	return group.Wait()
}
