package load_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMistakes changes one file of a right folder and expects these lines, all of them and nothing else.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"Location": {"locations.csv", "slug,name,time_zone,currency,language,reply_to,staff_contact,terminal_location\n" +
			"Denver West,,Denver,usd,fr,nobody,ghost@example.com,tmr_1\ndenver,Denver,America/Denver,USD,,,,\ndenver,Again,UTC,USD,,,,",
			[]string{
				`locations.csv:2: currency "usd": write an ISO 4217 code in upper case, like USD`,
				`locations.csv:2: slug "Denver West": write lower-case letters, digits and hyphens, like denver-larimer`,
				`locations.csv:2: name: must not be empty`,
				`locations.csv:2: time_zone "Denver": write a name of the IANA time zone database, like America/Denver`,
				`locations.csv:2: reply_to "nobody": write an address like name@example.com`,
				`locations.csv:2: language "fr": write EN or ES`,
				`locations.csv:2: staff_contact "ghost@example.com": there is no such staff member: write an email of staff.csv or of the database`,
				`locations.csv:2: terminal_location "tmr_1": write the id of a Stripe Terminal location, like tml_FBakXQG8bQk4Mm`,
				`locations.csv:4: slug "denver": line 3 has it already`,
			}},
		"Plan": {"plans.csv", "location,name,kind,cadence,card_price,ach_price\n" +
			"nowhere,A,STUDIO,MONTHLY,1,\ndenver,B,ROOM,WEEKLY,\"1,5\",-3\ndenver,C,STUDIO,MONTHLY,1.005,\ndenver,C,STUDIO,MONTHLY,1000000,",
			[]string{
				`plans.csv:2: location "nowhere": there is no location "nowhere": write a slug of locations.csv or of the database`,
				`plans.csv:3: kind "ROOM": write STUDIO or MEMBERSHIP`,
				`plans.csv:3: cadence "WEEKLY": write MONTHLY or HOURLY`,
				`plans.csv:3: card_price "1,5": "1,5" is no amount: write digits like 129.00`,
				`plans.csv:3: ach_price "-3": a price must not be negative`,
				`plans.csv:4: card_price "1.005": 1.005 has 3 decimals, USD takes 2`,
				`plans.csv:5: name "C": line 4 has it already`,
				`plans.csv:5: card_price "1000000": the largest price is 999999.99`,
			}},
		"Insurance": {"insurance.csv", "name,currency,price,locations\nA,CAD,1,denver\nB,USD,x,\nB,XXX,1,denver",
			[]string{
				`insurance.csv:2: locations "denver": "denver" bills in USD, and this insurance is in CAD`,
				`insurance.csv:3: price "x": "x" is no amount: write digits like 129.00`,
				`insurance.csv:3: locations: name the locations that offer it, with ; between them`,
				`insurance.csv:4: currency "XXX": write an ISO 4217 code in upper case, like USD`,
				`insurance.csv:4: name "B": line 3 has it already`,
				`insurance.csv:4: locations "denver": "denver" bills in USD, and this insurance is in XXX`,
			}},
		"Staff": {"staff.csv", "email,name,role,password,locations\nmara@example.com,M,MANAGER,short,\nboss,B,OWNER,,denver\nMARA@example.com,M,ADMIN,,denver",
			[]string{
				`staff.csv:2: password: write 12 to 256 characters, or leave it empty for somebody who does not sign in`,
				`staff.csv:2: locations: name the locations of this manager, with ; between them`,
				`staff.csv:3: email "boss": write an address like name@example.com`,
				`staff.csv:3: role "OWNER": write ADMIN, MANAGER or ATTENDANT`,
				`staff.csv:4: email "MARA@example.com": line 2 has it already`,
				`staff.csv:4: locations "denver": leave it empty: an admin is at every location`,
			}},
		"Tenant": {"tenants.csv", "name,email,phone,language,locations\n,x@y,303 555,DE,\nA\tB,a@example.com,,,denver;nowhere\nC,A@EXAMPLE.com,,,denver\nD,,,,denver\nD,,,,denver",
			[]string{
				`tenants.csv:2: name: must not be empty`,
				`tenants.csv:2: email "x@y": write an address like name@example.com`,
				`tenants.csv:2: phone "303 555": write the number with its country code, like +1 303 555 0123`,
				`tenants.csv:2: language "DE": write EN or ES`,
				`tenants.csv:2: locations: name the locations where this tenant is known, with ; between them`,
				`tenants.csv:3: locations "denver;nowhere": there is no location "nowhere": write a slug of locations.csv or of the database`,
				`tenants.csv:3: name "A\tB": line breaks and control characters are not allowed here`,
				`tenants.csv:4: email "A@EXAMPLE.com": line 3 has it already`,
				`tenants.csv:6: name "D": line 5 has it already`,
			}},
		"Terms": {"terms.csv", "location,language,file\ndenver,en,../secret\ndenver,es,terms/none.txt\ndenver,EN,terms/denver.txt",
			[]string{
				`terms.csv:2: file "../secret": write a path inside the folder, like terms/denver.en.txt`,
				`terms.csv:3: file "terms/none.txt": this file cannot be read: file does not exist`,
				`terms.csv:4: language "EN": line 2 has it already`,
			}},
		"Header": {"tenants.csv", "nom,email,email,locations\nA,a@example.com,,denver",
			[]string{
				`tenants.csv:1: there is no column "nom": the columns are name,email,phone,language,locations`,
				`tenants.csv:1: the column "email" is there twice`,
				`tenants.csv:1: the column "name" is missing`,
			}},
		"Ragged": {"tenants.csv", "name,locations\nA\nB,denver,c",
			[]string{
				`tenants.csv:2: 1 values stand here, but the first line names 2 columns`,
				`tenants.csv:3: 3 values stand here, but the first line names 2 columns`,
			}},
		"Quote": {"tenants.csv", "name,locations\nA,denver\nB \"bee\" B,denver",
			[]string{`tenants.csv:3: not CSV: bare " in non-quoted-field. A value with a quote in it is written "like ""this"" one"; the rest of the file was not read`}},
		"Empty": {"tenants.csv", "",
			[]string{`tenants.csv: the file is empty: its first line must name the columns name,email,phone,language,locations`}},
		"NotUTF8": {"tenants.csv", "name,locations\nJos\xe9,denver",
			[]string{`tenants.csv:2: name "Jos\xe9": save the file as UTF-8`}},
		"TurnedRound": {"tenants.csv", "name,locations\nTess \u202eelpmaxe,denver",
			[]string{`tenants.csv:2: name "Tess \u202eelpmaxe": characters that turn the direction of writing round are not allowed here`}},
		"TooLong": {"tenants.csv", "name,locations\n" + strings.Repeat("x", 121) + ",denver",
			[]string{`tenants.csv:2: name "` + strings.Repeat("x", 60) + `…": at most 120 characters`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.put(c.file, c.text)
			require.ElementsMatch(t, c.want, b.mistakes())
		})
	}
}

func TestMistakesTogether(t *testing.T) {
	t.Parallel()

	t.Run("AllFilesInOrder", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("tenants.csv", "name,locations\n,denver")
		b.put("locations.csv", "slug,name,time_zone,currency,staff_contact\ndenver,D,America/Denver,USD,ghost@example.com\n!,D,UTC,USD,")
		b.put("plans.csv", "location\ndenver")
		got := b.mistakes()
		require.Len(t, got, 7)
		require.Contains(t, got[0], "locations.csv:2: staff_contact")
		require.Contains(t, got[1], "locations.csv:3: slug")
		require.Contains(t, got[2], "plans.csv:1: the column")
		require.Contains(t, got[6], "tenants.csv:2: name")
	})

	t.Run("BankIsForUSD", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("locations.csv", "slug,name,time_zone,currency\ndenver,D,America/Toronto,CAD")
		b.only("locations.csv", "plans.csv")
		require.Equal(t, []string{`plans.csv:2: ach_price "125": bank accounts are taken for USD only, and "denver" bills in CAD: leave it empty`}, b.mistakes())
	})

	t.Run("CurrenciesStay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		b.put("locations.csv", "slug,name,time_zone,currency\ndenver,D,America/Toronto,CAD")
		b.only("locations.csv")
		require.Equal(t, []string{`locations.csv:2: currency "CAD": this location bills in USD, and a location's currency does not change: make another location`}, b.mistakes())
		b.put("locations.csv", "slug,name,time_zone,currency\ntoronto,T,America/Toronto,CAD")
		b.put("insurance.csv", "name,currency,price,locations\nInstrument Cover,CAD,1,toronto")
		require.Equal(t, []string{`insurance.csv:2: currency "CAD": this insurance is in USD, and its currency does not change: give the new one another name`}, b.mistakes())
	})

	t.Run("PasswordsAreNotShown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("staff.csv", "email,name,role,password,locations\nmara@example.com,M,MANAGER,hunter2,denver")
		require.NotContains(t, b.mistakes()[0], "hunter2")
	})
}
