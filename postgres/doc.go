// Package postgres is how Carryover gets at PostgreSQL. It owns
//
//   - the pool every other package works with, and its roles ([Open], [CheckSchema]);
//   - the schema steps, River's among them, and the order they run in ([Up], [Status]);
//   - a private server for the demo and for tests, started from binaries that are already
//     on the machine ([Start]).
//
// It does not own the statements that use the schema (package queries does), transactions (the
// caller begins and commits them), or the databases of the tests (package postgrestest does).
// Nothing here starts a server in production: there the address comes from DATABASE_URL.
//
// # Two roles
//
// Every object belongs to [OwnerRole]; the program works as [AppRole], which holds only the grants
// that a schema step gave it. Neither role can log in: the login in the address is a member of both
// and enters one of them when its connection starts. RESET ROLE therefore leads back to the
// application's role, not to the login. It is a guard against mistakes (an UPDATE on a record that
// must never change fails in a test, not in an audit), not against an attacker who can already run
// any SQL as the login.
package postgres
