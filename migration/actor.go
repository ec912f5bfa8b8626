package migration

import (
	"net/netip"

	"github.com/google/uuid"

	"carryover/queries"
)

// Actor is who does something, as events tell it afterwards.
type Actor struct {
	Kind      queries.ActorKind
	ID        *uuid.UUID // of the staff member or tenant; nil for the system
	TokenName string     // of the API token with which a program does it as the staff member; "" where they do it themselves
	RequestID string
	IP        *netip.Addr
	UserAgent string
}

// StaffActor is a signed-in staff member. The queries that staff reach are bounded by this id.
func StaffActor(id uuid.UUID, requestID string) Actor {
	return Actor{Kind: queries.ActorKindStaff, ID: &id, RequestID: requestID}
}

// batchActor is who started a batch, in the job that carries it out.
func batchActor(b *queries.Batch, requestID string) Actor {
	by := StaffActor(b.StaffID, requestID)
	by.TokenName = b.TokenName
	return by
}

// TenantActor is a tenant who signed in by a mailed link. The queries that tenants reach are bounded by this id.
func TenantActor(id uuid.UUID, requestID string, ip *netip.Addr, userAgent string) Actor {
	return Actor{Kind: queries.ActorKindTenant, ID: &id, RequestID: requestID, IP: ip, UserAgent: userAgent}
}

// SystemActor is a job.
func SystemActor(requestID string) Actor {
	return Actor{Kind: queries.ActorKindSystem, RequestID: requestID}
}

// IntegrationActor is another system that tells us something, such as a provider by its webhook.
func IntegrationActor(requestID string) Actor {
	return Actor{Kind: queries.ActorKindIntegration, RequestID: requestID}
}

// tenant is the same request, once its token has told which tenant makes it.
func (a Actor) tenant(id uuid.UUID) Actor {
	a.Kind, a.ID = queries.ActorKindTenant, &id
	return a
}

// staffID is the bound of every staff query; the zero id manages nothing.
func (a Actor) staffID() uuid.UUID {
	if a.Kind != queries.ActorKindStaff || a.ID == nil {
		return uuid.Nil
	}
	return *a.ID
}

// tenantID is the bound of every query of a tenant's own; the zero id is nobody.
func (a Actor) tenantID() uuid.UUID {
	if a.Kind != queries.ActorKindTenant || a.ID == nil {
		return uuid.Nil
	}
	return *a.ID
}
