// Package spanish checks one thing about the Spanish that tenants read, in tests: that nobody who is addressed as "usted" on one
// page or in one message is addressed as "tú" in the next.
package spanish

import (
	"strings"
	"unicode"
)

// familiar are words that only somebody says who addresses another as "tú".
var familiar = wordsOf(`tú tu tus te ti contigo tuyo tuya tuyos tuyas
	tienes puedes quieres eres estás ves recibes obtienes pagas das haces entras eliges envías debes usas sabes necesitas confirmas
	verás seguirás recibirás podrás tendrás deberás pagarás
	hagas reenvíes necesites confirmes quieras tengas puedas configuras
	confírmalo introdúcelo inténtalo guárdalo ingrésalo hazlo ábrelo úsalo`)

// orders are the same where they begin a sentence; within one, they also tell what something does ("se abre una vez").
var orders = wordsOf(`Abre Elige Entra Agrega Busca Responde Ignora Configura Introduce Ingresa Avisa Revisa Pide Usa Haz`)

// alike end as what "tú" did in the past ("pediste"), and are something else.
var alike = wordsOf(`existe consiste insiste asiste resiste triste contraste`)

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// Familiar lists the words of a text that address its reader as "tú".
func Familiar(text string) (found []string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		low := strings.ToLower(word)
		past := strings.HasSuffix(low, "aste") || strings.HasSuffix(low, "iste")
		if familiar[low] || orders[word] || past && !alike[low] {
			found = append(found, word)
		}
	}
	return found
}
