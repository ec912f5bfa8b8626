package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"carryover/bench/list/million"
)

// question is a page of the list, in nobody's words.
type question struct {
	name      string
	of        list
	search    string
	statuses  []string // as PostgreSQL has them
	locations int      // that many of the larger ones
	hasPhone  bool
	method    string // of payment, as PostgreSQL has it
	sort      string // "newest" or "tenant" (by name)
	deep      bool   // in the middle of all
	total     bool
}

// list is which of the two large lists is asked, and how our API has it.
type list struct {
	name, prefix          string
	query, newest, before string // the document, the order of the newest, and the filter's end of time
	noun                  string // before each id
}

var (
	invitationList = list{name: "invitations", query: oursQuery, newest: "CREATED_AT", before: "createdBefore", noun: "inv_"}
	submissionList = list{name: "submissions", prefix: "submissions: ", query: oursSubmissions, newest: "SUBMITTED_AT", before: "submittedBefore", noun: "sbm_"}
)

func questions() (all []question) {
	for _, q := range []question{
		{name: "first page", sort: "newest"},
		{name: "deep page", sort: "newest", deep: true},
		{name: "by tenant name", sort: "tenant"},
		{name: "three locations and status", sort: "newest", locations: 3, statuses: []string{"sent"}},
		{name: "common search", sort: "newest", search: "smith"},
		{name: "rare search", sort: "newest", search: million.Rare},
		{name: "search, filter and sort", sort: "tenant", search: "smith", statuses: []string{"pending", "sent"}, hasPhone: true},
	} {
		all = append(all, withTotal(invitationList, q)...)
	}
	for _, q := range []question{
		{name: "first page", sort: "newest"},
		{name: "deep page", sort: "newest", deep: true},
		{name: "by tenant name", sort: "tenant"},
		{name: "three locations and status", sort: "newest", locations: 3, statuses: []string{"ready_for_approval"}},
		{name: "common search", sort: "newest", search: "smith"},
		{name: "rare search", sort: "newest", search: million.Rare},
		{name: "search, filter and sort", sort: "tenant", search: "smith", statuses: []string{"ready_for_approval", "approved"}, method: "us_bank_account"},
	} {
		all = append(all, withTotal(submissionList, q)...)
	}
	return all
}

func withTotal(of list, q question) []question {
	q.of, q.name = of, of.prefix+q.name
	counted := q
	counted.name, counted.total = q.name+", total", true
	return []question{q, counted}
}

const pageSize = 50

// askOurs is what the console's list asks for.
func (p *place) askOurs(q question) request {
	filter := map[string]any{}
	if q.search != "" {
		filter["search"] = q.search
	}
	if q.statuses != nil {
		filter["statuses"] = upper(q.statuses)
	}
	if q.locations > 0 {
		filter["locationIds"] = p.ourLocations[:q.locations]
	}
	if q.hasPhone {
		filter["hasPhone"] = true
	}
	if q.method != "" {
		filter["methods"] = upper([]string{q.method})
	}
	variables := map[string]any{"first": pageSize, "filter": filter, "orderBy": map[string]string{"by": q.of.newest, "direction": "DESC"}}
	if q.sort == "tenant" {
		variables["orderBy"] = map[string]string{"by": "TENANT", "direction": "ASC"}
	}
	if q.deep {
		variables["after"] = p.oursAfter[q.of.name]
	}
	total := ""
	if q.total {
		total = "totalCount totalCountPrecision"
	}
	return posted("/graphql", fmt.Sprintf(q.of.query, total), variables)
}

const oursQuery = `query List($first: Int, $after: String, $filter: InvitationFilter, $orderBy: InvitationOrder) {
  list: invitations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    %s
    nodes {
      id status anchorDay createdAt
      cardPrice { amount currency } achPrice { amount currency }
      tenant { id name email phone } plan { id name } location { id name }
      insurancePlan { id name price { amount currency } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

const oursSubmissions = `query List($first: Int, $after: String, $filter: SubmissionFilter, $orderBy: SubmissionOrder) {
  list: submissions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    %s
    nodes {
      id status statusReason submittedAt waitingSince daysWaiting unit anchorDay
      cardPrice { amount currency } achPrice { amount currency } insurancePrice { amount currency } monthlyTotal { amount currency }
      paymentMethodType paymentMethod
      tenant { id name email phone } plan { id name } location { id name }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

func readOurs(body []byte) (answer, error) {
	var page struct {
		Data struct {
			List struct {
				Nodes []struct {
					ID     string
					Tenant struct{ Name string }
				}
				TotalCount          int
				TotalCountPrecision string
				PageInfo            struct{ EndCursor string }
			}
		}
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return answer{}, err
	}
	if len(page.Errors) > 0 {
		return answer{}, fmt.Errorf("our server refuses: %s", page.Errors[0].Message)
	}
	list := page.Data.List
	a := answer{total: list.TotalCount, atLeast: list.TotalCountPrecision == "AT_LEAST", cursor: list.PageInfo.EndCursor}
	for _, node := range list.Nodes {
		a.ids, a.names = append(a.ids, node.ID), append(a.names, node.Tenant.Name)
	}
	return a, nil
}

func (p *place) askHandWritten(q question) request {
	v := url.Values{"first": {strconv.Itoa(pageSize)}, "sort": {q.sort}, "status": q.statuses, "location": p.locations[:q.locations]}
	if q.search != "" {
		v.Set("search", q.search)
	}
	if q.hasPhone {
		v.Set("has_phone", "true")
	}
	if q.deep {
		v.Set("after", p.handWrittenAfter[q.of.name])
	}
	if q.method != "" {
		v.Set("method", q.method)
	}
	if q.total {
		v.Set("total", "true")
	}
	return request{path: "/" + q.of.name + "?" + v.Encode()}
}

func readHandWritten(body []byte) (answer, error) {
	var nodes []struct {
		ID     string
		Tenant struct{ Name string }
	}
	page := handWrittenPage{Nodes: &nodes}
	if err := json.Unmarshal(body, &page); err != nil {
		return answer{}, err
	}
	a := answer{cursor: page.PageInfo.EndCursor}
	if page.TotalCount != nil {
		a.total, a.atLeast = *page.TotalCount, page.TotalCountPrecision == "AT_LEAST"
	}
	for _, node := range nodes {
		a.ids, a.names = append(a.ids, node.ID), append(a.names, node.Tenant.Name)
	}
	return a, nil
}

// askPostgraphile orders by the id too, in the direction that our indexes have: PostGraphile itself would add it ascending always.
func (p *place) askPostgraphile(q question) request {
	filter := map[string]any{}
	if q.search != "" {
		filter["searchText"] = map[string]string{"like": "%" + q.search + "%"}
	}
	if q.statuses != nil {
		filter["status"] = map[string]any{"in": q.statuses}
	}
	if q.locations > 0 {
		filter["locationId"] = map[string]any{"in": p.locations[:q.locations]}
	}
	if q.hasPhone {
		filter["hasPhone"] = map[string]bool{"equalTo": true}
	}
	variables := map[string]any{"first": pageSize, "orderBy": []string{"CREATED_AT_DESC", "ROW_ID_DESC"}}
	if len(filter) > 0 {
		variables["filter"] = filter
	}
	if q.sort == "tenant" {
		variables["orderBy"] = []string{"TENANT_KEY_ASC", "ROW_ID_ASC"}
	}
	if q.deep {
		variables["after"] = p.postgraphileAfter
	}
	total := ""
	if q.total {
		total = "totalCount"
	}
	return posted("", fmt.Sprintf(postgraphileQuery, total), variables)
}

const postgraphileQuery = `query List($first: Int, $after: Cursor, $filter: InvitationFilter, $orderBy: [InvitationOrderBy!]) {
  allInvitations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    %s
    nodes {
      rowId status anchorDay createdAt currency cardKey achKey
      tenant { rowId name email phone } plan { rowId name } location { rowId name }
      insurancePlan { rowId name priceMinor currency }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

func readPostgraphile(body []byte) (answer, error) {
	var page struct {
		Data struct {
			AllInvitations struct {
				Nodes []struct {
					RowID  string `json:"rowId"`
					Tenant struct{ Name string }
				}
				TotalCount int
				PageInfo   struct{ EndCursor string }
			}
		}
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return answer{}, err
	}
	if len(page.Errors) > 0 {
		return answer{}, fmt.Errorf("PostGraphile refuses: %s", page.Errors[0].Message)
	}
	list := page.Data.AllInvitations
	a := answer{total: list.TotalCount, cursor: list.PageInfo.EndCursor}
	for _, node := range list.Nodes {
		a.ids, a.names = append(a.ids, "inv_"+strings.ReplaceAll(node.RowID, "-", "")), append(a.names, node.Tenant.Name)
	}
	return a, nil
}

func posted(path, query string, variables map[string]any) request {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err) // strings, numbers and lists of them
	}
	return request{path: path, body: string(body)}
}

func upper(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(w)
	}
	return out
}
