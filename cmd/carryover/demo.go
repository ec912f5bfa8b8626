package main

import (
	"context"
	"fmt"
	"time"

	"carryover/demo"
)

type demoCommand struct {
	Dir       string `default:".carryover" help:"Folder that keeps everything between runs." type:"path"`
	Addr      string `default:"127.0.0.1:8080" env:"CARRYOVER_ADDR" help:"Address to listen on."`
	PublicURL string `name:"public-url" env:"CARRYOVER_PUBLIC_URL" help:"Where browsers reach it, if not at --addr."`
}

// Run serves until it is stopped. With DATABASE_URL set it works in that database instead of a private one.
func (c *demoCommand) Run(ctx context.Context, p *process) error {
	began := time.Now()
	d, err := demo.Start(ctx, demo.Options{
		Dir: c.Dir, Addr: c.Addr, PublicURL: c.PublicURL, DatabaseURL: p.environ["DATABASE_URL"], Log: p.textLogger()})
	if err != nil {
		return err
	}
	text, err := d.Welcome(time.Since(began))
	if err == nil {
		_, err = fmt.Fprint(p.out, text)
	}
	if err != nil {
		p.textLogger().Warn("the welcome could not be printed", "error", err)
	}
	return d.Wait(ctx)
}
