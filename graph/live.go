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
	viewer := access.From(ctx).Viewer
	notices, leave := r.Live.Wait(u, viewer.CameInBy(), viewer.Staff.ID) // the batch, and whether and as what the viewer is still in
	out := make(chan *queries.Batch)
	go func() {
		defer close(out)
		defer leave()
		r.follow(ctx, batch.ID, notices, out)
	}()
	return out, nil
}

// follow sends what has changed since the last time until there is nothing more to come.
func (r *liveResolver) follow(ctx context.Context, id uuid.UUID, notices <-chan struct{}, out chan<- *queries.Batch) {
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
