#!/bin/sh
# Prints an office of the program that is built as SQL text: what is kept as
# test/old/N.sql when schema N is released.  Synthetic, like all in test/.
#	test/old/dump.sh BUILD >test/old/N.sql
set -eu
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
exec 3>&1 >&2
export MAILROOM_PASSPHRASE='seven grey geese over the ferry'
"$build/mailroom" init office --name 'Bridge Letters' --street 'PO BOX 1138' \
	--city Danbury --state CT --zip 06810 --zone America/New_York \
	--coordinator ruth
export MAILROOM_OFFICE="$work/office"
"$build/mailroom" user add vera volunteer --user admin
"$build/mailroom" day open --pieces 2
"$build/mailroom" letter receive --no-id --sheets 1
"$build/mailroom" audit checkpoint
sqlite3 office/mailroom.db .dump >&3
