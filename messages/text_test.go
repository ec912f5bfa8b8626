package messages

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

var optOut = map[queries.MessageLanguage]string{
	queries.MessageLanguageEn: "Reply STOP to opt out", queries.MessageLanguageEs: "Responda STOP para no recibir SMS",
}

func say(t require.TestingT, r *Renderer, c migration.TextContent) migration.RenderedText {
	text, err := r.Text(c)
	require.NoError(t, err)
	return text
}

func TestText(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)

	t.Run("InvitationHasWhatTheHelpPagePromises", func(t *testing.T) {
		t.Parallel()
		for language, stop := range optOut {
			c := textInvitation()
			c.Language = language
			text := say(t, r, c)
			for _, want := range []string{"Maya", "Studio 12", "Denver Studios", " " + textLink + " "} {
				require.Contains(t, text.Body, want)
			}
			require.True(t, strings.HasSuffix(text.Body, stop))
			require.Equal(t, 1, text.Segments, "an ordinary invitation is one segment: %s", text.Body)
			require.Equal(t, migration.TextGSM7, text.Encoding)
		}
	})

	t.Run("EveryPurposeInEveryLanguageCanBeRefused", func(t *testing.T) {
		t.Parallel()
		for name, c := range everyText() {
			require.True(t, strings.HasSuffix(say(t, r, c).Body, optOut[c.Language]), name)
		}
	})

	t.Run("SaysNoPrice", func(t *testing.T) {
		t.Parallel()
		for name, c := range everyText() {
			if c.Purpose == queries.DeliveryPurposeReceipt { // it is what was agreed to
				continue
			}
			require.NotRegexp(t, `\p{Sc}|\d[.,]\d`, strings.ReplaceAll(say(t, r, c).Body, textLink, ""), name)
		}
	})

	t.Run("TheWordsThemselvesAreInGSM7", func(t *testing.T) {
		t.Parallel()
		for language, purposes := range r.editions[currentVersion].texts {
			for purpose, words := range purposes {
				said, err := textFacts{First: "A", Plan: "B", Unit: "C", Location: "D", Link: "E"}.fill(words)
				require.NoError(t, err)
				require.True(t, inGSM7(said), "%s %s: %s", language, purpose, said)
			}
		}
	})

	t.Run("TheUnitGoesBeforeANameIsShortened", func(t *testing.T) {
		t.Parallel()
		c := textInvitation()
		c.Unit = "A unit with a long name"
		text := say(t, r, c)
		require.Equal(t, 1, text.Segments)
		require.NotContains(t, text.Body, "unit with")
		require.Contains(t, text.Body, "Studio 12 at Denver Studios:")
	})

	t.Run("NamesAreOnlyShortenedWhereThatSavesASegment", func(t *testing.T) {
		t.Parallel()
		c := textInvitation()
		c.Link = "https://set-up.your-new-account.harbor-light-studios.example/s/AZjyxHweeT2bVQwdLj9KW2tRN3haM3Yt"
		c.PlanName, c.LocationName, c.Unit = "Corner Studio with Skylight, 2nd floor", "Harbor Light Studios, Oakland", "B-14"
		text := say(t, r, c)
		require.Equal(t, 2, text.Segments)
		require.Contains(t, text.Body, c.PlanName+" (B-14) at "+c.LocationName+":")
	})

	t.Run("AnotherScriptIsSentAsItIs", func(t *testing.T) {
		t.Parallel()
		c := textInvitation()
		c.Recipient, c.LocationName = "Иван Петров", "Café “María”"
		text := say(t, r, c)
		require.Equal(t, migration.TextUCS2, text.Encoding)
		require.Contains(t, text.Body, "Hi Иван,")
		require.Contains(t, text.Body, c.LocationName, "what is paid for anyhow is not respelled")
	})

	t.Run("WhoseNameIsANumberIsGreetedWithoutOne", func(t *testing.T) {
		t.Parallel()
		for _, name := range []string{"+1 (303) 555-0123", "3035550123", ""} {
			c := textInvitation()
			c.Recipient = name
			require.True(t, strings.HasPrefix(say(t, r, c).Body, "Hi, set up "), name)
		}
	})
}

func TestTextDamagedContent(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	for name, tc := range map[string]struct {
		damage func(*migration.TextContent)
		says   string
	}{
		"NoVersion":       {func(c *migration.TextContent) { c.Version = 0 }, "no template version 0 for texts"},
		"BeforeTexts":     {func(c *migration.TextContent) { c.Version = 1 }, "no template version 1 for texts: this release knows 2 to 3"},
		"LaterVersion":    {func(c *migration.TextContent) { c.Version = 4 }, "no template version 4"},
		"UnknownLanguage": {func(c *migration.TextContent) { c.Language = "fr" }, `no template for language "fr"`},
		"StaffNotice":     {func(c *migration.TextContent) { c.Purpose = queries.DeliveryPurposeStaffNotice }, `no template for a text of purpose "staff_notice"`},
		"NoPlan":          {func(c *migration.TextContent) { c.PlanName = "\u200b" }, "planName is empty"},
		"NoLocation":      {func(c *migration.TextContent) { c.LocationName = "\n" }, "locationName is empty"},
		"NoLink":          {func(c *migration.TextContent) { c.Link = "" }, "link is no absolute"},
		"PathOnly":        {func(c *migration.TextContent) { c.Link = "/s/secret-token" }, "link is no absolute"},
		"LineInLink":      {func(c *migration.TextContent) { c.Link = "https://a.example/s/\nsecret-token" }, "link is no absolute"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := textInvitation()
			tc.damage(&c)
			text, err := r.Text(c)
			require.ErrorContains(t, err, tc.says)
			require.NotContains(t, err.Error(), "secret-token")
			require.Zero(t, text)
		})
	}
}

// clickable is what phones make a link of: a scheme, or a dot with a letter behind it. The one link of ours is taken out first.
var clickable = regexp.MustCompile(`:/|[\p{L}\p{N}\p{M}][.。．｡․﹒][\p{L}\p{M}]`)

func TestTextOfAnyName(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	rapid.Check(t, func(t *rapid.T) {
		c := textInvitation()
		c.Purpose = rapid.SampledFrom([]queries.DeliveryPurpose{queries.DeliveryPurposeInvitation, queries.DeliveryPurposeActionNeeded}).Draw(t, "purpose")
		c.Language = rapid.SampledFrom([]queries.MessageLanguage{queries.MessageLanguageEn, queries.MessageLanguageEs}).Draw(t, "language")
		for _, field := range []*string{&c.Recipient, &c.PlanName, &c.LocationName, &c.Unit} {
			*field = textName().Draw(t, "name")
		}
		text := say(t, r, c)
		require.Equal(t, text, say(t, r, c), "the same content, the same bytes")
		require.True(t, strings.HasSuffix(text.Body, " "+textLink+" "+optOut[c.Language]), text.Body)
		names := strings.ReplaceAll(text.Body, textLink, "")
		require.False(t, clickable.MatchString(names), "%q", names)
		require.False(t, strings.ContainsFunc(text.Body, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}), "%q", text.Body)
		require.True(t, utf8.ValidString(text.Body))
		segments, _ := twiliofake.Segments(text.Body)
		require.Equal(t, segments, text.Segments)
		f := textFactsOf(c)
		f.Unit = ""
		barest, err := f.say(r.editions[currentVersion].texts[c.Language][c.Purpose], minTextName)
		require.NoError(t, err)
		require.Equal(t, barest.Segments, text.Segments, "as few as can be: %s", text.Body)
	})
}

// textName draws what breaks texts, besides what breaks everything.
func textName() *rapid.Generator[string] {
	return rapid.OneOf(anyName(), rapid.SampledFrom([]string{
		"evil.com", "https://evil.com/x?y=z", "www.evil.com", "evil。com", "evil．com", "evil..com", "a@evil.com", "evil.\u200ccom", "evil⒈com", "evil․com",
		"tel:+19005550123", "1.2.3.4", "J.R. Smith", "St.Mary's", "Studio 2.5", "24:7 Gym", "Café Ágil…", "🎸🎸🎸", "🎸 Studio 12", "Nguyễn Văn", "Ωμέγα", "½ Studio",
	}))
}

func TestSpelling(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"José Peña":             "José Peña",
		"Jose\u0301 Pen\u0303a": "José Peña",
		"María Hernández":       "Maria Hernandez",
		"Zoë D’Angelo":          "Zoe D'Angelo",
		"François Lefèvre":      "Francois Lefèvre",
		"Łukasz Œuvre Þór":      "Lukasz OEuvre Thor",
		"Nguyễn Văn Thiệu":      "Nguyen Van Thieu",
		"“Best” – Studio…":      `"Best" - Studio...`,
		"CrossFit® Denver™":     "CrossFit Denver",
		"🎸 Studio 12":           "Studio 12",
		"🎸🎸":                    "🎸🎸",
		"½ Studio nº 3":         "1/2 Studio no 3",
		"Ｓｔｕｄｉｏ　１２":             "Studio 12",
		"Иван":                  "Иван",
		"ΑΘΗΝΑ Ωμέγα":           "ΑΘΗΝΑ Ωμέγα",
		"李小龙":                   "李小龙",
		"A^B [C] €":             "A^B [C] €",
	} {
		require.Equal(t, want, plainSpelling(oneLine(given)), "%q", given)
	}

	t.Run("WhatIsInGSM7Stays", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			name := oneLine(rapid.StringOf(rapid.RuneFrom([]rune(gsmBasic+gsmExtension))).Draw(t, "name"))
			require.Equal(t, name, plainSpelling(name))
		})
	})

	t.Run("NeverNothing", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			name := oneLine(rapid.String().Draw(t, "name"))
			require.Equal(t, name == "", plainSpelling(name) == "")
		})
	})
}

func TestUnlinked(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"evil.com": "evil. com", "https://evil.com": "https: //evil. com", "www.evil.co.uk": "www. evil. co. uk", "evil。com": "evil。 com",
		"J.R. Smith": "J. R. Smith", "Acme Inc.": "Acme Inc.", "Wait...": "Wait...", "Wait...what": "Wait... what", "(St.)": "(St.)",
		"Studio 2.5": "Studio 2.5", "24:7 Gym": "24:7 Gym", "1.2.3.4": "1. 2. 3. 4", "mailto:a@b.test": "mailto: a@b. test",
	} {
		require.Equal(t, want, unlinked(given), "%q", given)
	}
}
