package legacy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"carryover/legacy"
)

// read answers each row of a file in words, or what is wrong with it.
func read(t *testing.T, file string, said map[string]legacy.Field, change ...func(*legacy.Reading)) (*legacy.Reading, []string) {
	t.Helper()
	encoding := encodingOf([]byte(file))
	open := opener([]byte(file), encoding)
	reading, wrong, err := legacy.Begin(open, encoding, said)
	require.NoError(t, err)
	if len(wrong) > 0 {
		return reading, wrong
	}
	for _, c := range change {
		c(reading)
	}
	begin := func() *legacy.Records {
		records, err := legacy.NewRecords(open, []rune(reading.Separator)[0], reading.FirstRow, reading.FirstLines)
		require.NoError(t, err)
		return records
	}
	_, err = legacy.Look(t.Context(), begin(), reading)
	require.NoError(t, err)
	parser := &legacy.Parser{Reading: reading, Currency: "USD", Email: plainAddress, Phone: plainAddress}
	var out []string
	for records := begin(); ; {
		record, err := records.Next()
		if err != nil {
			return reading, out
		}
		row, mistakes := parser.Row(record)
		said := []string{}
		for _, m := range mistakes {
			said = append(said, fmt.Sprintf("%d %s %q: %s", record.Line, m.Column, m.Value, m.Wants))
		}
		if len(mistakes) == 0 {
			said = append(said, row.SourceID+" "+row.Name)
			if row.NextBillingOn != nil {
				said = append(said, row.NextBillingOn.String())
			}
			if row.PriceMinor != nil {
				said = append(said, fmt.Sprint(*row.PriceMinor))
			}
		}
		out = append(out, strings.Join(said, " | "))
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	const text = "id,name\n1,Zoë Müller\n2,José\n"
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	require.NoError(t, err)
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	require.NoError(t, err)
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	require.NoError(t, err)
	for encoding, file := range map[string]string{legacy.UTF8: text, legacy.UTF8WithBOM: "\ufeff" + text, legacy.UTF16LE: little, legacy.UTF16BE: big, legacy.Windows1252: latin} {
		reading, rows := read(t, file, nil)
		require.Equal(t, encoding, reading.Encoding)
		require.Equal(t, []string{"1 Zoë Müller", "2 José"}, rows, encoding)
	}
}

func TestSeparatorsAndOrder(t *testing.T) {
	t.Parallel()
	for _, separator := range []string{",", ";", "\t", "|"} {
		reading, rows := read(t, strings.Join([]string{"Notes", "Full Name", "Customer ID"}, separator)+"\n\n"+strings.Join([]string{`"a; b, c"`, "Anna", "7"}, separator)+"\n", nil)
		require.Equal(t, separator, reading.Separator)
		require.Equal(t, []string{"7 Anna"}, rows)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		dates []string
		want  []string
	}{
		"EveryForm": {[]string{"2026-04-03", "2026/04/03", "3.4.2026", "Apr 3, 2026", "3 April 2026", "2026-04-03T10:00:00Z", "20260403"},
			[]string{"2026-04-03", "2026-04-03", "2026-04-03", "2026-04-03", "2026-04-03", "2026-04-03", "2026-04-03"}},
		"MonthFirstByTheColumn": {[]string{"04/03/2026", "04/25/2026", "4/3/26 12:00:00 AM"}, []string{"2026-04-03", "2026-04-25", "2026-04-03"}},
		"DayFirstByTheColumn":   {[]string{"03/04/2026", "25/04/2026"}, []string{"2026-04-03", "2026-04-25"}},
		"LeftOpen":              {[]string{"03/04/2026", "05/05/2026"}, []string{"this can be 3 April 2026 or 4 March 2026", "2026-05-05"}},
		"BothWays":              {[]string{"25/04/2026", "04/25/2026", "01/02/2026"}, []string{"2026-04-25", "2026-04-25", "this can be"}},
		"NoSuchDay":             {[]string{"2026-02-30", "someday"}, []string{"no such day", "no date"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, rows := read(t, "id;name;next billing date\n1;A;"+strings.Join(tt.dates, "\n1;A;")+"\n", nil)
			require.Len(t, rows, len(tt.want))
			for i, want := range tt.want {
				require.Contains(t, rows[i], want)
			}
		})
	}
}

// What staff have said is for what the file leaves open: a date or price that shows itself is read as it is shown.
func TestWhatStaffHaveSaid(t *testing.T) {
	t.Parallel()
	said := func(r *legacy.Reading) { r.DateOrder, r.DecimalMark = legacy.DayFirst, "." }
	for name, tt := range map[string]struct{ file, want string }{
		"LeftOpen":             {"id;name;next billing date;price\n1;A;03/04/2026;1,234\n", "1 A | 2026-04-03 | 123400"},
		"ShownBothWays":        {"id;name;next billing date\n1;A;03/04/2026\n2;B;03/25/2026\n3;C;25/03/2026\n", "1 A | 2026-04-03"},
		"ShownOtherwise":       {"id;name;next billing date;price\n1;A;03/04/2026;1.234\n2;B;03/25/2026;39,50\n", "1 A | 2026-03-04 | 123400"},
		"ShownByAnotherColumn": {"id;name;next billing date;paid through\n1;A;03/04/2026;03/25/2026\n", "1 A | 2026-03-04"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, rows := read(t, tt.file, nil, said)
			require.Equal(t, tt.want, rows[0])
		})
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		amounts []string
		want    []string
	}{
		"Points":     {[]string{"39.00", "$1,234.50", "1,234", "USD 12", " 7 "}, []string{"3900", "123450", "123400", "1200", "700"}},
		"Commas":     {[]string{"39,00", "1.234,50 $", "1.234", "1.234.567"}, []string{"3900", "123450", "123400", "more than"}},
		"LeftOpen":   {[]string{"1,234"}, []string{"this can be 1234 or 1.234"}},
		"Impossible": {[]string{"12x", "-5.00", "(5.00)", "1,23,4.00", "12.345", "EUR 5.00"}, []string{"currency is USD", "less than nothing", "no amount", "no amount", "takes", "currency is USD"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, rows := read(t, "id;name;price\n1;A;"+strings.Join(tt.amounts, "\n1;A;")+"\n", nil)
			require.Len(t, rows, len(tt.want))
			for i, want := range tt.want {
				require.Contains(t, rows[i], want, tt.amounts[i])
			}
		})
	}
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	_, wrong := read(t, "a,b\n1,2\n", nil)
	require.Len(t, wrong, 2)
	require.Contains(t, wrong[0], `"a", "b"`)
	_, rows := read(t, "a,b\n1,2\n", map[string]legacy.Field{"a": legacy.SourceID, "b": legacy.Name})
	require.Equal(t, []string{"1 2"}, rows)
	_, wrong = read(t, "id,name\n", map[string]legacy.Field{"other": legacy.Plate})
	require.Contains(t, wrong[0], `no column "other"`)
	_, rows = read(t, "member number,first name,last name\nM1,Ann,Lee\n", nil)
	require.Equal(t, []string{"M1 Ann Lee"}, rows)
}

func TestSafe(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"=1+1", "+1 303", "-1", "@cmd", "\tx", "\rx", "+1303555012a", "+123456"} {
		require.Equal(t, "'"+cell, legacy.Safe(cell))
	}
	for _, cell := range []string{"a=b", "+13035550123", "+13035550123;+13035550124", "a;b", ""} {
		require.Equal(t, cell, legacy.Safe(cell))
	}
	require.Equal(t, "Anna;'=HYPERLINK(1)", legacy.Safe("Anna;=HYPERLINK(1)"), "a spreadsheet may part a line at semicolons")
	require.Equal(t, "Anna\n'=1;'-2", legacy.Safe("Anna\n=1;-2"))
	var out strings.Builder
	w := legacy.NewWriter(&out)
	require.NoError(t, w.Row("id", "a;b", `say "so"`, ""))
	require.NoError(t, w.Flush())
	require.Equal(t, `"id","a;b","say ""so""",""`+"\n", out.String())
	_, rows := read(t, "id,name\n1,\"Anna;'=HYPERLINK(1)\"\n2,'=cmd()\n3,O'Hara\n", nil)
	require.Equal(t, []string{"1 Anna;=HYPERLINK(1)", "2 =cmd()", "3 O'Hara"}, rows, "what was made safe comes back as it was")
}

// A word for nothing is one in a date or an amount, and may be somebody's name or id.
func TestWordsForNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ row, want string }{
		"ALastName":    {"1,Li,Na,39.00,", "1 Li Na | 3900"},
		"AnotherName":  {"1,Jennifer,Null,39.00,none", "1 Jennifer Null | 3900"},
		"AnId":         {"NA,Nora,None,n/a,unknown", "NA Nora None"},
		"NoWordAtAll":  {"1,Nora,N/A,-,(null)", "1 Nora"},
		"NoIdIsNoId":   {"-,Nora,Li,,", `2 id "": the old system's id must not be empty`},
		"NoNameIsNone": {"1,--,#N/A,,", `2 last name "": the name must not be empty`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, rows := read(t, "id,first name,last name,price,next billing date\n"+tt.row+"\n", nil)
			require.Len(t, rows, 1)
			require.True(t, strings.HasPrefix(rows[0], tt.want), rows[0])
		})
	}
}

// What thousands of cells of a column have shown, a few do not overrule; as many do.
func TestWhatEarlierFilesHaveShown(t *testing.T) {
	t.Parallel()
	file := func(monthFirst int) string {
		return "id,name,next billing date,price\n1,A,04/05/2026,\"1,234\"\n" + strings.Repeat("2,B,03/25/2026,\n", monthFirst)
	}
	for name, tt := range map[string]struct {
		monthFirst, before int
		want, seen         string
	}{
		"OneAgainstThousands":     {1, 5000, "1 A | 2026-05-04 | 123400", "{day_first 5000}"},
		"NoneAtAll":               {0, 5000, "1 A | 2026-05-04 | 123400", "{day_first 5000}"},
		"AsManyOnEitherSide":      {40, 40, "this can be 4 May 2026 or 5 April 2026", "{ 0}"},
		"ThousandsAgainstOne":     {4000, 1, "1 A | 2026-04-05 | 123400", "{month_first 4000}"},
		"OneWhereNothingWasShown": {1, 0, "1 A | 2026-04-05 | 123400", "{month_first 1}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reading, rows := read(t, file(tt.monthFirst), nil, func(r *legacy.Reading) {
				r.Remembered = map[string]legacy.Sight{"price": {Way: ".", Times: 5000}}
				if tt.before > 0 {
					r.Remembered["next billing date"] = legacy.Sight{Way: legacy.DayFirst, Times: tt.before}
				}
			})
			require.Contains(t, rows[0], tt.want)
			require.Equal(t, tt.seen, fmt.Sprint(reading.Seen["next billing date"]))
			if tt.monthFirst == 1 && tt.before > 1 {
				require.Contains(t, rows[1], "no such day where the day comes first")
			}
		})
	}
}
