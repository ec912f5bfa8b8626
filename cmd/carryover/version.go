package main

import (
	"errors"
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints what the build recorded: a released version, or the commit that it was built from.
func (*versionCommand) Run(p *process) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this binary was built without build information")
	}
	_, err := fmt.Fprintf(p.out, "carryover %s%s, %s\n", info.Main.Version, revision(info), info.GoVersion)
	return err
}

func revision(info *debug.BuildInfo) string {
	facts := map[string]string{}
	for _, s := range info.Settings {
		facts[s.Key] = s.Value
	}
	if facts["vcs.revision"] == "" {
		return ""
	}
	text := fmt.Sprintf(" (%.12s of %s", facts["vcs.revision"], facts["vcs.time"])
	if facts["vcs.modified"] == "true" {
		text += ", modified"
	}
	return text + ")"
}
