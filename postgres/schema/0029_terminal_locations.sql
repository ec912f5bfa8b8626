-- Where a location's card readers are registered.

-- +goose Up

-- Stripe's name for it (tml_…); NULL where cards are typed only. Two locations that share a counter share one.
ALTER TABLE locations ADD COLUMN terminal_location text CONSTRAINT locations_terminal_location_is_stripes CHECK (terminal_location ~ '^tml_[A-Za-z0-9]+$');
