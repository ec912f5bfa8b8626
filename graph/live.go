package graph

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/queries"
)

type liveResolver struct{ *Resolver }

// recheck is how often a live update looks by itself, for a sign-in that has ended and for a notice that was lost on the way.
const recheck = 15 * time.Second

// BatchProgressed answers the batch now and each time it has changed, up to the state in which it is finished. It ends when the
// sign-in does.
func (r *liveResolver) BatchProgressed(ctx context.Context, id string) (<-chan *queries.Batch, error) {
	u, _ := nounBatch.parse(id)
	return watch(ctx, r, watched[queries.Batch]{id: u, read: r.batch, missing: "There is no such batch of yours.",
		over: func(b *queries.Batch) bool { return b.FinishedAt != nil },
		mark: func(_ context.Context, b *queries.Batch) (string, error) {
			return fmt.Sprint(b.Succeeded, b.Skipped, b.Failed, b.State, b.StateReason, b.FinishedAt != nil), nil
		}})
}

// SubmissionChanged answers the submission now and each time that something was written down of it, as long as the viewer manages its
// location and stays signed in: what became of it is never the last word.
func (r *liveResolver) SubmissionChanged(ctx context.Context, id string) (<-chan *queries.Submission, error) {
	u, _ := nounSubmission.parse(id)
	return watch(ctx, r, watched[queries.Submission]{id: u, read: r.submission, missing: "There is no such submission at a location that you manage.",
		over: func(*queries.Submission) bool { return false },
		mark: func(ctx context.Context, s *queries.Submission) (string, error) {
			newest, err := r.q.EventGetNewest(ctx, r.Pool, queries.EventGetNewestParams{SubjectKind: queries.EventSubjectSubmission, SubjectID: s.ID})
			return newest.String(), err
		}})
}

// watched is one thing that somebody watches.
type watched[T any] struct {
	id      uuid.UUID
	read    func(context.Context, uuid.UUID) (*T, error) // nil for what is not the viewer's
	missing string
	mark    func(context.Context, *T) (string, error) // another one is news
	over    func(*T) bool                             // nothing more will come
}

func watch[T any](ctx context.Context, r *liveResolver, w watched[T]) (<-chan *T, error) {
	now, err := stillSeen(ctx, r, w)
	if err != nil {
		return nil, err
	}
	if now == nil {
		return nil, Coded("NOT_FOUND", w.missing)
	}
	viewer := access.From(ctx).Viewer
	notices, leave := r.Live.Wait(w.id, viewer.CameInBy(), viewer.Staff.ID) // the thing, and whether and as what the viewer is still in
	out := make(chan *T)
	go func() {
		defer close(out)
		defer leave()
		follow(ctx, r, w, notices, out)
	}()
	return out, nil
}

// follow sends what has changed since the last time until there is nothing more to come.
func follow[T any](ctx context.Context, r *liveResolver, w watched[T], notices <-chan struct{}, out chan<- *T) {
	var last *string
	look := time.NewTicker(cmp.Or(r.LookAgain, recheck))
	defer look.Stop()
	for {
		now, err := stillSeen(ctx, r, w)
		if err != nil || now == nil {
			return
		}
		mark, err := w.mark(ctx, now)
		if err != nil {
			return
		}
		if last == nil || *last != mark {
			select {
			case out <- now:
			case <-ctx.Done():
				return
			}
		}
		if last = &mark; w.over(now) {
			return
		}
		select {
		case _, open := <-notices:
			if !open {
				return
			}
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

// stillSeen answers nil where the sign-in has ended, the role has changed or the thing is not the viewer's.
func stillSeen[T any](ctx context.Context, r *liveResolver, w watched[T]) (*T, error) {
	still, err := r.Access.Still(ctx, access.From(ctx).Viewer)
	if err != nil || !still {
		return nil, err
	}
	return w.read(ctx, w.id)
}
