package graph

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/migration"
	"carryover/throttle"
)

// noErrors is an empty list, which clients can count on instead of null.
var noErrors = []*migration.Refusal{}

// userErrors splits what a verb answered: expected refusals go into the payload, everything else is a surprise.
func userErrors(err error) ([]*migration.Refusal, error) {
	if err == nil {
		return noErrors, nil
	}
	if refusals, ok := migration.RefusalsIn(err); ok {
		return refusals, nil
	}
	if migration.IsBusy(err) {
		return migration.RefuseBusy(), nil
	}
	return nil, err
}

// Presenter decides what a client sees of an error. What gqlgen itself says of a query, and what was made to be seen, goes
// out as it is, cut where it is long. Everything else is logged with the request's id and answered with INTERNAL and nothing from the inside.
func Presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		var seen *gqlerror.Error
		if errors.As(err, &seen) && seen.Extensions["code"] != nil {
			seen.Path = graphql.GetPath(ctx)
			return short(seen)
		}
		if errors.As(err, &seen) && seen.Err == nil {
			return withCode(short(seen), "BAD_REQUEST")
		}
		var tooMany *throttle.Refused
		if errors.As(err, &tooMany) {
			return &gqlerror.Error{Message: "That was tried too often.", Path: graphql.GetPath(ctx),
				Extensions: map[string]any{"code": "RATE_LIMITED", "retryAfter": int(tooMany.RetryAfter / time.Second)}}
		}
		if notText(err) {
			return badText(ctx)
		}
		if migration.IsBusy(err) {
			busy := migration.RefuseBusy()[0]
			return &gqlerror.Error{Message: busy.Message, Path: graphql.GetPath(ctx),
				Extensions: map[string]any{"code": string(busy.Code), "retryAfter": *busy.RetryAfter}}
		}
		if tookTooLong(err) {
			return &gqlerror.Error{Message: "The request took too long and was given up.", Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": "TIMEOUT"}}
		}
		requestID := access.From(ctx).ID
		log.ErrorContext(ctx, "request failed", "path", graphql.GetPath(ctx).String(), "request_id", requestID, "error", err)
		return &gqlerror.Error{Message: "Something went wrong on our side. (Request " + requestID + ")",
			Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": "INTERNAL"}}
	}
}

// mostSaid is more than any sentence of ours. Of a document gqlgen says back what is wrong in it, however long that is.
const mostSaid = 300

func short(e *gqlerror.Error) *gqlerror.Error {
	if runes := []rune(e.Message); len(runes) > mostSaid {
		e.Message = string(runes[:mostSaid]) + "…"
	}
	return e
}

// notText is what PostgreSQL says to a text that it cannot store (character_not_in_repertoire). Our own texts come out of it,
// so it can only have been sent to us.
func notText(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "22021"
}

// tookTooLong is a request that was given up: by whoever asked, by its own time, or by PostgreSQL at a statement's
// (query_canceled).
func tookTooLong(err error) bool {
	var pgErr *pgconn.PgError
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &pgErr) && pgErr.Code == "57014")
}

func withCode(e *gqlerror.Error, code string) *gqlerror.Error {
	if e.Extensions == nil {
		e.Extensions = map[string]any{}
	}
	if e.Extensions["code"] == nil {
		e.Extensions["code"] = code
	}
	return e
}
