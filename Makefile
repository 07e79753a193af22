.DEFAULT_GOAL := help
SHELL := /bin/bash
CONFIGURATION ?= Release
export CONFIGURATION
RID ?= linux-$(if $(filter aarch64,$(shell uname -m)),arm64,x64)
DAEMON := node-daemon/src/Ocid.Daemon/Ocid.Daemon.csproj
DOTNET_FLAGS := --nologo -v quiet -c $(CONFIGURATION)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: prerequisites
prerequisites: ## Install what is missing (apt)
	@scripts/install-prerequisites

.PHONY: build
build: prerequisites ## Build the whole solution
	@dotnet build OcidOperator.sln $(DOTNET_FLAGS)

.PHONY: publish
publish: prerequisites ## Build the one file that a node needs: artifacts/ocid
	@rm -rf artifacts/publish
	@dotnet publish $(DAEMON) $(DOTNET_FLAGS) -r $(RID) -o artifacts/publish
	@mv -f artifacts/publish/ocid artifacts/ocid && rm -rf artifacts/publish

.PHONY: test
test: build publish ## Run all tests; those that need root or a program say so when they skip
	@scripts/run-tests

.PHONY: demo
demo: publish ## Run a real pod on this machine from pull to removal, and show that nothing is left
	@dotnet run --project e2e/Ocid.Demo $(DOTNET_FLAGS) -- --ocid artifacts/ocid

.PHONY: format-check
format-check: ## Check the formatting of every source file
	@dotnet format OcidOperator.sln --verify-no-changes

.PHONY: clean
clean: ## Remove everything that was built, downloaded or measured
	@rm -rf artifacts
	@find . -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
