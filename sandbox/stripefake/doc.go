// Package stripefake stands in for Stripe's HTTP API, version 2023-10-16, the
// one stripe-go v76 speaks. It is an [http.Handler] with state: customers,
// products, payment methods, SetupIntents, subscriptions, invoices, charges,
// refunds, disputes, credit notes, mandates, terminal locations and readers, events and idempotency keys.
//
// It owns the vendor's side of the conversation and nothing else: it imports
// nothing of the program under test, so the two cannot share a mistake. It is
// strict where Stripe is strict (unknown or missing parameters, wrong types and
// wrong states are refused in Stripe's words) and refuses, as an unknown
// parameter, what Stripe would accept but this package does not play.
//
// Requests under /v1/ are Stripe's. Requests under /sandbox/ are buttons for
// what happens outside the API: the tenant's bank, a card held to a reader, a
// returned debit, a dispute, a mandate withdrawn, somebody at the dashboard,
// and faults to order.
//
// Known differences from Stripe, chosen for short tests: a renewal invoice is
// finalised and charged at the period's end, without the hour as a draft; card
// 4000000000009995 can be saved and fails only when charged; a proration that
// a cancellation leaves pending is shown on no later invoice.
package stripefake
