package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/queries"
)

func (r *queryResolver) StaffMembers(ctx context.Context, first *int, after *string, filter *StaffMemberFilter) (*StaffMemberConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &StaffMemberFilter{}
	}
	search, err := searched(filter.Search)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.StaffList(ctx, r.Lists, queries.StaffListParams{StaffID: viewerID(ctx), Search: search, Roles: words(filter.Roles),
		LocationIds: onlyAny(nounLocation, filter.LocationIds), Active: filter.Active, AfterID: p.afterID(), AfterName: p.afterName(), RowLimit: int(p.rows())})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(s *queries.Staff) cursor { return cursor{ID: s.ID, Name: s.Name} })
	members, err := r.members(ctx, list.nodes)
	if err != nil {
		return nil, err
	}
	shown := paged[StaffMember]{nodes: members, cursors: list.cursors, info: list.info}
	return &StaffMemberConnection{Nodes: members, PageInfo: list.info,
		Edges: edges(shown, func(c string, n *StaffMember) *StaffMemberEdge { return &StaffMemberEdge{Cursor: c, Node: n} })}, nil
}

// members reads what belongs to some members of staff together, however many they are.
func (r *Resolver) members(ctx context.Context, staff []*queries.Staff) ([]*StaffMember, error) {
	ids, members, index := make([]uuid.UUID, len(staff)), make([]*StaffMember, len(staff)), map[uuid.UUID]*StaffMember{}
	for i, s := range staff {
		m := &StaffMember{Staff: s, Active: s.DeactivatedAt == nil, CreatedAt: s.CreatedAt, DeactivatedAt: s.DeactivatedAt, Locations: []*queries.Location{}}
		ids[i], members[i], index[s.ID] = s.ID, m, m
	}
	places, err := r.q.StaffLocationListOf(ctx, r.Pool, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range places {
		m := index[row.StaffID]
		m.Locations = append(m.Locations, &row.Location)
	}
	invitations, err := r.q.StaffLinkListInvitations(ctx, r.Pool, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range invitations {
		index[row.StaffID].Invitation = row
	}
	seen, err := r.q.StaffListLastSeen(ctx, r.Pool, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range seen {
		index[row.StaffID].LastSeenAt = &row.LastUsedAt
	}
	return members, nil
}

// member answers one as a verb left them; nil beside what it refused.
func (r *Resolver) member(ctx context.Context, staff *queries.Staff, err error) (*StaffMember, error) {
	if staff == nil || err != nil {
		return nil, err
	}
	members, err := r.members(ctx, []*queries.Staff{staff})
	if err != nil {
		return nil, err
	}
	return members[0], nil
}

func (r *mutationResolver) InviteStaff(ctx context.Context, input InviteStaffInput) (*InviteStaffPayload, error) {
	staff, err := r.Access.Invite(ctx, Actor(ctx), access.Member{Name: input.Name, Email: input.Email, Role: input.Role,
		Locations: onlyAny(nounLocation, input.LocationIds)})
	refusals, err := userErrors(err)
	member, err := r.member(ctx, staff, err)
	return &InviteStaffPayload{Member: member, UserErrors: refusals}, err
}

func (r *mutationResolver) InviteStaffAgain(ctx context.Context, input InviteStaffAgainInput) (*InviteStaffAgainPayload, error) {
	id, _ := nounStaff.parse(input.ID)
	staff, err := r.Access.InviteAgain(ctx, Actor(ctx), id)
	refusals, err := userErrors(err)
	member, err := r.member(ctx, staff, err)
	return &InviteStaffAgainPayload{Member: member, UserErrors: refusals}, err
}

func (r *mutationResolver) UpdateStaff(ctx context.Context, input UpdateStaffInput) (*UpdateStaffPayload, error) {
	id, _ := nounStaff.parse(input.ID)
	staff, err := r.Access.Update(ctx, Actor(ctx), id, access.Member{Name: input.Name, Role: input.Role, Locations: onlyAny(nounLocation, input.LocationIds)})
	refusals, err := userErrors(err)
	member, err := r.member(ctx, staff, err)
	return &UpdateStaffPayload{Member: member, UserErrors: refusals}, err
}

func (r *mutationResolver) DeactivateStaff(ctx context.Context, input DeactivateStaffInput) (*DeactivateStaffPayload, error) {
	id, _ := nounStaff.parse(input.ID)
	staff, err := r.Access.Deactivate(ctx, Actor(ctx), id)
	refusals, err := userErrors(err)
	member, err := r.member(ctx, staff, err)
	return &DeactivateStaffPayload{Member: member, UserErrors: refusals}, err
}

func (r *mutationResolver) ReactivateStaff(ctx context.Context, input ReactivateStaffInput) (*ReactivateStaffPayload, error) {
	id, _ := nounStaff.parse(input.ID)
	staff, err := r.Access.Reactivate(ctx, Actor(ctx), id)
	refusals, err := userErrors(err)
	member, err := r.member(ctx, staff, err)
	return &ReactivateStaffPayload{Member: member, UserErrors: refusals}, err
}
