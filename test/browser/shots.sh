#!/bin/sh
# The pictures of the pages in docs/shots, taken from a build.
#	test/browser/shots.sh BUILD
MAILROOM_BUILD=$(cd "$1" && pwd) || exit 1
export MAILROOM_BUILD TZ=UTC
cd "$(dirname "$0")" || exit 1
mkdir -p ../../docs/shots
exec node shots.mjs ../../docs/shots
