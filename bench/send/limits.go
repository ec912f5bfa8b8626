package main

import (
	"context"
	"errors"
	"time"

	"carryover/e2e/office"
)

// What the limited providers allow in a second.
const (
	limitedCalls = 10  // calls with a hundred emails each
	limitedTexts = 100 // texts
)

// measureLimits sends through providers that refuse what comes too fast, with two worker processes that know the limit.
func (b *bench) measureLimits(ctx context.Context) error {
	places := b.places
	places.EmailRate, places.TextRate = limitedCalls, limitedTexts
	for _, c := range []struct {
		name, channel, key string
		location, n, limit int
		vendor             *counter
	}{
		{"emails through a limited provider", "EMAIL", "limited-emails", 1, b.limitedEmails, limitedCalls, &b.vendors.emails},
		{"texts through a limited provider", "SMS", "limited-texts", 2, b.limitedTexts, limitedTexts, &b.vendors.texts},
	} {
		say("%s: %d at %d calls a second", c.name, c.n, c.limit)
		c.vendor.begin(c.limit)
		if err := b.sendWithTwo(ctx, places, c.channel, b.locations[c.location], c.n, c.key); err != nil {
			return err
		}
		b.add(c.name, "share of the limit", c.vendor.used(), 1, "provider-limit", true)
		b.note(c.name+": answered with 429", "calls of 100", 100*float64(c.vendor.refused.Load())/float64(c.vendor.refused.Load()+c.vendor.calls.Load()))
	}
	return nil
}

func (b *bench) sendWithTwo(ctx context.Context, places office.Places, channel, location string, n int, key string) error {
	one, err := startWorker("ours", places)
	if err != nil {
		return err
	}
	two, err := startWorker("ours", places)
	if err != nil {
		return err
	}
	batch, err := b.office.Send(ctx, channel, map[string]any{"locationIds": []string{location}}, n, key)
	if err != nil {
		return err
	}
	for done := false; !done; {
		if done, err = b.office.Finished(ctx, batch); err != nil {
			return err
		}
		if err := wait(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
	return errors.Join(one.stop(), two.stop())
}
