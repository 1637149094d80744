# Two targets for people: `make run` (the job) and `make test`.  `make lock` renews the lock files.
PYTHON ?= python3
BIN := .venv/bin
# What Python compiles is kept, whatever the shell says: the tests start it some thousand times.
unexport PYTHONDONTWRITEBYTECODE
# -qq shows errors only: pip's warnings concern its own configuration, or the person who set it up.
PIP := $(BIN)/pip install -qq --disable-pip-version-check --no-deps

.PHONY: run test lock
run: .venv/run.installed
	$(BIN)/pipeline run --release
	$(BIN)/pipeline publish

test: .venv/test.installed
	$(BIN)/ruff check pipeline tests benchmarks
	$(BIN)/ruff format --check pipeline tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

.venv/run.installed: requirements.lock pyproject.toml system-packages
	./system-packages $(PYTHON)
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation -e .
	touch $@

# What the tests try the tool with: gettext, a tracer that breaks system calls, the office programs of volunteers,
# readers of PDF, and what veraPDF needs.
OFFICE := /usr/lib/libreoffice/program
TESTED_WITH := msgfmt=gettext strace=strace parallel=parallel mkfs.exfat=exfatprogs mount.exfat-fuse=exfat-fuse pandoc=pandoc ssh-keygen=openssh-client rclone=rclone \
	$(OFFICE)/libswlo.so=libreoffice-writer-nogui $(OFFICE)/libsclo.so=libreoffice-calc-nogui \
	qpdf=qpdf pdftotext=poppler-utils mutool=mupdf-tools node=nodejs /usr/share/javascript/pdf/build/pdf.js=libjs-pdf \
	chromium=chromium firefox-esr=firefox-esr java=default-jre-headless /usr/share/java/jaxb-runtime.jar=libjaxb-java

.venv/test.installed: requirements-dev.lock .venv/run.installed
	./system-packages $(PYTHON) $(TESTED_WITH)
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock:
	$(COMPILE) pyproject.toml --group argos --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group argos --group build --group dev -o requirements-dev.lock
