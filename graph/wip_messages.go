package graph

import (
	"context"

	"carryover/queries"
)

func (r *queryResolver) PreviewMessage(ctx context.Context, invitationID string, channel queries.MessageChannel, language *queries.MessageLanguage) (*MessagePreview, error) {
	panic("not here yet")
}
