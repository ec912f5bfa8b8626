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
	for _, f := range roots(loadSchema(t)) {
		allow, open := f.Directives.ForName("allow"), f.Directives.ForName("open")
		require.NotEqual(t, allow == nil, open == nil, "%s must carry either @allow or @open", f.Name)
		if allow != nil {
			require.NotEmpty(t, allow.Arguments.ForName("to").Value.Children, "%s is allowed to nobody", f.Name)
		}
	}
}

// anonymous are the fields that a stranger reaches. Whoever adds one adds it here too.
var anonymous = []string{"viewer", "setup", "signIn", "signOut", "startSetup", "submitSetup"}

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

// TestRoles asks every root field of every kind of person.
func TestRoles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	schema := loadSchema(t)
	for _, f := range roots(schema) {
		t.Run(f.Name, func(t *testing.T) {
			query := minimal(schema, f)
			nobody := b.ask(t, nil, query, nil)
			if slices.Contains(anonymous, f.Name) {
				require.NotContains(t, codes(nobody), "UNAUTHENTICATED")
				return
			}
			attendant := b.ask(t, b.Attendant, query, nil)
			require.Equal(t, []string{"UNAUTHENTICATED"}, codes(nobody))
			require.Contains(t, nobody.Errors[0].Message, "Sign in first")
			require.Equal(t, []string{"FORBIDDEN"}, codes(attendant))
			for _, s := range []any{nobody.Data[f.Name], attendant.Data[f.Name]} {
				require.Nil(t, s)
			}
			require.NotContains(t, codes(b.ask(t, b.Manager, query, nil)), "FORBIDDEN")
		})
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
	}
	return `"x"`
}

// TestEnumsAreTheDatabases holds gqlgen.yml's bindings, the schema and the database together: each value there is one here.
func TestEnumsAreTheDatabases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	schema := loadSchema(t)
	for enum, pg := range map[string]string{
		"StaffRole": "staff_role", "PlanKind": "plan_kind", "PlanCadence": "plan_cadence", "InvitationStatus": "invitation_status",
		"QuoteLineKind": "quote_line_kind", "MessageChannel": "message_channel", "DeliveryPurpose": "delivery_purpose",
		"DeliveryStatus": "delivery_status", "BatchKind": "batch_kind", "BatchOutcomeKind": "batch_outcome", "Language": "message_language",
		"PaymentMethodType": "payment_method_type", "SignatureKind": "signature_kind", "SubmissionStatus": "submission_status",
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
