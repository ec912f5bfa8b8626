package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// maxNote bounds, in characters, what staff write for the record.
const maxNote = 500

// SuppressRequest is what staff hand in: one of Email, Phone and TenantID.
type SuppressRequest struct {
	Email, Phone *string
	TenantID     *uuid.UUID
	Scope        queries.SuppressionScope
	Note         string
}

// reachable is one address on one channel.
type reachable struct {
	channel queries.MessageChannel
	address string
}

// Suppress puts an address, or every address by which the caller knows a tenant, on the list, and withdraws what waits for it.
// The list is the operator's: it holds at every location. Again by the same member it changes nothing, unless it reaches
// further; it never reaches less.
func (s *Service) Suppress(ctx context.Context, by Actor, req SuppressRequest) (put []*queries.Suppression, err error) {
	batches := map[uuid.UUID]bool{}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		addresses, note, err := s.checkSuppress(ctx, tx, by, req)
		if err != nil {
			return err
		}
		for _, a := range addresses {
			row, err := s.suppress(ctx, tx, by, batches, queries.SuppressionPutParams{Channel: a.channel, Address: a.address, Scope: req.Scope,
				Reason: queries.SuppressionReasonDoNotContact, Note: note, StaffID: by.ID})
			if err != nil {
				return err
			}
			put = append(put, row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return put, s.finishBatches(ctx, by, batches)
}

// checkSuppress answers which addresses are meant, or everything that is wrong.
func (s *Service) checkSuppress(ctx context.Context, tx pgx.Tx, by Actor, req SuppressRequest) (addresses []reachable, note string, err error) {
	var r Refusals
	note = cleanText(&r, req.Note, maxNote, "note")
	given := 0
	if req.Email != nil {
		given++
		email, err := ParseEmail(*req.Email)
		if err != nil {
			r.add(CodeInvalid, err.Error(), "email")
		}
		addresses = append(addresses, reachable{queries.MessageChannelEmail, email})
	}
	if req.Phone != nil {
		given++
		phone, err := ParsePhone(*req.Phone)
		if err != nil {
			r.add(CodeInvalid, err.Error(), "phone")
		}
		addresses = append(addresses, reachable{queries.MessageChannelSms, phone})
	}
	if req.TenantID != nil {
		given++
		if addresses, err = s.knownAddresses(ctx, tx, by, *req.TenantID, &r); err != nil {
			return nil, "", err
		}
	}
	if given != 1 {
		return nil, "", Refuse(CodeRequired, "Give an email, a phone or a tenant, one of the three.")
	}
	return addresses, note, r.err()
}

func (s *Service) knownAddresses(ctx context.Context, tx pgx.Tx, by Actor, tenant uuid.UUID, r *Refusals) (addresses []reachable, err error) {
	known, err := found(s.q.TenantGetManaged(ctx, tx, queries.TenantGetManagedParams{ID: tenant, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read tenant: %w", err)
	}
	if known == nil {
		r.add(CodeNotFound, "There is no such tenant at a location that you manage.", "tenantId")
		return nil, nil
	}
	rows, err := s.q.KnownAddressList(ctx, tx, queries.KnownAddressListParams{StaffID: by.staffID(), TenantID: tenant})
	if err != nil {
		return nil, fmt.Errorf("list addresses of a tenant: %w", err)
	}
	for _, row := range rows {
		addresses = append(addresses, reachable{row.Channel, row.Address})
	}
	if len(addresses) == 0 {
		r.add(CodeInvalid, "This tenant has no email and no phone that could be suppressed.", "tenantId")
	}
	return addresses, nil
}
