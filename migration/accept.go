package migration

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// Acceptance is what the tenant hands in.
type Acceptance struct {
	SetupIntentID string
	Digest        string
	AcceptTerms   bool
	AcceptMandate bool // for a bank account
	Language      queries.MessageLanguage
	Signature     Signature
	// Email is the tenant's word that the address on file is not theirs; "" where it is. Staff decide on it.
	Email string
}

// Signature is how the tenant signed.
type Signature struct {
	Kind        queries.SignatureKind
	Name        string
	ImageBase64 string
}

// SubmitSetup takes the tenant's acceptance: reads the SetupIntent back from Stripe, and in one transaction makes the
// submission with its frozen quote and evidence, makes or reuses the reservation, and claims the invitation. A second tab, a
// second device and a refresh end in one submission: with the same SetupIntent the first one is answered again.
//
// QUOTE_CHANGED means that what is on offer is not what was shown; the answered setup holds it as it is now.
func (s *Service) SubmitSetup(ctx context.Context, by Actor, token string, a Acceptance) (*Setup, error) {
	id, version, err := s.Links.Open(token)
	if err != nil {
		return nil, errLinkClosed
	}
	image, err := checkAcceptance(a)
	if err != nil {
		return nil, err
	}
	done, err := s.submittedBefore(ctx, id, version, a)
	if err != nil || done != nil {
		return done, err
	}
	setup, err := s.openOnly(ctx, by, token, a.Language)
	if err != nil {
		if twin, err := s.submittedBefore(ctx, id, version, a); err != nil || twin != nil {
			return twin, err // another tab came between the two looks
		}
		return nil, err
	}
	if setup.Digest() != a.Digest { // before Stripe is asked: what was saved for the old offer may not fit the new one
		return setup, errQuoteChanged
	}
	intent, err := s.usableIntent(ctx, setup, a.SetupIntentID)
	if err != nil {
		return nil, err
	}
	by = by.tenant(setup.Tenant.ID)
	var changed *Setup
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		changed, err = s.claim(ctx, tx, by, claimRequest{id: id, tenant: setup.Tenant.ID, version: version, acceptance: a, image: image, intent: intent})
		return err
	})
	if changed != nil || err != nil {
		return changed, refusal(err)
	}
	return s.loadSetup(ctx, s.Pool, id, version, a.Language)
}

func checkAcceptance(a Acceptance) (image []byte, err error) {
	var r Refusals
	if !a.AcceptTerms {
		r.add(CodeRequired, "The terms must be accepted.", "acceptTerms")
	}
	cleanText(&r, a.SetupIntentID, 255, "setupIntentId")
	if a.Email != "" {
		if _, err := ParseEmail(a.Email); err != nil {
			r.add(CodeInvalid, err.Error(), "email")
		}
	}
	if cleanText(&r, a.Signature.Name, 120, "signature", "name") == "" {
		r.add(CodeRequired, "Sign with your full name.", "signature", "name")
	}
	switch {
	case a.Signature.Kind == queries.SignatureKindTyped && a.Signature.ImageBase64 != "":
		r.add(CodeInvalid, "A typed signature has no image.", "signature", "imageBase64")
	case a.Signature.Kind == queries.SignatureKindDrawn:
		if image, err = decodeSignature(a.Signature.ImageBase64); err != nil {
			r.add(CodeInvalid, err.Error(), "signature", "imageBase64")
		}
	}
	return image, r.err()
}

// maxSignature is large enough for a drawing at a phone's resolution.
const maxSignature = 200_000

func decodeSignature(encoded string) ([]byte, error) {
	if len(encoded) > maxSignature*4/3+4 {
		return nil, errors.New("The drawn signature must be a PNG of at most 200 kB.") //nolint:staticcheck // said to the tenant as it stands
	}
	image, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(encoded, "data:image/png;base64,"))
	if err == nil {
		_, err = png.DecodeConfig(bytes.NewReader(image))
	}
	if err != nil {
		return nil, errors.New("The drawn signature must be a PNG, base64-encoded.") //nolint:staticcheck // said to the tenant as it stands
	}
	return image, nil
}

// submittedBefore answers the setup as it stands where this very SetupIntent was submitted with this invitation before.
func (s *Service) submittedBefore(ctx context.Context, id uuid.UUID, version int, a Acceptance) (*Setup, error) {
	sub, err := found(s.q.SubmissionGetBySetupIntent(ctx, s.Pool, a.SetupIntentID))
	if err != nil {
		return nil, fmt.Errorf("read submission by setup intent: %w", err)
	}
	if sub == nil || sub.InvitationID == nil || *sub.InvitationID != id {
		return nil, nil
	}
	if ReopensLink(sub.Status) {
		return nil, Refuse(CodePaymentMethodUnusable, "This payment method was given with an attempt that came to nothing. Give it again, or another one.", "setupIntentId")
	}
	return s.loadSetup(ctx, s.Pool, id, version, a.Language)
}

// usableIntent reads the SetupIntent back from Stripe: what a browser says about it proves nothing.
func (s *Service) usableIntent(ctx context.Context, setup *Setup, id string) (SetupIntent, error) {
	unusable := func(why string) error { return Refuse(CodePaymentMethodUnusable, why, "setupIntentId") }
	customer, err := found(s.q.StripeCustomerGet(ctx, s.Pool, queries.StripeCustomerGetParams{
		TenantID: setup.Tenant.ID, Currency: setup.Offer.Plan.Currency}))
	if err != nil {
		return SetupIntent{}, fmt.Errorf("read customer: %w", err)
	}
	if customer == nil {
		return SetupIntent{}, unusable("No payment method was given yet. Start again.")
	}
	intent, err := s.Payments.SetupIntent(ctx, id)
	if err != nil && isMissing(err) {
		return intent, unusable("This payment method is not yours. Start again.")
	}
	if err != nil {
		return intent, fmt.Errorf("read setup intent: %w", err)
	}
	switch {
	case intent.CustomerID != customer.CustomerID || intent.InvitationID != setup.Offer.Invitation.ID:
		return intent, unusable("This payment method is not yours. Start again.")
	case setup.Offer.By(intent.Method) == nil:
		return intent, unusable("Bank accounts are not taken here. Choose a card.")
	case intent.State == SetupVerifying && intent.Method == queries.PaymentMethodTypeUsBankAccount:
		return intent, nil // days may pass until it can be charged
	case intent.State != SetupSucceeded:
		return intent, unusable("The payment method is not confirmed yet. Confirm it, or use another one.")
	case intent.PaymentMethod.CustomerID != customer.CustomerID:
		return intent, unusable("This payment method was removed again. Give it once more, or another one.")
	}
	return intent, nil
}
