package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var includeTag = regexp.MustCompile(`<mj-include path="([^"]+)"\s*/>`)

// include answers a source with its mj-include tags replaced by the files they name, relative to the source. gomjml 0.10
// does not know the tag. One level deep: a part that includes another is refused.
func include(source string) (string, error) {
	document, err := os.ReadFile(source)
	if err != nil {
		return "", fmt.Errorf("read source: %w", err)
	}
	var failed error
	whole := includeTag.ReplaceAllStringFunc(string(document), func(tag string) string {
		path := includeTag.FindStringSubmatch(tag)[1]
		part, err := os.ReadFile(filepath.Join(filepath.Dir(source), path))
		if err != nil && failed == nil {
			failed = fmt.Errorf("include %q: %w", path, err)
		}
		return string(part)
	})
	if failed != nil {
		return "", failed
	}
	if strings.Contains(whole, "<mj-include") {
		return "", fmt.Errorf("an mj-include is left: write it as <mj-include path=\"…\" />, and only in the source itself")
	}
	return whole, nil
}
