# The mail day of test/demo.sh, step by step.  P7 and the like are pairings of
# test/data/pairings.csv by line; who they are is read from the office.
replies='P1 P2 P3 P4 P5 P6 P7 P8 P9' # from inside, earlier: answered by label
came_back=P20                        # from inside, earlier: yellow sticker
sent_in=P21                          # from outside, earlier: white sticker
inside_plain='P22 P23 P24 P26 P28 P29 P30 P31 P32 P33'

make_office() {
	title '1. An office to practise in'
	note "Its clock is set by hand (--now, left out below; only an office" \
		"made with --practice takes it). ruth coordinates, sam is" \
		"staff, vera is a volunteer."
	run ruth init office --practice --name 'Bridge Letters' \
		--street 'PO BOX 1138' --city Danbury --state CT --zip 06810 \
		--zone America/New_York --coordinator ruth
	cp office/recovery-sheet.pdf pdf/01-recovery-sheet.pdf
	run ruth facility import "$data/facilities-federal.csv"
	run ruth correspondent import "$data/correspondents.csv" --dry-run
	run ruth correspondent import "$data/correspondents.csv"
	run ruth pairing import "$data/pairings.csv"
	quiet admin user add vera volunteer
	quiet admin user add sam staff
	MAILROOM_NEW_PASSPHRASE=$(passphrase_of sam) quiet sam user passphrase
	quiet ruth user grant sam
	run ruth user list
	m ruth pairing list --csv >pairings || wrong 'no list of pairings'
	want 'pairings of the office' "$(sed 1d pairings | wc -l)" 110
}

# pairing P7 FIELD, a field of the pairing's line
pairing() {
	awk -F, -v p="$1" -v f="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == f) c = i }
		$1 == p { print $c }' pairings
}

# The letters of the first day, whose answers and returns come on the second.
earlier_day() {
	local p
	title '2. An earlier mail day, in short'
	clock=2026-11-05T09:30
	run sam day open 11
	sit vera A
	for p in $replies $came_back; do
		hand earlier - "$(pairing "$p" inside_id)"
		expect_verdict 'FIRST LETTER'
		hand earlier - 2
		expect_verdict DONE
	done
	hand earlier - "$(pairing $sent_in outside_id)"
	hand earlier - 1
	stop_station
	quiet vera sheet print --new -o pdf/02-earlier-sheets.pdf
	quiet sam label print --cleared --stock avery-5163 -o earlier-labels.pdf
	quiet sam envelope print --cleared -o earlier-envelopes.pdf
	scan_pages pdf/02-earlier-sheets.pdf 21 >earlier-codes
	scan_pages earlier-labels.pdf 10 >>earlier-codes
	want 'reply labels that the scanner reads' \
		"$(grep -c ^S earlier-codes)" 10
	text_of earlier-envelopes.pdf >earlier-corners
	sit sam B
	match_all "$(grep ^L earlier-codes)" earlier-codes earlier-corners earlier
	stop_station
	quiet sam batch close -o pdf/02-earlier-manifest.pdf
	run sam day close 11 11
	note "One forwarding ID is found out by somebody and replaced at once."
	run ruth pairing rotate P10 compromised --side inside
	old_id=$(pairing P10 inside_id)
}

# match_all STUBS CODES CORNERS WHO: each stub, then its envelope: by its code
# where it has one, else by the symbols that are asked for, read from the
# corner of the printed envelope.
match_all() {
	local stubs=$1 codes=$2 corners=$3 who=$4 stub envelope page=0
	for stub in $stubs; do
		hand "$who" "${stub:1:12}" "$stub"
		expect_verdict STUB
		envelope=$(grep "^E${stub:1:12}" "$codes")
		if [ -z "$envelope" ]; then
			page=$((page + 1))
			corner "$corners" $page
		fi
		hand "$who" "${stub:1:12}" "$envelope"
		expect_verdict MATCH
	done
}

# The three symbols that the station asks for, from envelope PAGE, into
# $envelope.
corner() {
	local id n
	id=$(awk -v RS='\f' -v n="$2" 'NR == n' "$1" |
		sed -n 's/.*DEPT \([0-9A-Z-]*\).*/\1/p' | head -n 1)
	case $words in
	*FIRST*) n=1 ;;
	*SECOND*) n=2 ;;
	*THIRD*) n=3 ;;
	*LAST*) n=$(awk -F- '{ print NF }' <<<"$id") ;;
	*) wrong "the station asks for no symbols: $words" ;;
	esac
	envelope=$(cut -d- -f$n <<<"$id")
}

morning() {
	title '3. Monday morning: what the coordinator knows'
	clock=2026-11-23T08:50
	note "One pen pal was transferred yesterday. One pairing is paused."
	run ruth correspondent move "$(pairing P25 inside)" --facility TDG \
		--from 2026-11-22
	run ruth pairing pause P17 lockdown
	title '4. The box is emptied, the pieces counted'
	clock=2026-11-23T09:00
	run sam day open 32
}

# piece NAME ANSWERS LINES...: one piece of mail at the bench; the big words
# that each line must bring stand in ANSWERS, with blanks for _.
piece() {
	local name=$1 answers=$2 line kind=special
	shift 2
	[ "$name" = plain ] || printf '   %s\n' "$name"
	[ "$name" = plain ] && kind=plain
	pieces=$((pieces + 1))
	for line; do
		hand "bench-$kind" "$pieces" "$line"
		expect_verdict "$(sed 's/ .*//;s/_/ /g' <<<"$answers")"
		answers=${answers#* }
		[ "$kind" = special ] && typed_here "$line"
	done
	at=$(sed 's/^\(A[0-9]*\).*/\1/;q' <<<"$words")
}

# What was typed, unless it is a scan, and what the screen said.
typed_here() {
	case $1 in
	[SE]???????????????????) printf '     > (scan)\n' ;;
	*) printf '     > %s\n' "$1" ;;
	esac
	show_screen
}

good='FIRST_LETTER|GOOD|SECOND_TODAY'

# Nine with our reply label: scanned.
bench_labels() {
	local p label
	note "Nine from outside carry our reply label: one scan, one count."
	for p in $replies; do
		label=$(grep "^S$(pairing "$p" outside_id | tr -d -)" earlier-codes)
		case $p in
		P1) first_plain "$label" 2 ;;
		P6) piece 'in Spanish' "$good DONE" "$label" 2 ;;
		P7) piece 'a photo that shows a house number' "$good HELD" \
			"$label" P ;;
		P9) piece 'the writer has moved' "$good HELD" "$label" A ;;
		*) piece plain "$good DONE" "$label" $((pieces % 4 + 1)) ;;
		esac
	done
}

# The first one is shown in full, the like of it not.
first_plain() {
	piece plain "$good DONE" "$1" "$2"
	printf '   a plain letter\n     > (scan)\n     > %s\n' "$2"
	show_screen
}

# Nine whose ID is typed, and one more that was in the same envelope.
bench_typed() {
	local id
	note "Nine from outside have the ID in writing."
	for p in P11 P27; do
		piece plain "$good DONE" "$(pairing $p outside_id)" 3
	done
	piece 'two letters in one envelope' "$good DONE SAME_ENVELOPE $good DONE" \
		"$(pairing P12 outside_id)" 2 E "$(pairing P15 outside_id)" 1
	piece 'twenty dollars' "$good HELD" "$(pairing P13 outside_id)" M
	id=$(pairing P16 outside_id)
	piece 'a misread ID' "LOOK_AGAIN $good DONE" "$(misread "$id")" 1 2
	piece 'to somebody transferred yesterday' "$good DONE" \
		"$(pairing P25 outside_id)" 1
	piece 'a paused pairing' HELD "$(pairing P17 outside_id)"
	piece 'legal mail, left sealed' "$good HELD" \
		"$(pairing P18 outside_id)" L
	piece 'no ID at all' 'NO_ID LOOK_AGAIN HELD' N \
		"$(pairing P14 inside_name)/$(pairing P14 outside_name)" 1
	no_id=$at
}

# One symbol of an ID read as another.
misread() {
	local first=${1:0:1}
	[ "$first" = H ] && printf 'K%s' "${1:1}" || printf 'H%s' "${1:1}"
}

bench_inside() {
	local p
	note "Twelve from inside."
	for p in $inside_plain; do
		piece plain "$good DONE" "$(pairing "$p" inside_id)" \
			$((pieces % 4 + 1))
	done
	piece 'a retired ID' HELD "$old_id"
	piece 'somebody new, without an ID' NO_ID N
	new_writer=$at
}

bench_returns() {
	local label
	note "Two of our own envelopes came back. They stay shut."
	label=$(returned_label)
	piece 'yellow sticker, our label on it' 'OURS CAME_BACK' "$label" B
	piece 'white sticker, no code on it' CAME_BACK B
	without_code=$at
}

# The label of the letter to the outside pen pal of P20.
returned_label() {
	local code
	code=$(m ruth letter list --pairing $came_back --state posted --csv |
		sed -n 2p | cut -d, -f1 | tr -d -)
	grep "^E$code" earlier-codes
}

bench() {
	title '5. At the bench: vera logs 32 pieces'
	clock=2026-11-23T09:10
	pieces=0
	: >hands
	sit vera A
	bench_labels
	bench_typed
	bench_inside
	bench_returns
	stop_station
	want 'pieces at the bench' $pieces 32
}
