package million

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Rare is a surname that a handful of the invitations carry, and no plan or location. On file it has its accents.
const Rare = "brzeczyszczykiewicz"

const rareName = "Zdzisława Brzęczyszczykiewicz"

// people are first names and surnames that go together, and how many in a thousand come from each group. Smith and the names
// that hold it are 84 in a thousand of all.
var people = []struct {
	share         int
	firsts, lasts []string
}{
	{share: 78, firsts: english, lasts: []string{"Smith"}},
	{share: 6, firsts: english, lasts: []string{"Smithson", "Goldsmith", "Smithers", "Smith-Jones"}},
	{share: 476, firsts: english, lasts: strings.Fields(`Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin
		Jackson Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Hall Campbell
		Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Reed
		Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long Foster Sanders Ross
		Powell Sullivan Russell Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace West Cole Hayes Gibson
		O'Brien O'Connor McCarthy MacDonald`)},
	{share: 190, firsts: strings.Fields(`José María Luis Ana Jesús Sofía Andrés Lucía Ángel Inés Martín Belén Raúl Noelia Íñigo Begoña Adrián Verónica`),
		lasts: strings.Fields(`García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Núñez Muñoz Peña Ibáñez Gutiérrez Jiménez
			Castañeda Ordóñez Velásquez Álvarez Cortés Domínguez Zúñiga`)},
	{share: 60, firsts: strings.Fields(`Jürgen Käthe Björn Jörg Sören Günther Anja Uwe Heike Lukas Mia Jonas`),
		lasts: strings.Fields(`Müller Schröder Weiß Köhler Krüger Jäger Böhm Groß Schäfer Lüdtke Schmidt Vogel Möller`)},
	{share: 50, firsts: strings.Fields(`Zoë François Chloé Léa Benoît Gaëlle Hélène Rémi Agnès Noé Théo`),
		lasts: strings.Fields(`Lefèvre Bélanger Côté Françoise Gagné Lemaître Desprès Beauséjour Nöel Tremblay`)},
	{share: 40, firsts: strings.Fields(`Łukasz Małgorzata Michał Zofia Stanisław Agnieszka Paweł Żaneta`),
		lasts: strings.Fields(`Wójcik Kowalczyk Dąbrowski Zieliński Woźniak Jabłoński Wróbel Kaźmierczak`)},
	{share: 40, firsts: strings.Fields(`Søren Åse Bjørn Øyvind Märta Jón Þóra Håkon`),
		lasts: strings.Fields(`Østergård Ångström Sørensen Ødegård Guðmundsson Bäckström Lindström Kjær`)},
	{share: 40, firsts: strings.Fields(`Nguyễn Linh Minh Thảo Hương Dũng`), lasts: strings.Fields(`Nguyễn Trần Lê Phạm Huỳnh Võ Đặng`)},
	{share: 20, firsts: strings.Fields(`Aylin Çağla Oğuz Şule Emre`), lasts: strings.Fields(`Yılmaz Şahin Çelik Öztürk Güneş Doğan`)},
}

var english = strings.Fields(`James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica
	Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew
	Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Jason Sharon
	Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Gary Kathleen Nicholas Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela`)

// name draws a person's name.
func name(r *rand.Rand) string {
	at := r.IntN(1000)
	for _, group := range people {
		if at < group.share {
			return pick(r, group.firsts) + " " + pick(r, group.lasts)
		}
		at -= group.share
	}
	panic("million: the shares of names do not make a thousand")
}

var mailHosts = []string{"example.com", "example.org", "example.net", "mail.example.com", "post.example.org"}

// email is unique by the number, and spelled as people spell theirs: in plain letters.
func email(r *rand.Rand, name string, number int) string {
	return fmt.Sprintf("%s%d@%s", plain(name), number, pick(r, mailHosts))
}

// plain writes a name in the letters a to z.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' {
			return '.'
		}
		if c < 'a' || c > 'z' {
			return -1
		}
		return c
	}, unaccented.Replace(strings.ToLower(name)))
}

var unaccented = strings.NewReplacer(
	"ß", "ss", "á", "a", "ä", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e", "í", "i", "î", "i",
	"ð", "d", "ñ", "n", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "ú", "u", "ü", "u", "þ", "th", "ą", "a", "đ", "d",
	"ę", "e", "ğ", "g", "ı", "i", "ł", "l", "ń", "n", "ş", "s", "ũ", "u", "ź", "z", "ż", "z", "ơ", "o", "ư", "u", "ạ", "a",
	"ả", "a", "ầ", "a", "ặ", "a", "ễ", "e", "ỳ", "y",
)

var (
	cities = strings.Fields(`Denver Boulder Boston Austin Portland Seattle Oakland Fresno Tucson Phoenix Reno Boise Omaha Tulsa Dallas Houston Memphis
		Nashville Atlanta Tampa Miami Orlando Raleigh Richmond Baltimore Philadelphia Pittsburgh Cleveland Columbus Detroit Chicago Milwaukee
		Minneapolis Madison Brooklyn Queens Albany Buffalo Providence Hartford`)
	sites = []string{"Studios", "Lofts", "Sound Rooms", "Auto Wash", "Fitness"}
	rooms = []string{"Studio", "North Light Studio", "Rehearsal Room", "Corner Loft", "Podcast Booth", "Dance Floor", "Atelier"}
	clubs = []string{"Unlimited Wash", "Gold Wash", "Fleet Wash", "Day Pass Plus", "Gold Membership", "Family Membership", "Off-Peak Membership"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
