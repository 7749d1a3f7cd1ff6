#!/bin/sh
# Install, from Debian's packages, the servers that tests/live runs (WordPress, PHP, MariaDB), the browser that
# tests/run/test_rendering.py and tests/export run, and epubcheck. Quick where they are there.
#   sh scripts/servers.sh              install what is missing; never fails, for then those tests are skipped
#   sh scripts/servers.sh --missing    only say which servers are missing, or why none can be had; silence: all are there
set -u

needed='wordpress wordpress-theme-twentytwentyone php-cli php-mysql php-xml php-mbstring php-gd php-intl mariadb-server'
[ "${1:-}" = --missing ] || needed="$needed chromium epubcheck"

missing() {
    for package in $needed; do
        dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^.i' || printf ' %s' "$package"
    done
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo 'no packages of Debian here, so no servers for tests/live'
    exit 0
fi
absent=$(missing)
[ -z "$absent" ] && exit 0
if [ "${1:-}" != --missing ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "not installed, since that takes root:$absent"
        exit 0
    fi
    echo "Installing the servers and programs that tests run (once, about a minute):$absent"
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086 # one argument a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $absent </dev/null >/dev/null 2>&1
    absent=$(missing)
    [ -z "$absent" ] && exit 0
fi
echo "not installed:$absent"
