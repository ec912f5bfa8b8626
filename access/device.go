package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

const (
	// DeviceLife is how long a browser is known since its owner last signed in from it.
	DeviceLife = 180 * 24 * time.Hour
	// deviceTokenPrefix is neither a sign-in's nor a program's: the token lets nobody in.
	deviceTokenPrefix = "cod_"
)

// deviceOf answers the browser that a token is of, where its owner is who signs in now; uuid.Nil is a stranger's. A token that is no
// device's costs no look, and whether somebody has this email is found out by none: only the token decides.
func (s *Service) deviceOf(ctx context.Context, token, email string) (uuid.UUID, error) {
	if !strings.HasPrefix(token, deviceTokenPrefix) {
		return uuid.Nil, nil
	}
	id, err := s.q.StaffDeviceGet(ctx, s.pool, queries.StaffDeviceGetParams{TokenHash: hashToken(token), Now: s.clock(), Email: email})
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("look for a device: %w", err)
	}
	return id, nil
}

// leaveDevice answers the token by which the browser of somebody who has just shown who they are is known from now on. The one that it
// had, if it was theirs, says nothing any more.
func (s *Service) leaveDevice(ctx context.Context, tx pgx.Tx, staff uuid.UUID, had string) (string, error) {
	now, token := s.clock(), newToken(deviceTokenPrefix)
	n, err := s.q.StaffDeviceExchange(ctx, tx, queries.StaffDeviceExchangeParams{StaffID: staff, HandedIn: hashToken(had), TokenHash: hashToken(token),
		Now: now, ExpiresAt: now.Add(DeviceLife)})
	if err != nil {
		return "", fmt.Errorf("exchange device: %w", err)
	}
	if n > 0 {
		return token, nil
	}
	err = s.q.StaffDeviceInsert(ctx, tx, queries.StaffDeviceInsertParams{ID: ids.New(), StaffID: staff, TokenHash: hashToken(token), Now: now,
		ExpiresAt: now.Add(DeviceLife)})
	if err != nil {
		return "", fmt.Errorf("insert device: %w", err)
	}
	return token, nil
}

// forgetDevices makes all browsers strangers' again: one of them may be that of whoever had the old password.
func (s *Service) forgetDevices(ctx context.Context, tx pgx.Tx, staff uuid.UUID) error {
	if err := s.q.StaffDeviceDeleteAll(ctx, tx, staff); err != nil {
		return fmt.Errorf("forget devices: %w", err)
	}
	return nil
}
