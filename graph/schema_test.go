package graph_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/queries"
)

func loadSchema(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../schema.graphql")
	require.NoError(t, err)
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
	require.NoError(t, err)
	return schema
}

// roots are the fields of Query and Mutation that are ours.
func roots(schema *ast.Schema) (fields []*ast.FieldDefinition) {
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, f := range root.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

func TestEveryRootFieldSaysWhoMayUseIt(t *testing.T) {
	t.Parallel()
	for _, f := range append(roots(loadSchema(t)), loadSchema(t).Subscription.Fields...) {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		said := 0
		for _, one := range []string{"allow", "tenant", "open"} {
			if f.Directives.ForName(one) != nil {
				said++
			}
		}
		require.Equal(t, 1, said, "%s must carry one of @allow, @tenant and @open", f.Name)
		if allow := f.Directives.ForName("allow"); allow != nil {
			require.NotEmpty(t, allow.Arguments.ForName("to").Value.Children, "%s is allowed to nobody", f.Name)
		}
	}
}

// anonymous are the fields that a stranger reaches. Whoever adds one adds it here too.
var anonymous = []string{"viewer", "setup", "signIn", "signOut", "startSetup", "submitSetup", "requestSignInLink", "signInWithLink",
	"acceptStaffInvitation", "requestPasswordReset", "resetPassword"}

func TestOpenFieldsAreFew(t *testing.T) {
	t.Parallel()
	var open []string
	for _, f := range roots(loadSchema(t)) {
		if f.Directives.ForName("open") != nil {
			open = append(open, f.Name)
		}
	}
	require.ElementsMatch(t, anonymous, open)
}

// verdictOf is what the schema says that a field answers to somebody: a code, or "" where it lets them in. who is a role of staff,
// the same with the scope of a token of theirs, "TENANT" or "NOBODY".
func verdictOf(schema *ast.Schema, f *ast.FieldDefinition, who string) string {
	allow := f.Directives.ForName("allow")
	who, scope, isToken := strings.Cut(who, " ")
	switch {
	case f.Directives.ForName("open") != nil, who == "TENANT" && f.Directives.ForName("tenant") != nil:
		return ""
	case who == "NOBODY":
		return "UNAUTHENTICATED"
	case allow == nil || who == "TENANT":
		return "FORBIDDEN"
	}
	scopes := []string{"STAFF"}
	if schema.Mutation.Fields.ForName(f.Name) == nil {
		scopes = append(scopes, "READ_ONLY")
	}
	if said := allow.Arguments.ForName("scopes"); said != nil {
		scopes = raws(said)
	}
	if slices.Contains(raws(allow.Arguments.ForName("to")), who) && (!isToken || slices.Contains(scopes, scope)) {
		return ""
	}
	return "FORBIDDEN"
}

func raws(list *ast.Argument) (values []string) {
	for _, child := range list.Value.Children {
		values = append(values, child.Value.Raw)
	}
	return values
}

// TestRoles asks every root field as every kind of person, each with a token of their own, and wants what the schema says: a tenant
// opens no field of staff, no member of staff a tenant's, no token more than its scope, and nobody more than what is open.
func TestRoles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	schema := loadSchema(t)
	tokens := map[string]string{"NOBODY": "", "TENANT": b.tenantToken(t, b.Approved(t, "next_month")), "ADMIN": b.tokens[b.Admin.ID],
		"MANAGER": b.tokens[b.Manager.ID], "ATTENDANT": b.tokens[b.Attendant.ID]}
	for _, scope := range schema.Types["TokenScope"].EnumValues {
		tokens["ADMIN "+scope.Name] = b.tokenOf(t, b.Admin, queries.TokenScope(strings.ToLower(scope.Name)))
	}
	var left []string
	for _, f := range roots(schema) {
		for who, token := range tokens {
			if (f.Name == "signOut" && who != "NOBODY") || f.Name == "revokeOtherSignIns" {
				continue // it would end the sign-in of those that follow
			}
			a := b.askAs(t, token, minimal(schema, f), nil)
			want := verdictOf(schema, f, who)
			if want == "" {
				require.NotContains(t, codes(a), "FORBIDDEN", "%s as %s", f.Name, who)
				require.NotContains(t, codes(a), "UNAUTHENTICATED", "%s as %s", f.Name, who)
				left = append(left, who)
				continue
			}
			require.Equal(t, []string{want}, codes(a), "%s as %s", f.Name, who)
			require.Nil(t, a.Data[f.Name], "%s as %s", f.Name, who)
		}
	}
	for who := range tokens {
		require.Contains(t, left, who, "nothing was open to %s, so nothing was shown", who)
	}
}

func codes(a answer) (all []string) {
	for _, e := range a.Errors {
		all = append(all, e.Extensions.Code)
	}
	return all
}

// minimal is the shortest operation that uses a field: its required arguments with something of their type, and one leaf.
func minimal(schema *ast.Schema, f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			args = append(args, a.Name+":"+literal(schema, a.Type))
		}
	}
	call := f.Name
	if len(args) > 0 {
		call += "(" + strings.Join(args, ",") + ")"
	}
	root := "query"
	if schema.Mutation.Fields.ForName(f.Name) != nil {
		root = "mutation"
	}
	return fmt.Sprintf("%s{%s%s}", root, call, leaf(schema, f.Type))
}

func leaf(schema *ast.Schema, typ *ast.Type) string {
	switch schema.Types[typ.Name()].Kind {
	case ast.Object, ast.Interface:
		return "{__typename}"
	}
	return ""
}

func literal(schema *ast.Schema, typ *ast.Type) string {
	if typ.Elem != nil {
		return "[" + literal(schema, typ.Elem) + "]"
	}
	def := schema.Types[typ.NamedType]
	switch {
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case def.Kind == ast.InputObject:
		var fields []string
		for _, f := range def.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				fields = append(fields, f.Name+":"+literal(schema, f.Type))
			}
		}
		return "{" + strings.Join(fields, ",") + "}"
	case typ.NamedType == "Int":
		return "1"
	case typ.NamedType == "Boolean":
		return "true"
	case typ.NamedType == "Time":
		return `"2026-03-15T12:00:00Z"`
	}
	return `"x"`
}

// TestEnumsAreTheDatabases holds gqlgen.yml's bindings, the schema and the database together: each value there is one here.
func TestEnumsAreTheDatabases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	schema := loadSchema(t)
	for enum, pg := range map[string]string{
		"StaffRole": "staff_role", "TokenScope": "token_scope", "SignInWay": "sign_in_way", "PlanKind": "plan_kind", "PlanCadence": "plan_cadence", "InvitationStatus": "invitation_status",
		"QuoteLineKind": "quote_line_kind", "MessageChannel": "message_channel", "DeliveryPurpose": "delivery_purpose",
		"DeliveryStatus": "delivery_status", "BatchKind": "batch_kind", "BatchOutcomeKind": "batch_outcome", "Language": "message_language",
		"PaymentMethodType": "payment_method_type", "SignatureKind": "signature_kind", "SubmissionStatus": "submission_status",
		"EmailCorrectionState": "email_correction_state", "MethodChangeState": "method_change_state",
		"StartOption": "start_option", "ApprovalOutcome": "approval_outcome", "SubscriptionStatus": "subscription_status", "ActorKind": "actor_kind", "EventSubject": "event_subject",
	} {
		var ours []string
		for _, v := range schema.Types[enum].EnumValues {
			ours = append(ours, strings.ToLower(v.Name))
		}
		require.ElementsMatch(t, b.Strings(t, `SELECT unnest(enum_range(NULL::`+pg+`))::text`), ours, enum)
	}
}

// TestEnumsRoundTrip sends each value in and reads it back out of a row.
func TestEnumsRoundTrip(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, "next_month")
	_, err := b.DB.Owner.Exec(t.Context(), `ALTER TABLE submissions DISABLE TRIGGER USER`)
	require.NoError(t, err)
	schema := loadSchema(t)
	for _, v := range schema.Types["SubmissionStatus"].EnumValues {
		b.Exec(t, `UPDATE submissions SET status = $1::text::submission_status`, strings.ToLower(v.Name))
		data := b.data(t, b.Manager, `query($s:[SubmissionStatus!]){submissions(filter:{statuses:$s}){nodes{id status reservation{status}}}}`,
			vars{"s": []string{v.Name}})
		require.Equal(t, id("sbm", sub.ID), at(data, "submissions", "nodes", 0, "id"), v.Name)
		require.Equal(t, v.Name, at(data, "submissions", "nodes", 0, "status"))
		require.Equal(t, v.Name, at(data, "submissions", "nodes", 0, "reservation", "status"), "the reservation shows the same")
	}
}
