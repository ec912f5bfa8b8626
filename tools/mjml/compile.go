package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/preslavrachev/gomjml/mjml"
)

var (
	comment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	action   = regexp.MustCompile(`\{\{.*?\}\}`)
	rowBreak = regexp.MustCompile(`(</tr>|</td>|</table>|</div>|</style>|<!doctype html>)(<)`)
	// outside is whatever makes a mail client call a server when the mail is opened.
	outside = regexp.MustCompile(`(?i)<link\b|@import|<script\b|<img\b|url\(`)
)

// compile answers the html/template text of an MJML document whose texts hold template actions.
func compile(document string) (string, error) {
	html, err := mjml.Render(document)
	if err != nil {
		return "", fmt.Errorf("render MJML: %w", err)
	}
	// The compiler writes dir="auto" round the whole body whatever the document says; a first name in Hebrew would turn
	// the mail around.
	html = strings.ReplaceAll(html, ` dir="auto"`, ` dir="ltr"`)
	if err := check(document, html); err != nil {
		return "", err
	}
	return breakLines(keepComments(html)) + "\n", nil
}

// keepComments writes every comment as an action: html/template removes the comments of a template, and Outlook's
// layout stands in conditional ones.
func keepComments(html string) string {
	return comment.ReplaceAllStringFunc(html, func(c string) string {
		return "{{comment `" + c + "`}}"
	})
}

// breakLines starts a new line behind closed rows, cells and blocks, so that a change of a template shows as a few lines.
// White space there is not shown.
func breakLines(html string) string {
	return rowBreak.ReplaceAllString(html, "$1\n$2")
}

// check refuses what must not reach a mailbox, and what the compiler is known to lose.
func check(document, html string) error {
	for _, a := range action.FindAllString(document, -1) {
		if strings.Count(html, a) < strings.Count(document, a) {
			return fmt.Errorf("the action %s got lost: put it into a text, an attribute or an mj-raw, not into an mj-table", a)
		}
	}
	for _, c := range comment.FindAllString(html, -1) {
		if strings.Contains(c, "{{") || strings.Contains(c, "`") {
			return fmt.Errorf("the conditional comment %q holds an action or a back quote: neither can be kept", c)
		}
	}
	if i := strings.Index(html, "mj-raw>"); i >= 0 || strings.Contains(html, "<mj-") {
		return fmt.Errorf("an MJML tag is left in the HTML: close every tag in an mj-raw, <meta … /> too")
	}
	if found := outside.FindString(html); found != "" {
		return fmt.Errorf("%q would load something from the network: mails work without", found)
	}
	return nil
}
