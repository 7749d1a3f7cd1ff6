#!/bin/sh
# Make .venv with this package in it, unless it is there already for this pyproject.toml.
#   sh scripts/setup.sh        what `make demo` needs
#   sh scripts/setup.sh dev    what `make test` needs as well
# PYTHON=... picks the interpreter of a new .venv, VENV=... another place for it.
set -u
cd "$(dirname "$0")/.." || exit 1

venv=${VENV:-.venv}
log=$venv/install.log
what=.
[ "${1:-}" = dev ] && what='.[dev]'

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A version manager may put a python3.12 on the path that only says it is not there: ask each one.
find_python() {
    for name in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

stamp="$(cksum <pyproject.toml) $(pwd)"
is_current() { [ -f "$1" ] && [ "$(cat "$1")" = "$stamp" ] && $venv/bin/python -c '' 2>/dev/null; }

is_current $venv/stamp-dev && exit 0
[ "$what" = . ] && is_current $venv/stamp && exit 0

if ! $venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python) ||
        fail 'Python 3.11 or newer was not found: install it, or name it: PYTHON=/path/to/python3.11 make demo'
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        fail "$python cannot make virtual environments: apt-get install python3-venv"
    rm -rf $venv
    "$python" -m venv $venv || fail "$python could not make $venv: is the disk full, or this folder read-only?"
fi

echo "Installing the packages into $venv (once, about a minute) ..." >&2
rm -f $venv/stamp $venv/stamp-dev
if ! $venv/bin/python -m pip install --disable-pip-version-check --no-input --retries 2 --timeout 30 \
    --editable "$what" >$log 2>&1; then
    if grep -Eqi 'connection (broken|refused|reset)|newconnectionerror|name resolution|network is unreachable|timed out|proxyerror' $log; then
        fail "No network for the packages: pip could not reach its index. Its log: $log"
    fi
    fail "pip could not install the packages. Its log: $log"
fi
[ "$what" = . ] && printf '%s' "$stamp" >$venv/stamp || printf '%s' "$stamp" >$venv/stamp-dev
