package main

import (
	"io"
	"log/slog"
	"os"
)

// logger writes for whoever reads: text for a person at a terminal, JSON for a machine that collects.
func (p *process) logger() *slog.Logger {
	if isTerminal(p.errOut) {
		return p.textLogger()
	}
	return slog.New(slog.NewJSONHandler(p.errOut, &slog.HandlerOptions{Level: p.level()}))
}

// textLogger leaves the date out: the demo is watched, not archived.
func (p *process) textLogger() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.errOut, &slog.HandlerOptions{Level: p.level(), ReplaceAttr: shortTime}))
}

func shortTime(groups []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey && len(groups) == 0 {
		a.Value = slog.StringValue(a.Value.Time().Format("15:04:05.000"))
	}
	return a
}

// level was checked by the parser.
func (p *process) level() slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(p.logLevel)); err != nil {
		return slog.LevelInfo
	}
	return level
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
