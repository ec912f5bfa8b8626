package legacy_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"carryover/legacy"
)

// opener reads a file's text from anywhere.
func opener(file []byte, encoding string) legacy.Open {
	return func(at int64) (io.Reader, error) {
		text, err := legacy.Decode(bytes.NewReader(file), encoding)
		if err == nil {
			_, err = io.CopyN(io.Discard, text, at)
		}
		return text, err
	}
}

func plainAddress(s string) (string, error) {
	if strings.Contains(s, "@") {
		return strings.ToLower(s), nil
	}
	return "", errors.New("no address")
}

func encodingOf(file []byte) string {
	s := &legacy.Sniffer{}
	for len(file) > 0 { // in pieces that cut characters in two
		n := min(3, len(file))
		_, _ = s.Write(file[:n])
		file = file[n:]
	}
	return s.Encoding()
}

// FuzzFile: whatever a file holds, each record is a row or says what is wrong in words, reading ends, and whoever begins where a record ended
// reads on as if nothing had been.
func FuzzFile(f *testing.F) {
	mess, err := os.ReadFile("../migration/testdata/legacy_mess.csv")
	require.NoError(f, err)
	f.Add(mess)
	f.Add([]byte("id,name\n1,\"a\nb\n2,c\"\"\n"))
	f.Add([]byte("\xff\xfei\x00d\x00,\x00n\x00a\x00m\x00e\x00\n\x001\x00,\x00x\x00"))
	f.Add([]byte("id;name;next billing date;price\r\n1;\xe9va;3/4/26;1,234\r\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		encoding := encodingOf(file)
		open := opener(file, encoding)
		reading, wrong, err := legacy.Begin(open, encoding, nil)
		if err != nil || reading == nil || len(wrong) > 0 {
			return
		}
		records, err := legacy.NewRecords(open, []rune(reading.Separator)[0], reading.FirstRow, reading.FirstLines)
		require.NoError(t, err)
		_, err = legacy.Look(t.Context(), records, reading)
		if errors.Is(err, legacy.ErrHopeless) {
			return
		}
		require.NoError(t, err)
		parser := &legacy.Parser{Reading: reading, Currency: "USD", Email: plainAddress, Phone: plainAddress}
		at, lines := reading.FirstRow, reading.FirstLines
		for range 200 {
			again, err := legacy.NewRecords(open, []rune(reading.Separator)[0], at, lines)
			require.NoError(t, err)
			record, err := again.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			require.NoError(t, err)
			require.Greater(t, record.Line, lines)
			row, mistakes := parser.Row(record)
			for _, m := range mistakes {
				require.NotEmpty(t, m.Wants)
			}
			if len(mistakes) == 0 {
				require.NotEmpty(t, row.SourceID)
				require.NotEmpty(t, row.Name)
				require.True(t, utf8.ValidString(row.Name+row.SourceID+row.PlanName))
				require.NotContains(t, row.Name+row.SourceID+row.PlanName, "\x00")
			}
			was := at
			at, lines = again.Place()
			require.Greater(t, at, was)
		}
	})
}
