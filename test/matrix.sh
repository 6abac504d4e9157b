#!/bin/sh
# Every form in both languages on both papers: drawn twice, the bytes alike,
# no fault in the file, no metadata, fonts embedded, the text as expected and
# every code read back.  TAP.  B names the build folder; UPDATE=1 writes the
# expected texts anew, for a person to compare in git.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
here=test/forms/matrix
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

# sizes PDF: the pages' sizes in points, each once.
sizes() {
	pdfinfo -f 1 -l 999 "$1" 2>/dev/null |
		sed -n 's/^Page .* size: *\([0-9.]* x [0-9.]*\) pts.*/\1/p' |
		sort -u
}

[ -x "$B/test/draw_all" ] || make -s B="$B" "$B/test/draw_all" || exit 1
mkdir -p "$here"
for lang in en es; do
	for paper in letter a4; do
		this=$lang-$paper
		mkdir "$work/$this" "$work/$this-again"
		"$B/test/draw_all" "$work/$this" $lang $paper
		ok $? "$this: every form can be drawn"
		"$B/test/draw_all" "$work/$this-again" $lang $paper
		diff -r "$work/$this" "$work/$this-again" >/dev/null
		ok $? "$this: a second run gives the same bytes"
		for pdf in "$work/$this"/*.pdf; do
			name=$(basename "$pdf" .pdf)
			what="$this $name"
			qpdf --check "$pdf" >"$work/check" 2>&1 &&
				! grep -q -i warning "$work/check"
			ok $? "$what: qpdf finds nothing wrong"
			: >"$work/said"
			! pdfinfo "$pdf" 2>>"$work/said" | grep -E \
				'^(Title|Author|Subject|Keywords|Creator|CreationDate|ModDate):'
			ok $? "$what: no author, title or time"
			[ "$(pdffonts "$pdf" 2>>"$work/said" | tail -n +3 |
				awk '$(NF-4) != "yes" || $(NF-3) != "yes" ||
					$(NF-2) != "yes"' | wc -l)" -eq 0 ]
			ok $? "$what: every font is embedded as a subset that can be read"
			pdftotext -raw "$pdf" - 2>>"$work/said" |
				tr '\f' '\n' >"$work/text"
			same /dev/null "$work/said" \
				"$what: poppler finds nothing wrong"
			[ "${UPDATE:-0}" = 1 ] &&
				cp "$work/text" "$here/$this-$name.txt"
			same "$here/$this-$name.txt" "$work/text" \
				"$what: the text is as expected"
		done
	done
done

# The paper is the one that was asked for; codes are read in each.
for lang in en es; do
	for paper in letter a4; do
		this=$lang-$paper
		case $paper in
		letter) want='612 x 792' ;;
		a4) want='595.276 x 841.89' ;;
		esac
		for name in covers letters cards bench records; do
			[ "$(sizes "$work/$this/$name.pdf")" = "$want" ]
			ok $? "$this $name: every page is of that paper"
		done
		for name in covers bench cards; do
			pdftoppm -q -gray -r 200 "$work/$this/$name.pdf" \
				"$work/$this/$name"
			zbarimg -q --raw -Sdisable -Sqrcode.enable \
				-Scode128.enable "$work/$this/$name"-*.pgm \
				2>/dev/null | sort >"$work/got"
			[ "${UPDATE:-0}" = 1 ] && [ "$this" = en-letter ] &&
				cp "$work/got" "$here/$name-codes.txt"
			same "$here/$name-codes.txt" "$work/got" \
				"$this $name: every code is read"
			rm -f "$work/$this/$name"-*.pgm
		done
	done
done

# Nothing of English is left on a Spanish page of a participant.
for name in covers letters cards; do
	! grep -nE '\b(Dear|the|your|letter|and)\b' \
		"$here/es-letter-$name.txt" |
		grep -vE 'TEAR HERE|Print at|Page 12|Counted|Seen|Printed|BACK TO|stays in|When the|the screen|PRINTED' \
			>"$work/english" || [ ! -s "$work/english" ]
	status=$?
	[ $status -eq 0 ] || sed 's/^/# /' "$work/english" | head
	ok $status "es $name: says nothing in English"
done

echo "1..$count"
[ "$failures" -eq 0 ]
