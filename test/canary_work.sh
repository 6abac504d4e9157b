# What happens to the people of test/canary.sh.  Every byte that the program
# says goes to log/terminal; what is meant to show something goes elsewhere.
missed=''

# LABEL.FIELD TAB TEXT.  ODETTE and UTFOX live outside, BARNABUS and the rest
# inside; GRIBBLE is only in faulty lines, QUORVAN cannot be printed, SNICKER
# has a surname that is tried as a pen name.
write_canaries() {
	printf '%s\t%s\n' \
		ODETTE.name Quillfeather ODETTE.street 'Marzipan Hollow' \
		ODETTE.zip 59183 ODETTE.unit 9QXJ ODETTE.about axolotlkeeper \
		ODETTE.notes xylographdawn ODETTE.moved 'Tremolando Steps' \
		UTFOX.name Ångström-Łuczakova UTFOX.street 'Ñandúçelebi Yolu' \
		UTFOX.zip 48117-5923 UTFOX.about 'žluťoučkýkůň příběh' \
		BARNABUS.name Wexelgrath BARNABUS.number 77341-999 \
		BARNABUS.digits 77341999 BARNABUS.unit 'KESTRELLOFT' \
		BARNABUS.about sousaphonist BARNABUS.notes 'gruñónsecreto' \
		GRIBBLE.name Gribblethorpe GRIBBLE.street 'Fizzlewick Passage' \
		GRIBBLE.number 66213-99A GRIBBLE.about quincunxlover \
		QUORVAN.name Quorvandel QUORVAN.number 55128-999 \
		QUORVAN.unit 'PANGOLINWING' \
		SNICKER.name Snickerbyworth SNICKER.number 44917-999 \
		>"$work/canaries"
	printf '%s\t%s\n' \
		ruth 'plum orchard seven zanzibarine quiet' \
		sam 'copper kettle nine quetzalcoat slow' \
		wrong 'mistaken velociraptor seven orchard' >"$work/secrets"
}

passphrase_of() {
	sed -n "s/^$1\t//p" "$work/secrets"
}

# Run as a user; what it says is kept; its code is asked for by the caller.
m() {
	local who=$1
	shift
	MAILROOM_PASSPHRASE=$(passphrase_of "$who") \
		mailroom --user "$who" "$@" >>"$work/log/terminal" 2>&1
}

good() {
	m "$@" && return
	missed="$missed
refused: $(tail -n 1 "$work/log/terminal") -- ${*:2:3}"
	return 1
}

bad() {
	! m "$@" || missed="$missed
not refused: ${*:2:3}"
}

# A value of an answer that this test itself needs.
ask() {
	local who=$1
	shift
	MAILROOM_PASSPHRASE=$(passphrase_of "$who") \
		mailroom --user "$who" "$@" --csv 2>/dev/null | tee -a \
		"$work/log/terminal" | sed 1d
}

make_office() {
	MAILROOM_PASSPHRASE=$(passphrase_of ruth) mailroom init \
		"$work/office" --name 'Bridge Letters' --street 'PO BOX 1138' \
		--city Danbury --state CT --zip 06810 --zone America/New_York \
		--coordinator ruth >>"$work/log/terminal" 2>&1
	pdftotext -layout "$work/office/recovery-sheet.pdf" - 2>/dev/null |
		grep -oE '([2-8CDFHKMPRTVWX]{3}-){2}[2-8CDFHKMPRTVWX]{3}' |
		sort -u | awk '{ print "recovery" NR "\t" $0 }' \
		>>"$work/secrets"
	good ruth facility import "$top/test/data/facilities-federal.csv"
	good admin user add vera volunteer
	good admin user add sam staff
	MAILROOM_NEW_PASSPHRASE=$(passphrase_of sam) good sam user passphrase
	good ruth user grant sam
}

header=ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,state,zip,country,language,interests,about,slots

add_people() {
	{
		echo $header
		echo 'O-1,outside,Heron,Odette Quillfeather,,,7734 Marzipan Hollow,APT 9QXJ,Danbury,CT,59183,US,en,chess,an axolotlkeeper of old,3'
		echo 'O-2,outside,Fuchs,Þórdís Ångström-Łuczakova,,,4471 Ñandúçelebi Yolu,,Ohio City,OH,48117-5923,US,es,chess,žluťoučkýkůň příběh,3'
		echo 'I-1,inside,Barney,Barnabus Wexelgrath,77341-999,MAN,,KESTRELLOFT,,,,US,en,chess,once a sousaphonist,3'
		echo 'I-2,inside,Quor,Quorvandel 漢字,55128-999,BEN,,PANGOLINWING,,,,US,en,chess,,3'
	} >"$work/people.csv"
	good ruth correspondent import "$work/people.csv" --dry-run
	good ruth correspondent import "$work/people.csv"
	good ruth correspondent import "$work/people.csv"
	sed 's/Odette/Odile/;s/KESTRELLOFT/KESTRELLOFT 2/' "$work/people.csv" \
		>"$work/changed.csv"
	good ruth correspondent import "$work/changed.csv" --dry-run --json
	good ruth correspondent import "$work/changed.csv" --csv
	good ruth correspondent add inside Snick \
		--legal-name 'Wim Snickerbyworth' --register-number 44917-999 \
		--facility MAN --ref I-3
	good ruth pairing open O-1 I-1
	good ruth pairing open O-2 I-1
	good ruth pairing open O-1 I-2
}

# Every fault of a list, in lines that are full of canaries.
spoil_imports() {
	local spoil line file=$work/spoilt.csv
	line='I-9,inside,Grib,Gus Gribblethorpe,66213-999,MAN,Fizzlewick Passage,,,,,US,en,chess,a quincunxlover,1'
	for spoil in 's/66213-999/66213-99A/' 's/66213-999/66213/' \
		's/,MAN,/,Gribblethorpe,/' 's/inside/Gribblethorpe/' \
		's/,US,/,Gribblethorpe,/' 's/,en,/,Fizzlewick,/' \
		's/,1$/,Fizzlewick Passage/' 's/Grib,/Gribblethorpe,/' \
		's/Gus /Gus "/' 's/Gus /"Gus/' 's/Gus /Gus \xff/' \
		's/Gus /Gus \x01/' 's/,1$/,1,Gribblethorpe/' 's/,chess.*//' \
		's/66213-999/77341-999/' 's/^I-9/Fizzlewick Passage/'; do
		{
			echo $header
			sed "$spoil" <<<"$line"
		} >"$file"
		bad ruth correspondent import "$file"
		m ruth correspondent import "$file" --dry-run
		m ruth correspondent import "$file" --dry-run --json
	done
	printf '%s\n%s\n' "$header,Gribblethorpe" "$line" >"$file"
	bad ruth correspondent import "$file"
	printf '%s\n%s\n%s\n' "$header" "$line" "$line" >"$file"
	bad ruth correspondent import "$file"
	printf 'outside_ref,inside_ref,opened\nGribblethorpe,I-1,2026-01-01\n' \
		>"$file"
	bad ruth pairing import "$file"
}

# Refusals of every kind, with canaries among the words.
fail_loudly() {
	bad wrong correspondent show O-1
	MAILROOM_PASSPHRASE=$(passphrase_of wrong) mailroom --user ruth \
		correspondent reveal O-1 delivery >>"$work/log/terminal" 2>&1
	MAILROOM_PASSPHRASE=$(passphrase_of wrong) mailroom --user ruth \
		correspondent find --name 'Odette Quillfeather' \
		>>"$work/log/terminal" 2>&1
	bad vera correspondent find --name 'Barnabus Wexelgrath'
	bad vera correspondent reveal I-1 delivery
	bad admin correspondent find --register-number 77341-999
	bad ruth correspondent reveal I-1 Quillfeather
	m ruth correspondent find --register-number 66213-99A
	bad ruth correspondent find --name 'Gus Gribblethorpe' --last 3
	bad ruth correspondent add outside Quillfeather \
		--legal-name 'Odette Quillfeather' --street 'Marzipan Hollow' \
		--city X --state CT --zip 59183
	m ruth correspondent add inside Second \
		--legal-name 'Barnabus Wexelgrath' \
		--register-number 77341-999 --facility MAN
	bad ruth correspondent add outside Third --legal-name 'A Gribblethorpe' \
		--street 'Fizzlewick Passage' --city X --state CT --zip \
		Gribblethorpe
	bad ruth correspondent move O-1 --street 'Fizzlewick Passage' \
		--zip 66213-99A
	bad ruth correspondent update I-1 --register-number 66213-99A
	bad ruth correspondent update I-3 --pen-name Snickerbyworth
	bad ruth correspondent update I-3 --pen-name 'Wim SNICKERBYWORTH'
}

work_with_people() {
	good ruth correspondent update O-1 --notes 'call not xylographdawn'
	good ruth correspondent update I-1 --notes 'gruñónsecreto'
	good ruth correspondent update O-1 --about 'an axolotlkeeper still'
	good ruth correspondent move O-1 --street '12 Tremolando Steps' \
		--city Danbury --state CT --zip 59183
	good ruth correspondent find --name 'Barnabus Wexelgrath'
	good ruth correspondent find --register-number 77341-999 --json
	good ruth correspondent find --register-number 77341999 --csv
	good ruth correspondent show O-1
	good ruth correspondent show I-1 --json
	good ruth correspondent list
	MAILROOM_PASSPHRASE=$(passphrase_of ruth) mailroom --user ruth \
		correspondent reveal I-1 delivery >"$work/log/reveal" 2>&1
}

# The ID that one side of a pairing writes.
id_of() {
	ask ruth pairing list | awk -F, -v p="$1" -v n="$2" '$1 == p { print $n }'
}

mail_day() {
	local inside outside turned unprintable number
	outside=$(id_of P1 5)
	inside=$(id_of P1 8)
	turned=$(id_of P2 5)
	unprintable=$(id_of P3 5)
	good sam day open 5
	printf '%s\n' "$outside" 2 "$inside" 1 "$turned" W "$unprintable" 1 \
		N Barney/Heron 1 'Wexelgrath/Quillfeather' \
		"$inside" P U U '?' Quillfeather 77341-999 Q >"$work/keys"
	MAILROOM_PASSPHRASE='' mailroom --user vera station \
		<"$work/keys" >>"$work/log/terminal" 2>&1
	good vera sheet print --new -o sheets.pdf
	good sam label print A2 --stock avery-5163 -o label.pdf
	good sam envelope print A1 -o envelope.pdf
	m sam envelope print A4 -o unprintable.pdf
	m sam envelope print --cleared -o all-envelopes.pdf
	good sam letter refuse A3 --back
	good vera sheet print A3 -o back-sheet.pdf
	good sam label print A3 --stock avery-5163 -o back-label.pdf
	good sam letter new O-1 add-your-id --pairing P1
	number=$(ask sam letter list | awk -F, '$5 == "office" { print $2 }')
	good sam letter print "$number" -o office-letter.pdf
	bad sam label print A1 --stock avery-5163 -o label-inside.pdf
	print_all
	seal_all
	good sam postage list
	good sam report postage
	good sam batch close -o manifest.pdf
	m sam day close 1 1 --trays red=9
	m sam day close 1 1 --trays red=9 --accept unexplained
	good sam day sheet -o day-sheet.pdf
}

# Stubs and envelopes, right and wrong.
seal_all() {
	local codes stub envelope pdf
	for pdf in sheets label back-sheet back-label; do
		pdftoppm -r 200 -gray $pdf.pdf "$work/page-$pdf" 2>/dev/null
	done
	codes=$(zbarimg -q --raw -Sdisable -Sqrcode.enable "$work"/page-*.pgm \
		2>/dev/null)
	for stub in $(grep ^L <<<"$codes"); do
		for envelope in $(grep ^E <<<"$codes") KKK; do
			m sam letter seal "$stub" "$envelope"
		done
	done
}

# Everything that shows, lists, tells or explains.
look_everywhere() {
	local page n=0
	for page in 'correspondent list' 'facility list' 'pairing list' \
		'letter list' 'enclosure list' 'batch list' 'day list' \
		'day balance' 'day countersign' 'user list' 'setting list' \
		'office show' 'office check' 'audit show' 'audit verify' \
		'letter reasons' 'letter history A1' 'pairing history P1' \
		'correspondent history O-1' 'correspondent history I-1' \
		'facility history MAN' 'facility show MAN' 'id list P1' \
		'letter candidates --dear Wexelgrath' 'scan A1' \
		'pairing show P1' 'letter show A1' 'batch show B1' \
		'letter route A1' 'letter route A2' 'postage list' \
		'postage prices' 'report postage' 'printer list' 'form list' \
		'form lint' 'facility rule MAN' 'letter last'; do
		m ruth $page
		n=$((n + 1))
		m ruth $page --json -o list-$n.json
		m ruth $page --csv -o list-$n.csv
	done
	good ruth report letter A1 -o history-letter.pdf
	good ruth report pairing P1 -o history-pairing.pdf
	good ruth report correspondent O-1 -o history-outside.pdf
	good ruth report correspondent I-1 -o history-inside.pdf
	good ruth report facility MAN -o history-facility.pdf
	good ruth audit export -o events.csv
	good ruth audit export --format jsonl -o events.json
	m ruth help
	m ruth help correspondent add
	m ruth help --markdown
	# A word that was typed as a command is told as it was typed.
	mailroom correspondent Quillfeather >"$work/log/typed" 2>&1 &&
		missed="$missed
not refused: a verb that there is not"
	queue_pages
	texts_of_pages
}

# Text and bytes of every page.
texts_of_pages() {
	local pdf
	mkdir -p "$work/text"
	for pdf in *.pdf; do
		pdftotext -layout "$pdf" "$work/text/$pdf.txt" 2>/dev/null
		qpdf --qdf --object-streams=disable --stream-data=uncompress \
			"$pdf" "$work/text/$pdf.qdf" 2>/dev/null
	done
}

# A station and an import, killed in mid-work with the vault open.
# A backup, some that are killed, the drill, and an office out of one.
keep_backups() {
	local n file words
	words=$(pdftotext -layout "$work/office/recovery-sheet.pdf" - \
		2>/dev/null | awk '/^ +[0-9] .*-/ { print $2, $4 }')
	good ruth office backup
	for n in 0.03 0.06 0.1; do
		(
			timeout -s KILL $n mailroom --user ruth office backup \
				>>"$work/log/terminal" 2>&1
			:
		) 2>/dev/null
		for file in "$work/office"/backup.scratch*; do
			[ ! -e "$file" ] ||
				cp "$file" "$work/kept/crash-$n-${file##*/}"
		done
	done
	good ruth office backup
	file=$(ls "$work"/office/backups/*.backup | tail -n 1)
	export MAILROOM_RECOVERY_WORDS=$words
	good ruth office restore "$file" --check
	good ruth office restore "$file" --to "$work/restored"
	unset MAILROOM_RECOVERY_WORDS
}

crash() {
	local pid n
	coproc STATION {
		MAILROOM_PASSPHRASE='' exec mailroom --user vera station \
			>>"$work/log/terminal" 2>&1
	}
	pid=$STATION_PID
	for n in 1 2 3; do
		printf '%s\n1\n' "$(id_of P1 5)" >&"${STATION[1]}"
	done
	sleep 0.5
	cat "/proc/$pid/limits" >"$work/log/limit" 2>&1
	cp "$work/office/mailroom.db" "$work/office"/mailroom.db-* "$work/kept"
	kill -SEGV "$pid"
	wait "$pid" 2>/dev/null
	for n in $(seq 1 3000); do
		echo "X-$n,outside,Pen$n,Odette Quillfeather,,,7734 Marzipan Hollow,,Danbury,CT,59183,US,en,chess,axolotlkeeper,1"
	done | { echo $header; cat; } >"$work/many.csv"
	for n in 0.15 0.3 0.5; do
		(
			timeout -s KILL $n env MAILROOM_PASSPHRASE="$(
				passphrase_of ruth)" mailroom --user ruth \
				correspondent import "$work/many.csv" \
				>>"$work/log/terminal" 2>&1
			:
		) 2>/dev/null
		for file in "$work/office"/mailroom.db*; do
			cp "$file" "$work/kept/crash-$n-${file##*/}"
		done
	done
	good ruth office check
}
