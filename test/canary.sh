#!/bin/bash
# What is sealed is nowhere else (P2), and neither side meets the other's
# (P1): people with words that exist nowhere but in their sealed records go
# through every kind of work and every kind of failure; then everything that
# the program wrote or said is searched for these words.  Prints TAP.
#	test/canary.sh BUILD
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
build=${1:-build}
export PATH="$top/${build#"$top"/}:$PATH" TZ=UTC LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/tmp}/mailroom-canary-XXXXXX") || exit 1
server=
daemon=
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	[ -z "$daemon" ] || kill "$daemon" 2>/dev/null
	[ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap stop EXIT
. test/canary_work.sh
. test/canary_paper.sh
. test/canary_daemon.sh

mkdir "$work/tmp" "$work/out" "$work/log" "$work/kept"
export TMPDIR=$work/tmp MAILROOM_OFFICE=$work/office
unset MAILROOM_USER MAILROOM_REQUEST MAILROOM_PASSPHRASE
cd "$work/out" || exit 1
touch "$work/begun"
ulimit -c unlimited 2>/dev/null

write_canaries
make_office
add_people
spoil_imports
fail_loudly
work_with_people
mail_day
look_everywhere
serve_office
keep_backups
crash

number=0
failed=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		failed=1
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed "s|$work/||;s/^/# /"
	fi
}

# clean WHAT CANARIES FILE...: none of the canaries is in any of the files.
clean() {
	local what=$1 canaries=$2 found
	shift 2
	[ $# -gt 0 ] || { ok 1 "$what" 'there are no such files'; return; }
	found=$(perl "$top/test/canary.pl" "$@" <"$canaries")
	[ -z "$found" ]
	ok $? "$what" "$found"
}

# on WHAT FILE LABEL...: exactly these people's canaries are in the file.
on() {
	local what=$1 file=$2 found
	shift 2
	found=$(perl "$top/test/canary.pl" "$file" <"$work/canaries" |
		cut -d. -f1 | sort -u | tr '\n' ' ')
	[ "$found" = "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" ]
	ok $? "$what" "found: $found"
}

# only: every piece of the list shows its addressee, and of nobody else
# anything, neither in its text nor in its bytes.
only() {
	local file label found wrong=''
	while IFS=$'\t' read -r file label; do
		found=$(perl "$top/test/canary.pl" "$work/text/$file.txt" \
			<"$work/canaries" | grep "^$label\." | head -n 1)
		[ -n "$found" ] || wrong="$wrong$file does not show $label
"
		found=$(perl "$top/test/canary.pl" "$work/text/$file".* \
			"$work/out/$file" <"$work/canaries" |
			grep -v "^$label\.")
		[ -z "$found" ] || wrong="$wrong$found
"
	done <"$work/whose"
	[ -s "$work/whose" ] && [ -z "$wrong" ]
	ok $? "each of $(wc -l <"$work/whose") pieces shows its addressee only" \
		"$wrong"
}

all=$work/canaries
secrets=$work/secrets

# The search finds what is there.
for way in $(perl "$top/test/canary.pl" --ways); do
	perl "$top/test/canary.pl" --plant "$way" 'Ångström-Łuczakova' \
		>"$work/planted"
	[ -n "$(perl "$top/test/canary.pl" "$work/planted" <"$all")" ]
	ok $? "a canary planted as $way is found"
done
cp "$work/kept/mailroom.db" "$work/planted.db"
sqlite3 "$work/planted.db" \
	"UPDATE correspondent SET pen_name = 'Quillfeather' WHERE id = 3"
[ -n "$(perl "$top/test/canary.pl" "$work/planted.db" <"$all")" ]
ok $? 'a canary planted in the database is found'
[ -n "$(perl "$top/test/canary.pl" "$work/log/reveal" <"$all")" ]
ok $? 'a canary that was revealed is found'

planted_on_paper

# Where it belongs, it is; and nothing of the other side.
on 'the label carries its addressee and nobody else' \
	"$work/text/label.pdf.txt" ODETTE
on 'the envelope carries its addressee and nobody else' \
	"$work/text/envelope.pdf.txt" BARNABUS
on 'the office letter carries its addressee and nobody else' \
	"$work/text/office-letter.pdf.txt" ODETTE
on 'the letter that turns round carries its writer and nobody else' \
	"$work/text/back-label.pdf.txt" UTFOX
on 'reveal shows who was asked for and nobody else' \
	"$work/log/reveal" BARNABUS
on 'reveal over HTTP does, too' "$work/log/reveal-http" BARNABUS
only

# Everywhere else, nothing.
cut -f1 "$work/whose" | sed "s|.*|$work/text/&|" | while read -r file; do
	rm -f "$file".*
done
rm -f "$work"/text/{label,envelope,office-letter,back-label,all-envelopes}.pdf.*
clean 'the database holds none in the clear' "$all" "$work"/kept/mailroom.db
clean 'its journal and index hold none in the clear' "$all" \
	"$work"/kept/*-wal "$work"/kept/*-shm
clean 'the office folder holds none in the clear' "$all" \
	$(find "$work/office" -type f)
clean 'no backup holds any, in the clear or otherwise' "$all" \
	"$work"/office/backups/*
clean 'an office out of a backup holds none in the clear' "$all" \
	"$work"/restored/*
[ -z "$(find "$work" -name '*.scratch*' ! -path '*/kept/*')" ]
ok $? 'no copy of the database stays beside it' \
	"$(find "$work" -name '*.scratch*')"
clean 'no other page shows any, in its text or its bytes' "$all" \
	"$work"/text/*
clean 'the print server learns none' "$all" "$work"/cups/kept/*.title \
	"$work"/cups/kept/*.options $(find "$work/cups" -type f \
	! -path '*/kept/*' ! -path '*/bin/*')
clean 'no answer, error or screen shows any' "$all" "$work"/log/terminal
clean 'the log of mailroomd holds none' "$all" "$work/log/daemon"
clean 'its counts hold none' "$all" "$work/log/metrics"
clean 'what it says to a stranger repeats none' "$all" "$work/log/raw"
grep -q 'HTTP/1.1 401' "$work/log/raw" && grep -q ^mailroom "$work/log/metrics"
ok $? 'it did answer'
if [ "$readable" = yes ]; then
	grep -q 'Bridge Letters' "$work/memory"
	ok $? 'its memory was looked at'
	clean 'nobody signed in, its memory holds none' "$all" "$work/memory"
else
	[ "$(id -u)" -ne 0 ]
	ok $? 'nobody but root may look at its memory'
fi
clean 'no list in JSON or CSV shows any' "$all" "$work"/out/*.json \
	"$work"/out/*.csv
clean 'what a crash left behind holds none in the clear' "$all" \
	"$work"/kept/crash-*
clean 'no passphrase and no word of the recovery sheet is anywhere' \
	"$secrets" $(find "$work/office" "$work/restored" -type f \
	! -name 'recovery-sheet.pdf') \
	"$work"/kept/* "$work"/log/* "$work"/text/* "$work"/cups/kept/* \
	$(ls "$work/memory" 2>/dev/null)
[ -z "$(find "$work/out" -name '.*' -type f)" ]
ok $? 'no page stays half written' "$(find "$work/out" -name '.*' -type f)"
[ -z "$(find "$work/tmp" -mindepth 1)" ]
ok $? 'nothing stays in the temporary folder' "$(find "$work/tmp" -mindepth 1)"
[ -z "$(find "$work" -name 'core*')" ]
ok $? 'a crash leaves no core file'
[ -s "$work/log/limit" ] && grep -q 'core file size *0 *0' "$work/log/limit"
ok $? 'the program forbids core files' "$(cat "$work/log/limit")"
[ "$missed" = '' ]
ok $? 'every step did what this test needs' "$missed"
echo "1..$number"
exit $failed
