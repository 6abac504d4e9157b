# What test/demo.sh does things with: commands shown and checked, a station
# with a person at it, a scanner that reads the printed pages.
exec 3>&1
trap 'stop_station' EXIT
export TZ=UTC LC_ALL=C.UTF-8 MAILROOM_OFFICE=$work/office
unset MAILROOM_USER MAILROOM_REQUEST COLUMNS
clock=2026-11-02T09:00

wrong() {
	printf '\nWRONG: %s\n' "$*" >&3
	stop_station
	exit 1
}

# want WHAT GOT WANTED
want() {
	[ "$2" = "$3" ] || wrong "$1: $2, but it should be $3"
}

title() {
	printf '\n%s\n%s\n' "$1" "${1//?/-}"
}

note() {
	printf '%s\n' "$*" | fold -s -w 76 | sed 's/ *$//'
}

# The passphrase that a user types.
passphrase_of() {
	case $1 in
	ruth) echo 'plum orchard seven lantern quiet' ;;
	sam) echo 'copper kettle nine window slow' ;;
	esac
}

# At the practice office's clock, as a user.  Output as it is.
m() {
	local who=$1
	shift
	MAILROOM_PASSPHRASE=$(passphrase_of "$who") \
		mailroom --now "$clock" --user "$who" "$@"
}

# Words as one would type them.
typed() {
	local word
	printf '   %s$ mailroom' "$1"
	shift
	for word; do
		word=${word#"$data/"}
		case $word in
		*[\ \$]*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	echo
}

# A command is shown and run, its answer shown; it must do what it says.
run() {
	local who=$1 out
	shift
	typed "$who" "$@"
	out=$(m "$who" "$@" 2>&1) || {
		printf '%s\n' "$out"
		wrong "it was refused: mailroom $*"
	}
	printf '%s\n' "$out" | sed '/^PRACTICE: /d;s/^/     /' |
		sed '21,$d;20s/.*/     .../'
}

# The same, of which only its success matters here.
quiet() {
	local who=$1 out
	shift
	out=$(m "$who" "$@" 2>&1) || {
		printf '%s\n' "$out"
		wrong "it was refused: mailroom $*"
	}
}

# It must be refused, with a sentence that has these words.
refused() {
	local who=$1 words=$2 out
	shift 2
	typed "$who" "$@"
	out=$(m "$who" "$@" 2>&1) && wrong "it was not refused: mailroom $*"
	printf '%s\n' "$out" | fold -s -w 74 |
		sed '/^PRACTICE: /d;s/ *$//;s/^/     /'
	case $out in
	*"$words"*) ;;
	*) wrong "the refusal does not speak of '$words'" ;;
	esac
}

# A field of a one-line answer: field LETTER state
field() {
	m ruth letter show "$1" --csv | awk -F, -v f="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == f) c = i }
		NR == 2 { print $c }'
}

# How many letters of the demo day are in a state.
count_state() {
	m ruth letter list --state "$1" --csv --limit 500 | sed 1d | wc -l
}

# A person sits down at a station; what the screen says comes line by line.
sit() {
	local who=$1 letter=$2
	shift 2
	coproc STATION {
		MAILROOM_PASSPHRASE=$(passphrase_of "$who") exec \
			expect -f "$top/test/station.exp" mailroom \
			--now "$clock" --user "$who" --station "$letter" \
			station "$@" 2>&1
	}
	read_screen
}

stop_station() {
	[ -n "${STATION_PID:-}" ] || return 0
	exec {STATION[1]}>&- 2>/dev/null
	wait "$STATION_PID" 2>/dev/null
	STATION_PID=
}

# The screen into $verdict (its big words) and $words.
read_screen() {
	local line
	verdict='' words=''
	while IFS= read -r -t 30 line <&"${STATION[0]}"; do
		[ "$line" = . ] && return 0
		if [ -z "$verdict" ]; then
			verdict=$line
		else
			words="$words${words:+$'\n'}$line"
		fi
	done
	wrong "the station stopped: $verdict $words"
}

# One thing done by hand at a station.  What it was, for the count of hand
# actions: HAND PIECE; then what is scanned or typed.
hand() {
	printf '%s\t%s\n' "$1" "$2" >>"$work/hands"
	printf '%s\n' "$3" >&"${STATION[1]}"
	read_screen
}

show_screen() {
	printf '     %s\n' "$verdict"
	printf '%s\n' "$words" | sed 's/^/       /'
}

# expect_verdict A|B: big words, any of them.
expect_verdict() {
	case "|$1|" in
	*"|$verdict|"*) ;;
	*)
		show_screen
		wrong "the station says $verdict, it should say $1"
		;;
	esac
}

# What a scanner sees on a printed page: every QR code, a line each.  A reader
# of whole pages misses a code now and then; what it missed at one size it sees
# at another, so it goes on until it has seen as many as there should be.  Where
# there should be none, it looks at two sizes.
#	scan_pages FILE HOW-MANY
scan_pages() {
	local dpi sizes='200 300 400'
	pdfinfo "$1" >/dev/null 2>&1 || wrong "$1 has no pages"
	[ "$2" -gt 0 ] || sizes='200 300'
	: >seen
	for dpi in $sizes; do
		rm -f page-*.pgm
		pdftoppm -r "$dpi" -gray "$1" page 2>/dev/null
		zbarimg -q --raw -Sdisable -Sqrcode.enable page-*.pgm \
			2>/dev/null >>seen
		[ "$2" -eq 0 ] || [ "$(sort -u seen | wc -l)" -lt "$2" ] ||
			break
	done
	awk '!seen[$0]++' seen
	rm -f seen page-*.pgm
}

# The text of a printed page, blanks as they stand.
text_of() {
	pdftotext -layout "$1" - 2>/dev/null
}
