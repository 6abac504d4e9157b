#!/bin/bash
# Plays one mail day, end to end, in a new folder, demo/: 122 facilities, 200
# people, 110 pairings, 32 pieces of mail.  Everything is done by the program
# itself, through its command line and its station; every sheet, label and
# envelope is read back from a picture of the printed page.  Stops with exit 1
# at the first thing that is not as it should be.
#	test/demo.sh BUILD [FOLDER]
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
build=$(cd "${1:-build}" && pwd) || exit 1
[ -x "$build/mailroom" ] || { echo "no $build/mailroom: run make"; exit 1; }
export PATH="$build:$PATH"
data=$top/test/data
work=${2:-$top/demo}
. test/demo_tools.sh
. test/demo_day.sh
. test/demo_desk.sh

# Only what an earlier demo left is swept away.
if [ -e "$work" ] && [ -n "$(ls -A "$work")" ] && [ ! -e "$work/hands" ]; then
	echo "$work is not empty and no demo of ours: move it away"
	exit 1
fi
rm -rf "$work"
mkdir -p "$work/pdf" && : >"$work/hands" || exit 1
cd "$work" || exit 1
started=$SECONDS

make_office
earlier_day
morning
bench
desk
print_all
table
evening
look_back
summary
