package main

import (
	"context"
	"fmt"

	"carryover/access"
	"carryover/app"
	"carryover/clock"
	"carryover/config"
	"carryover/migration"
	"carryover/queries"
)

type staffCommand struct {
	InviteAdmin inviteAdminCommand `cmd:"" help:"Invite an administrator by email: the first one, or one more where none is left who can sign in."`
}

type inviteAdminCommand struct {
	Email string `arg:"" help:"Where the link to choose a password goes."`
	Name  string `required:"" help:"The administrator's name."`
}

// Run mails nothing itself: the mail is a job, as if another administrator had invited.
func (c *inviteAdminCommand) Run(ctx context.Context, p *process) error {
	settings, err := config.FromEnvironment(p.environ)
	if err != nil {
		return err
	}
	service, err := app.New(ctx, settings, app.Options{Clock: clock.System, Log: p.logger()})
	if err != nil {
		return err
	}
	defer service.Close()
	in, err := access.New(service.Pool, clock.System)
	if err != nil {
		return err
	}
	in.Mail = service.Rules
	staff, err := in.Invite(ctx, migration.SystemActor("carryover staff invite-admin"), access.Member{Name: c.Name, Email: c.Email, Role: queries.StaffRoleAdmin})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "invited %s: the mail goes out when carryover serve or carryover work runs, and its link opens for 72 hours\n", staff.Email)
	return err
}
