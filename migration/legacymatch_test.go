package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// onList puts somebody onto the old system's list of a location.
func (b *bundle) onList(t *testing.T, at *queries.Location, name, plate, rfid, member, email, phone string) {
	t.Helper()
	nameKey, keys := migration.LegacyKeys(name, plate, rfid, member, []string{email}, []string{phone})
	b.Exec(t, `INSERT INTO legacy_memberships (id, location_id, source, source_id, name, plate, rfid, member_number, email, phone, currency, name_key, keys, created_at, updated_at)
		VALUES ($1, $2, 'old', $3, $4, $5, $6, $7, $8, $9, $13, $10, $11, $12, $12)`,
		ids.New(), at.ID, ids.New().String(), name, plate, rfid, member, email, phone, nameKey, keys, testkit.Start, at.Currency)
}

// candidates are those whom a session at Denver finds.
func (b *bundle) candidates(t *testing.T, query migration.LegacyQuery) ([]*migration.Candidate, error) {
	t.Helper()
	return b.Rules.CandidatesOf(t.Context(), b.DB.Pool, &queries.Session{ID: ids.New(), LocationID: b.Denver.ID}, query)
}

func TestMatchLegacy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.onList(t, b.Denver, "José Ångström", "8ABC123", "00a17", "M-7", "jose@home.test", "+13035550123")
	b.onList(t, b.Denver, "Anna O'Hara", "7XYZ", "", "", "anna@home.test", "+13035550199")
	b.onList(t, b.Denver, "Joséphine Angel", "", "", "", "", "")
	b.onList(t, b.Boston, "José of Boston", "8ABC123", "", "", "", "")

	for name, tt := range map[string]struct {
		query migration.LegacyQuery
		names []string
		by    string
	}{
		"ByPlateHoweverTyped":        {migration.LegacyQuery{Plate: " 8 abc-123"}, []string{"José Ångström"}, "plate"},
		"ByRFID":                     {migration.LegacyQuery{RFID: "00A17"}, []string{"José Ångström"}, "rfid"},
		"ByMemberNumber":             {migration.LegacyQuery{MemberNumber: "m7"}, []string{"José Ångström"}, "memberNumber"},
		"ByPhoneWithCountryCode":     {migration.LegacyQuery{Phone: "+1 303 555 0123"}, []string{"José Ångström"}, "phone"},
		"ByPhoneAsSaidThere":         {migration.LegacyQuery{Phone: "(303) 555-0123"}, []string{"José Ångström"}, "phone"},
		"ByEmail":                    {migration.LegacyQuery{Email: "Jose@Home.test "}, []string{"José Ångström"}, "email"},
		"ByNameWithoutAccents":       {migration.LegacyQuery{Name: "jose angs"}, []string{"José Ångström"}, "name"},
		"ByTheBeginningOfName":       {migration.LegacyQuery{Name: "JOSE"}, []string{"José Ångström", "Joséphine Angel"}, "name"},
		"ByNameWithSigns":            {migration.LegacyQuery{Name: `o'h \ |&!:*`}, []string{"Anna O'Hara"}, "name"},
		"TheSurestFirst":             {migration.LegacyQuery{Plate: "7xyz", Name: "jose"}, []string{"Anna O'Hara", "José Ångström", "Joséphine Angel"}, "plate"},
		"NoneOfAnother":              {migration.LegacyQuery{Name: "boston"}, nil, ""},
		"NothingIsNobody":            {migration.LegacyQuery{Plate: " -"}, nil, ""},
		"PartOfAPlateIsNobody":       {migration.LegacyQuery{Plate: "8AB"}, nil, ""},
		"AWordThatIsNotThereIsNoOne": {migration.LegacyQuery{Name: "jose smith"}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := b.candidates(t, tt.query)
			require.NoError(t, err)
			var names []string
			for _, m := range found {
				names = append(names, m.LegacyMembership.Name)
			}
			require.Equal(t, tt.names, names)
			if len(found) > 0 {
				require.Equal(t, []string{tt.by}, found[0].By)
			}
		})
	}

	t.Run("SaysThatOneIsMigrated", func(t *testing.T) {
		sub := b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE reservations SET legacy_membership_id = (SELECT id FROM legacy_memberships WHERE plate = '7XYZ') WHERE id = $1`, sub.ReservationID)
		found, err := b.candidates(t, migration.LegacyQuery{Plate: "7XYZ"})
		require.NoError(t, err)
		require.True(t, found[0].Migrated)
	})
}
