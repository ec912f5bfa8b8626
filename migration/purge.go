package migration

import (
	"context"
	"fmt"
	"time"

	"carryover/queries"
	"carryover/throttle"
)

const (
	// AccessKept is how long it is known, after its end, that something let somebody in: who looks into a theft looks back so far. Events,
	// which tell who came in when, are kept.
	AccessKept = 90 * 24 * time.Hour
	// purgedAtOnce is how many rows one statement deletes: none holds locks or writes for long, however much there is to forget.
	purgedAtOnce = 1000
)

// PurgeAccess is the job that forgets what let somebody in, a while after its end, and what is known of tries, requests and attempts
// once their time is over. A run that dies leaves the rest to the next.
func (s *Service) PurgeAccess(ctx context.Context) error {
	now := earlier(s.now(), s.Wall()) // rows are kept by either clock, and a moved one forgives nothing
	requested, ended := now.Add(-signInRequestsKept), now.Add(-AccessKept)
	for _, one := range []struct {
		what string
		some func() (int64, error)
	}{
		{"throttles", func() (int64, error) { return throttle.Purge(ctx, s.Pool, now, purgedAtOnce) }},
		{"attempts", func() (int64, error) {
			return s.q.OidcAttemptPurge(ctx, s.Pool, queries.OidcAttemptPurgeParams{Now: now, RowLimit: purgedAtOnce})
		}},
		{"sign-in requests", func() (int64, error) {
			return s.q.SignInRequestPurge(ctx, s.Pool, queries.SignInRequestPurgeParams{Before: requested, RowLimit: purgedAtOnce})
		}},
		{"reset requests", func() (int64, error) {
			return s.q.PasswordResetRequestPurge(ctx, s.Pool, queries.PasswordResetRequestPurgeParams{Before: requested, RowLimit: purgedAtOnce})
		}},
		{"sign-ins", func() (int64, error) {
			return s.q.SignInPurge(ctx, s.Pool, queries.SignInPurgeParams{Before: ended, RowLimit: purgedAtOnce})
		}},
		{"tenants' sign-ins", func() (int64, error) {
			return s.q.TenantSignInPurge(ctx, s.Pool, queries.TenantSignInPurgeParams{Before: ended, RowLimit: purgedAtOnce})
		}},
		{"links to staff", func() (int64, error) {
			return s.q.StaffLinkPurge(ctx, s.Pool, queries.StaffLinkPurgeParams{Before: ended, RowLimit: purgedAtOnce})
		}},
		{"API tokens", func() (int64, error) {
			return s.q.ApiTokenPurge(ctx, s.Pool, queries.ApiTokenPurgeParams{Before: ended, RowLimit: purgedAtOnce})
		}},
		{"devices", func() (int64, error) {
			return s.q.StaffDevicePurge(ctx, s.Pool, queries.StaffDevicePurgeParams{Before: ended, RowLimit: purgedAtOnce})
		}},
	} {
		if err := untilFew(one.some); err != nil {
			return fmt.Errorf("purge %s: %w", one.what, err)
		}
	}
	return nil
}

// untilFew deletes until less is left than one statement takes.
func untilFew(some func() (int64, error)) error {
	for {
		if n, err := some(); err != nil || n < purgedAtOnce {
			return err
		}
	}
}
