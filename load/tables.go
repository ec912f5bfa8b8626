package load

import "strings"

// table is a file and its columns, in the order in which they are best written; a file may have them in any order.
type table struct {
	file     string
	columns  []string
	optional []string // of columns: these may be left out
}

// list is how a cell names several things.
const list = ";"

func locationsTable() table {
	return table{"locations.csv",
		[]string{"slug", "name", "time_zone", "currency", "language", "sender_name", "reply_to", "staff_contact", "terminal_location"},
		[]string{"language", "sender_name", "reply_to", "staff_contact", "terminal_location"}}
}

func plansTable() table {
	return table{"plans.csv",
		[]string{"location", "name", "kind", "cadence", "card_price", "ach_price"},
		[]string{"ach_price"}}
}

func insuranceTable() table {
	return table{"insurance.csv", []string{"name", "currency", "price", "locations"}, nil}
}

func staffTable() table {
	return table{"staff.csv",
		[]string{"email", "name", "role", "password", "locations"},
		[]string{"password", "locations"}}
}

func tenantsTable() table {
	return table{"tenants.csv",
		[]string{"name", "email", "phone", "language", "locations"},
		[]string{"email", "phone", "language"}}
}

func termsTable() table {
	return table{"terms.csv", []string{"location", "language", "file"}, nil}
}

// tables is all of them, in the order in which they are read and told about.
func tables() []table {
	return []table{locationsTable(), plansTable(), insuranceTable(), staffTable(), tenantsTable(), termsTable()}
}

func fileNames() string {
	var names []string
	for _, t := range tables() {
		names = append(names, t.file)
	}
	return strings.Join(names, ", ")
}
