package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// NotifyStaffContact is the job that tells the location's staff contact of an approved submission, once: the contact as it is
// now. A location without an active contact is logged, since somebody expects that email.
func (s *Service) NotifyStaffContact(ctx context.Context, by Actor, submissionID uuid.UUID) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		sub, err := s.q.SubmissionGet(ctx, tx, submissionID)
		if err != nil {
			return err
		}
		contact, err := found(s.q.StaffContactOfLocation(ctx, tx, sub.LocationID))
		if err != nil {
			return err
		}
		if contact == nil {
			s.Log.WarnContext(ctx, "location has no active staff contact to tell of an approval", "location_id", sub.LocationID)
			return nil
		}
		told, err := s.q.DeliveryStaffNoticeExists(ctx, tx, queries.DeliveryStaffNoticeExistsParams{
			SubmissionID: &sub.ID, StaffID: &contact.ID})
		if err != nil || told {
			return err
		}
		return s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{
			Purpose: queries.DeliveryPurposeStaffNotice, Address: contact.Email, LocationID: sub.LocationID,
			StaffID: &contact.ID, SubmissionID: &sub.ID})
	})
	if violates(err, "deliveries_one_staff_notice") {
		return nil // another run of this job was first
	}
	if err != nil {
		return fmt.Errorf("notify staff contact of submission %s: %w", submissionID, err)
	}
	return nil
}
