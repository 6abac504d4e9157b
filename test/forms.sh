#!/bin/sh
# Every form drawn, rendered at 300 dpi and read back by other programs: text,
# codes, fonts, metadata, geometry.  TAP.  B names the build folder.
# UPDATE=1 writes the expected texts anew, for a person to compare in git.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
here=test/forms
work=$(mktemp -d) || exit 1
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

# same EXPECTED GOT NAME: files; tells the difference.
same() {
	if diff "$1" "$2" >"$work/diff"; then
		ok 0 "$3"
	else
		sed 's/^/# /' "$work/diff" | head -n 20
		ok 1 "$3"
	fi
}

# mm N: pixels at 300 dpi.
mm() {
	awk "BEGIN { printf \"%d\", $1 / 25.4 * 300 }"
}

# crop PDF PAGE X Y W H: that part of the page in mm, as a PGM.
crop() {
	pdftoppm -q -gray -r 300 -f "$2" -l "$2" -x "$(mm "$3")" \
		-y "$(mm "$4")" -W "$(mm "$5")" -H "$(mm "$6")" \
		"$work/one/$1.pdf"
}

# dark PDF PAGE X Y W H: how many pixels there are not white.
dark() {
	crop "$@" | tail -n +4 | LC_ALL=C tr -d '\377' | wc -c
}

# codes PNG...: what an independent reader finds, sorted.
codes() {
	zbarimg -q --raw -Sdisable -Sqrcode.enable "$@" 2>/dev/null | sort
}

[ -x "$B/test/draw" ] || make -s B="$B" "$B/test/draw" || exit 1
mkdir "$work/one" "$work/two" "$work/png"
"$B/test/draw" "$work/one"
ok $? "every form can be drawn"
"$B/test/draw" "$work/two"
diff -r "$work/one" "$work/two" >/dev/null
ok $? "a second run gives the same bytes"

for pdf in "$work"/one/*.pdf; do
	name=$(basename "$pdf" .pdf)
	qpdf --check "$pdf" >"$work/check" 2>&1 &&
		! grep -q -i warning "$work/check"
	ok $? "$name: qpdf finds nothing wrong"
	: >"$work/said"
	! pdfinfo "$pdf" 2>>"$work/said" |
		grep -E '^(Title|Author|Subject|Keywords|Creator|CreationDate|ModDate):'
	ok $? "$name: no author, title or time"
	[ "$(pdffonts "$pdf" 2>>"$work/said" | tail -n +3 |
		awk '$(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes"' |
		wc -l)" -eq 0 ]
	ok $? "$name: every font is embedded as a subset that can be read"
	pdftotext -raw "$pdf" - 2>>"$work/said" | tr '\f' '\n' >"$work/text"
	[ "${UPDATE:-0}" = 1 ] && cp "$work/text" "$here/$name.txt"
	same "$here/$name.txt" "$work/text" "$name: the text is as expected"
	pdftoppm -gray -r 300 "$pdf" "$work/png/$name" 2>>"$work/said"
	same /dev/null "$work/said" "$name: poppler finds nothing wrong"
done

# zxing PGM: the codes of that page; it takes PNG, so render once more.
zxing() {
	page=$(basename "$1" .pgm)
	number=$(echo "${page##*-}" | sed 's/^0*//')
	pdftoppm -q -gray -r 300 -png -f "$number" -l "$number" \
		"$work/one/${page%-*}.pdf" >"$work/page.png"
	ZXingReader -format QRCode "$work/page.png" |
		sed -n 's/^Text: *"\(.*\)"$/\1/p'
}

# Codes, file by file: what went in comes out, and nothing else.
expect() {
	name=$1
	shift
	printf '%s\n' "$@" | sort >"$work/expected"
	codes "$work/png/$name"-[0-9]*.pgm >"$work/got"
	same "$work/expected" "$work/got" "$name: zbar reads every code"
	command -v ZXingReader >/dev/null || return
	for pgm in "$work/png/$name"-[0-9]*.pgm; do
		zxing "$pgm"
	done | sort >"$work/got"
	same "$work/expected" "$work/got" "$name: ZXing reads every code"
}

L=L2CD4HFKMP7RT3WXTVHK
I=L5RT4HFKMPXDW4WXTVHK
S=SK7M4RPTMK2223456782
E=E2CD4HFKMP7RT3WXTVHK
W='B0 48213 2CD4HFKMP 7RTXW35VH K8M6RPTMC'
R=R2CD4HFKMP7RTXW35VHK8M6RPTMC3FH5KD2PXW4RTVH8CDXMP2K6HF7RT53WXVD45HXKC8
R=${R}MF2P7DW3T4RK
expect cover-letter $L $S $I $I $L $L $S
expect cover-a4 $L $S $I $I $L $L $S
expect cards-letter $L $L
expect cards-a4 $L $L
expect envelope $E
expect envelope-sizes $E $E $E $E $E
expect label-thermal-4x6 $E
expect label-avery-5163 $E $E $E $E $E $E $E
expect manifest "$W"
expect manifest-short "$W"
expect recovery $R
for name in letter-letter letter-a4 history day label-avery-5160; do
	[ -z "$(codes "$work/png/$name"-[0-9]*.pgm)" ]
	ok $? "$name: carries no code"
done

# What goes inside: nothing coded above the tear line.
crop cover-letter 2 0 0 215.9 185.8 >"$work/upper.pgm"
[ -z "$(codes "$work/upper.pgm")" ]
ok $? "the travelling part for inside carries no QR"
pdftotext -q -f 2 -l 2 -x 0 -y 0 -W 612 -H 526 "$work/one/cover-letter.pdf" \
	"$work/upper.txt"
grep -q 'DEPT 7HX-K2D-FWV' "$work/upper.txt"
ok $? "the travelling part for inside carries the forwarding ID"
! grep -q -e 5RT -e B104 "$work/upper.txt"
ok $? "the travelling part for inside carries no letter code, no day number"
for page in 3 7; do
	pdftotext -q -f $page -l $page -x 0 -y 0 -W 612 -H 526 \
		"$work/one/cards-letter.pdf" "$work/upper.txt"
	crop cards-letter $page 0 0 215.9 185.8 >"$work/upper.pgm"
	grep -q 'PO BOX 1138' "$work/upper.txt" &&
		! grep -q -e 2CD -e "Page 12" "$work/upper.txt" &&
		[ -z "$(codes "$work/upper.pgm")" ]
	ok $? "page $page for a day without power: no code above the tear line"
done
for page in 1 2 4 5 6; do
	pdftotext -q -f $page -l $page -x 0 -y 0 -W 612 -H 396 \
		"$work/one/cards-letter.pdf" "$work/upper.txt"
	! grep -q -e 2CD -e A17 -e E3 "$work/upper.txt"
	ok $? "card or receipt $page: no letter code, no number"
done
[ "$(codes "$work/png/envelope-1.pgm" | wc -l)" -eq 0 ]
ok $? "the envelope for inside carries no QR"

# Geometry: the tear line at the lower fold, the clear zones of the envelope.
[ "$(dark cover-letter 1 10 185.7 190 0.6)" -gt 1000 ] &&
	[ "$(dark cover-letter 1 0 182.6 215.9 2.8)" -eq 0 ]
ok $? "the tear line of Letter is at 186 mm"
[ "$(dark cover-a4 1 10 197.7 190 0.6)" -gt 1000 ] &&
	[ "$(dark cover-a4 1 0 194.6 210 2.8)" -eq 0 ]
ok $? "the tear line of A4 is at 198 mm"
for page in 1 2 3; do
	[ "$(dark envelope $page 120.6 88.9 120.7 15.9)" -eq 0 ]
	ok $? "envelope $page: the barcode clear zone is empty"
	[ "$(dark envelope $page 114 34.9 114.6 54)" -gt 1000 ] &&
		[ "$(dark envelope $page 228.6 34.9 12.7 54)" -eq 0 ]
	ok $? "envelope $page: the address is in the OCR read area"
	[ "$(dark envelope $page 5 25.3 90 6)" -eq 0 ] &&
		[ "$(dark envelope $page 5 31.3 90 3.4)" -gt 500 ] &&
		[ "$(dark envelope $page 5 34.8 90 6.3)" -eq 0 ]
	ok $? "envelope $page: the endorsement has a quarter inch clear"
done
[ "$(dark label-avery-5163 1 4 12.7 207 50.8)" -eq 0 ]
ok $? "labels before the start stay empty"

# A page that is moved against its printer: a line that belongs to 10 mm is
# drawn where the printer takes it there, and nowhere else.
cmp -s "$work/one/ruler-letter.pdf" "$work/one/ruler-true.pdf"
ok $? "a printer that prints true leaves the bytes as they are"
[ "$(dark ruler-letter 1 9.7 120 0.6 4)" -gt 0 ] &&
	[ "$(dark ruler-letter 1 60 9.7 4 0.6)" -gt 0 ] &&
	[ "$(dark ruler-letter 1 199.7 205 0.6 4)" -gt 0 ]
ok $? "the lines of the ruler page lie where they should"
# (10 - 1.5) / 1.002, (200 - 1.5) / 1.002, (10 + 2) / 0.99, (260 + 2) / 0.99
[ "$(dark ruler-moved 1 8.2 120 0.6 4)" -gt 0 ] &&
	[ "$(dark ruler-moved 1 197.8 205 0.6 4)" -gt 0 ] &&
	[ "$(dark ruler-moved 1 60 11.8 4 0.6)" -gt 0 ] &&
	[ "$(dark ruler-moved 1 60 264.3 4 0.6)" -gt 0 ] &&
	[ "$(dark ruler-moved 1 9.7 120 0.6 4)" -eq 0 ] &&
	[ "$(dark ruler-moved 1 60 9.7 4 0.6)" -eq 0 ]
ok $? "and are moved by what was measured"

echo "1..$count"
[ "$failures" -eq 0 ]
