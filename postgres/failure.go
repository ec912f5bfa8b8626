package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrUnreachable is returned if no server answers at the address, or none in time.
var ErrUnreachable = errors.New("no PostgreSQL server answers")

// Conditions of https://www.postgresql.org/docs/15/errcodes-appendix.html that a connection can start with.
const (
	invalidAuthorization = "28000"
	invalidPassword      = "28P01"
	invalidCatalogName   = "3D000"
	invalidParameter     = "22023" // "role" names nobody
	insufficientRights   = "42501" // the login is no member of "role"
	tooManyConnections   = "53300"
)

// connectFailure says in one sentence what stands between us and the database. pgx's own text has a
// line for every address and every attempt with and without TLS.
func connectFailure(config *pgx.ConnConfig, err error) error {
	server, login, role := serverName(config), config.User, config.RuntimeParams["role"]
	var refusal *pgconn.PgError
	if !errors.As(err, &refusal) {
		return fmt.Errorf("%w at %s: start it or correct the address (%s)", ErrUnreachable, server, rootCause(err))
	}
	switch refusal.Code {
	case invalidPassword, invalidAuthorization:
		return fmt.Errorf("PostgreSQL at %s does not let user %q in: check the user and password of the address: %w", server, login, refusal)
	case invalidCatalogName:
		return fmt.Errorf("PostgreSQL at %s has no database %q: create it or correct the address: %w", server, config.Database, refusal)
	case invalidParameter:
		return fmt.Errorf("%w: PostgreSQL at %s has no role %q: run \"carryover schema up\": %w", ErrSchemaBehind, server, role, refusal)
	case insufficientRights:
		return fmt.Errorf("user %q of PostgreSQL at %s may not work as %q: grant it that role: %w", login, server, role, refusal)
	case tooManyConnections:
		return fmt.Errorf("PostgreSQL at %s has no connection left: raise its max_connections or lower ours: %w", server, refusal)
	default:
		return fmt.Errorf("PostgreSQL at %s refuses the connection: %w", server, refusal)
	}
}

func serverName(config *pgx.ConnConfig) string {
	if strings.HasPrefix(config.Host, "/") {
		return fmt.Sprintf("the socket %s/%s%d", config.Host, socketName, config.Port)
	}
	return fmt.Sprintf("%s:%d", config.Host, config.Port)
}

// rootCause is the last word of the system, such as "connect: connection refused".
func rootCause(err error) string {
	var network *net.OpError
	var lookup *net.DNSError
	switch {
	case errors.As(err, &lookup):
		return "the name cannot be looked up: " + lookup.Err
	case errors.Is(err, context.DeadlineExceeded), pgconn.Timeout(err):
		return "it took too long"
	case errors.Is(err, context.Canceled):
		return "the attempt was cancelled"
	case errors.As(err, &network):
		return network.Err.Error()
	default:
		return strings.ReplaceAll(err.Error(), "\n", " ")
	}
}
