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
	search    string
	statuses  []string // as PostgreSQL has them
	locations int      // that many of the larger ones
	hasPhone  bool
	sort      string // "created" (newest first) or "tenant" (by name)
	deep      bool   // in the middle of all
	total     bool
}

func questions() (all []question) {
	for _, q := range []question{
		{name: "first page", sort: "created"},
		{name: "deep page", sort: "created", deep: true},
		{name: "by tenant name", sort: "tenant"},
		{name: "three locations and status", sort: "created", locations: 3, statuses: []string{"sent"}},
		{name: "common search", sort: "created", search: "smith"},
		{name: "rare search", sort: "created", search: million.Rare},
		{name: "search, filter and sort", sort: "tenant", search: "smith", statuses: []string{"pending", "sent"}, hasPhone: true},
	} {
		all = append(all, q)
		q.name, q.total = q.name+", total", true
		all = append(all, q)
	}
	return all
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
	variables := map[string]any{"first": pageSize, "filter": filter, "orderBy": map[string]string{"by": "CREATED_AT", "direction": "DESC"}}
	if q.sort == "tenant" {
		variables["orderBy"] = map[string]string{"by": "TENANT", "direction": "ASC"}
	}
	if q.deep {
		variables["after"] = p.oursAfter
	}
	total := ""
	if q.total {
		total = "totalCount totalCountPrecision"
	}
	return posted("/graphql", fmt.Sprintf(oursQuery, total), variables)
}

const oursQuery = `query List($first: Int, $after: String, $filter: InvitationFilter, $orderBy: InvitationOrder) {
  invitations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
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

func readOurs(body []byte) (answer, error) {
	var page struct {
		Data struct {
			Invitations struct {
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
	list := page.Data.Invitations
	a := answer{total: list.TotalCount, atLeast: list.TotalCountPrecision == "AT_LEAST", cursor: list.PageInfo.EndCursor}
	for _, node := range list.Nodes {
		a.ids, a.names = append(a.ids, strings.TrimPrefix(node.ID, "inv_")), append(a.names, node.Tenant.Name)
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
		v.Set("after", p.handWrittenAfter)
	}
	if q.total {
		v.Set("total", "true")
	}
	return request{path: "/invitations?" + v.Encode()}
}

func readHandWritten(body []byte) (answer, error) {
	var page handWrittenPage
	if err := json.Unmarshal(body, &page); err != nil {
		return answer{}, err
	}
	a := answer{cursor: page.PageInfo.EndCursor}
	if page.TotalCount != nil {
		a.total, a.atLeast = *page.TotalCount, page.TotalCountPrecision == "AT_LEAST"
	}
	for _, node := range page.Nodes {
		a.ids, a.names = append(a.ids, strings.TrimPrefix(node.ID, "inv_")), append(a.names, node.Tenant.Name)
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
		a.ids, a.names = append(a.ids, strings.ReplaceAll(node.RowID, "-", "")), append(a.names, node.Tenant.Name)
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
