#!/bin/sh
# One browser test on a build, as TAP.
#	test/browser/run.sh BUILD TEST
MAILROOM_BUILD=$(cd "$1" && pwd) || exit 1
export MAILROOM_BUILD TZ=UTC
cd "$(dirname "$0")" || exit 1
exec node --test-reporter=tap "$2.test.mjs"
