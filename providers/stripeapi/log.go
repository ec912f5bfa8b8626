package stripeapi

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// sdkLog hands stripe-go's reports to slog. The SDK would write whole answers, with client secrets and bank details, and
// the query of a failed request, with an email address; here only methods, paths, times, codes and request ids pass.
type sdkLog struct {
	log *slog.Logger
}

// Debugf drops the report: at this level the SDK only writes bodies.
func (sdkLog) Debugf(string, ...any) {}

// Infof is told of every request twice, so its reports are for debugging.
func (l sdkLog) Infof(format string, v ...any) { l.write(slog.LevelDebug, format, v, pathOnly) }

// Warnf is told of retries.
func (l sdkLog) Warnf(format string, v ...any) { l.write(slog.LevelWarn, format, v, pathOnly) }

// Errorf is told of failed calls. They are for debugging, because the caller is answered each of them as an error and decides
// whether it is one. A text at this level quotes a body, and is withheld.
func (l sdkLog) Errorf(format string, v ...any) { l.write(slog.LevelDebug, format, v, withhold) }

func (l sdkLog) write(level slog.Level, format string, v []any, text func(string) string) {
	args := make([]any, len(v))
	for i, arg := range v {
		args[i] = harmless(arg, text)
	}
	l.log.Log(context.Background(), level, "stripe: "+fmt.Sprintf(format, args...)) //nolint:sloglint // the SDK's own lines, which it formats
}

func harmless(arg any, text func(string) string) any {
	switch arg := arg.(type) {
	case string:
		return text(arg)
	case error:
		return quiet(arg)
	case int, int64, time.Duration:
		return arg
	}
	return fmt.Sprintf("%T", arg)
}

func pathOnly(s string) string {
	path, _, _ := strings.Cut(s, "?")
	return path
}

func withhold(string) string { return "(text withheld)" }
