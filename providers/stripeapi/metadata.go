package stripeapi

import (
	"strconv"

	"github.com/google/uuid"

	"carryover/migration"
)

// The keys that mark an object at Stripe as ours. They are written on real accounts, so they never change. The account may
// be shared: an object without them belongs to somebody else.
const (
	keyTenant      = "carryover_tenant_id"
	keyCurrency    = "carryover_currency"
	keyInvitation  = "carryover_invitation_id"
	keyLinkVersion = "carryover_link_version"
	keyReservation = "carryover_reservation_id"
	keySubmission  = "carryover_submission_id"
	keyApproval    = "carryover_approval_id"
)

// idIn is the uuid under key, zero where there is none or something else.
func idIn(metadata map[string]string, key string) uuid.UUID {
	id, err := uuid.Parse(metadata[key])
	if err != nil {
		return uuid.Nil
	}
	return id
}

func customerMetadata(c migration.Customer) map[string]string {
	return map[string]string{keyTenant: c.TenantID.String(), keyCurrency: c.Currency}
}

// setupMetadata of a change of method names no invitation, so that it matches no set-up, and the other way round.
func setupMetadata(r migration.SetupIntentRequest) map[string]string {
	if r.ReservationID != uuid.Nil {
		return map[string]string{keyTenant: r.TenantID.String(), keyReservation: r.ReservationID.String()}
	}
	return map[string]string{
		keyTenant:      r.TenantID.String(),
		keyInvitation:  r.InvitationID.String(),
		keyLinkVersion: strconv.Itoa(r.LinkVersion),
	}
}

func subscriptionMetadata(r migration.SubscriptionRequest) map[string]string {
	return map[string]string{
		keyReservation: r.ReservationID.String(),
		keySubmission:  r.SubmissionID.String(),
		keyApproval:    r.ApprovalID.String(),
	}
}

// holds is true where metadata has all of wanted; what others have added does not matter.
func holds(metadata, wanted map[string]string) bool {
	for key, value := range wanted {
		if metadata[key] != value {
			return false
		}
	}
	return true
}
