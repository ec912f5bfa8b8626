package workers

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"riverqueue.com/riverui"
)

// NewUI answers River's own pages about all queues, below a path. They ask nobody who they are: whoever serves them does. start begins
// what they count in the background, which ends with its context.
func NewUI(client *river.Client[pgx.Tx], path string, log *slog.Logger) (ui http.Handler, start func(context.Context) error, err error) {
	h, err := riverui.NewHandler(&riverui.HandlerOpts{Endpoints: riverui.NewEndpoints(client, nil), JobListHideArgsByDefault: true, Logger: log, Prefix: path})
	if err != nil {
		return nil, nil, fmt.Errorf("make the pages of the queues: %w", err)
	}
	return h, h.Start, nil
}
