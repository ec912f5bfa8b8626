// Package throttle counts tries in PostgreSQL, over all processes together, and says when it is enough.
//
// It owns that a count is right whoever tries at the same moment, and that a try which is refused costs a look and no more: a flood is
// mostly refused. It does not own what is counted and how much of it is enough; that stands with who asks. Whom a count is about is
// stored as a hash, since most of them are strangers.
package throttle

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"time"

	"carryover/queries"
)

// Limit is how often something may be tried in a period. A period begins with the first try and ends for all tries in it at once.
type Limit struct {
	Name string // names the count for operators, and keeps the counts of two limits apart
	Most int
	Per  time.Duration
}

// Of is the count of one person, address or account.
func (l Limit) Of(whom string) Count {
	return Count{limit: l, key: sha256.Sum256([]byte(l.Name + "\x00" + whom))}
}

// Count is how often one of them has tried.
type Count struct {
	limit Limit
	key   [sha256.Size]byte
}

// Refused is the answer to a try too many. Nothing was counted.
type Refused struct {
	RetryAfter time.Duration // at least a second
}

func (r *Refused) Error() string { return fmt.Sprintf("too many tries, again in %s", r.RetryAfter) }

// Refuse says how long it is until another try is looked at, in whole seconds.
func Refuse(after time.Duration) *Refused {
	return &Refused{RetryAfter: max(time.Second, (after + time.Second - 1).Truncate(time.Second))}
}

var q = queries.New()

// Take counts one try on each of counts, or on none of them and answers *Refused.
func Take(ctx context.Context, db queries.DBTX, now time.Time, counts ...Count) error {
	if len(counts) == 0 {
		return nil
	}
	p := queries.ThrottleTakeParams{Now: now}
	for _, c := range counts {
		p.Keys, p.Names, p.Mosts = append(p.Keys, c.key[:]), append(p.Names, c.limit.Name), append(p.Mosts, c.limit.Most)
		p.EndsAt = append(p.EndsAt, now.Add(c.limit.Per))
	}
	full, err := q.ThrottleEndOfFull(ctx, db, queries.ThrottleEndOfFullParams{Keys: p.Keys, Now: now})
	if err != nil {
		return fmt.Errorf("look at throttles: %w", err)
	}
	if full.After(now) {
		return Refuse(full.Sub(now))
	}
	taken, err := q.ThrottleTake(ctx, db, p)
	if err != nil {
		return fmt.Errorf("take of throttles: %w", err)
	}
	if len(taken) == len(counts) {
		return nil
	}
	return refuseAtOnce(ctx, db, now, p.Keys, taken)
}

// refuseAtOnce is for who tried at the same moment as others, and came after the last that was let through.
func refuseAtOnce(ctx context.Context, db queries.DBTX, now time.Time, keys, taken [][]byte) error {
	if len(taken) > 0 {
		if err := q.ThrottleGiveBack(ctx, db, taken); err != nil {
			return fmt.Errorf("give back to throttles: %w", err)
		}
	}
	full, err := q.ThrottleEndOfFull(ctx, db, queries.ThrottleEndOfFullParams{Keys: keys, Now: now})
	if err != nil {
		return fmt.Errorf("look at throttles: %w", err)
	}
	return Refuse(full.Sub(now))
}

// GiveBack takes one try back from each of counts: it came out well.
func GiveBack(ctx context.Context, db queries.DBTX, counts ...Count) error {
	keys := make([][]byte, len(counts))
	for i, c := range counts {
		keys[i] = c.key[:]
	}
	if err := q.ThrottleGiveBack(ctx, db, keys); err != nil {
		return fmt.Errorf("give back to throttles: %w", err)
	}
	return nil
}

// Forget lets a count begin anew, as if nothing had been tried.
func Forget(ctx context.Context, db queries.DBTX, c Count) error {
	if err := q.ThrottleForget(ctx, db, c.key[:]); err != nil {
		return fmt.Errorf("forget throttle: %w", err)
	}
	return nil
}

// Purge forgets counts whose period is over, `most` at a time, and answers how many.
func Purge(ctx context.Context, db queries.DBTX, now time.Time, most int) (int64, error) {
	n, err := q.ThrottlePurge(ctx, db, queries.ThrottlePurgeParams{Now: now, RowLimit: most})
	if err != nil {
		return 0, fmt.Errorf("purge throttles: %w", err)
	}
	return n, nil
}

// Network is what an address is counted as: itself, or of IPv6 the 64 bits of which one household has all addresses. ok is false
// where there is none, as over a socket in the file system.
func Network(ip *netip.Addr) (network netip.Prefix, ok bool) {
	if ip == nil || !ip.IsValid() {
		return network, false
	}
	bits := 32
	addr := ip.Unmap()
	if addr.Is6() {
		bits = 64
	}
	network, err := addr.Prefix(bits)
	return network, err == nil
}
