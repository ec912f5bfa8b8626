package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// abuse is one thing that nobody should ask for, and how it is to be answered.
type abuse struct {
	name string
	request
	status int
	code   string
	noPeer bool // gqlgen's own way would not come to an end, or has no such thing
}

// page is what a console shows of its list, and no abuse.
const (
	list = `invitations(first:50){totalCount nodes{id status tenant{name} plan{name} cardPrice{amount}}}`
	page = "{" + list + "}"
)

func query(name, document string, status int, code string) abuse {
	return abuse{name: name, request: request{body: operation(document, nil)}, status: status, code: code}
}

// with is carried out, whatever its values are.
func with(name, document string, variables map[string]any, code string) abuse {
	return abuse{name: name, request: request{body: operation(document, variables)}, status: http.StatusOK, code: code}
}

func raw(name, kind, body string, status int, code string) abuse {
	return abuse{name: name, request: request{kind: kind, body: []byte(body)}, status: status, code: code}
}

func get(name, document string, status int, code string) abuse {
	return abuse{name: name, request: request{method: http.MethodGet, path: "?" + url.Values{"query": {document}}.Encode()}, status: status, code: code}
}

func byStranger(a abuse) abuse {
	a.stranger = true
	return a
}

func withoutPeer(a abuse) abuse {
	a.noPeer = true
	return a
}

const (
	tooMuch  = "TOO_MUCH"
	invalid  = "GRAPHQL_VALIDATION_FAILED"
	unparsed = "GRAPHQL_PARSE_FAILED"
	bad      = "BAD_REQUEST"
	unknown  = "UNKNOWN_DOCUMENT"
)

// abuses are those of measured references and of OWASP's GraphQL Cheat Sheet: what takes too much, what tells too much, what goes in
// by a side door, and what is put into values.
func abuses() []abuse {
	return []abuse{
		query("an ordinary page, for comparison", page, http.StatusOK, ""),

		query("20,000 directives that there are not", "{viewer{staff{name"+strings.Repeat(" @x", 20_000)+"}}}", 422, tooMuch),
		query("600 directives that there are", "{viewer{staff{name"+strings.Repeat(" @include(if:true)", 600)+"}}}", 422, tooMuch),
		query("a hundred lists of 50 under aliases", "{"+aliased(100, list)+"}", 422, tooMuch),
		query("the same behind fragments", "{"+aliased(10, list)+"...more} fragment more on Query{"+strings.ReplaceAll(aliased(20, list), "a_", "b_")+"}", 422, tooMuch),
		query("fields in fields, 200 deep", `{invitation(id:"inv_x")`+strings.Repeat("{successor", 200)+"{id}"+strings.Repeat("}", 201), 422, tooMuch),
		query("lists in lists", `{submissions(first:100){nodes`+strings.Repeat("{reservation{submissions", 4)+"{id}"+strings.Repeat("}}", 4)+"}}", 422, tooMuch),
		query("fragments that double 16 times", "{viewer{staff{...f0}}}"+doubling(16), 422, tooMuch),
		query("10,000 fields under aliases", "{viewer{staff{"+aliased(10_000, "name ")+"}}}", 422, tooMuch),
		query("one field 2,000 times", "{viewer{staff{"+strings.Repeat("name ", 2_000)+"}}}", 422, tooMuch),
		query("500 operations in one document", operations(500), 400, unparsed),
		query("a document of 900,000 characters", "{viewer{staff{name}}} #"+strings.Repeat("x", 900_000), 422, tooMuch),
		query("1,000 fields that there are not", "{viewer{staff{"+aliased(900, "nothing ")+"}}}", 422, invalid),
		query("brackets in brackets, 20,000 deep", `{invitations(filter:{search:`+strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000)+"}){totalCount}}", 400, unparsed),
		query("fragments in a ring", "{viewer{staff{...a}}} fragment a on Staff{...b} fragment b on Staff{...a}", 422, invalid),
		query("first: 1,000,000", strings.Replace(page, "first:50", "first:1000000", 1), 422, tooMuch),
		query("first: 101", `{invitations(first:101){totalCount}}`, 200, bad),
		query("first: -1", `{invitations(first:-1){totalCount}}`, 200, bad),
		query("a number of 20 digits", `{invitations(first:99999999999999999999){totalCount}}`, 422, invalid),

		raw("a body of 10 MB", "", `{"query":"{viewer{staff{name}}}","variables":{"x":"`+strings.Repeat("x", 10<<20)+`"}}`, 413, bad),
		raw("a variable of 900 kB that nobody asked for", "", `{"query":"{viewer{staff{name}}}","variables":{"x":"`+strings.Repeat("x", 900<<10)+`"}}`, 200, ""),
		raw("variables nested 100,000 deep", "", `{"query":"{viewer{staff{name}}}","variables":{"x":`+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+"}}", 400, bad),
		raw("a hundred operations in a list", "", "["+strings.TrimSuffix(strings.Repeat(string(operation(page, nil))+",", 100), ",")+"]", 422, bad),
		raw("no JSON", "", "this is "+strings.Repeat("no JSON ", 5_000), 400, bad),
		raw("a body that is compressed", "", zipped(10<<20), 400, bad),
		parts(),
		raw("a form, as any site sends it", "application/x-www-form-urlencoded", url.Values{"query": {page}}.Encode(), 415, bad),
		raw("plain text, as any site sends it", "text/plain", string(operation(page, nil)), 415, bad),
		get("a mutation by GET", "mutation{signOut{userErrors{code}}}", 405, "MUTATION_BY_GET"),
		withoutPeer(fromElsewhere()),

		query("the whole schema", `{__schema{types{name fields{name args{name} type{name}}}}}`, 422, "INTROSPECTION_OFF"),
		query("a name that is nearly right", `{invitatons{totalCount}}`, 422, invalid),
		withoutPeer(byStranger(query("a stranger's own document", page, 403, unknown))),
		withoutPeer(byStranger(query("the whole schema, by a stranger", `{__schema{types{name}}}`, 403, unknown))),
		withoutPeer(byStranger(query("a stranger's hundred sign-ins under aliases", "mutation{"+signIns(100)+"}", 403, unknown))),
		query("a hundred sign-ins under aliases, by staff", "mutation{"+signIns(100)+"}", 422, tooMuch),

		with("NUL in a search", `query($s:String){invitations(filter:{search:$s}){totalCount}}`, map[string]any{"s": "smith\x00"}, bad),
		with("a search of 40,000 characters", `query($s:String){invitations(filter:{search:$s}){totalCount}}`, map[string]any{"s": strings.Repeat("x", 40_000)}, bad),
		with("a search of 900,000 signs for any text", `query($s:String){invitations(filter:{search:$s}){totalCount}}`, map[string]any{"s": strings.Repeat("%_", 450_000)}, bad),
		with("a cursor that is none", `query($c:String){invitations(after:$c){totalCount}}`, map[string]any{"c": strings.Repeat("A", 5_000)}, bad),
		with("SQL in an id", `query($i:ID!){invitation(id:$i){id}}`, map[string]any{"i": "inv_' OR 1=1; DROP TABLE staff; --"}, ""),
		with("SQL in a search", `query($s:String){invitations(filter:{search:$s}){totalCount}}`, map[string]any{"s": "') OR 1=1; DROP TABLE staff; --"}, ""),
	}
}

func aliased(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a_%d:%s ", i, field)
	}
	return b.String()
}

// doubling are fragments of which each names the next one twice.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Staff{...f%d x%d:name ...f%d}", i, i+1, i, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Staff{%s}", n, aliased(20, "name"))
	return b.String()
}

func operations(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "query q%d{viewer{staff{name email role}}} ", i)
	}
	return b.String()
}

func signIns(n int) string {
	return aliased(n, `signIn(input:{email:"admin@storm.test",password:"a wrong password"}){userErrors{code}}`)
}

func zipped(n int) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(bytes.Repeat([]byte(" "), n)) // never fails, into memory
	_ = w.Close()
	return b.String()
}

// parts is a request by the specification of uploads, which a browser sends for any site.
func parts() abuse {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("operations", string(operation(page, nil))) // never fails, into memory
	_ = w.WriteField("map", "{}")
	_ = w.Close()
	return raw("a form in parts", w.FormDataContentType(), b.String(), 415, bad)
}

func fromElsewhere() abuse {
	a := query("from another site's page", page, 403, "")
	a.header = http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}
	return a
}
