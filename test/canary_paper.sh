# Everything that is printed, for test/canary.sh: each piece by itself as a
# file, so that it can be said whose words may stand on it, and the same
# pieces through a print server.  Source it after canary_work.sh.

# FILE TAB LABEL: whose words may stand on what was printed; files that are
# not listed may show nobody's.
may_show() {
	printf '%s\t%s\n' "$1" "$2" >>"$work/whose"
}

# The day number of what was logged last.
newest_number() {
	ask ruth letter list --limit 1 | cut -d, -f2
}

new_letter() {
	m sam letter receive "$1" --sheets 1
	number=$(newest_number)
}

print_all() {
	mkdir "$work/office/forms"
	printf '%s\n' 'letter.summer.1 = {name}: {pal} likes {interests}.' \
		'letter.summer.2 = {id}' 'letter.summer.3 = {address}' \
		>"$work/office/forms/wording-en.txt"
	cp "$work/office/forms/wording-en.txt" \
		"$work/office/forms/wording-es.txt"
	print_office_pages
	print_cards
	print_office_letters
	print_outsides
	print_blank_pages
	print_refused
	good sam postage price letter 2026-01-01 --first 78 --more 29 \
		--most 3.5 --source 'the counter'
	print_to_queue
	rm "$work"/office/forms/wording-*.txt
}

# What carries nobody's words at all.
print_office_pages() {
	good vera form bench -o bench.pdf
	good vera form scanner -o scanner.pdf
	m ruth form lint --all
	good ruth form lint --find window
	good ruth form list
	good ruth user badge vera -o badge.pdf
	good ruth user badge sam -o badge-old.pdf
	good ruth user badge sam -o badge-new.pdf
	m ruth printer list
	good ruth printer test desk -o ruler.pdf
	good ruth printer profile desk --left 11.2 --top 9.6 --across 190.4 \
		--down 249.5 --use all
	good ruth printer test desk -o ruler-2.pdf
}

# Cards and slips are drawn without the vault: nobody's words, either.
print_cards() {
	local e
	good sam id card --pairing P1 -o id-cards.pdf
	good sam id card --pairing P2 --side outside -o id-card-es.pdf
	good sam id card "$(id_of P1 8)" -o id-card-one.pdf
	money=$(found_in A1 money --money 20.50)
	photo=$(found_in A2 photo --count 2)
	for e in "$money" "$photo"; do
		good sam enclosure slip "$e" -o "slip-$e.pdf"
		good sam enclosure settle "$e" return
		good sam enclosure slip "$e" -o "slip-back-$e.pdf"
	done
}

found_in() {
	ask sam enclosure add "$@" | cut -d, -f1
}

# Each form to each side; the letters that speak of a letter or an enclosure
# go to whoever wrote it.
print_office_letters() {
	local form to who enclosure
	for form in welcome waiting-list introduction add-your-id \
		new-address summer; do
		for to in O-1:ODETTE O-2:UTFOX I-1:BARNABUS; do
			who=${to#*:}
			write_one "letter-$form-$who" "$who" "${to%:*}" $form \
				--pairing "$(pairing_for "$who")"
		done
	done
	for enclosure in "$money:ODETTE" "$photo:BARNABUS"; do
		write_one "letter-returned-${enclosure#*:}" "${enclosure#*:}" \
			--form enclosure-returned --enclosure "${enclosure%:*}"
	done
	write_one letter-money-ODETTE ODETTE --form money-received \
		--enclosure "$money"
	new_letter "$(id_of P1 8)"
	about=$number
	good sam letter hold "$about" photo
	write_one letter-held-BARNABUS BARNABUS --form letter-held \
		--about "$about"
	# Nobody is told of a letter, a pairing or an enclosure of another.
	bad sam letter new O-1 letter-held --about "$about"
	bad sam letter new O-2 enclosure-returned --enclosure "$money"
	bad sam letter new O-2 introduction --pairing P1
	bad sam letter new O-2 summer --pairing P3
	bad sam letter new O-2,I-1 summer --pairing P3
	good sam letter release "$about"
}

pairing_for() {
	case $1 in
	UTFOX) echo P2 ;;
	*) echo P1 ;;
	esac
}

# write_one FILE LABEL WORDS...: a letter of ours: page, stub and outside.
write_one() {
	local file=$1 who=$2
	shift 2
	number=none
	good sam letter new "$@" && number=$(newest_number)
	print_one "$file" "$who"
	may_show "$file.pdf" "$who"
	good sam letter print "$number" -o "$file.pdf"
}

# print_one FILE LABEL: its cover sheet, which shows nobody's words, and its
# envelope, which shows the addressee's.
print_one() {
	good vera sheet print "$number" -o "$1-sheet.pdf"
	may_show "$1-envelope.pdf" "$2"
	good sam envelope print "$number" -o "$1-envelope.pdf"
	good sam letter route "$number" --json
}

# Every outside that there is: plain, pages for windows, labels, the barcode
# of the post office, a code and the sender where a prison takes them.
print_outsides() {
	local piece
	good admin setting set mailer-id 123456
	good admin setting set laser-code yes
	new_letter "$(id_of P1 8)"
	good vera sheet print "$number" -o laser-sheet.pdf
	for piece in 10-window 10-double-window 9-window 6x9-window dl-window \
		c5-window a7 6-3-4; do
		may_show "out-$piece.pdf" ODETTE
		good sam envelope print "$number" --envelope $piece \
			-o out-$piece.pdf
	done
	for piece in thermal-4x6 avery-5163; do
		may_show "out-$piece.pdf" ODETTE
		good sam label print "$number" --stock $piece -o out-$piece.pdf
	done
	new_letter "$(id_of P1 5)"
	bad sam envelope print "$number" --envelope 10-window \
		-o out-forbidden.pdf
	good ruth facility rule MAN code_on_piece --value yes \
		--source 'Quillmark, letter of 2026-11-02'
	good ruth facility rule MAN sender_line --value pen-name \
		--source 'the same letter'
	print_one out-agreed BARNABUS
	good sam letter hold "$number" photo
	good sam letter refuse "$number" --back
	print_one out-turned ODETTE
	good admin setting set mailer-id 0
}

print_blank_pages() {
	local codes code
	good sam sheet blank 2 -o blank.pdf
	good sam sheet blank 1 --language es -o blank-es.pdf
	codes=$(pdftotext -layout blank.pdf - 2>/dev/null |
		grep -oE "[$alphabet]{3}(-[$alphabet]{3}){3}" | sort -u)
	for code in $codes; do
		# The second page is filled in by the other side.
		good vera letter receive "$(id_of P1 ${side:-5})" --page \
			"$code" --sheets 1
		bad vera letter receive "$(id_of P2 8)" --page "$code" \
			--sheets 1
		side=8
		number=$(newest_number)
		good vera sheet print "$number" -o "keyed-$side-$number.pdf"
	done
	[ "$(wc -w <<<"$codes")" = 2 ] || missed="$missed
no codes on the blank pages"
	good sam sheet void --all
}
alphabet=2345678CDFHKMPRTVWX

# Files of rubbish, names of rubbish, roles that may not.
print_refused() {
	local file op place
	head -c 300000 /dev/zero | tr '\0' 'Q' >"$work/long"
	head -c 20000 /dev/urandom >"$work/noise"
	printf '%s\n' 'Odette Quillfeather' '12 Tremolando Steps' 77341-999 \
		'=HYPERLINK("Wexelgrath")' >"$work/names"
	for file in people.csv long noise names; do
		bad sam envelope print --pile "$work/$file" -o pile.pdf
		bad ruth facility import "$work/$file"
		for place in label envelope; do
			cp "$work/$file" "$work/office/forms/$place-stock.csv"
			bad ruth form lint
			bad ruth form list
			rm "$work/office/forms/$place-stock.csv"
		done
		cp "$work/$file" "$work/office/forms/layout.txt"
		bad vera form bench -o spoilt.pdf
		rm "$work/office/forms/layout.txt"
		cp "$work/office/forms/wording-en.txt" "$work/kept-wording"
		cp "$work/$file" "$work/office/forms/wording-en.txt"
		bad sam letter new O-1 welcome
		bad vera form bench -o spoilt.pdf
		cp "$work/kept-wording" "$work/office/forms/wording-en.txt"
	done
	# A pipe is not waited for.
	for file in layout.txt label-stock.csv; do
		mkfifo "$work/office/forms/$file"
		timeout 60 env MAILROOM_PASSPHRASE="$(passphrase_of ruth)" \
			mailroom form lint --find 10 >>"$work/log/terminal" 2>&1
		[ $? -eq 4 ] || missed="$missed
not refused: a pipe as forms/$file"
		rm "$work/office/forms/$file"
	done
	for op in 'label print A1 --stock avery-5163' 'envelope print A1' \
		'letter print --new' 'letter new O-1 welcome' \
		'enclosure slip E3' 'id card --pairing P1' 'sheet blank' \
		'report correspondent O-1'; do
		bad vera $op -o vera.pdf
		bad admin $op -o vera.pdf
	done
	for op in 'user badge admin' 'report letter A1'; do
		bad vera $op -o vera.pdf
	done
	[ ! -e vera.pdf ] || missed="$missed
a volunteer has a page with addresses"
}

# The same through a print server, which keeps books of its own.
print_to_queue() {
	local name=$'nobody\e[2J/../../etc -o raw' i
	. "$top/test/cups_server.sh"
	CUPS_SERVER=127.0.0.1:9 bad sam envelope print A1 --printer desk
	(
		start_cups
		queue desk -E
		echo "$server $CUPS_SERVER" >"$work/server"
	) >>"$work/log/terminal" 2>&1
	read -r server CUPS_SERVER <"$work/server" || { missed="$missed
no print server"; return; }
	export CUPS_SERVER
	good vera form bench --printer desk
	good sam id card --pairing P1 --printer desk
	good sam enclosure slip "$money" --printer desk
	good vera sheet print A1 --printer desk
	good sam label print A2 --stock thermal-4x6 --printer desk
	good sam envelope print A1 --printer desk
	good sam letter print "$(office_letter)" --printer desk
	good ruth report correspondent O-1 --printer desk
	good ruth printer test desk
	good ruth printer list
	bad sam envelope print A1 --printer "$name"
	bad ruth printer profile "$name" --left 10 --top 10 --across 190 \
		--down 250
	for ((i = 0; i < 150; i++)); do
		[ "$(ls "$work"/cups/kept/*.pdf 2>/dev/null | wc -l)" -lt 9 ] ||
			break
		sleep 0.1
	done
	kill "$server"
	for ((i = 0; i < 50; i++)); do
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	server=
	unset CUPS_SERVER
}

office_letter() {
	ask sam letter list --state cleared |
		awk -F, '$5 == "office" { print $2; exit }'
}

# What the printer got, under the names that canary.sh knows.
queue_pages() {
	local pdf n=0 name
	for name in bench cards slip sheet label:ODETTE envelope:BARNABUS \
		letter:ODETTE report ruler; do
		n=$((n + 1))
		pdf=$work/cups/kept/$n.pdf
		[ -s "$pdf" ] || missed="$missed
nothing came out of the printer: $name"
		cp "$pdf" "queue-${name%:*}.pdf"
		case $name in
		*:*) may_show "queue-${name%:*}.pdf" "${name#*:}" ;;
		esac
	done
}

# What is planted on what is printed is found: in the drawn text, in a stream
# that is packed, in the title of a job, in the bytes of the printer.
planted_on_paper() {
	local dir=$work/planted-paper f
	mkdir "$dir"
	echo 'card.title = For Odette Quillfeather' \
		>"$work/office/forms/wording-en.txt"
	good sam id card --pairing P1 -o "$dir/drawn.pdf"
	rm "$work/office/forms/wording-en.txt"
	for f in badge bench blank day-sheet id-cards manifest out-turned-sheet \
		queue-sheet ruler scanner "slip-$money"; do
		qpdf --add-attachment "$work/names" --mimetype=text/plain -- \
			--compress-streams=y "$work/out/$f.pdf" \
			"$dir/packed-$f.pdf" 2>/dev/null
	done
	(
		mkdir "$dir/text"
		work=$dir
		cd "$dir" && texts_of_pages
	)
	[ -n "$(perl "$top/test/canary.pl" "$dir/text/drawn.pdf.txt" \
		<"$work/canaries")" ]
	ok $? 'a canary drawn on a card is found'
	for f in "$dir"/packed-*.pdf; do
		[ -z "$(perl "$top/test/canary.pl" "$f" <"$work/canaries")" ] &&
			[ -n "$(perl "$top/test/canary.pl" \
				"$dir/text/${f##*/}.qdf" <"$work/canaries")" ]
		ok $? "a canary packed into ${f##*/packed-} is found"
	done
	echo 'Quillfeather' >"$dir/1.title"
	[ -n "$(perl "$top/test/canary.pl" "$dir/1.title" <"$work/canaries")" ]
	ok $? 'a canary in the title of a job is found'
}
