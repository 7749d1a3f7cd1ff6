#!/bin/sh
# The whole test suite with every Python from 3.11 on that this machine has, on the PATH or among pyenv's, each with the
# newest packages in a virtual environment of its own in build/pythons.
#   sh scripts/pythons.sh [PYTEST OPTIONS]   how each went; fails where one did
#   sh scripts/pythons.sh --list             only which there are: a version and its interpreter a line
set -u
cd "$(dirname "$0")/.." || exit 1

# A version manager's python3.12 may be there only to say that it is not: ask each one who it is.
find_python() {
    for each in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        if [ "$("$each" -c 'import sys, venv; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$1" ]; then
            command -v "$each"
            return 0
        fi
    done
    return 1
}

failed=0
for version in 3.11 3.12 3.13 3.14; do
    python=$(find_python $version) || continue
    if [ "${1:-}" = --list ]; then
        printf '%s %s\n' $version "$python"
        continue
    fi
    place=build/pythons/$version
    log=$place/tests.log
    VENV=$place PYTHON=$python sh scripts/setup.sh dev &&
        $place/bin/python -m pytest --numprocesses auto --dist loadfile "$@" >"$log" 2>&1
    code=$?
    [ $code = 0 ] || failed=1
    [ -f "$log" ] && printf '%s %s (%s)\n' $version "$(tail -n 1 "$log")" "$log"
done
exit $failed
