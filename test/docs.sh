#!/bin/sh
# The pages that the table of operations writes are those in git.  TAP.
#	test/docs.sh BUILD
set -u
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# same N NAME FILE FILE
same() {
	if diff "$3" "$4" >"$work/diff"; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2: run 'make docs'"
		head -n 20 "$work/diff" | sed 's/^/# /'
		failed=1
	fi
}

failed=0
"$1/mailroom" help --markdown >"$work/operations.md"
same 1 "docs/operations.md is what the table says" docs/operations.md \
	"$work/operations.md"
cp docs/mailroom.1 "$work/mailroom.1"
"$1/mailroom" help --man | docs/put-operations.sh "$work/mailroom.1"
same 2 "docs/mailroom.1 is what the table says" docs/mailroom.1 \
	"$work/mailroom.1"
echo "1..2"
exit $failed
