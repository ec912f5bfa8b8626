package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

// listed is a row of a page as the caller sees it.
type listed struct {
	*queries.ListedInvitation
	now time.Time
}

// shown names guests: tenants whom the invitation's location does not know by the record are shown as the viewer knows them, since
// another location of theirs may know the record.
func (r *Resolver) shown(ctx context.Context, rows []*queries.ListedInvitation) ([]listed, error) {
	page, now := make([]listed, len(rows)), r.Migration.Clock()
	var guests []*queries.ListedInvitation
	for i, row := range rows {
		page[i] = listed{row, now}
		if !row.ByRecord {
			guests = append(guests, row)
		}
	}
	return page, nameGuests(ctx, guests)
}

func nameGuests(ctx context.Context, guests []*queries.ListedInvitation) error {
	if len(guests) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(guests))
	for i, row := range guests {
		ids[i] = row.TenantID
	}
	known, err := from(ctx).knownAs.LoadAll(ctx, ids)
	if err != nil {
		return err
	}
	for i, row := range guests {
		if known[i].KnownAs != nil {
			row.TenantName, row.TenantPhone, row.TenantActivatedAt = *known[i].KnownAs, known[i].KnownPhone, nil
		}
	}
	return nil
}
