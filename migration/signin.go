package migration

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
	"carryover/throttle"
)

const (
	// signInLinkLife is how long a mailed link opens, and also the time over which the links of one account are counted.
	signInLinkLife = 15 * time.Minute
	// signInRequestsKept is how long it is known that somebody asked.
	signInRequestsKept = 24 * time.Hour
)

// How often a link is mailed to one address and for one account, which may have had several, and how often one network asks for links.
var (
	linksToAddress   = throttle.Limit{Name: "links_to_address", Most: 3, Per: signInLinkLife}
	linksOfAccount   = throttle.Limit{Name: "links_of_account", Most: 3, Per: signInLinkLife}
	linksFromNetwork = throttle.Limit{Name: "links_from_network", Most: 30, Per: signInLinkLife}
)

// mayAskFor tells whether a link to this address may be asked for again. Whoever asks for too many is told so, since that says
// nothing but what they know; that others have asked for this address is not said.
func (s *Service) mayAskFor(ctx context.Context, by Actor, limit throttle.Limit, address string) (bool, error) {
	if network, ok := throttle.Network(by.IP); ok {
		if err := throttle.Take(ctx, s.Pool, s.now(), linksFromNetwork.Of(network.String())); err != nil {
			return false, err
		}
	}
	err := throttle.Take(ctx, s.Pool, s.now(), limit.Of(address))
	if errors.As(err, new(*throttle.Refused)) {
		return false, nil
	}
	return err == nil, err
}

// RequestSignInLink takes somebody's word that an account has this address. Whoever asks is told nothing: an address that is known,
// one that is not, and one that was asked for too often are answered alike, after the same work, since who it is and what is
// sent is found out by a job.
func (s *Service) RequestSignInLink(ctx context.Context, by Actor, email string, language queries.MessageLanguage) error {
	address, err := ParseEmail(email)
	if err != nil {
		return Refuse(CodeInvalid, err.Error(), "email")
	}
	if may, err := s.mayAskFor(ctx, by, linksToAddress, address); err != nil || !may {
		return err
	}
	request := ids.New()
	return s.inTx(ctx, func(tx pgx.Tx) error {
		err := s.q.SignInRequestInsert(ctx, tx, queries.SignInRequestInsertParams{ID: request, Email: address, Language: language, Now: s.now()})
		if err != nil {
			return fmt.Errorf("insert sign-in request: %w", err)
		}
		return s.enqueue(ctx, tx, SendSignInLinkArgs{RequestID: request}, nil)
	})
}

// SendSignInLink is the job that mails a link where there is an account with the address that was asked for. An account is active
// from the tenant's first submission on; before that the set-up link is the way in.
func (s *Service) SendSignInLink(ctx context.Context, by Actor, requestID uuid.UUID) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		request, err := found(s.q.SignInRequestTake(ctx, tx, queries.SignInRequestTakeParams{ID: requestID, Now: ptr(s.now())}))
		if err != nil || request == nil {
			return err
		}
		tenant, err := found(s.q.TenantGetByEmail(ctx, tx, &request.Email))
		if err != nil || tenant == nil || tenant.ActivatedAt == nil {
			return err
		}
		err = throttle.Take(ctx, tx, s.now(), linksOfAccount.Of(tenant.ID.String()))
		if errors.As(err, new(*throttle.Refused)) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.mailSignInLink(ctx, tx, by, tenant, request)
	})
	if err != nil {
		return fmt.Errorf("send sign-in link of request %s: %w", requestID, err)
	}
	return nil
}

func (s *Service) mailSignInLink(ctx context.Context, tx pgx.Tx, by Actor, tenant *queries.Tenant, request *queries.SignInRequest) error {
	home, err := s.q.ReservationGetNewestByTenant(ctx, tx, queries.ReservationGetNewestByTenantParams{TenantID: tenant.ID})
	if err != nil {
		return fmt.Errorf("read the tenant's newest reservation: %w", err)
	}
	link := queries.TenantSignInLinkInsertParams{ID: ids.New(), TenantID: tenant.ID, Address: request.Email, Language: request.Language,
		DeliveryID: ids.New(), KeyID: s.Links.PrimaryKey(), Now: s.now(), ExpiresAt: s.now().Add(signInLinkLife)}
	token, err := s.Links.SignInToken(link.KeyID, link.ID)
	if err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(token))
	link.TokenHash = hash[:]
	if err := s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{ID: link.DeliveryID, Purpose: queries.DeliveryPurposeSignIn,
		Address: request.Email, LocationID: home.Location.ID, TenantID: &tenant.ID}); err != nil {
		return err
	}
	if err := s.q.TenantSignInLinkInsert(ctx, tx, link); err != nil {
		return fmt.Errorf("insert sign-in link: %w", err)
	}
	return s.record(ctx, tx, by, event{subject: queries.EventSubjectTenant, id: tenant.ID, action: "sign_in_link_mailed"})
}

// signInContent has nothing to say once the link's time is over, or the account has another address.
func (s *Service) signInContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	link, err := s.q.TenantSignInLinkGetByDelivery(ctx, tx, d.ID)
	if err != nil {
		return c, "", fmt.Errorf("read sign-in link: %w", err)
	}
	if c, err = s.accountContent(ctx, tx, d); err != nil {
		return c, "", err
	}
	c.Language, c.SignInLink, c.LinkKey = link.Language, link.ID, link.KeyID
	tenant, err := s.q.TenantGet(ctx, tx, link.TenantID)
	switch {
	case err != nil:
		return c, "", fmt.Errorf("read tenant: %w", err)
	case orEmpty(tenant.Email) != link.Address:
		return c, ReasonRecipientChanged, nil
	case !s.now().Before(link.ExpiresAt):
		return c, ReasonOver, nil
	}
	return c, "", nil
}

// accountContent is what a message about an account holds: it comes from the location that it was queued for, and is of the plan that
// its submission was about, where it names one.
func (s *Service) accountContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (EmailContent, error) {
	tenant, err := s.q.TenantGet(ctx, tx, *d.TenantID)
	if err != nil {
		return EmailContent{}, fmt.Errorf("read tenant: %w", err)
	}
	location, err := s.q.LocationGet(ctx, tx, d.LocationID)
	if err != nil {
		return EmailContent{}, fmt.Errorf("read location: %w", err)
	}
	home, err := s.q.ReservationGetNewestByTenant(ctx, tx, queries.ReservationGetNewestByTenantParams{
		TenantID: tenant.ID, LocationID: &d.LocationID, SubmissionID: d.SubmissionID})
	if err != nil {
		return EmailContent{}, fmt.Errorf("read the tenant's reservation: %w", err)
	}
	c := s.baseContent(d.Purpose, tenant.Name, location, &home.Plan, home.Reservation.Unit)
	if tenant.Language != nil {
		c.Language = *tenant.Language
	}
	return c, nil
}
