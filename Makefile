# 云南模式看板. `make` alone lists the targets.
# Needs GNU make and Python >= 3.11; everything else is installed into .venv from the locks.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8501
PYTHON ?=
ARGS ?=
UPGRADE ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input --only-binary :all: --require-hashes
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements-uv.txt)
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends
CHROMIUM := /usr/bin/chromium-headless-shell
# Named after the archive npm makes of a package; tests/browser/old.sha512 says which bytes are meant.
OLD_CHROMIUM := $(patsubst %,.tools/%/chromium,chrome-aws-lambda-9.1.0 sparticuz-chromium-110.0.1)

# A stamp carries the checksum of the lock it was installed from: same lock, nothing to do and no network needed.
sum = $(firstword $(shell cksum $(1) 2>/dev/null))
RUN_STAMP := $(VENV)/.locked-run-$(call sum,requirements.txt)
DEV_STAMP := $(VENV)/.locked-dev-$(call sum,requirements-dev.txt)

.PHONY: help run test check fix demo bench lock clean env env-dev venv tools programs

help: ## 列出可用命令
	@echo "用法：make <命令> [PORT=$(PORT)] [HOST=$(HOST)] [PYTHON=python3.11] [ARGS=...]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "  %-8s %s\n", $$1, $$2}'

# The demo is made where nothing is, and never in a folder that somebody has named: it holds an office's own data.
run: $(RUN_STAMP) ## 启动看板（首次运行自动安装环境并生成演示数据），默认 http://127.0.0.1:8501
	@$(PY) -c "$$PORT_CHECK" "$(HOST)" "$(PORT)"
	@[ -n "$${YUNNAN_DATA_DIR:-}" ] || ls data/snapshots/*/manifest.json data/staging/*/batch.json data/deadline.json 2>/dev/null | grep -q . \
		|| $(PY) -m yunnan demo
	@exec $(PY) -m yunnan.server --host "$(HOST)" --port "$(PORT)"

# Four workers keep the cores busy: a thread each is enough, and much of the time went into looking for free memory.
test: $(DEV_STAMP) tools ## 运行全部测试（含真实浏览器）；选测试：make test ARGS="-k 名称"
	@GLIBC_TUNABLES=glibc.malloc.tcache_count=2000 YUNNAN_THREADS=1 $(PY) -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV_STAMP) ## 检查代码风格、SQL 与类型，不改任何文件
	$(PY) -m ruff check --output-format concise .
	$(PY) -m ruff format --check .
	$(PY) -m sqlfluff lint --processes 0 queries
	$(PY) -m mypy

fix: $(DEV_STAMP) ## 自动修正代码与 SQL 的格式
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .
	$(PY) -m sqlfluff fix --processes 0 queries

demo: $(RUN_STAMP) ## 生成演示快照（放有真实数据的文件夹里不生成；删去：python -m yunnan demo --remove）
	@$(PY) -m yunnan demo

bench: $(DEV_STAMP) ## 测量速度，写明承诺的上限达到没有；一部分：make bench ARGS=pages（readers、files、soak）
	@$(PY) -m tests.bench $(ARGS)
	@[ -n "$(ARGS)" ] || $(PY) -m tests.bench.returns

env: $(RUN_STAMP) ## 只安装运行环境（.venv）
	@echo "运行环境已就绪：$(VENV)"

env-dev: $(DEV_STAMP) ## 只安装开发环境（.venv）
	@echo "开发环境已就绪：$(VENV)"

lock: .tools/uv-$(UV_VERSION)/bin/uv ## 由 requirements*.in 重新锁定依赖；全部升级：make lock UPGRADE=--upgrade
	@for name in requirements requirements-dev; do \
		$< pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url --no-emit-find-links $(UPGRADE) $$name.in --output-file $$name.txt; \
	done

clean: ## 删除 .venv 与各种缓存（不动数据与快照）
	rm -rf $(VENV) .tools .pytest_cache .hypothesis .ruff_cache .mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Old stamps go first: what they describe is about to change. The dev lock holds the whole run lock.
$(RUN_STAMP):
	@rm -f $(VENV)/.locked-*
	@echo "正在按 requirements.txt 安装运行环境…… Installing the locked packages..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(DEV_STAMP):
	@rm -f $(VENV)/.locked-*
	@echo "正在按 requirements-dev.txt 安装开发环境…… Installing the locked packages..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

# A missing, broken or too old .venv is made anew, and then the stamps count for nothing.
ifneq ($(shell $(PY) -c 'import pip, sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
$(RUN_STAMP) $(DEV_STAMP): venv
endif

venv:
	@py=""; \
	for name in $(or $(PYTHON),python3.11 python3 python3.13 python3.12); do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then py="$$name"; break; fi; \
	done; \
	if [ -z "$$py" ]; then \
		echo "需要 Python 3.11 或更新版本，请安装后重试，或用 make PYTHON=路径 指定。 Python 3.11 or newer is needed: install it, or name it with make PYTHON=path." >&2; \
		exit 1; \
	fi; \
	if ! "$$py" -c 'import ensurepip' 2>/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && $(APT_INSTALL) python3-venv; \
	fi; \
	if ! "$$py" -c 'import ensurepip' 2>/dev/null; then \
		echo "$$py 缺少 venv 组件，请先执行：sudo apt-get install python3-venv。 $$py lacks venv: run sudo apt-get install python3-venv first." >&2; \
		exit 1; \
	fi; \
	"$$py" -m venv --clear $(VENV)

tools: programs $(OLD_CHROMIUM)

# The tests drive Debian's Chromium (the one without windows, which is a fifth less work), read Chinese text on
# screenshots, open files with LibreOffice, stand behind nginx, have systemd read the unit; npm has the old browsers.
programs:
	@need=""; \
	[ -x $(CHROMIUM) ] || need="chromium-headless-shell"; \
	command -v fc-list >/dev/null || need="$${need:+$$need }fontconfig"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || need="$${need:+$$need }fonts-noto-cjk"; \
	for part in calc writer impress; do \
		[ -e /usr/lib/libreoffice/program/s$$part ] || need="$${need:+$$need }libreoffice-$$part"; \
	done; \
	command -v pdftotext >/dev/null || need="$${need:+$$need }poppler-utils"; \
	[ -x /usr/sbin/nginx ] || need="$${need:+$$need }nginx-light"; \
	command -v systemd-analyze >/dev/null || need="$${need:+$$need }systemd"; \
	command -v npm >/dev/null || need="$${need:+$$need }npm"; \
	[ -n "$$need" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && $(APT_INSTALL) $$need; \
	else \
		echo "测试缺少：$$need。请先执行：sudo apt-get install $$need。 The tests need: $$need; run sudo apt-get install $$need first." >&2; \
		exit 1; \
	fi

# Chromium 91 and 110, as some offices still have them. Without them only tests/browser/test_old.py fails.
.tools/chrome-aws-lambda-9.1.0/chromium: PACKAGE := chrome-aws-lambda@9.1.0
.tools/sparticuz-chromium-110.0.1/chromium: PACKAGE := @sparticuz/chromium@110.0.1
$(OLD_CHROMIUM): .tools/%/chromium: | programs
	@echo "正在下载测试用的旧版浏览器 $(PACKAGE)…… Downloading an old browser..."
	@mkdir -p $(@D) && cd $(@D) && { \
		npm pack --silent --fetch-retries=1 --fetch-retry-mintimeout=1000 $(PACKAGE) >/dev/null && \
		grep " $*.tgz$$" ../../tests/browser/old.sha512 | sha512sum --check --quiet - && \
		tar -xzOf $*.tgz package/bin/chromium.br | node -e "$$UNBROTLI" >part && \
		chmod +x part && mv part chromium && rm $*.tgz; \
	} || echo "没有取得 $(PACKAGE)，用旧版浏览器的测试将不通过。 Not fetched: the tests in old browsers will fail." >&2

.tools/uv-$(UV_VERSION)/bin/uv: | $(RUN_STAMP)
	@$(PY) -m venv $(patsubst %/bin/uv,%,$@)
	@$(patsubst %/uv,%/python,$@) -m pip install --disable-pip-version-check --quiet --no-input --only-binary :all: \
		--require-hashes -r requirements-uv.txt

UNBROTLI := process.stdin.pipe(require("zlib").createBrotliDecompress()).pipe(process.stdout)
export UNBROTLI

# Says in one sentence why the server could not start, before it tries.
define PORT_CHECK
import errno, socket, sys

host, port = sys.argv[1:]
if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
    sys.exit(f"PORT 应为 1 到 65535 之间的整数，现在是 {port}。 PORT must be a whole number from 1 to 65535, not {port}.")
try:
    family, kind, proto, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
except OSError as error:
    if error.errno == errno.EADDRINUSE:
        other = int(port) % 65535 + 1
        sys.exit(f"端口 {port} 已被占用，请换一个：make run PORT={other}。 "
                 f"Port {port} is in use, choose another: make run PORT={other}.")
    sys.exit(f"无法在 {host}:{port} 上启动：{error.strerror}。 Cannot listen on {host}:{port}: {error.strerror}.")
endef
export PORT_CHECK
