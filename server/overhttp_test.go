package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/server"
)

const (
	plainAnswer  = "application/json; charset=utf-8"
	modernAnswer = "application/graphql-response+json; charset=utf-8"
)

// rule is one of GraphQL over HTTP, and a request that shows whether it is kept.
type rule struct {
	says, method, path, contentType, accept, body string

	status      int
	answer      string // the media type
	data        bool   // whether there is data in it
	allow, code string
}

func get(says string, parameters url.Values, accept string) rule {
	return rule{says: says, method: "GET", path: "/graphql?" + parameters.Encode(), accept: accept}
}

func post(says, body, accept string) rule {
	return rule{says: says, method: "POST", path: "/graphql", contentType: "application/json", accept: accept, body: body}
}

func (r rule) sentAs(contentType string) rule { r.contentType = contentType; return r }
func (r rule) answered(as string) rule        { r.status, r.answer, r.data = 200, as, true; return r }
func (r rule) partly(status int, as string) rule {
	r.status, r.answer, r.data = status, as, true
	return r
}
func (r rule) refused(status int, code string) rule {
	r.status, r.answer, r.code = status, modernAnswer, code
	return r
}
func (r rule) allowing(methods string) rule { r.allow = methods; return r }

const (
	legacy = "application/json"
	modern = "application/graphql-response+json"
)

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// partly is an operation with data and an error.
const partly = `{"query":"{__typename locations{nodes{id}}}"}`

// rules are those of the specification for servers, in its order.
var rules = []rule{
	post("POST is taken", `{"query":"{__typename}"}`, modern).answered(modernAnswer),
	{says: "A method that is not supported is 405", method: "PUT", path: "/graphql", contentType: "application/json", accept: modern, body: `{"query":"{__typename}"}`, status: 405, answer: modernAnswer, code: "BAD_REQUEST", allow: "GET, POST"},
	{says: "So is OPTIONS: no other site may ask", method: "OPTIONS", path: "/graphql", accept: modern, status: 405, answer: modernAnswer, code: "BAD_REQUEST", allow: "GET, POST"},

	post("Without Accept the server chooses", `{"query":"{__typename}"}`, "").answered(plainAnswer),
	post("Accept: application/json is answered as that", `{"query":"{__typename}"}`, legacy).answered(plainAnswer),
	post("Accept: application/graphql-response+json is answered as that", `{"query":"{__typename}"}`, modern).answered(modernAnswer),
	post("The most wanted of several wins", `{"query":"{__typename}"}`, "application/graphql-response+json;q=0.5, application/json;q=0.9").answered(plainAnswer),
	post("The newer of two that are wanted alike wins", `{"query":"{__typename}"}`, "application/json, application/graphql-response+json").answered(modernAnswer),
	post("Who takes anything is answered", `{"query":"{__typename}"}`, "*/*").answered(plainAnswer),
	post("A charset beside the media type changes nothing", `{"query":"{__typename}"}`, "application/graphql-response+json; charset=utf-8").answered(modernAnswer),
	post("q=0 is a no", `{"query":"{__typename}"}`, "application/json, application/graphql-response+json;q=0").answered(plainAnswer),
	post("Who takes nothing that there is gets 406", `{"query":"{__typename}"}`, "text/html").refused(406, "BAD_REQUEST"),

	get("GET carries out queries", values("query", "{__typename}"), modern).answered(modernAnswer),
	get("Variables in the address are JSON", values("query", "query($i:ID!){invitation(id:$i){id} __typename}", "variables", `{"i":"inv_x"}`), modern).partly(294, modernAnswer),
	get("An empty operationName, variables or extensions is none", values("query", "{__typename}", "operationName", "", "variables", "", "extensions", ""), modern).answered(modernAnswer),
	get("operationName=null is an operation of that name", values("query", "query null{__typename}", "operationName", "null"), modern).answered(modernAnswer),
	get("Variables that are no JSON are 400", values("query", "{__typename}", "variables", "{"), modern).refused(400, "BAD_REQUEST"),
	get("Variables that are no object are 422", values("query", "{__typename}", "variables", "[7]"), modern).refused(422, "BAD_REQUEST"),
	get("A missing query is 422", values(), modern).refused(422, "BAD_REQUEST"),
	{says: "An address that is not encoded is 400", method: "GET", path: "/graphql?query=%zz", accept: modern, status: 400, answer: modernAnswer, code: "BAD_REQUEST"},
	get("A mutation by GET is 405, and is not carried out", values("query", "mutation{signOut{userErrors{code}}}"), modern).refused(405, "MUTATION_BY_GET").allowing("POST"),
	get("So is one of several operations", values("query", "query A{__typename} mutation B{signOut{userErrors{code}}}", "operationName", "B"), legacy).refused(405, "MUTATION_BY_GET").allowing("POST"),
	get("The query beside it may be asked", values("query", "query A{__typename} mutation B{signOut{userErrors{code}}}", "operationName", "A"), modern).answered(modernAnswer),

	post("A charset of the request may be named", `{"query":"{__typename}"}`, modern).sentAs("application/json; charset=UTF-8").answered(modernAnswer),
	post("A POST without Content-Type is 415", `{"query":"{__typename}"}`, modern).sentAs("").refused(415, "BAD_REQUEST"),
	post("A form is 415: a browser sends it for any site", `query={__typename}`, modern).sentAs("application/x-www-form-urlencoded").refused(415, "BAD_REQUEST"),
	post("So is one in parts", `x`, modern).sentAs("multipart/form-data; boundary=x").refused(415, "BAD_REQUEST"),
	post("So is plain text", `{"query":"{__typename}"}`, modern).sentAs("text/plain").refused(415, "BAD_REQUEST"),
	post("So is another charset than UTF-8", `{"query":"{__typename}"}`, modern).sentAs("application/json; charset=utf-16").refused(415, "BAD_REQUEST"),
	post("Members that are not known are ignored", `{"query":"{__typename}","priority":{"x":[1]}}`, modern).answered(modernAnswer),
	post("null is the same as leaving out", `{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}`, modern).answered(modernAnswer),
	post("Names are exact", `{"Query":"{__typename}"}`, modern).refused(422, "BAD_REQUEST"),
	post("A large number stays what it is", `{"query":"query($n:Int!){invitations(first:$n){totalCount}}","variables":{"n":12345678901234567890}}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),

	post("Data without errors are 200", `{"query":"{__typename}"}`, modern).answered(modernAnswer),
	post("Data with errors are 294 to who knows of it", partly, modern).partly(294, modernAnswer),
	post("And 200 to who does not", partly, legacy).partly(200, plainAnswer),
	post("What is no JSON is 400", `NONSENSE`, modern).refused(400, "BAD_REQUEST"),
	post("So is half of it", `{"query":`, modern).refused(400, "BAD_REQUEST"),
	post("So is more than one", `{"query":"{__typename}"}{}`, modern).refused(400, "BAD_REQUEST"),
	post("So is nothing", ``, modern).refused(400, "BAD_REQUEST"),
	post("JSON without a query is 422", `{"qeury":"{__typename}"}`, modern).refused(422, "BAD_REQUEST"),
	post("A query that is null is 422", `{"query":null}`, modern).refused(422, "BAD_REQUEST"),
	post("A query that is no string is 422", `{"query":{"a":1}}`, modern).refused(422, "BAD_REQUEST"),
	post("Variables that are no object are 422", `{"query":"query Q($i:Int!){__typename}","variables":[7]}`, modern).refused(422, "BAD_REQUEST"),
	post("Extensions that are no object are 422", `{"query":"{__typename}","extensions":"x"}`, modern).refused(422, "BAD_REQUEST"),
	post("An operationName that is no string is 422", `{"query":"{__typename}","operationName":7}`, modern).refused(422, "BAD_REQUEST"),
	post("A list of operations is 422", `[{"query":"{__typename}"}]`, modern).refused(422, "BAD_REQUEST"),
	post("So is null", `null`, modern).refused(422, "BAD_REQUEST"),
	post("A document that cannot be parsed is 400", `{"query":"{"}`, modern).refused(400, "GRAPHQL_PARSE_FAILED"),
	post("One that is not valid is 422", `{"query":"{nothing}"}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("An empty one is 422", `{"query":""}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("An operation that is not there is 422", `{"query":"query A{__typename} query B{__typename}","operationName":"C"}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("One of several that is not named is 422", `{"query":"query A{__typename} query B{__typename}"}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("A variable that does not fit is 422", `{"query":"query($n:Int!){invitations(first:$n){totalCount}}","variables":{"n":"three"}}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("A variable that is missing is 422", `{"query":"query($n:Int!){invitations(first:$n){totalCount}}"}`, modern).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("Too much is 422", `{"query":"{`+strings.Repeat("a:__typename ", 21)+`}"}`, legacy).refused(422, "TOO_MUCH"),
	post("A body that is too large is 413", `{"query":"`+strings.Repeat(" ", 1<<20)+`"}`, modern).refused(413, "BAD_REQUEST"),
	post("Whoever does not know of the newer media type goes by the status", `{"query":"{nothing}"}`, legacy).refused(422, "GRAPHQL_VALIDATION_FAILED"),
	post("A subscription with one answer is 406", `{"query":"subscription{batchProgressed(id:\"bat_x\"){id}}"}`, modern).refused(406, "SUBSCRIPTION_NEEDS_CONNECTION"),
}

func TestGraphQLOverHTTPByTheLetter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, r := range rules {
		t.Run(r.says, func(t *testing.T) {
			t.Parallel()
			header := []string{"Accept", r.accept, "Content-Type", r.contentType}
			resp := b.send(t, r.method, r.path, r.body, header...)
			require.Equal(t, r.status, resp.StatusCode, resp.text)
			require.Equal(t, r.answer, resp.Header.Get("Content-Type"))
			require.Equal(t, r.allow, resp.Header.Get("Allow"))
			var answer map[string]json.RawMessage
			require.NoError(t, json.Unmarshal([]byte(resp.text), &answer), resp.text)
			_, data := answer["data"]
			require.Equal(t, r.data, data, "what was not carried out has no data: %s", resp.text)
			if r.code != "" {
				require.Contains(t, resp.text, `"code":"`+r.code+`"`)
			}
			for name := range answer {
				require.Contains(t, []string{"data", "errors", "extensions"}, name)
			}
		})
	}
}

// TestTableOfGraphQLOverHTTP holds docs/graphql-over-http.md to what is tested here.
func TestTableOfGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	var want strings.Builder
	want.WriteString("| rule | method | Accept | status | answered as |\n|---|---|---|---|---|\n")
	for _, r := range rules {
		accept, answer := r.accept, r.answer
		if accept == "" {
			accept = "none"
		}
		kind, _, _ := strings.Cut(answer, ";")
		want.WriteString("| " + r.says + " | " + r.method + " | " + accept + " | " + strconv.Itoa(r.status) + " | " + kind + " |\n")
	}
	page, err := os.ReadFile("../docs/graphql-over-http.md")
	require.NoError(t, err)
	require.Contains(t, string(page), want.String(), "put this table into docs/graphql-over-http.md:\n%s", want.String())
}

// TestBrowsersOfOtherSites: what changes something is asked for in a way for which a browser asks first, and is told no.
func TestBrowsersOfOtherSites(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.SecureOnly = true })
	token, _ := b.signIn(t)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.test"}, {"Origin", "null"}} {
		resp := b.send(t, http.MethodPost, "/graphql", operation(`mutation{signOut{userErrors{code}}}`), append(header, "Cookie", "__Host-carryover="+token)...)
		require.Equal(t, http.StatusForbidden, resp.StatusCode, header)
		require.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"))
	}
	require.Contains(t, b.send(t, http.MethodPost, "/graphql", operation(whoami), "Authorization", "Bearer "+token).text, "Max Manager", "nobody was signed out")
}
