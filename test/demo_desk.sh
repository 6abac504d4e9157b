# The second half of the mail day of test/demo.sh: the desk, the printer, the
# table, the till.

# The day number of what a pairing sent today.
number() {
	m ruth letter list --pairing "$1" --day 2026-11-23 --csv |
		awk -F, 'NR == 2 { print $2 }'
}

# The code of what a pairing sent, the newest.
code() {
	m ruth letter list --pairing "$1" --csv | sed -n 2p | cut -d, -f1
}

desk_trays() {
	note "The photo stays: the writer is asked for another. The paused" \
		"pairing stays. The rest of the red tray can go on."
	run ruth correspondent move "$(pairing P9 outside)" \
		--street '12 New Harbor Rd' --city Alderbrook --state CT \
		--zip 06334
	run sam letter release "$(number P9)"
	quiet sam letter finish "$(number P9)" 2
	run sam enclosure add "$(number P13)" money --money 20.00
	run sam enclosure settle E2 return
	quiet sam letter release "$(number P13)"
	quiet sam letter finish "$(number P13)" 2
	run sam letter release "$(number P10)"
	quiet sam letter finish "$(number P10)" 1
	run sam letter refuse "$(number P18)" --disposition handed-back
}

desk() {
	title '6. At the desk: sam settles what lies in the trays'
	clock=2026-11-23T10:15
	run sam letter list --state held
	desk_trays
	note "Whose letter is $no_id? vera chose, sam confirms. $new_writer is" \
		"from somebody who has no pen pal yet."
	run sam letter identify "$no_id" --pairing P14 --writer outside
	quiet sam letter finish "$no_id" 2
	run sam letter identify "$new_writer" --person I-00001
	note "The two that came back. One sticker is yellow: the address is" \
		"suspect from now on. One is white: the prison refused it, and" \
		"it goes back to its writer."
	run sam letter return "$(code $came_back)" yellow \
		--reason attempted-not-known
	run sam letter return "$(code $sent_in)" white \
		--reason no-or-wrong-id --piece "$without_code"
	run sam letter refuse "$(code $sent_in)" --back
	note "And one letter of our own, to the writer who left the ID out."
	run sam letter new "$(pairing P14 outside)" add-your-id
	office_letter=$(m sam letter list --day 2026-11-23 --csv |
		awk -F, '$5 == "office" { print $2 }')
	want 'letters that may go' "$(count_state cleared)" 29
	want 'letters held' "$(count_state held)" 3
	want 'letters that came back and wait' "$(count_state returned)" 1
}

# The page of a text that has these words.
page_with() {
	awk -v RS='\f' -v words="$1" 'index($0, words)' "$2"
}

print_all() {
	title '7. The printer'
	clock=2026-11-23T10:45
	run vera sheet print --new -o pdf/03-cover-sheets.pdf
	run sam letter print "$office_letter" -o pdf/04-office-letter.pdf
	note "Labels for outside first; what no label may go on to is left for" \
		"the envelopes."
	run sam label print --cleared --stock avery-5163 -o pdf/05-labels.pdf
	run sam envelope print --cleared -o pdf/06-envelopes.pdf
	stat -c '%a' pdf/06-envelopes.pdf pdf/05-labels.pdf | while read -r mode
	do
		want 'who may read what holds addresses' "$mode" 600
	done || exit 1
	scan_pages pdf/03-cover-sheets.pdf 41 >codes
	scan_pages pdf/05-labels.pdf 13 >>codes
	text_of pdf/06-envelopes.pdf >corners
	want 'stubs that the scanner reads' "$(grep -c ^L codes)" 29
	want 'labels that the scanner reads' "$(grep -c ^E codes)" 13
	want 'reply labels that the scanner reads' "$(grep -c ^S codes)" 12
	want 'envelopes' "$(grep -c 'DEPT' corners)" 16
	want 'envelopes to where somebody lives since yesterday' \
		"$(page_with "$(pairing P25 inside_id)" corners |
			grep -c 'TALLADEGA AL')" 1
	want 'cover sheets in Spanish' \
		"$(text_of pdf/03-cover-sheets.pdf |
			grep -c 'Una carta para Opal')" 1
	want 'codes on what goes into a prison' \
		"$(scan_pages pdf/06-envelopes.pdf 0)" ''
	note "Every code was read from a picture of the printed page: 29 stubs," \
		"13 labels for outside, 12 reply labels. The 16 envelopes for" \
		"inside carry none."
}

# One wrong pair on purpose.
wrong_match() {
	local first second
	first=$(grep ^L codes | grep -F "$(grep -m 1 ^E codes | cut -c2-13)")
	second=$(grep ^E codes | sed -n 2p)
	note "Two labels lie side by side, and one is taken for the other."
	hand table-special wrong "$first"
	expect_verdict STUB
	hand table-special wrong "$second"
	expect_verdict STOP
	show_screen
	stopped=$((stopped + 1))
}

table() {
	title '8. At the table: stub and envelope, then glue'
	clock=2026-11-23T11:30
	stopped=0
	sit sam B
	wrong_match
	match_all "$(grep ^L codes)" codes corners table-plain
	show_screen
	stop_station
	want 'sealed' "$(count_state sealed)" 29
	want 'wrong pairs that were stopped' $stopped 1
	run sam batch close -o pdf/07-manifest.pdf
	want 'posted today' "$(count_state sealed)" 0
}

evening() {
	title '9. The till'
	clock=2026-11-23T12:10
	note "Counted by hand first. One sealed envelope has slipped behind the" \
		"desk, so 28 are counted; the program says so."
	refused sam 28 day close 28 29 --trays red=2,yellow=1,blue=1
	note "It is found, and counted again."
	run sam day close 29 29 --trays red=2,yellow=1,blue=1
	quiet sam day sheet -o pdf/08-day-sheet.pdf
	check_till
}

# Brought forward 0 + 32 + 1 + 1 = 29 + 1 + 0 + 4.
check_till() {
	local field value
	m sam day show --json >till || wrong 'no till'
	for field in brought:0 pieces:32 extra:1 office:1 posted:29 \
		handed_back:1 thrown_away:0 carried:4 difference:0; do
		value=$(grep -o "\"${field%:*}\":[0-9-]*" till | cut -d: -f2)
		want "the till, ${field%:*}" "$value" "${field#*:}"
	done
}

# Counts of what was posted, by way and direction, from the letters' list.
check_posted() {
	m ruth letter list --state posted --csv --limit 500 >posted
	want 'forwarded to inside' "$(posted_as forward 'to inside')" 16
	want 'forwarded to outside' "$(posted_as forward 'to outside')" 11
	want 'back to the writer' "$(posted_as back '')" 1
	want 'office letters' "$(posted_as office '')" 1
}

# The batch of the day is the second one.
posted_as() {
	awk -F, -v way="$1" -v direction="$2" '
		$5 == way && $12 == "B2" && (direction == "" || $6 == direction)
		' posted | wc -l
}

# The three words in another order: no paper of this office.
turned() {
	awk '{ print $2, $3, $1 }' <<<"$1"
}

look_back() {
	title '10. Afterwards'
	run ruth letter history "$(code P13)"
	quiet ruth report letter "$(code P13)" -o pdf/09-history.pdf
	check_posted
	note "Three words stand on the manifest. They prove the chain to this" \
		"point, whatever happens to the computer."
	witness=$(text_of pdf/07-manifest.pdf | sed -n '/^Witness/,$p' |
		grep -oE '^ +([2-8CDFHKMPRTVWX]{3}-){2}[2-8CDFHKMPRTVWX]{3}$' |
		tr -d '\n' | sed 's/^ *//;s/  */ /g')
	[ -n "$witness" ] || wrong 'no three words on the manifest'
	run ruth audit verify --witness "$witness"
	refused ruth checkpoint audit verify --witness "$(turned "$witness")"
}

# The most that a plain letter took by hand, at the bench or at the table.
most_by_hand() {
	awk -F '\t' -v kind="$1" '
		$1 == kind { n[$2]++ }
		END { for (p in n) if (n[p] > most) most = n[p]; print most + 0 }
		' hands
}

summary() {
	local at_bench at_table
	title 'The day'
	at_bench=$(most_by_hand bench-plain)
	at_table=$(most_by_hand table-plain)
	printf '%s\n' \
		'  brought forward 0 + 32 counted + 1 found inside + 1 of our own' \
		'  = 29 posted (16 in, 11 out, 1 back, 1 of ours)' \
		'    + 1 handed back + 0 thrown away + 4 carried over'
	printf '  A plain letter: %s actions at the bench, %s at the table.\n' \
		"$at_bench" "$at_table"
	printf '  Everything that was done by hand that day: %s actions.\n' \
		"$(grep -vc ^earlier hands)"
	[ "$at_bench" -gt 0 ] && [ "$at_bench" -le 2 ] ||
		wrong "$at_bench actions at the bench for a plain letter"
	[ "$at_table" -gt 0 ] && [ "$at_table" -le 2 ] ||
		wrong "$at_table actions at the table for a plain letter"
	rm -f earlier-* codes corners till posted
	printf '\nThe printed pages are in %s:\n' "${work#"$top"/}/pdf"
	ls pdf | sed 's/^/  /'
	printf '%s seconds. The office is in %s: look around with\n' \
		$((SECONDS - started)) "${work#"$top"/}/office"
	printf '  export MAILROOM_OFFICE=%s\n' "$MAILROOM_OFFICE"
	printf "  export MAILROOM_PASSPHRASE='%s'\n" "$(passphrase_of ruth)"
	printf '  %s/mailroom --now 2026-11-23T13:00 office show\n' "$build"
}
