package graph_test

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// nounOf says what kind of thing an id is of, by the name of the argument or input field that takes it.
var nounOf = map[string]string{"locationId": "loc", "locationIds": "loc", "planId": "pln", "planIds": "pln", "tenantId": "ten", "submissionId": "sbm",
	"invitationId": "inv", "reservationId": "rsv", "insurancePlanId": "ins", "staffId": "me", "actorId": "stf", "subjectId": "sbm",
	"batchId": "imp", "uploadId": "upl", "sourceId": "lgs", "sessionId": "ses", "legacyMembershipId": "lgm"}

// idOf says it for the fields whose argument is called `id` or `ids`.
var idOf = map[string]string{"node": "inv", "invitation": "inv", "submission": "sbm", "reservation": "rsv", "batch": "bat", "inviteStaffAgain": "stf",
	"updateStaff": "stf", "deactivateStaff": "stf", "reactivateStaff": "stf", "revokeSignIn": "sgn", "revokeApiToken": "tok", "updateInvitation": "inv",
	"deleteInvitation": "inv", "revokeInvitation": "inv", "renewInvitationLink": "inv", "copyInvitationLink": "inv", "updateTenant": "ten",
	"cancelBatch": "bat", "retryBatch": "bat", "resolveDelivery": "dlv", "unsuppress": "sup", "handleTextReply": "rpl", "sendInvitations": "inv",
	"previewSend": "inv", "acceptEmailCorrection": "emc", "declineEmailCorrection": "emc", "approveSubmissions": "sbm", "previewApprovals": "sbm",
	"session": "ses", "closeSession": "ses", "sessionChanged": "ses", "handleBillingAlarm": "alm", "batchProgressed": "bat", "submissionChanged": "sbm", "legacyMembership": "lgm",
	"saveLegacyMembership": "lgm", "recordLegacyCancellation": "lgm", "takeBackLegacyCancellation": "lgm", "createInvitationsFromLegacy": "lgm", "previewInvitationsFromLegacy": "lgm"}

// nodeNouns are the things that `node` answers.
var nodeNouns = map[string]string{"Invitation": "inv", "Submission": "sbm", "Reservation": "rsv", "Tenant": "ten", "Batch": "bat", "Location": "loc",
	"Plan": "pln", "InsurancePlan": "ins", "Approval": "apr", "BillingAlarm": "alm", "Delivery": "dlv", "StripeSubscription": "sbs", "Staff": "stf",
	"Suppression": "sup", "TextReply": "rpl", "EmailCorrection": "emc", "LegacyMembership": "lgm", "LegacySource": "lgs"}

// call is one operation. "<inv>" in it stands for an invitation of one's own, "<*inv>" for the one that is asked about.
type call struct {
	about string // the argument that is asked about; "" where the call names nothing
	text  string
}

// put fills the things in.
func (c call) put(own map[string]string, asked string) string {
	text := c.text
	if _, after, ok := strings.Cut(text, "<*"); ok {
		noun, _, _ := strings.Cut(after, ">")
		text = strings.ReplaceAll(text, "<*"+noun+">", asked)
	}
	text = strings.ReplaceAll(text, "<key>", rand.Text())
	for noun, one := range own {
		text = strings.ReplaceAll(text, "<"+noun+">", one)
	}
	return text
}

// noun is the kind of thing that is asked about.
func (c call) noun() string {
	_, after, _ := strings.Cut(c.text, "<*")
	noun, _, _ := strings.Cut(after, ">")
	return noun
}

// named is the thing of a kind; what is searched for is a name, unless that list is of other things.
func named(things map[string]string, noun string) string {
	if one, ok := things[noun]; ok || noun == "" {
		return one
	}
	if strings.HasPrefix(noun, "search of ") {
		return things["search"]
	}
	panic(fmt.Sprintf("there is no %q in the world: put one into world.place", noun))
}

// caller makes calls out of the schema.
type caller struct{ schema *ast.Schema }

// calls are those of a root field: one that names as little as possible, and one for each id or text that it can be asked about.
func (c caller) calls(operation string, f *ast.FieldDefinition) (all []call) {
	inner := c.whole(f.Type.Name(), 1)
	make := func(about string) call {
		return call{about: about, text: operation + "{" + c.with(f, about) + inner + "}"}
	}
	abouts, must := c.abouts(operation, f)
	if len(must) == 0 {
		all = append(all, make(""))
	}
	for _, about := range abouts {
		all = append(all, make(about))
	}
	return all
}

// abouts are the paths of all ids, and of the texts that lists are searched by; must are those that a call cannot leave out.
func (c caller) abouts(operation string, f *ast.FieldDefinition) (all, must []string) {
	var look func(path, parent string, typ *ast.Type, required bool)
	look = func(path, parent string, typ *ast.Type, required bool) {
		name := path[strings.LastIndex(path, ".")+1:]
		def := c.schema.Types[typ.Name()]
		required = required && typ.NonNull
		switch {
		case def.Kind == ast.InputObject:
			for _, in := range def.Fields {
				look(path+"."+in.Name, def.Name, in.Type, required)
			}
		case def.Name == "ID",
			operation == "query" && name == "search",
			operation == "query" && parent == "" && (name == "email" || name == "address"):
			all = append(all, path)
			if required && typ.Elem == nil {
				must = append(must, path)
			}
		}
	}
	for _, a := range f.Arguments {
		look(a.Name, "", a.Type, true)
	}
	return all, must
}

// with is a field with the arguments that it needs and, besides them, the one at a path.
func (c caller) with(f *ast.FieldDefinition, about string) string {
	var args []string
	for _, a := range f.Arguments {
		required := a.Type.NonNull && a.DefaultValue == nil
		switch {
		case required || a.Name == about || strings.HasPrefix(about, a.Name+"."):
			args = append(args, a.Name+":"+c.value(f.Name, a.Name, a.Type, about))
		case a.Name == "first":
			args = append(args, "first:20")
		}
	}
	if len(args) == 0 {
		return f.Name
	}
	return f.Name + "(" + strings.Join(args, ",") + ")"
}

func (c caller) value(root, path string, typ *ast.Type, about string) string {
	if typ.Elem != nil {
		return "[" + c.value(root, path, typ.Elem, about) + "]"
	}
	name := path[strings.LastIndex(path, ".")+1:]
	def := c.schema.Types[typ.NamedType]
	if def.Kind == ast.InputObject {
		var fields []string
		for _, in := range def.Fields {
			at := path + "." + in.Name
			if (in.Type.NonNull && in.DefaultValue == nil) || at == about || strings.HasPrefix(about, at+".") || in.Name == "tenantId" && def.Name == "CreateInvitationInput" {
				fields = append(fields, in.Name+":"+c.value(root, at, in.Type, about))
			}
		}
		return "{" + strings.Join(fields, ",") + "}"
	}
	star := ""
	if path == about {
		star = "*"
	}
	switch {
	case def.Name == "ID":
		return `"<` + star + c.noun(root, name) + `>"`
	case star != "":
		return `"<*` + name + ` of ` + root + `>"`
	case root == "setup" && name == "token":
		return `"<token>"`
	}
	return c.plain(def, name)
}

func (c caller) plain(def *ast.Definition, name string) string {
	switch {
	case name == "clientKey":
		return `"<key>"`
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case strings.HasSuffix(strings.ToLower(name), "email"):
		return `"walk@home.test"`
	case name == "password":
		return `"a horse with no name at all"`
	}
	said := map[string]string{"Int": "1", "Boolean": "true", "Decimal": `"1"`, "CurrencyCode": `"USD"`, "Date": `"2026-03-15"`, "Time": `"2026-03-15T12:00:00Z"`}
	if text, ok := said[def.Name]; ok {
		return text
	}
	return `"x"`
}

func (c caller) noun(root, name string) string {
	noun := nounOf[name]
	if name == "id" || name == "ids" {
		noun = idOf[root]
	}
	if noun == "" {
		panic(fmt.Sprintf("%s takes an id as %q: say in nounOf or idOf of which kind of thing", root, name))
	}
	return noun
}
