package migration

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"carryover/queries"
)

// The words that opt a phone out, in and ask for help where they are all of a text (Twilio's documentation, "Twilio support for opt-out
// keywords"; REVOKE and OPTOUT are among them since the FCC named them in 47 CFR 64.1200(a)(10)).
var (
	stopWords  = []string{"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"}
	startWords = []string{"start", "unstop", "yes"}
	helpWords  = []string{"help", "info"}
)

// stopPhrases are wordings that leave no doubt. The same rule counts every reasonable one as a revocation, so these end texts
// too; the text still goes to staff, who read what it is about.
var stopPhrases = []string{
	"stop text", "stop texting", "stop texts", "stop sending", "stop messaging", "stop messages", "stop contacting", "stop calling", "stop bothering",
	"stop all", "opt out", "opt me out", "unsubscribe me", "remove me", "remove my number", "remove this number", "delete my number",
	"take me off", "no more texts", "no more messages", "do not text", "dont text", "do not message", "dont message", "do not contact",
	"dont contact", "never text", "never contact", "leave me alone", "wrong number",
	"no me escriban", "no me escribas", "no me escriba", "no me manden", "no me mande", "no me envien", "no me envie", "no me contacten",
	"no mas mensajes", "no mas textos", "no quiero mensajes", "no quiero recibir", "no quiero mas",
	"dejen de enviar", "dejen de mandar", "dejen de escribir", "deje de enviar", "deje de mandar", "deje de escribir", "deja de enviar",
	"deja de mandar", "deja de escribir", "dejenme en paz", "eliminen mi numero", "borren mi numero", "quiten mi numero",
	"quitenme", "borrenme", "eliminenme", "denme de baja", "deme de baja", "darme de baja", "numero equivocado",
}

// aloneStops end texts where, but for courtesies, nothing else is said. "Alto" in a sentence is a tall person.
var aloneStops = append([]string{"alto", "parar", "pare", "paren", "para", "baja", "basta", "cancelar", "detener", "stop it", "stop this", "no more"}, stopWords...)

// courtesies may stand around a word without changing it.
var courtesies = []string{"please", "pls", "plz", "por", "favor", "thanks", "thank", "you", "gracias", "now", "ya", "hi", "hello", "hola"}

// keeping are words before a phrase that turn it round: "please don't stop texting me". A bare "no" is not among them: "No. Stop
// texting me."
var keeping = []string{"dont", "not", "never"}

// replyKind reads a text whose words are all that it says. Case, blanks and punctuation are ignored, so "Stop all!" is STOPALL.
func replyKind(body string) queries.TextReplyKind {
	word := strings.Join(replyWords(body), "")
	switch {
	case slices.Contains(stopWords, word):
		return queries.TextReplyKindStop
	case slices.Contains(startWords, word):
		return queries.TextReplyKindStart
	case slices.Contains(helpWords, word):
		return queries.TextReplyKindHelp
	}
	return queries.TextReplyKindOther
}

// asksToStop tells whether a free text clearly asks for no more.
func asksToStop(body string) bool {
	said := replyWords(body)
	bare := slices.DeleteFunc(slices.Clone(said), func(w string) bool { return slices.Contains(courtesies, w) })
	if slices.Contains(aloneStops, strings.Join(slices.Compact(bare), " ")) { // "STOP STOP" too
		return true
	}
	return slices.ContainsFunc(stopPhrases, func(phrase string) bool { return holds(said, strings.Fields(phrase)) })
}

// holds tells whether the words stand in a text, one after the other and not turned round.
func holds(said, phrase []string) bool {
	for i := range len(said) - len(phrase) + 1 {
		if slices.Equal(said[i:i+len(phrase)], phrase) && (i == 0 || !slices.Contains(keeping, said[i-1])) {
			return true
		}
	}
	return false
}

// replyWords are the words of a text in lower case, without accents; an apostrophe does not end one.
func replyWords(body string) []string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), body)
	if err != nil {
		plain = body
	}
	plain = strings.NewReplacer("'", "", "’", "", "`", "").Replace(strings.ToLower(plain))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
