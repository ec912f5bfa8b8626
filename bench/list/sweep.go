package main

import "context"

func sweep(context.Context, string) error { return nil }
