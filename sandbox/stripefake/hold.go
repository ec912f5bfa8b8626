package stripefake

import "context"

// hold keeps the caller until Release or until its client goes away.
func (f *Faults) hold(ctx context.Context) {
	f.mu.Lock()
	entered := f.epoch
	f.held++
	f.signal()
	for f.epoch == entered && ctx.Err() == nil {
		f.await(ctx)
	}
	f.held--
	f.signal()
	f.mu.Unlock()
}

// WaitHeld returns when at least n answers are being held; what they asked for
// is then done. It fails only with the context.
func (f *Faults) WaitHeld(ctx context.Context, n int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.held < n && ctx.Err() == nil {
		f.await(ctx)
	}
	return ctx.Err()
}

// Release lets every held answer go; later ones are held anew.
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

func (f *Faults) await(ctx context.Context) {
	change := f.change
	f.mu.Unlock()
	select {
	case <-change:
	case <-ctx.Done():
	}
	f.mu.Lock()
}
