package graph

import (
	"context"
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
	batch, err := r.visibleStill(ctx, u)
	if err != nil {
		return nil, err
	}
	if batch == nil {
		return nil, coded("NOT_FOUND", "There is no such batch of yours.")
	}
	notices, leave := r.Live.Wait(u)
	viewer := access.From(ctx).Viewer
	ended, leaveEnded := r.Live.Wait(viewer.CameInBy())
	changed, leaveChanged := r.Live.Wait(viewer.Staff.ID)
	out := make(chan *queries.Batch)
	go func() {
		defer close(out)
		defer leave()
		defer leaveEnded()
		defer leaveChanged()
		r.follow(ctx, batch.ID, looks{notices, ended, changed}, out)
	}()
	return out, nil
}

// looks are what makes an update look again: the batch, what the viewer came in by, and the viewer's role.
type looks struct{ batch, ended, changed <-chan struct{} }

// next waits for any of them; false where there is nothing to wait for any more.
func (l looks) next(ctx context.Context, tick <-chan time.Time) (open bool) {
	select {
	case _, open = <-l.batch:
	case _, open = <-l.ended:
	case _, open = <-l.changed:
	case <-tick:
		open = true
	case <-ctx.Done():
	}
	return open
}

// follow sends what has changed since the last time until there is nothing more to come.
func (r *liveResolver) follow(ctx context.Context, id uuid.UUID, notices looks, out chan<- *queries.Batch) {
	var last *queries.Batch
	look := time.NewTicker(recheck)
	defer look.Stop()
	for {
		batch, err := r.visibleStill(ctx, id)
		if err != nil || batch == nil {
			return
		}
		if last == nil || progressed(*last, *batch) {
			select {
			case out <- batch:
			case <-ctx.Done():
				return
			}
		}
		if last = batch; batch.FinishedAt != nil {
			return
		}
		if !notices.next(ctx, look.C) {
			return
		}
	}
}

func progressed(a, b queries.Batch) bool {
	return a.Succeeded != b.Succeeded || a.Skipped != b.Skipped || a.Failed != b.Failed || a.State != b.State ||
		a.StateReason != b.StateReason || (a.FinishedAt == nil) != (b.FinishedAt == nil)
}

// visibleStill answers nil where the sign-in has ended, the role has changed or the batch is not the viewer's.
func (r *liveResolver) visibleStill(ctx context.Context, id uuid.UUID) (*queries.Batch, error) {
	viewer := access.From(ctx).Viewer
	now, err := r.Access.Again(ctx, viewer)
	if err != nil || now == nil || now.Staff.Role != viewer.Staff.Role {
		return nil, err
	}
	return r.batch(ctx, id)
}
