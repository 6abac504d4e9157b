#!/bin/sh
# An office of a million letters from a file to a PostgreSQL server and back,
# as TAP, with what each way took.  Every row is compared and both chains are
# verified by the copy itself; at the end the two files are compared once more.
# Not part of `make check`: it takes its time.
#	test/copy_million.sh [BUILD [LETTERS]]
set -u
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${MAILROOM_TEST_DB-}" ]; then
	exec "$here/pgsql_server.sh" "$0" "$@"
fi
B=${1:-build}
letters=${2:-1000000}
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
		sed 's/^/# /' "$work/error"
		failures=$((failures + 1))
	fi
}

# told KEY FILE: a value of an answer.
told() {
	grep -o "\"$1\":[^,}]*" "$2" | head -n 1 | cut -d : -f 2 | tr -d '"'
}

# copy NAME FROM TO: the answer to $work/NAME, and how fast it was.
copy() {
	began=$(date +%s%N)
	"$B/mailroom" office copy "$2" "$3" --json >"$work/$1" 2>"$work/error"
	status=$?
	ms=$((($(date +%s%N) - began) / 1000000))
	rows=$(told rows "$work/$1")
	ok $status "$1: ${rows:-no} rows in $((ms / 1000)).$((ms / 100 % 10)) s, \
$((${rows:-0} * 1000 / (ms + 1))) a second"
}

"$B/test/bench/bench" "$work/office" "$letters" >"$work/error" 2>&1
ok $? "an office of $letters letters is made"
server="$MAILROOM_TEST_DB options='-c search_path=million'"
"$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/psql" \
	"$MAILROOM_TEST_DB" -qc 'CREATE SCHEMA million' >"$work/error" 2>&1
ok $? "a schema is made for it"
copy there "sqlite:$work/office/mailroom.db" "$server"
copy back "$server" "sqlite:$work/back.db"
copy again "sqlite:$work/back.db" "sqlite:$work/again.db"
for name in back again; do
	[ -n "$(told hash "$work/there")" ] &&
		[ "$(told hash "$work/there")" = "$(told hash "$work/$name")" ] &&
		[ "$(told to_hash "$work/there")" = \
			"$(told to_hash "$work/$name")" ]
	ok $? "the rows and the head of $name are those of the first office"
done
echo "1..$count"
[ "$failures" -eq 0 ]
