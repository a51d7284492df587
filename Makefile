# Everything a contributor types. The steps themselves are in tests/setup and tests/run.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run ui check test bench clean

UI_SOURCES := $(shell find widget admin -type d \( -name node_modules -o -name dist \) -prune -o -type f -print) package.json tsconfig.json

help:
	@echo 'make run     build everything and start the hub with the demo on SQLite in ./data'
	@echo 'make ui      build the button, the chat window and the admin'
	@echo 'make check   before you push: layout, lints, types, rules (two minutes when warm)'
	@echo 'make test    everything, on SQLite and PostgreSQL, with a real browser; installs what that needs'
	@echo 'make bench   measure the hub beside its peers'
	@echo 'make clean   remove what was built; ./data stays'

# As it will run for real. `make run PROFILE=dev` builds sooner, for a slower hub.
PROFILE ?= release

run: ui
	cargo build --profile $(PROFILE) --package hub
	target/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/hub serve --demo --data data

ui: widget/dist/.built

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	touch $@

widget/dist/.built: node_modules/.package-lock.json $(UI_SOURCES)
	npm run build
	touch $@

check: ui
	tests/run check

test:
	tests/setup
	tests/run test

tests/bench/peers/node_modules/.package-lock.json: tests/bench/peers/package-lock.json
	cd tests/bench/peers && npm ci --no-audit --no-fund
	touch $@

bench: ui tests/bench/peers/node_modules/.package-lock.json
	cargo build --release --package hub
	cargo build --release --package bench
	target/release/bench

clean:
	cargo clean
	rm -rf node_modules tests/bench/peers/node_modules widget/dist admin/dist test-results playwright-report
