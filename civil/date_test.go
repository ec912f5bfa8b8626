package civil_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/require"

	"carryover/civil"
)

func date(t require.TestingT, s string) civil.Date {
	d, err := civil.Parse(s)
	require.NoError(t, err)
	return d
}

func TestDate(t *testing.T) {
	t.Parallel()
	t.Run("Parse", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, civil.Date{Year: 2028, Month: time.February, Day: 29}, date(t, "2028-02-29"))
	})
	t.Run("ErrNotADay", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"", "2026-02-29", "2026-02-30", "2026-13-01", "2026-1-2", "26-01-02", "0000-01-01", "2026-01-02T00:00:00Z", " 2026-01-02"} {
			_, err := civil.Parse(s)
			require.ErrorContains(t, err, "write an existing day as YYYY-MM-DD", s)
		}
	})
	t.Run("Compare", func(t *testing.T) {
		t.Parallel()
		require.Negative(t, date(t, "2025-12-31").Compare(date(t, "2026-01-01")))
		require.Negative(t, date(t, "2026-01-31").Compare(date(t, "2026-02-01")))
		require.Positive(t, date(t, "2026-02-02").Compare(date(t, "2026-02-01")))
		require.Zero(t, date(t, "2026-02-02").Compare(date(t, "2026-02-02")))
	})
	t.Run("AddMonthsRemembersTheWantedDay", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, date(t, "2026-02-28"), date(t, "2026-01-31").AddMonths(1, 31))
		require.Equal(t, date(t, "2026-03-31"), date(t, "2026-02-28").AddMonths(1, 31))
		require.Equal(t, date(t, "2028-02-29"), date(t, "2027-12-30").AddMonths(2, 30))
		require.Equal(t, date(t, "2025-12-31"), date(t, "2026-01-15").AddMonths(-1, 31))
		require.Equal(t, date(t, "2024-11-30"), date(t, "2026-01-15").AddMonths(-14, 31))
	})
	t.Run("JSON", func(t *testing.T) {
		t.Parallel()
		text, err := json.Marshal(map[string]civil.Date{"on": {Year: 2026, Month: time.July, Day: 4}})
		require.NoError(t, err)
		require.JSONEq(t, `{"on":"2026-07-04"}`, string(text))
		var back map[string]civil.Date
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, civil.Date{Year: 2026, Month: time.July, Day: 4}, back["on"])
		_, err = json.Marshal(civil.Date{})
		require.ErrorContains(t, err, "no such day")
	})
}

func TestDateInPostgreSQL(t *testing.T) {
	t.Parallel()
	for name, format := range map[string]int16{"Text": pgtype.TextFormatCode, "Binary": pgtype.BinaryFormatCode} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			types := pgtype.NewMap() // not for two goroutines at once
			want := civil.Date{Year: 2028, Month: time.February, Day: 29}
			wire, err := types.Encode(pgtype.DateOID, format, want, nil)
			require.NoError(t, err)
			var got civil.Date
			require.NoError(t, types.Scan(pgtype.DateOID, format, wire, &got))
			require.Equal(t, want, got)

			optional := &want
			require.NoError(t, types.Scan(pgtype.DateOID, format, nil, &optional))
			require.Nil(t, optional)
			require.ErrorContains(t, types.Scan(pgtype.DateOID, format, nil, &got), "NULL")
			wire, err = types.Encode(pgtype.DateOID, format, (*civil.Date)(nil), nil)
			require.NoError(t, err)
			require.Nil(t, wire)
			_, err = types.Encode(pgtype.DateOID, format, civil.Date{}, nil)
			require.ErrorContains(t, err, "no such day")
		})
	}
	t.Run("ErrInfinity", func(t *testing.T) {
		t.Parallel()
		var d civil.Date
		require.Error(t, d.ScanDate(pgtype.Date{InfinityModifier: pgtype.Infinity, Valid: true}))
	})
}

func TestIn(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 3, 14, 22, 0, 0, 0, time.UTC)
	require.Equal(t, date(t, "2026-03-14"), civil.In(evening, time.UTC))
	require.Equal(t, date(t, "2026-03-15"), civil.In(evening, time.FixedZone("east", 3*3600)))
	require.Equal(t, date(t, "2026-03-13"), civil.In(evening, time.FixedZone("far west", -23*3600)))
}

func TestOnDay(t *testing.T) {
	t.Parallel()
	require.Equal(t, date(t, "2026-02-28"), civil.OnDay(2026, time.February, 31))
	require.Equal(t, date(t, "2028-02-29"), civil.OnDay(2028, time.February, 31))
	require.Equal(t, date(t, "2026-04-01"), civil.OnDay(2026, time.April, 0))
	require.Equal(t, date(t, "2100-02-28"), civil.OnDay(2100, time.February, 29), "no leap year")
}
