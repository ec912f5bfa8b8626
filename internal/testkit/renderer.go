package testkit

import (
	"carryover/messages"
	"carryover/migration"
)

// renderer writes real emails, and texts of a few words.
type renderer struct{ *messages.Renderer }

func newRenderer() (migration.Renderer, error) {
	r, err := messages.New()
	return renderer{r}, err
}

func (renderer) Text(c migration.TextContent) (migration.RenderedText, error) {
	body := c.Recipient + ", " + c.PlanName + " at " + c.LocationName + " moves: " + c.Link + " Reply STOP to end."
	return migration.RenderedText{Body: body, Segments: 2, Encoding: migration.TextGSM7, Characters: len(body)}, nil
}
