package postgres

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// writeUUIDs hands ids to PostgreSQL as the sixteen bytes that they are. pgx would otherwise ask each for its text and read that
// again, which for an array of ids is most of the work.
func writeUUIDs(m *pgtype.Map) {
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapUUID}, m.TryWrapEncodePlanFuncs...)
}

func wrapUUID(value any) (plan pgtype.WrappedEncodePlanNextSetter, nextValue any, ok bool) {
	id, ok := value.(uuid.UUID)
	if !ok {
		return nil, nil, false
	}
	return &uuidPlan{}, bytes16(id), true
}

type uuidPlan struct{ next pgtype.EncodePlan }

// SetNext is told what writes the bytes.
func (p *uuidPlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode writes one id.
func (p *uuidPlan) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(bytes16(value.(uuid.UUID)), buf)
}

type bytes16 uuid.UUID

// UUIDValue makes it what pgx knows as a UUID.
func (b bytes16) UUIDValue() (pgtype.UUID, error) { return pgtype.UUID{Bytes: b, Valid: true}, nil }
