package stripefake

import (
	"context"
	"time"
)

// hold keeps the caller until Release or until its client goes away.
func (f *Faults) hold(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held++
	f.signal()
	f.awaitRelease(ctx, f.epoch)
	f.held--
	f.signal()
}

// late is how an event is kept back for d, or until the first Release from now.
func (f *Faults) late(d time.Duration) (wait func(context.Context)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entered := f.epoch
	return func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		f.mu.Lock()
		defer f.mu.Unlock()
		f.awaitRelease(ctx, entered)
	}
}

// WaitHeld returns when at least n requests or answers are being held; what the
// held answers asked for is then done. It fails only with the context.
func (f *Faults) WaitHeld(ctx context.Context, n int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.held < n && ctx.Err() == nil {
		f.await(ctx)
	}
	return ctx.Err()
}

// Release lets every held request, answer and late event go; later ones are held anew.
func (f *Faults) Release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.epoch++
	f.signal()
}

func (f *Faults) signal() {
	close(f.change)
	f.change = make(chan struct{})
}

// awaitRelease needs f.mu, which others have meanwhile.
func (f *Faults) awaitRelease(ctx context.Context, entered int) {
	for f.epoch == entered && ctx.Err() == nil {
		f.await(ctx)
	}
}

func (f *Faults) await(ctx context.Context) {
	change := f.change
	f.mu.Unlock()
	select {
	case <-change:
	case <-ctx.Done():
	}
	f.mu.Lock()
}
