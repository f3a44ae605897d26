# What `sam build` runs for each function (Metadata BuildMethod: makefile): Maven once for all of them, then each
# function's own classes and its lib/ folder, laid out as Lambda unpacks them.
# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-custom-runtimes.html

MVN ?= mvn
PACKAGED := target/packaged
SOURCES := $(shell find pom.xml build console shared functions -name target -prune -o -type f -print) $(wildcard openapi.yaml)

build-ConnectFunction build-VerifyFunction: module = connect
build-QueryFunction: module = query
build-StartScanFunction build-DueScansFunction: module = dispatch
build-PlanFunction build-ScanRegionsFunction build-ConcludeFunction: module = scanner
build-TrimFunction: module = trim

build-%: $(PACKAGED)
	mkdir -p "$(ARTIFACTS_DIR)"
	cp -R functions/$(module)/target/classes/. "$(ARTIFACTS_DIR)"
	cp -R functions/$(module)/target/lambda/lib "$(ARTIFACTS_DIR)/lib"

# Tests and analysis are `mvn verify`'s business.
$(PACKAGED): $(SOURCES)
	$(MVN) --batch-mode --quiet -Pquick package \
	  --projects functions/connect,functions/query,functions/dispatch,functions/scanner,functions/trim --also-make
	mkdir -p $(@D)
	touch $@
