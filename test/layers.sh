#!/bin/sh
# Who may know whom, as TAP: reads the #include lines and a few words that
# belong into one place only.
#	test/layers.sh [TREE]
# Without TREE also proves that a tree which breaks every rule is caught.
set -u
self=$(cd "$(dirname "$0")" && pwd)/layers.sh
cd "${1:-$(dirname "$0")/..}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
failures=0

# What stands on the public side of lib: the handle and the table, and small
# headers about text, codes, days and print queues that know no office.
public='mailroom|op|out|office|signin|certificate|openapi|text|code|payload|verdict|when|queue|answer|bench|backup|restore|job'
# What those may lean on besides.
leaf='arena|value'

# told NAME: not ok when $work/wrong has a line, which is shown.
told() {
	count=$((count + 1))
	if [ -s "$work/wrong" ]; then
		echo "not ok $count - $1"
		sed 's/^/# /' "$work/wrong"
		failures=$((failures + 1))
	else
		echo "ok $count - $1"
	fi
}

# includes FILE...: FILE: header, for each header of ours.
includes() {
	grep -Ho '^#include "[^"]*"' "$@" 2>/dev/null |
		sed 's/#include "\(.*\)"/ \1/'
}

# code FILE...: FILE:LINE: text without comments, for a search of words.
code() {
	awk 'FNR == 1 { inside = 0 } {
		s = $0
		gsub(/\/\*([^*]|\*[^\/])*\*\//, "", s)
		if (inside && s !~ /\*\//) next
		if (inside) { sub(/^.*\*\//, "", s); inside = 0 }
		if (s ~ /\/\*/) { sub(/\/\*.*/, "", s); inside = 1 }
		print FILENAME ":" FNR ": " s
	}' "$@"
}

# literals FILE...: FILE:LINE: what stands between quotes.
literals() {
	code "$@" | awk '{
		place = $1
		sub(/^[^ ]* /, "")
		gsub(/\\"/, "")
		n = split($0, part, "\"")
		out = ""
		for (i = 2; i <= n; i += 2)
			out = out " " part[i]
		if (out != "") print place out
	}'
}

nouns=$(ls lib/*.[ch] | grep -vE '^lib/(op_[a-z_]*\.c|paper(_[a-z]+)?\.[ch])$')
engine='^lib/sql_sqlite\.c:'

includes cli/*.[ch] | grep -vE ": (cli/[a-z_]+|lib/($public))\.h$" \
	>"$work/wrong"
told "the command line knows the table and the public headers"

includes mailroomd/*.[ch] |
	grep -vE ': (mailroomd/[a-z_]+|lib/(mailroom|op|out|signin|backup|job|certificate|openapi|tongue|bench|verdict|queue|arena|when))\.h$' \
	>"$work/wrong"
told "the daemon knows the handle, the table and who signs in"

grep -n '#include <microhttpd' cli/* lib/* mailroomd/*.[ch] |
	grep -v '^mailroomd/http\.c:' >"$work/wrong"
told "one file sees the HTTP library"

grep -n '#include <curl/' cli/* lib/* mailroomd/*.[ch] |
	grep -v '^cli/remote\.c:' >"$work/wrong"
told "one file sees the library that asks over HTTP"

grep -n '#include <gnutls/' cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
	grep -v '^lib/certificate\.c:' >"$work/wrong"
told "one file sees the library of certificates"

grep -n '#include <zbar' cli/* lib/* forms/*.[ch] mailroomd/*.[ch] 2>/dev/null |
	grep -v '^mailroomd/eye\.c:' >"$work/wrong"
told "one file sees the library that reads pictures"

for header in $(echo "$public" | tr '|' ' '); do
	includes "lib/$header.h"
done | grep -vE ": lib/($public|$leaf)\.h$" >"$work/wrong"
told "a public header leads to no inner one"

includes forms/*.[ch] | grep -vE ': forms/' >"$work/wrong"
told "forms know nothing of ours but forms"

includes lib/*.[ch] | grep -vE ': (lib/[a-z_0-9]+|forms/forms)\.h$' \
	>"$work/wrong"
told "lib knows lib, and of forms the one header"

includes $nouns | grep ': forms/' >"$work/wrong"
told "no noun knows a form; paper.c draws for them"

grep -n '#include <sqlite3' cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
	grep -v "$engine" >"$work/wrong"
told "one file sees the engine's header"

literals lib/*.[ch] | grep -v "$engine" |
	grep -E 'PRAGMA|AUTOINCREMENT|WITHOUT ROWID|SELECT \*|INSERT OR |REPLACE INTO|[^a-z_]rowid|last_insert|group_concat|string_agg|json_[a-z]+\(|date(time)?\(|strftime|julianday|ifnull|now\(\)|random\(\)|RETURNING \*|[a-z)] \|\| |::(text|bigint)' \
	>"$work/wrong"
told "no engine's dialect stands outside its driver"

grep -nE '#include <cups/' cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
	grep -v '^lib/queue\.c:' >"$work/wrong"
told "one file sees the printing library"

# The address of a database begins with the engine's name; who asks it?
code cli/*.[ch] lib/*.[ch] mailroomd/*.[ch] | grep -v "$engine" |
	grep -iE 'sqlite|postgres|libpq' |
	grep -vE 'lib/sql(_driver\.h|\.c):.*(&|struct sql_driver )sql_sqlite *[};]|"sqlite:%s/mailroom\.db"|strlen\("sqlite:"\)|write sqlite:FILE"' \
	>"$work/wrong"
told "nobody asks which engine is at work"

code lib/*.[ch] | grep -vE '^lib/(arena|mailroom)\.c:' |
	grep -E '[^a-z_](malloc|calloc|realloc|free|strdup|strndup|asprintf|getline)\(' \
	>"$work/wrong"
told "arena.c and mailroom.c alone ask the system for memory"

code forms/*.[ch] | grep -vE '^forms/(mem|pool)\.c:' |
	grep -E '[^a-z_](malloc|calloc|realloc|free|strdup|strndup|asprintf|getline)\(' \
	>"$work/wrong"
told "forms ask for memory in one place"

code lib/*.[ch] forms/*.[ch] |
	grep -E '[^a-z_](v?f?printf|f?puts|putchar|perror|exit|_exit|abort|assert|syslog|err|errx|warn|warnx)\(|[^a-z_](stdout|stderr)[^a-z_]' \
	>"$work/wrong"
told "lib and forms never print, exit or log"

code lib/*.c | grep -E '"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)[ "]' |
	grep -vE '^lib/sql(_[a-z]+)?\.c:' >"$work/wrong"
told "no noun speaks of transactions"

literals lib/*.c |
	grep -E '(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|VALUES|SET) .*%' \
	>"$work/wrong"
told "no statement is put together"

# A tree that breaks every rule must be told so by every rule.
if [ $# -eq 0 ]; then
	bad=$work/bad
	mkdir "$bad" "$bad/cli" "$bad/mailroomd" "$bad/forms" "$bad/lib"
	echo '#include "lib/call.h"' | tee "$bad/cli/a.c" \
		"$bad/mailroomd/a.c" "$bad/forms/a.c" >"$bad/lib/op.h"
	cat >"$bad/lib/letter.c" <<-'END'
		#include "forms/draw.h"
		#include <microhttpd.h>
		#include <curl/curl.h>
		#include <gnutls/x509.h>
		#include <sqlite3.h>
		#include <cups/cups.h>
		#include <zbar.h>
		st = sql_prepare(c, mr_printf(a, "SELECT id FROM %s", t));
		if (strncmp(url, "sqlite:", 7) == 0)
		st = sql_prepare(c, "SELECT * FROM letter");
		st = sql_prepare(c, "BEGIN ");
		p = malloc(3); printf("%s", p);
	END
	echo ' p = malloc(3);' >>"$bad/forms/a.c"
	"$self" "$bad" >"$work/told" 2>&1
	grep '^ok' "$work/told" >"$work/wrong"
	grep -q '^not ok' "$work/told" || echo "nothing" >>"$work/wrong"
	told "a tree that breaks every rule is caught by every rule"
fi

echo "1..$count"
[ "$failures" -eq 0 ]
