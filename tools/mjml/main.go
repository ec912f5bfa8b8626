// Command mjml turns the MJML sources of the emails into the html/template files that the service embeds.
//
// It owns the step from MJML to template and nothing of what an email says. It is a module of its own so that the service
// does not carry the MJML compiler. The same sources always give the same bytes; a source that would lose a template
// action, keep an MJML tag or load anything from the network is refused, and nothing is written for it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	from := flag.String("from", "../../messages/mjml", "folder of the *.mjml sources; its sub-folders hold what they include")
	to := flag.String("to", "../../messages/templates/v3", "folder of the version that the templates are written to")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "mjml:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	sources, err := filepath.Glob(filepath.Join(from, "*.mjml"))
	if err != nil {
		return fmt.Errorf("list sources: %w", err)
	}
	if len(sources) == 0 {
		return fmt.Errorf("no *.mjml in %q: give the folder of the sources with -from", from)
	}
	for _, source := range sources {
		if err := generate(source, to); err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
	}
	return nil
}

func generate(source, to string) error {
	document, err := include(source)
	if err != nil {
		return err
	}
	html, err := compile(document)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(source), ".mjml") + ".html"
	if err := os.WriteFile(filepath.Join(to, name), []byte(html), 0o644); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}
