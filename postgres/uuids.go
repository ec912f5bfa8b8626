package postgres

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// useUUIDs reads and writes uuid.UUID as the sixteen bytes that PostgreSQL sends. pgx by itself goes through the type's methods for
// database/sql, which write each as text and read it again: an eighth of the time of a page of fifty rows.
func useUUIDs(types *pgtype.Map) {
	one := &pgtype.Type{Name: "uuid", OID: pgtype.UUIDOID, Codec: uuidCodec{}}
	types.RegisterType(one)
	types.RegisterType(&pgtype.Type{Name: "_uuid", OID: pgtype.UUIDArrayOID, Codec: uuidsCodec{&pgtype.ArrayCodec{ElementType: one}}})
}

type uuidCodec struct{ pgtype.UUIDCodec }

func (c uuidCodec) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(uuid.UUID); ok && format == pgtype.BinaryFormatCode {
		return writeUUID{}
	}
	return c.UUIDCodec.PlanEncode(m, oid, format, value)
}

func (c uuidCodec) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*uuid.UUID); ok && format == pgtype.BinaryFormatCode {
		return readUUID{}
	}
	return c.UUIDCodec.PlanScan(m, oid, format, target)
}

type writeUUID struct{}

func (writeUUID) Encode(value any, buf []byte) ([]byte, error) {
	id := value.(uuid.UUID)
	return append(buf, id[:]...), nil
}

type readUUID struct{}

func (readUUID) Scan(src []byte, target any) error {
	id, err := uuid.FromBytes(src) // NULL has no bytes: an error, as for every value that cannot be NULL
	*target.(*uuid.UUID) = id
	return err
}

// uuidsCodec hands slices on as the arrays that they are; pgx would look into each by reflection.
type uuidsCodec struct{ *pgtype.ArrayCodec }

func (c uuidsCodec) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.([]uuid.UUID); ok {
		if plan := c.ArrayCodec.PlanEncode(m, oid, format, pgtype.FlatArray[uuid.UUID](nil)); plan != nil {
			return writeUUIDs{plan}
		}
	}
	return c.ArrayCodec.PlanEncode(m, oid, format, value)
}

type writeUUIDs struct{ plan pgtype.EncodePlan }

func (w writeUUIDs) Encode(value any, buf []byte) ([]byte, error) {
	ids := value.([]uuid.UUID)
	if ids == nil {
		return nil, nil // NULL
	}
	return w.plan.Encode(pgtype.FlatArray[uuid.UUID](ids), buf)
}
