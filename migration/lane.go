package migration

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/clock"
	"carryover/queries"
)

const (
	// lanePatience is how long a call waits in its worker. Waiting there holds back the worker from the next job, so that a slow
	// lane does not turn a long queue over and over.
	lanePatience = 30 * time.Second
	// laneShare of a provider's limit is used. A provider that counts strictly, in every second, refuses a call that comes less than a
	// second after the one which used up the limit; so much of a second is left for those that are on their way for longer than others.
	laneShare = 0.97
	// laneLate is how late after its moment a call may still go. It is less than what laneShare leaves of a second.
	laneLate = 20 * time.Millisecond
	// laneBurst is the part of a second's calls that one process may reserve at once.
	laneBurst = 0.02
	// laneShutAt is how many failures in a row shut a lane; it stays shut from laneShortest to laneLongest.
	laneShutAt   = 5
	laneShortest = 5 * time.Second
	laneLongest  = 5 * time.Minute
	// laneProbe is how long the one call through a shut lane is waited for. It is longer than any call takes.
	laneProbe = time.Minute
	// laneBelief is how long a lane that was read as open is believed to be: that much later at most every process keeps a pause.
	laneBelief = 250 * time.Millisecond
	// longestRetryAfter bounds what a provider asks for. Who asks for more is asked again once an hour.
	longestRetryAfter = time.Hour
)

// LaneOptions is what lanes stand on.
type LaneOptions struct {
	Pool *pgxpool.Pool
	Log  *slog.Logger
	// Wall is the clock that providers and other processes go by. nil: the machine's.
	Wall clock.Clock
	// Sleep returns after d, or with ctx's error. nil: it really sleeps.
	Sleep func(ctx context.Context, d time.Duration) error
	// Patience is how long a call waits for its turn before it is put back. Zero: half a minute.
	Patience time.Duration
}

// Lanes keep the pace of calls to providers, over all processes. What a lane is of is its name's matter: a channel, an account, an
// endpoint.
type Lanes struct {
	LaneOptions
	q   *queries.Queries
	mu  sync.Mutex
	all map[string]*lane
}

func newLanes(o LaneOptions) *Lanes {
	if o.Wall == nil {
		o.Wall = clock.System
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Patience == 0 {
		o.Patience = lanePatience
	}
	return &Lanes{LaneOptions: o, q: queries.New(), all: map[string]*lane{}}
}

// open gives a lane its rate, once; the database has a row for it from then on.
func (s *Lanes) open(ctx context.Context, name string, rate float64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all[name] != nil {
		return nil
	}
	if err := s.q.ProviderLaneInsertOrNothing(ctx, s.Pool, name); err != nil {
		return fmt.Errorf("insert lane %q: %w", name, err)
	}
	s.all[name] = newLane(rate)
	return nil
}

// of answers a lane that was opened.
func (s *Lanes) of(name string) *lane {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[name]
}

// lane is how this process stands with one of them. The truth is the row in provider_lanes.
type lane struct {
	door door          // whom it lets in takes the next turn
	step time.Duration // between two turns; 0: no limit
	size int           // turns of one reservation
	next time.Time     // the first turn that is left of the last reservation; for whoever is inside the door
	left int

	mu        sync.Mutex
	failures  int       // as read last
	throttles int       // times in a row that this process was asked to slow down
	slowed    time.Time // until when, the last time
	believed  time.Time // until when the lane is taken to be open
	paused    time.Time // until when it was paused, as read last
}

// turn is a call's place in a lane that it has entered. Who makes no call after all gives it back with skip.
type turn struct {
	moment time.Time // of the call; zero: at once
	probe  bool      // it is the one call that looks whether the provider is back
}

func newLane(rate float64) *lane {
	l := &lane{size: 1 + int(rate*laneBurst)}
	if rate > 0 {
		l.step = time.Duration(float64(time.Second) / (rate * laneShare)).Round(time.Microsecond) // as PostgreSQL keeps it
	}
	return l
}

// enter waits until lead before the turn of one call, over all processes, and answers it: what must be done before the call is done
// until then, and then awaitTurn has the last word. It answers *Later where the turn does not come within the patience, or where the
// lane is paused for longer; nothing was reserved then.
func (s *Lanes) enter(ctx context.Context, name string, as place, lead time.Duration) (*turn, error) {
	l := s.of(name)
	if l.step == 0 {
		return s.passOpen(ctx, name, l)
	}
	if err := s.awaitDoor(ctx, l, as); err != nil {
		return nil, err
	}
	defer l.door.leave()
	t, err := s.takeTurn(ctx, name, l, lead)
	if err != nil {
		return nil, err
	}
	if err := s.sleepUntil(ctx, t.moment.Add(-lead)); err != nil {
		return nil, errors.Join(err, s.skip(ctx, name, t))
	}
	return t, nil
}

// awaitTurn waits for a turn's moment. Who comes too late for it takes another one, before those that had none yet: the call would come
// too close to those of a second later. It answers *Later where the lane was paused since the turn was taken: the call is not to be
// made, and the turn is lost.
func (s *Lanes) awaitTurn(ctx context.Context, name string, t *turn) error {
	if t.moment.IsZero() {
		return ctx.Err()
	}
	l := s.of(name)
	if err := s.sleepUntil(ctx, t.moment); err != nil {
		return err
	}
	for s.Wall().Sub(t.moment) > laneLate {
		again, err := s.enter(ctx, name, first, 0)
		if err != nil {
			return err
		}
		if *t = *again; t.moment.IsZero() {
			return nil
		}
	}
	if l.believedOpen(s.Wall()) {
		return nil
	}
	row, err := s.q.ProviderLaneGet(ctx, s.Pool, name)
	if err != nil {
		return fmt.Errorf("read lane: %w", err)
	}
	now := s.Wall()
	l.read(row, now)
	switch {
	case isPaused(row, now):
		return s.later(row.PausedUntil.Sub(now), row.PausedWhy)
	case row.Failures >= laneShutAt:
		return s.later(time.Second, row.PausedWhy)
	}
	return nil
}

// awaitDoor lets the calls of this process into the lane one after the other.
func (s *Lanes) awaitDoor(ctx context.Context, l *lane, as place) error {
	ours, inside := l.door.knock(as)
	if inside {
		return nil
	}
	patience := s.laneWait(ctx)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-ours:
		return nil
	case <-ctx.Done():
		l.door.giveUp(ours)
		return ctx.Err()
	case <-timer.C:
		l.door.giveUp(ours)
		return s.later(max(patience, l.pausedFor(s.Wall())), "others have their turn first")
	}
}

// passOpen goes through a lane without a limit, unless it is paused.
func (s *Lanes) passOpen(ctx context.Context, name string, l *lane) (*turn, error) {
	for !l.believedOpen(s.Wall()) {
		row, err := s.q.ProviderLaneGet(ctx, s.Pool, name)
		if err != nil {
			return nil, fmt.Errorf("read lane: %w", err)
		}
		if t, err := s.pass(ctx, l, row); err != nil || t != nil {
			return t, err
		}
	}
	return &turn{}, nil
}

// takeTurn answers the next turn, lead from now at the soonest; the call that looks whether the provider is back goes at once. Turns are
// reserved in small blocks, so that a fast lane does not write its row for every call; what a crash leaves of a block is lost. A process
// that comes a little late may make up for it by one block.
func (s *Lanes) takeTurn(ctx context.Context, name string, l *lane, lead time.Duration) (*turn, error) {
	for l.left == 0 || !l.believedOpen(s.Wall()) {
		now, span, patience := s.Wall(), time.Duration(l.size)*l.step, s.laneWait(ctx)
		row, err := found(s.q.ProviderLaneReserve(ctx, s.Pool, queries.ProviderLaneReserveParams{
			Lane: name, Now: now, Earliest: now.Add(lead + l.step - span), Latest: now.Add(patience), ShutAt: laneShutAt,
			Span: pgtype.Interval{Microseconds: span.Microseconds(), Valid: true}}))
		if err != nil {
			return nil, fmt.Errorf("reserve turns: %w", err)
		}
		if row != nil {
			l.read(row, now)
			l.next, l.left = row.NextCallAt.Add(-span), l.size
			break
		}
		if row, err = s.q.ProviderLaneGet(ctx, s.Pool, name); err != nil {
			return nil, fmt.Errorf("read lane: %w", err)
		}
		if ahead := row.NextCallAt.Sub(now); ahead > patience && !isPaused(row, now) {
			return nil, s.later(ahead-patience/2, "others have their turn first")
		}
		if row.Failures < laneShutAt && !isPaused(row, now) {
			continue // its pause ended in between
		}
		if t, err := s.pass(ctx, l, row); err != nil || t != nil {
			return t, err
		}
	}
	t := &turn{moment: l.next}
	l.next, l.left = t.moment.Add(l.step), l.left-1
	return t, nil
}

// pass answers the turn of a call that may go by this row at once: the lane is open, or this is the one call that looks whether the
// provider is back. nil: it waited, and the row is to be read again.
func (s *Lanes) pass(ctx context.Context, l *lane, row *queries.ProviderLane) (*turn, error) {
	now := s.Wall()
	l.read(row, now)
	if isPaused(row, now) {
		return nil, s.wait(ctx, *row.PausedUntil, row.PausedWhy)
	}
	if row.Failures < laneShutAt {
		return &turn{}, nil
	}
	n, err := s.q.ProviderLaneProbe(ctx, s.Pool, queries.ProviderLaneProbeParams{
		Lane: row.Lane, ShutAt: laneShutAt, Now: now, ProbeUntil: ptr(now.Add(laneProbe))})
	if err != nil || n == 0 {
		return nil, err
	}
	return &turn{probe: true}, nil
}

// wait returns when the pause is over, or after the patience with *Later.
func (s *Lanes) wait(ctx context.Context, until time.Time, why string) error {
	if err := s.sleepUntil(ctx, earlier(until, s.Wall().Add(s.laneWait(ctx)))); err != nil {
		return err
	}
	if rest := until.Sub(s.Wall()); rest > 0 {
		return s.later(rest, why)
	}
	return nil
}

// skip is for a call that is not made after all. Its turn is lost; but if it was the one to look whether the provider is back, the next
// one does. nil: it never entered the lane.
func (s *Lanes) skip(ctx context.Context, name string, t *turn) error {
	if t == nil || !t.probe {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime) // also while the process is told to stop
	defer cancel()
	return s.q.ProviderLaneEndProbe(ctx, s.Pool, queries.ProviderLaneEndProbeParams{Lane: name, Now: ptr(s.Wall())})
}

// leave takes note of how the call went: nil, or the error that it failed with. Every answer opens a shut lane; being
// asked to slow down pauses it for as long as was asked; what had no answer, or was not let in, shuts it with the fifth in a row.
func (s *Lanes) leave(ctx context.Context, name string, err error) error {
	l := s.of(name)
	if err == nil {
		return s.noteAnswer(ctx, name, l)
	}
	pe := ProviderErrorAs(err)
	switch pe.Kind {
	case ProviderThrottled:
		until := l.slowDown(s.Wall(), pe.patience(0))
		return s.q.ProviderLaneNoteThrottled(ctx, s.Pool, queries.ProviderLaneNoteThrottledParams{
			Lane: name, Until: until, ShutAt: laneShutAt, Why: pe.Message})
	case ProviderUncertain, ProviderAway, ProviderShut:
		return s.noteFailure(ctx, name, l, pe)
	default: // refused for its own sake: the provider is well
		return s.noteAnswer(ctx, name, l)
	}
}

// noteAnswer writes only where failures were seen.
func (s *Lanes) noteAnswer(ctx context.Context, name string, l *lane) error {
	l.goOn(s.Wall())
	if !l.hadFailures() {
		return nil
	}
	return s.q.ProviderLaneNoteAnswer(ctx, s.Pool, queries.ProviderLaneNoteAnswerParams{Lane: name, ShutAt: laneShutAt})
}

func (s *Lanes) noteFailure(ctx context.Context, name string, l *lane, pe *ProviderError) error {
	l.forget()
	return pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		row, err := s.q.ProviderLaneLock(ctx, tx, name)
		if err != nil {
			return err
		}
		now := s.Wall()
		if row.Failures >= laneShutAt && !row.Probing && isPaused(row, now) {
			return nil // shut already: this call had begun before
		}
		p := queries.ProviderLaneNoteFailureParams{Lane: name, Failures: row.Failures + 1, PausedUntil: row.PausedUntil, Why: row.PausedWhy}
		if p.Failures >= laneShutAt {
			p.PausedUntil, p.Why = ptr(now.Add(shutFor(p.Failures))), pe.Message
			s.Log.ErrorContext(ctx, "calls to a provider are paused", "lane", name, "until", *p.PausedUntil, "failures", p.Failures, "error", pe)
		}
		l.setFailures(p.Failures)
		return s.q.ProviderLaneNoteFailure(ctx, tx, p)
	})
}

// shutFor doubles with every failure after the one that shut the lane.
func shutFor(failures int) time.Duration {
	return min(laneLongest, laneShortest<<min(failures-laneShutAt, 10))
}

func isPaused(row *queries.ProviderLane, now time.Time) bool {
	return row.PausedUntil != nil && row.PausedUntil.After(now)
}

// laneWait is the patience, which leaves at least half of a job's time to its call: one that had waited for too long would be given up
// in the middle of it.
func (s *Lanes) laneWait(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return min(s.Patience, time.Until(deadline)/2) //nolint:forbidigo // a context's deadline is in the machine's time
	}
	return s.Patience
}

// later scatters a little, so that many jobs that are put back together do not come back together.
func (s *Lanes) later(after time.Duration, why string) *Later {
	return &Later{After: after + time.Duration(rand.Int64N(int64(after/5)+1)), Why: why} //nolint:gosec // scatter, no secret
}

func (s *Lanes) sleepUntil(ctx context.Context, at time.Time) error {
	if wait := at.Sub(s.Wall()); wait > 0 {
		return s.Sleep(ctx, wait)
	}
	return ctx.Err()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (l *lane) read(row *queries.ProviderLane, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures, l.believed, l.paused = row.Failures, time.Time{}, time.Time{}
	switch {
	case isPaused(row, now):
		l.paused = *row.PausedUntil
	case row.Failures < laneShutAt:
		l.believed = now.Add(laneBelief)
	}
}

// slowDown answers until when the lane is left alone: as long as was asked, and twice as long as the last time where nothing went through
// since. Who is refused during a pause had called before it.
func (l *lane) slowDown(now time.Time, asked time.Duration) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.believed = time.Time{}
	if now.After(l.slowed) || l.throttles == 0 {
		l.throttles++
	}
	until := now.Add(max(asked, min(laneLongest, time.Second<<min(l.throttles-1, 10))))
	if until.After(l.slowed) {
		l.slowed = until
	}
	return until
}

// forget makes the next call read the row.
func (l *lane) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.believed = time.Time{}
}

// goOn ends the row of times that the lane was asked to slow down. What is answered during a pause was asked before it, and says nothing
// of how it will be afterwards.
func (l *lane) goOn(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.After(l.slowed) {
		l.throttles = 0
	}
}

func (l *lane) setFailures(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures = n
}

// hadFailures answers whether the row may hold some, and forgets them: who asks writes that they are over.
func (l *lane) hadFailures() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	had := l.failures > 0
	l.failures = 0
	return had
}

func (l *lane) believedOpen(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return now.Before(l.believed)
}

func (l *lane) pausedFor(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused.Sub(now)
}

// enterLane is Lanes.enter for the lane of a channel's provider, and so are the others here.
func (s *Service) enterLane(ctx context.Context, channel queries.MessageChannel, as place, lead time.Duration) (*turn, error) {
	return s.lanes.enter(ctx, string(channel), as, lead)
}

func (s *Service) awaitTurn(ctx context.Context, channel queries.MessageChannel, t *turn) error {
	return s.lanes.awaitTurn(ctx, string(channel), t)
}

func (s *Service) skipTurn(ctx context.Context, channel queries.MessageChannel, t *turn) error {
	return s.lanes.skip(ctx, string(channel), t)
}

func (s *Service) leaveLane(ctx context.Context, channel queries.MessageChannel, err error) error {
	return s.lanes.leave(ctx, string(channel), err)
}

// leaveLaneUnlessStopped is leaveLane for a call that may have been given up by us, because the process is told to stop or the job's
// time is over: that says nothing about the provider. If it was to look whether the provider is back, the next one does.
func (s *Service) leaveLaneUnlessStopped(ctx context.Context, channel queries.MessageChannel, t *turn, called error) error {
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if called != nil && ctx.Err() != nil {
		return s.skipTurn(noting, channel, t)
	}
	return s.leaveLane(noting, channel, called)
}
