package storm

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// sendToAll accepts an email and a text to everybody, each asked for twice with the same key, as an impatient person does.
func (r *run) sendToAll(ctx context.Context) error {
	for _, channel := range []string{"EMAIL", "SMS", "EMAIL", "SMS"} {
		id, err := r.office.Send(ctx, channel, map[string]any{}, r.Recipients, "storm-"+channel)
		if err != nil {
			return err
		}
		if len(r.batches) < 2 {
			r.batches = append(r.batches, id)
		}
	}
	return nil
}

// calm clears the sky, finds the dead now and then, and waits until everything has ended, then until what is not known has been
// looked up. A second text to everybody afterwards must reach those alone whom the first surely did not.
func (r *run) calm(ctx context.Context) error {
	r.providers.sky.clearUp()
	if r.Naive {
		return r.until(ctx, r.naiveDone)
	}
	if err := r.until(ctx, r.done); err != nil {
		return err
	}
	id, err := r.office.Send(ctx, "SMS", map[string]any{}, r.Recipients, "storm-again")
	if err != nil {
		return err
	}
	r.batches = append(r.batches, id)
	return r.until(ctx, r.done)
}

func (r *run) until(ctx context.Context, done func(context.Context) (bool, error)) error {
	for {
		ok, err := done(ctx)
		if err != nil || ok {
			return err
		}
		if err := errors.Join(r.revive(), r.findTheDead(ctx), wait(ctx, 2*time.Second)); err != nil {
			return fmt.Errorf("it never ended: %w", err)
		}
	}
}

// done tells whether every row of every batch has an outcome.
func (r *run) done(ctx context.Context) (bool, error) {
	for _, id := range r.batches {
		if ok, err := r.office.Finished(ctx, id); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
