#!/bin/bash
# A station in a browser that prints through the daemon, on a real CUPS server
# on loopback: what comes out, what is said when it does not, and that a
# print server without an answer holds nobody else up.  TAP.
#	test/cups_station.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
build=${1:-build}
export PATH="$top/${build#"$top"/}:$PATH:/usr/sbin" TZ=UTC LC_ALL=C.UTF-8
work=$(mktemp -d) || exit 1
server=
others=
serving=
stop() {
	for pid in $server $others; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	[ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap stop EXIT
count=0
failures=0

# ok STATUS NAME [WHY]: one line of TAP.
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failures=$((failures + 1))
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

. test/cups_server.sh

write_office() {
	cat >"$work/facilities.csv" <<-END
		code,name,kind,security,street,city,state,zip
		ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442
	END
	cat >"$work/people.csv" <<-END
		ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,state,zip,country,language,interests,slots
		O-1,outside,Wren,Amara Quillfeather,,,2374 Marzipan Hollow,,Osseo Lake,MN,56613,US,en,birds,1
		I-1,inside,Maria,Elena Wexelgrath,77341-999,ALI,,,,,,US,en,birds,1
	END
	mailroom init "$MAILROOM_OFFICE" --name 'Bridge Letters' \
		--street 'PO BOX 1138' --city Danbury --state CT --zip 06810 \
		--zone America/New_York --coordinator ruth &&
		mailroom facility import "$work/facilities.csv" &&
		mailroom correspondent import "$work/people.csv" &&
		mailroom pairing open O-1 I-1 &&
		mailroom id list P1 --csv >"$work/ids"
}

# daemon NAME: one with the print server in force; $port_of is its port.  The
# one before it ends, for a site has one.
daemon() {
	local i
	if [ -n "$serving" ]; then
		kill "$serving"
		wait "$serving"
	fi
	mailroomd/mailroomd --office "$MAILROOM_OFFICE" --listen 127.0.0.1:0 \
		2>"$work/$1" &
	serving=$!
	others="$others $serving"
	for ((i = 0; i < 200; i++)); do
		port_of=$(sed -n 's/.*open: port \([0-9]*\).*/\1/p' "$work/$1")
		[ -z "$port_of" ] || return
		sleep 0.05
	done
	bail "no daemon"
}

# sit KEY=VALUE... : lines from standard input, at the daemon in force.
sit() {
	perl "$top/test/sit.pl" "$port_of" ruth "$MAILROOM_PASSPHRASE" "$@" \
		>"$work/out" 2>"$work/err"
}

said() {
	cat "$work/out" "$work/err"
}

kept() {
	ls "$work"/cups/kept/*.pdf 2>/dev/null | wc -l
}

code_of() {
	mailroom letter show "$1" --csv | sed -n 2p | cut -d, -f1
}

copies_of() {
	pdftotext -q "$(newest pdf)" - | grep -o 'COPY [0-9]*' | sort -u
}

export MAILROOM_OFFICE=$work/office
export MAILROOM_PASSPHRASE='seven grey geese over the ferry'
unset MAILROOM_USER MAILROOM_REQUEST
write_office >"$work/made" 2>&1 || bail 'no office'
from_in=$(sed -n 3p "$work/ids" | cut -d, -f1)
# One at each station: the same ID twice at one is taken for a slip.
for station in A B C D E; do
	mailroom --station $station letter receive "$from_in" >"$work/made" ||
		bail 'no letter'
done
cd "$top/${build#"$top"/}" || exit 1

start_cups
queue paper -E
queue locked -E -o printer-op-policy=locked
daemon said

printf '%s\n' A1 '=finish-1 2' | sit sheets=paper && wait_for 1 &&
	[ "$(cat "$(newest title)")" = "$(code_of A1)" ] &&
	! grep -q '^print' "$work/out"
ok $? 'a finished letter has its sheet at the printer' "$(said)"
printf '%s\n' "$(code_of A1)" "$(code_of A1)" P | sit envelopes=paper &&
	wait_for 2 &&
	[ "$(grep -c 'comes out of paper' "$work/out")" = 2 ] &&
	[ "$(grep -c 'printed before' "$work/out")" = 1 ] &&
	[ "$(cat "$(newest title)")" = "$(code_of A1)" ]
ok $? 'a stub prints its envelope, once, and once more when asked' "$(said)"
printf '%s\n' B1 '=finish-2 3' '=finish-2 3' '=finish-2 3' |
	sit sheets=paper && wait_for 1 && sleep 1 && [ "$(kept)" = "$took" ]
ok $? 'a line that is sent again prints nothing' "$(said)"

printf '%s\n' C1 1 | sit sheets=nowhere &&
	grep -q "no printer 'nowhere' here" "$work/out" &&
	grep -q '^DONE C1' "$work/out" &&
	grep -q "^print sheet $(code_of C1)" "$work/out"
ok $? 'an unknown printer is said, and the page may print' "$(said)"
printf '%s\n' D1 1 | sit sheets=locked &&
	grep -q '^DONE D1' "$work/out" &&
	grep -q 'did not come out: print it again' "$work/out"
ok $? 'what did not come out is said, and what to do' "$(said)"
grep -q 'page not printed: status [0-9]*$' "$work/said"
ok $? 'and counted in the log' "$(cat "$work/said")"
mailroom sheet print D1 --printer paper >"$work/out" 2>&1 && wait_for 1 &&
	[ "$(copies_of)" = 'COPY 2' ]
ok $? 'and the next one is the next copy' "$(copies_of)"
mailroom sheet print C1 --printer paper \
	>"$work/out" 2>&1 && wait_for 1 && [ -z "$(copies_of)" ]
ok $? 'what no printer took was not written down as printed' "$(copies_of)"

# A print server that takes the call and says nothing.
cat >"$work/dumb.pl" <<'END'
use IO::Socket::INET;
my $listen = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 9) or
    die;
open my $out, ">", "$ARGV[0].new" or die;
print $out $listen->sockport;
close $out or die;
rename "$ARGV[0].new", $ARGV[0] or die;
my @held;
while (my $call = $listen->accept) { push @held, $call }
END
perl "$work/dumb.pl" "$work/dumb" &
others="$others $!"
for ((i = 0; i < 100; i++)); do
	[ ! -s "$work/dumb" ] || break
	sleep 0.1
done
CUPS_SERVER=127.0.0.1:$(cat "$work/dumb")
daemon silent
printf '%s\n' E1 2 | perl "$top/test/sit.pl" "$port_of" ruth \
	"$MAILROOM_PASSPHRASE" sheets=paper >"$work/slow" 2>&1 &
slow=$!
for ((i = 0; i < 100; i++)); do
	! grep -q 'signed in' "$work/slow" || break
	sleep 0.1
done
printf '%s\n' '?' A1 '?' | sit && kill -0 "$slow" &&
	! grep -q E1 "$work/slow" && [ "$(grep -c READY "$work/out")" = 2 ]
ok $? 'a print server without an answer holds nobody else up' \
	"$(said; cat "$work/slow")"
wait "$slow"
grep -q 'print server.*does not answer' "$work/slow" && grep -q '^DONE E1' "$work/slow" &&
	grep -q "^print sheet $(code_of E1)" "$work/slow"
ok $? 'and its own line is done, and says so' "$(cat "$work/slow")"

mailroom audit verify >"$work/out" 2>&1
ok $? 'the records are sound' "$(cat "$work/out")"

echo "1..$count"
[ "$failures" -eq 0 ]
