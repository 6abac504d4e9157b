#!/bin/sh
# Plays test/sessions/*.session against the program and prints TAP.
#   test/cli.sh [--show] [BUILD [SESSION...]]
# --show prints each session with what really came, to write one from.
# The notation is explained on top of test/session.pl.
here=$(cd "$(dirname "$0")" && pwd)
show=
[ "$1" = --show ] && show=--show && shift
build=${1:-build}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- "$here"/sessions/*.session
build=$(cd "$build" && pwd) || exit 1
[ -x "$build/mailroom" ] || { echo "Bail out! no $build/mailroom"; exit 1; }
exec perl "$here/session.pl" $show "$build" "$(dirname "$here")" "$@"
