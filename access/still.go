package access

import "context"

// Still tells whether a viewer of a while ago is in as they were then: neither out, nor in another role.
func (s *Service) Still(ctx context.Context, v *Viewer) (bool, error) {
	now, err := s.Again(ctx, v)
	return now != nil && now.Staff.Role == v.Staff.Role, err
}
