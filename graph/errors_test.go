package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
)

// TestPresenter has a branch for each kind of error.
func TestPresenter(t *testing.T) {
	t.Parallel()
	inside := errors.New(`insert deliveries: ERROR: relation "secret_table" at postgres://u:password@db`)
	for name, tt := range map[string]struct {
		err     error
		code    string
		message string
	}{
		"MadeToBeSeen": {fmt.Errorf("wrapped: %w", &gqlerror.Error{Message: "Sign in first.", Extensions: map[string]any{"code": "UNAUTHENTICATED"}}),
			"UNAUTHENTICATED", "Sign in first."},
		"OfTheQuery":    {gqlerror.Errorf("Cannot query field"), "BAD_REQUEST", "Cannot query field"},
		"OfALongQuery":  {gqlerror.Errorf("Unexpected %s", strings.Repeat("é", 400)), "BAD_REQUEST", "Unexpected " + strings.Repeat("é", 289) + "…"},
		"Inside":        {inside, "INTERNAL", "Something went wrong on our side. (Request req-7)"},
		"InsideWrapped": {gqlerror.WrapPath(nil, inside), "INTERNAL", "Something went wrong on our side. (Request req-7)"},
		"NotText": {fmt.Errorf("read tenants: %w", &pgconn.PgError{Code: "22021", Message: "secret_table"}), "BAD_REQUEST",
			"A text holds a character that no text can hold (NUL, or bytes that are not UTF-8)."},
		"Busy": {fmt.Errorf("lock tenant: %w", &pgconn.PgError{Code: "55P03", Message: "secret_table"}), "BUSY",
			"Something else is at work on this just now, for instance an import. Try again in a moment."},
		"TooLong":  {fmt.Errorf("query: %w", context.DeadlineExceeded), "TIMEOUT", "The request took too long and was given up."},
		"GoneAway": {gqlerror.WrapPath(nil, context.Canceled), "TIMEOUT", "The request took too long and was given up."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := testkit.NewLog()
			ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
			seen := graph.Presenter(log.Logger)(access.With(ctx, &access.Request{ID: "req-7"}), tt.err)
			require.Equal(t, tt.message, seen.Message)
			require.Equal(t, tt.code, seen.Extensions["code"])
			if tt.code == "INTERNAL" {
				require.Contains(t, log.Text(), "secret_table", "the operator sees all")
				require.Contains(t, log.Text(), "request_id=req-7")
			} else {
				require.Empty(t, log.Text())
			}
		})
	}
}

func TestInternalHidesTheInside(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.DB.Owner.Exec(t.Context(), `REVOKE SELECT ON invitations FROM carryover_app`)
	require.NoError(t, err)
	a := b.ask(t, b.Manager, `{invitations{nodes{id}}}`, nil)
	require.Equal(t, []string{"INTERNAL"}, codes(a))
	require.NotContains(t, a.raw, "permission")
	require.NotContains(t, a.raw, "42501")
	require.Contains(t, b.Log.Text(), "permission denied for table invitations")
	require.Equal(t, []any{"invitations"}, a.Errors[0].Path)
}

// TestTextThatIsNone: what no text can hold is the sender's mistake, wherever it is sent.
func TestTextThatIsNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	forged := "eyJpIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwibiI6ImFcdTAwMDAifQ" // {"i":"000…","n":"a\u0000"}
	for name, query := range map[string]string{
		"Email":    `query($s:String){tenants(email:$s){nodes{id}}}`,
		"ID":       `query($s:ID!){invitation(id:$s){id}}`,
		"Token":    `query($s:String!){setup(token:$s){state}}`,
		"SignIn":   `mutation($s:String!){signIn(input:{email:$s,password:$s}){token userErrors{code}}}`,
		"Key":      `mutation($s:String!){sendInvitations(input:{channel:EMAIL,ids:["` + id("inv", inv.ID) + `"],expectedCount:1,clientKey:$s}){batch{id} userErrors{code}}}`,
		"Unit":     `mutation($s:String){createInvitation(input:{planId:"` + id("pln", b.Studio.ID) + `",unit:$s,newTenant:{name:"A",email:"a@b.test"},anchorDay:1}){userErrors{code}}}`,
		"Name":     `mutation($s:String!){createInvitation(input:{planId:"` + id("pln", b.Studio.ID) + `",newTenant:{name:$s,email:"a@b.test"},anchorDay:1}){userErrors{code}}}`,
		"Amount":   `mutation($s:Decimal!){approveSubmission(input:{submissionId:"x",option:NEXT_MONTH,expectedDueToday:{amount:$s,currency:"USD"}}){userErrors{code}}}`,
		"Intent":   `mutation($s:String!){submitSetup(input:{token:"` + b.Token(t, inv) + `",setupIntentId:$s,digest:"",acceptTerms:true,signature:{kind:TYPED,name:"A"}}){userErrors{code}}}`,
		"Digest":   `mutation($s:String!){submitSetup(input:{token:"` + b.Token(t, inv) + `",setupIntentId:"seti_x",digest:$s,acceptTerms:true,signature:{kind:TYPED,name:"A"}}){userErrors{code}}}`,
		"ByCursor": `{locations(after:"` + forged + `"){nodes{id}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			a := b.ask(t, b.Manager, query, vars{"s": "a\x00b"})
			require.NotContains(t, codes(a), "INTERNAL", a.raw)
			for _, e := range a.Errors {
				if e.Extensions.Code == "BAD_REQUEST" && name != "ByCursor" {
					require.Contains(t, e.Message, "`s` holds a character", "which it is")
				}
			}
		})
	}
	for query, field := range map[string]string{
		`{tenants(email:"a\u0000b"){nodes{id}}}`:                                       "email",
		`query($f:InvitationFilter){invitations(filter:$f){nodes{id}}}`:                "f.search",
		`{...a} fragment a on Query{invitations(filter:{search:"\u0000"}){nodes{id}}}`: "filter.search",
	} {
		a := b.ask(t, b.Manager, query, vars{"f": vars{"search": "\x00"}})
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a), a.raw)
		require.Contains(t, a.Errors[0].Message, "`"+field+"`")
	}
	require.NotContains(t, b.Log.Text(), "level=ERROR", "nobody is woken for it")
}
