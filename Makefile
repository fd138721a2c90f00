# Everyday commands; each is one line over a script or Maven. `make help` lists them.
MVN = JAVA_HOME=$$(. tools/find-jdk.sh; find_jdk) mvn -q -B -Dstyle.color=never
.DEFAULT_GOAL := build
.PHONY: help packages build test it check fast golden format bench clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

build: ## Build and train what bin/ runs
	@tools/build

packages: ## Make a .deb, an .rpm and a .tar.gz, as root
	@packaging/make

test: ## Unit tests
	$(MVN) test

it: ## Tests with the real tools, as root
	$(MVN) verify

check: ## Everything, as on a fresh machine
	./check

fast: ## Formatter, warnings as errors, room rules, unit tests
	./check fast

golden: ## Rewrite the golden files; review the diff like code
	$(MVN) test -pl cli -am -Dtest='*GoldenTest' -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true

format: ## Format the sources
	$(MVN) spotless:apply

bench: ## Compare side by side with the originals; rewrites benchmarks/README.md
	benchmarks/compare

clean: ## Remove everything built
	rm -rf target */target
