package messages

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func parse(t require.TestingT, document string) *html.Node {
	node, err := html.Parse(strings.NewReader(document))
	require.NoError(t, err)
	return node
}

// structure writes everything of a document but its texts and the two labels that quote the subject: elements with their
// attributes, comments, and where texts stand.
func structure(document *html.Node) []string {
	var nodes []string
	for n := range document.Descendants() {
		switch n.Type {
		case html.ElementNode:
			nodes = append(nodes, n.Data+attributes(n))
		case html.CommentNode:
			nodes = append(nodes, "comment "+n.Data)
		case html.TextNode:
			nodes = append(nodes, fmt.Sprintf("text in %s", n.Parent.Data))
		}
	}
	return nodes
}

func attributes(n *html.Node) string {
	var all strings.Builder
	for _, a := range n.Attr {
		if a.Key != "aria-label" {
			fmt.Fprintf(&all, " %s=%q", a.Key, a.Val)
		}
	}
	return all.String()
}

func elements(document *html.Node, name string) []*html.Node {
	var found []*html.Node
	for n := range document.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hrefs(document *html.Node) []string {
	var found []string
	for n := range document.Descendants() {
		if n.Type == html.ElementNode && attribute(n, "href") != "" {
			found = append(found, attribute(n, "href"))
		}
	}
	return found
}

// visible answers the texts of a document, without its style sheets.
func visible(document *html.Node) string {
	var texts strings.Builder
	for n := range document.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			texts.WriteString(n.Data + " ")
		}
	}
	return texts.String()
}
