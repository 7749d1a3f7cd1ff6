#!/bin/sh
# Make build/replay, an environment with wacz and pywb, by which tests/export judges the WACZ files that we write.
# Quick where it is there; never fails, for then those tests are skipped.
set -u

folder=$(dirname "$0")/../build/replay
[ -x "$folder/bin/wayback" ] && [ -x "$folder/bin/wacz" ] && exit 0
echo "Making build/replay for the tests of replay (once, about a minute)"
python3 -m venv "$folder" && "$folder/bin/pip" install --quiet wacz==0.6.0 pywb==2.10.0 >/dev/null 2>&1 && exit 0
rm -rf "$folder"
echo 'not made: wacz and pywb cannot be installed'
