// Package graph is the GraphQL API: one hand-written file for each noun of the schema, beside the generated ones.
//
// It owns how things are asked for and shown: ids, pages, payloads, and which error a client sees. It does not own any rule:
// a resolver takes who is asking, calls package migration (or a query that is bounded by the caller's locations) and shapes
// the answer. HTTP is package server's.
package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/access"
	"carryover/live"
	"carryover/migration"
	"carryover/queries"
)

// Resolver is the root of all resolvers.
type Resolver struct {
	Pool      *pgxpool.Pool
	Lists     queries.DBTX // plans each statement with the values at hand, see postgres.PoolOptions
	Pages     queries.DBTX // plans each statement once, for all values
	Migration *migration.Service
	Access    *access.Service
	Live      *live.Hub
	Log       *slog.Logger
	// LookAgain is how often a connection that stays looks by itself, beside the notices: whether its owner is still in, and whether
	// what is watched has changed. Zero: every 15 seconds.
	LookAgain time.Duration

	q queries.Queries
}

// One resolver type for each noun; gqlgen asks for them by these methods.
func (r *Resolver) Query() QueryResolver               { return &queryResolver{r} }
func (r *Resolver) Mutation() MutationResolver         { return &mutationResolver{r} }
func (r *Resolver) Subscription() SubscriptionResolver { return &liveResolver{r} }
func (r *Resolver) BatchReason() BatchReasonResolver   { return &batchReasonResolver{r} }
func (r *Resolver) InvitationRevision() InvitationRevisionResolver {
	return &invitationRevisionResolver{r}
}
func (r *Resolver) Suppression() SuppressionResolver               { return &suppressionResolver{r} }
func (r *Resolver) TextReply() TextReplyResolver                   { return &textReplyResolver{r} }
func (r *Resolver) Approval() ApprovalResolver                     { return &approvalResolver{r} }
func (r *Resolver) Batch() BatchResolver                           { return &batchResolver{r} }
func (r *Resolver) BatchOutcome() BatchOutcomeResolver             { return &batchOutcomeResolver{r} }
func (r *Resolver) BillingAlarm() BillingAlarmResolver             { return &billingAlarmResolver{r} }
func (r *Resolver) Delivery() DeliveryResolver                     { return &deliveryResolver{r} }
func (r *Resolver) Event() EventResolver                           { return &eventResolver{r} }
func (r *Resolver) InsurancePlan() InsurancePlanResolver           { return &insurancePlanResolver{r} }
func (r *Resolver) Invitation() InvitationResolver                 { return &invitationResolver{r} }
func (r *Resolver) Location() LocationResolver                     { return &locationResolver{r} }
func (r *Resolver) Plan() PlanResolver                             { return &planResolver{r} }
func (r *Resolver) Rejection() RejectionResolver                   { return &rejectionResolver{r} }
func (r *Resolver) Reservation() ReservationResolver               { return &reservationResolver{r} }
func (r *Resolver) Setup() SetupResolver                           { return &setupResolver{r} }
func (r *Resolver) ApiToken() ApiTokenResolver                     { return &apiTokenResolver{r} }
func (r *Resolver) SignIn() SignInResolver                         { return &signInResolver{r} }
func (r *Resolver) Staff() StaffResolver                           { return &staffResolver{r} }
func (r *Resolver) StartPreview() StartPreviewResolver             { return &startPreviewResolver{r} }
func (r *Resolver) StripeSubscription() StripeSubscriptionResolver { return &subscriptionResolver{r} }
func (r *Resolver) Stuck() StuckResolver                           { return &stuckResolver{r} }
func (r *Resolver) Submission() SubmissionResolver                 { return &submissionResolver{r} }
func (r *Resolver) Tenant() TenantResolver                         { return &tenantResolver{r} }
func (r *Resolver) TenantAccount() TenantAccountResolver           { return &tenantAccountResolver{r} }
func (r *Resolver) TenantReservation() TenantReservationResolver {
	return &tenantReservationResolver{r}
}
func (r *Resolver) TenantMethodChange() TenantMethodChangeResolver {
	return &tenantMethodChangeResolver{r}
}
func (r *Resolver) EmailCorrection() EmailCorrectionResolver { return &emailCorrectionResolver{r} }
func (r *Resolver) Terms() TermsResolver                     { return &termsResolver{r} }
func (r *Resolver) SubscriptionInvoice() SubscriptionInvoiceResolver {
	return &subscriptionInvoiceResolver{r}
}
func (r *Resolver) Undo() UndoResolver               { return &undoResolver{r} }
func (r *Resolver) UndoInvoice() UndoInvoiceResolver { return &undoInvoiceResolver{r} }

func (r *Resolver) LegacyMembership() LegacyMembershipResolver { return &legacyMembershipResolver{r} }
func (r *Resolver) LegacySource() LegacySourceResolver         { return &legacySourceResolver{r} }
func (r *Resolver) LegacyPlan() LegacyPlanResolver             { return &legacyPlanResolver{r} }
func (r *Resolver) LegacyImport() LegacyImportResolver         { return &legacyImportResolver{r} }
func (r *Resolver) LegacyImportFinding() LegacyImportFindingResolver {
	return &legacyImportFindingResolver{r}
}
func (r *Resolver) LegacyWorkItem() LegacyWorkItemResolver { return &legacyWorkItemResolver{r} }

func (r *Resolver) Session() SessionResolver                   { return &sessionResolver{r} }
func (r *Resolver) CounterMigration() CounterMigrationResolver { return &counterMigrationResolver{r} }
func (r *Resolver) LegacyCandidate() LegacyCandidateResolver   { return &legacyCandidateResolver{r} }
func (r *Resolver) CounterOffer() CounterOfferResolver         { return &counterOfferResolver{r} }
func (r *Resolver) CounterAgreement() CounterAgreementResolver { return &counterAgreementResolver{r} }
func (r *Resolver) Reader() ReaderResolver                     { return &readerResolver{r} }

type queryResolver struct{ *Resolver }
type mutationResolver struct{ *Resolver }

// tenantActor is the signed-in tenant. Only fields with @tenant ask for it.
func tenantActor(ctx context.Context) migration.Actor {
	req := access.From(ctx)
	return migration.TenantActor(req.Tenant.ID, req.ID, req.IP, req.UserAgent)
}

// Actor is who is asking, as the rules want to know it: a staff member or somebody unknown. Which tenant a set-up link is of, the
// rules find out themselves.
func Actor(ctx context.Context) migration.Actor {
	req := access.From(ctx)
	a := migration.Actor{RequestID: req.ID, IP: req.IP, UserAgent: req.UserAgent, Kind: queries.ActorKindSystem}
	if req.Viewer != nil {
		a.Kind, a.ID = queries.ActorKindStaff, &req.Viewer.Staff.ID
		if token := req.Viewer.Token; token != nil {
			a.TokenName = token.Name
		}
	}
	return a
}
