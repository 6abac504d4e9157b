#!/bin/bash
# Printing to a real CUPS server on loopback, with a printer that keeps what
# it gets: the bytes arrive whole, the server learns nothing but codes, and
# what cannot be printed is said before anything is written down.  TAP.
#	test/cups.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
build=${1:-build}
export PATH="$top/${build#"$top"/}:$PATH:/usr/sbin" TZ=UTC LC_ALL=C.UTF-8
work=$(mktemp -d) || exit 1
server=
dumb=
stop() {
	for pid in $server $dumb; do
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

# m WORDS...: everything that the program says is kept.
m() {
	mailroom "$@" >"$work/out" 2>"$work/err"
	local code=$?
	cat "$work/out" "$work/err" >>"$work/terminal"
	return $code
}

code_of() {
	mailroom letter show "$1" --csv | sed -n 2p | cut -d, -f1
}

events() {
	mailroom audit show --last 1 --csv | sed -n 2p
}

export MAILROOM_OFFICE=$work/office TMPDIR=$work/tmp
export MAILROOM_PASSPHRASE='seven grey geese over the ferry'
unset MAILROOM_USER MAILROOM_REQUEST
mkdir "$work/tmp"
write_office >"$work/terminal" 2>&1 || bail 'no office'
from_out=$(sed -n 2p "$work/ids" | cut -d, -f1)
from_in=$(sed -n 3p "$work/ids" | cut -d, -f1)
for id in "$from_out" "$from_in" "$from_in"; do
	m letter receive "$id" --sheets 2 || bail 'no letter'
done

# Without a server.
export CUPS_SERVER=127.0.0.1:$(free_port)
before=$(events)
! m sheet print A1 --printer paper &&
	grep -q 'does not answer.*nothing was done' "$work/err"
ok $? 'without a server it is said what to do' "$(cat "$work/err")"
[ "$(events)" = "$before" ]
ok $? 'and nothing was written down'
m printer list && grep -q 'does not answer' "$work/out"
ok $? 'printers are listed without a server, which is said' \
	"$(cat "$work/out" "$work/err")"

start_cups
queue paper -E -L 'Back room'
queue locked -E -o printer-op-policy=locked
queue asleep -E
cupsdisable asleep
queue closed
lpadmin -d paper

m printer list && grep -q 'paper *ready *yes *Back' "$work/out" &&
	grep -q 'asleep *stopped' "$work/out" &&
	grep -q 'closed *takes no jobs' "$work/out"
ok $? 'the queues are listed, and which would print' "$(cat "$work/out")"

for bad in nowhere asleep closed; do
	before=$(events)
	! m sheet print A1 --printer $bad && grep -q "$bad" "$work/err" &&
		[ "$(events)" = "$before" ]
	ok $? "$bad: refused before anything is written down" \
		"$(cat "$work/err")"
done
! m letter list --printer paper && grep -q 'makes none' "$work/err"
ok $? 'what makes no page is not sent to a printer' "$(cat "$work/err")"

# One page of each kind: what the file would hold is what the printer has.
m letter new --to O-1 --form welcome --json ||
	bail "no office letter: $(cat "$work/err")"
office=$(grep -o '"code":"[^"]*"' "$work/out" | head -n 1 | cut -d '"' -f 4)
same() {
	local name=$1 letter=$2 form
	shift 2
	m --request "k-$name" "$@" "$letter" --printer paper &&
		grep -q '^sent to paper$' "$work/err" && wait_for 1
	ok $? "$name: sent to the printer" "$(cat "$work/err")"
	m --request "k-$name" "$@" "$letter" -o "$work/$name.pdf" &&
		cmp "$work/$name.pdf" "$(newest pdf)"
	ok $? "$name: the printer has what the file has" "$(cat "$work/err")"
	[ "$(cat "$(newest title)")" = "$(code_of "$letter")" ]
	ok $? "$name: its job is called by the code" "$(cat "$(newest title)")"
	form=$(cat "$(newest options)")
	case $form in
	*print-scaling=none*) ok 0 "$name: at its own size" ;;
	*) ok 1 "$name: at its own size" "$form" ;;
	esac
}
same sheet A1 sheet print
same envelope A1 envelope print
case $(cat "$(newest options)") in
*media=na_number-10*) ok 0 'an envelope asks for #10 envelopes' ;;
*) ok 1 'an envelope asks for #10 envelopes' "$(cat "$(newest options)")" ;;
esac
same office-letter "$office" letter print
m sheet print --new --printer paper && wait_for 1 &&
	[ "$(cat "$(newest title)")" = mailroom ]
ok $? 'several sheets are one job, called mailroom' "$(cat "$work/err")"

# Refused when it is too late: the queue is open, but not to us.
! m sheet print A1 --printer locked &&
	grep -q 'written down as printed.*print it again' "$work/err"
ok $? 'what did not come out is said, and what to do' "$(cat "$work/err")"
m sheet print A1 --printer paper && wait_for 1 &&
	pdftotext -q "$(newest pdf)" - | grep -q 'COPY 3'
ok $? 'and the next one is the next copy' "$(cat "$work/err")"

# A printer that is off.
m printer test paper && wait_for 1 &&
	pdftotext -q "$(newest pdf)" - | grep -q 'Ruler page: paper'
ok $? 'the ruler page goes to the printer that it is for' "$(cat "$work/err")"
m printer profile paper --left 11.2 --top 9.6 --across 190.4 --down 249.5 \
	--use sheets,envelopes
ok $? 'what it shows is told' "$(cat "$work/err")"
m --request k-sheet sheet print A1 -o "$work/moved.pdf" --printer paper &&
	! cmp -s "$work/moved.pdf" "$work/sheet.pdf"
ok $? 'a file can be drawn for a printer, too' "$(cat "$work/err")"
m --request k-again sheet print A1 --printer paper && wait_for 1 &&
	m --request k-again sheet print A1 -o "$work/moved.pdf" \
		--printer paper && cmp "$work/moved.pdf" "$(newest pdf)"
ok $? 'and is what the printer gets' "$(cat "$work/err")"
before=$(events)
! m label print A1 --stock avery-5163 --printer paper &&
	grep -q 'is for sheets,envelopes' "$work/err" &&
	[ "$(events)" = "$before" ]
ok $? 'labels do not go to a printer for sheets' "$(cat "$work/err")"
! m sheet print A1 -o "$work/x.pdf" --printer papper &&
	grep -q "nothing is known of a printer 'papper'" "$work/err" &&
	[ ! -e "$work/x.pdf" ]
ok $? 'a name with a slip is no true printer' "$(cat "$work/err")"

# A pile: in the order of the stubs, each once.
printf '%s\n' "$(code_of A3)" "$(code_of A1)" '' "$(code_of A3)" \
	"$(code_of A2)" >"$work/pile"
m envelope print --pile - -o "$work/pile.pdf" <"$work/pile" &&
	[ "$(pdftotext -q -layout "$work/pile.pdf" - | grep -c 'PRINTED')" = 3 ] &&
	[ "$(pdftotext -q "$work/pile.pdf" - | tr '\n' ' ' |
		grep -o 'QUILLFEATHER\|WEXELGRATH' | tr '\n' ' ')" = \
		'QUILLFEATHER WEXELGRATH QUILLFEATHER ' ]
ok $? 'the envelopes of a pile come in its order' "$(cat "$work/err")"
m envelope print --pile "$work/pile" --once -o "$work/none.pdf" &&
	[ ! -e "$work/none.pdf" ] && grep -q 'printed *0' "$work/out"
ok $? 'those that are there need not be printed again' "$(cat "$work/err")"
printf '%s\n' "$(code_of A3)" XXX-XXX-XXX-XX8 A77 >"$work/pile"
before=$(events)
! m envelope print --pile "$work/pile" --printer paper &&
	grep -q 'scan 2: .*; scan 3: ' "$work/err" && [ "$(events)" = "$before" ]
ok $? 'every fault of a pile is told with its place' "$(cat "$work/err")"

# The station: the sheet of what is finished, the envelope of a stub.
stub=$(pdftoppm -r 150 -png "$(newest pdf)" "$work/stub" &&
	zbarimg -q --raw "$work"/stub*.png | grep '^L')
printf '%s\n' "$from_in" 2 | m station --printer-sheets paper && wait_for 1 &&
	[ "$(cat "$(newest title)")" = "$(code_of A4)" ]
ok $? 'a finished letter has its sheet at the printer' "$(cat "$work/out")"
printf '%s\n' "$stub" q | m station --printer-envelopes paper &&
	grep -q 'printed before. Is it lost' "$work/out"
ok $? 'a stub whose envelope is there prints no second one' \
	"$(cat "$work/out")"
printf '%s\n' "$(code_of A4)" "$(code_of A4)" p q |
	m station --printer-envelopes paper && wait_for 2 &&
	[ "$(grep -c 'comes out of paper' "$work/out")" = 2 ] &&
	[ "$(grep -c 'printed before' "$work/out")" = 1 ] &&
	[ "$(cat "$(newest title)")" = "$(code_of A4)" ]
ok $? 'a stub prints its envelope, once, and once more when asked' \
	"$(cat "$work/out")"
mailroom --user admin user add vera volunteer >/dev/null 2>&1
printf '%s\n' "$(code_of A4)" q |
	MAILROOM_USER=vera m station --printer-envelopes paper
sleep 1
[ "$(ls "$work"/cups/kept/*.pdf | wc -l)" = "$took" ]
ok $? 'a volunteer prints no envelope by a scan' "$(cat "$work/out")"

# Killed (-9) while it prints: what came out is written down, and no two pages
# that came out are the same copy.
touch "$work/killing"
sleep 0.01
for moment in 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.1 0.12 0.15 0.2; do
	timeout -s KILL $moment mailroom sheet print A2 --printer paper \
		>>"$work/terminal" 2>&1
done 2>/dev/null
before=$(ls "$work"/cups/kept/*.pdf | wc -l)
m sheet print A2 --printer paper
last=$?
for ((i = 0; i < 150; i++)); do
	[ "$(ls "$work"/cups/kept/*.pdf | wc -l)" -le "$before" ] || break
	sleep 0.1
done
sleep 0.5
for pdf in $(find "$work/cups/kept" -name '*.pdf' -newer "$work/killing"); do
	pdftotext -q "$pdf" - | grep -o 'COPY [0-9]*' | sort -u
done | sort >"$work/copies"
took=$(ls "$work"/cups/kept/*.pdf | wc -l)
[ "$last" = 0 ] && [ -s "$work/copies" ] &&
	[ -z "$(uniq -d "$work/copies")" ] &&
	[ "$(sort -k 2n "$work/copies" | tail -n 1)" = \
	"$(pdftotext -q "$(newest pdf)" - | grep -o 'COPY [0-9]*' | sort -u)" ]
ok $? "killed in mid-print, no copy comes out twice" "$(cat "$work/copies")"
echo "# $(wc -l <"$work/copies") of 13 pages came out"
m office check && m audit verify
ok $? 'and the books hold' "$(cat "$work/err")"

# Nothing of it stays anywhere, and no name is in the books of the server.
sleep 0.5
[ -z "$(find "$work/tmp" -mindepth 1)" ]
ok $? 'no temporary file of ours' "$(find "$work/tmp" -mindepth 1)"
[ -z "$(find "$work/cups/spool" -name 'd*' -type f)" ]
ok $? 'nothing stays in the spool' "$(find "$work/cups/spool" -name 'd*')"
! grep -rliE 'quillfeather|marzipan|wexelgrath|77341' "$work/cups/log" \
	"$work/cups/spool" "$work/cups/cache" "$work"/cups/kept/*.title \
	"$work"/cups/kept/*.options "$work/terminal" "$work/office" |
	grep -v recovery-sheet
ok $? 'no name, street or number in its books, nor in ours'
[ -z "$(cat "$work"/cups/kept/*.title | sed 's/mailroom//g' |
	grep -vE '^([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})+$')" ]
ok $? 'jobs are called by letter codes or mailroom'

# A server that takes the call and says nothing: at once, or when the page is
# on its way.  Both are waited for at the same time.
cat >"$work/dumb.pl" <<'END'
# dumb.pl FILE PASS SERVER: writes its port; PASS calls go to SERVER, then
# silence.
use IO::Socket::INET;
use IO::Select;
my ($file, $pass, $server) = @ARGV;
my $listen = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 9) or
    die;
open my $out, ">", "$file.new" or die;
print $out $listen->sockport;
close $out or die;
rename "$file.new", $file or die;
my @held;
while (my $call = $listen->accept) {
	push @held, $call;
	next if $pass-- <= 0;
	my $to = IO::Socket::INET->new($server) or die;
	my $both = IO::Select->new($call, $to);
	BRIDGE: while (1) {
		for my $from ($both->can_read) {
			last BRIDGE unless sysread $from, my $bytes, 65536;
			syswrite $from == $call ? $to : $call, $bytes;
		}
	}
	close $_ for $to, pop @held;
}
END
real=$CUPS_SERVER

# A server that is not on this computer: what goes there is for no other eyes.
# It stands here, but is called by the address of the network.
cat >"$work/tap.pl" <<'END'
# tap.pl FILE ADDRESS SERVER: writes its port; passes calls on, keeps what was
# said in FILE.said.
use IO::Socket::INET;
use IO::Select;
my ($file, $address, $server) = @ARGV;
my $listen = IO::Socket::INET->new(LocalAddr => $address, Listen => 9) or die;
open my $said, ">>:raw", "$file.said" or die;
$said->autoflush(1);
open my $out, ">", "$file.new" or die;
print $out $listen->sockport;
close $out or die;
rename "$file.new", $file or die;
while (my $call = $listen->accept) {
	my $to = IO::Socket::INET->new($server) or die;
	my $both = IO::Select->new($call, $to);
	BRIDGE: while (1) {
		for my $from ($both->can_read) {
			last BRIDGE unless sysread $from, my $bytes, 65536;
			print $said $bytes;
			syswrite $from == $call ? $to : $call, $bytes;
		}
	}
	close $_ for $to, $call;
}
END
address=$(hostname -I 2>/dev/null | tr ' ' '\n' | grep -m 1 '^[0-9.]*$')
if [ -n "$address" ]; then
	perl "$work/tap.pl" "$work/tap" "$address" "$real" &
	dumb="$dumb $!"
	for ((i = 0; i < 100; i++)); do
		[ ! -s "$work/tap" ] || break
		sleep 0.1
	done
	CUPS_SERVER=$address:$(cat "$work/tap") m envelope print A1 \
		--printer paper
	[ $? -eq 0 ] || grep -q 'is another computer' "$work/err"
	ok $? 'another computer is spoken to' "$(cat "$work/err")"
	[ -s "$work/tap.said" ] &&
		! grep -aqE '%PDF|printer-name|job-name' "$work/tap.said"
	ok $? 'and nothing goes there that is not encrypted' \
		"$(grep -acE '%PDF|printer-name|job-name' "$work/tap.said")"
else
	echo "# no network: another computer's server is not tried"
fi
start=$SECONDS
for pass in 0 1; do
	perl "$work/dumb.pl" "$work/port$pass" $pass "$real" &
	dumb="$dumb $!"
	for ((i = 0; i < 100; i++)); do
		[ ! -s "$work/port$pass" ] || break
		sleep 0.1
	done
	CUPS_SERVER=127.0.0.1:$(cat "$work/port$pass") \
		mailroom sheet print A1 --printer paper >"$work/dumb$pass" 2>&1 &
	waits[pass]=$!
done
wait "${waits[0]}"
[ $? -eq 4 ] && [ -s "$work/port0" ] &&
	grep -q 'does not answer.*nothing was done' "$work/dumb0"
ok $? 'a server that says nothing is given up' "$(cat "$work/dumb0")"
wait "${waits[1]}"
[ $? -eq 4 ] && grep -q 'written down as printed' "$work/dumb1"
ok $? 'and one that falls silent while it prints' "$(cat "$work/dumb1")"
[ $((SECONDS - start)) -lt 40 ]
ok $? 'neither is waited for much longer than ten seconds' \
	"$((SECONDS - start)) seconds"
echo "# waited $((SECONDS - start)) of $SECONDS seconds"

echo "1..$count"
[ "$failures" -eq 0 ]
