#!/bin/sh
# A station is killed (-9) at a random moment, 50 times over.  Afterwards every
# letter that it had confirmed is there, none is there twice, and the books
# hold.  TAP.
#	test/kill.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 1
B=${1:-build}
ROUNDS=${ROUNDS:-50}
work=$(mktemp -d) || exit 1
station=
trap 'rm -rf "$work"' EXIT
count=0
failures=0

# ok STATUS NAME: one line of TAP.
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failures=$((failures + 1))
	fi
}

mailroom() {
	MAILROOM_OFFICE=$work/office \
		MAILROOM_PASSPHRASE="seven grey geese over the ferry" \
		"$B/mailroom" "$@"
}

# The office: one pairing.
cat >"$work/facilities.csv" <<EOF
code,name,kind,security,street,city,state,zip
ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442
EOF
cat >"$work/people.csv" <<EOF
ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,state,zip,country,language,interests,slots
O-1,outside,Wren,Amara Quillfeather,,,2374 Foundry Ct,,Osseo Lake,MN,56613,US,en,birds,1
I-1,inside,Maria,Elena Ostrander,40312-999,ALI,,,,,,US,en,birds,1
EOF
MAILROOM_PASSPHRASE="seven grey geese over the ferry" "$B/mailroom" init \
	"$work/office" --name "Bridge Letters" --street "PO BOX 1138" \
	--city Danbury --state CT --zip 06810 --zone America/New_York \
	--coordinator ruth >"$work/log" 2>&1 &&
	mailroom facility import "$work/facilities.csv" >>"$work/log" 2>&1 &&
	mailroom correspondent import "$work/people.csv" >>"$work/log" 2>&1 &&
	mailroom pairing open O-1 I-1 --json >"$work/pairing" 2>>"$work/log"
made=$?
ok $made "an office is made"
[ $made -eq 0 ] || exit 1
ids=$(grep -o '"id":"[^"]*"' "$work/pairing" | cut -d '"' -f 4)

# intake FIRST COUNT: see intake.c.
intake() {
	# shellcheck disable=SC2086
	"$B/test/intake" "$work/office" "$1" "$2" $ids
}

# A fraction of a second, another one every time.
moments=$(awk -v n="$ROUNDS" 'BEGIN {
	srand(); for (i = 0; i < n; i++) printf "%.3f\n", rand() * rand() * 0.5
}')

next=1
resent=0
twice=0
: >"$work/confirmed"
for moment in $moments; do
	"$B/test/intake" "$work/office" "$next" 0 $ids >"$work/said" \
		2>>"$work/err" &
	station=$!
	sleep "$moment"
	kill -9 "$station" 2>/dev/null
	wait "$station" 2>/dev/null
	cat "$work/said" >>"$work/confirmed"
	next=$((next + $(wc -l <"$work/said")))
	# What it had not confirmed is sent again, as a station does, and once
	# more for good measure.
	before=$(tail -n 1 "$work/confirmed")
	intake "$next" 1 >"$work/again" 2>>"$work/err"
	intake "$next" 1 >"$work/once_more" 2>>"$work/err"
	cmp -s "$work/again" "$work/once_more" || twice=$((twice + 1))
	[ "$(cat "$work/again")" != "$before" ] && resent=$((resent + 1))
	cat "$work/again" >>"$work/confirmed"
	next=$((next + 1))
done

[ ! -s "$work/err" ]
ok $? "no station met an error after another was killed"
[ "$twice" -eq 0 ] && [ "$resent" -eq "$ROUNDS" ]
ok $? "a request that is sent again has one answer"
confirmed=$(wc -l <"$work/confirmed")
[ "$confirmed" -eq $((next - 1)) ] && [ "$confirmed" -gt $((ROUNDS * 2)) ]
ok $? "letters were confirmed while stations died"
cut -d ' ' -f 2 "$work/confirmed" | sort >"$work/want"
mailroom letter list --state received --limit 100000 --csv 2>>"$work/log" |
	tail -n +2 | cut -d , -f 1 | sort >"$work/have"
[ "$(comm -23 "$work/want" "$work/have" | wc -l)" -eq 0 ]
ok $? "every confirmed letter is there"
[ "$(uniq -d "$work/have" | wc -l)" -eq 0 ] &&
	[ "$(wc -l <"$work/have")" -eq "$confirmed" ]
ok $? "none is there twice, and no other"
[ "$(cut -d ' ' -f 1 "$work/confirmed" | sort | uniq -d | wc -l)" -eq 0 ]
ok $? "no request was confirmed twice"
mailroom audit verify >>"$work/log" 2>&1
ok $? "the chain holds"
mailroom office check >>"$work/log" 2>&1
ok $? "the office check finds nothing"
echo "# $confirmed letters, $ROUNDS stations killed"
echo "1..$count"
[ "$failures" -eq 0 ]
