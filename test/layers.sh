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
public='mailroom|op|out|office|signin|certificate|openapi|text|code|payload|verdict|when|queue|answer|bench|backup|restore|copy|job|instance'
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
# Two engines, each behind a driver of its own.
sqlite='^lib/sql_sqlite[a-z_]*\.[ch]:'
pgsql='^lib/sql_pgsql(_[a-z]+)?\.[ch]:'
engine="$sqlite|$pgsql"

includes cli/*.[ch] | grep -vE ": (cli/[a-z_]+|lib/($public))\.h$" \
	>"$work/wrong"
told "the command line knows the table and the public headers"

includes mailroomd/*.[ch] |
	grep -vE ': (mailroomd/[a-z_]+|lib/(mailroom|op|out|signin|backup|job|instance|certificate|openapi|tongue|bench|verdict|queue|arena|when))\.h$' \
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

{
	grep -n '#include <sqlite3' cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
		grep -v "$sqlite"
	grep -nE '#include [<"]([a-z/]*libpq|postgres)' \
		cli/* forms/*.[ch] lib/* mailroomd/*.[ch] | grep -vE "$pgsql"
	includes cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
		grep ': lib/sql_pgsql\.h$' | grep -vE "$pgsql"
} >"$work/wrong"
told "an engine's header is seen by its driver only"

# A word of one engine's, or one that the two take differently.  The same list
# for the statements and, but for its tokens, for the schema.
dialect='PRAGMA|AUTOINCREMENT|WITHOUT ROWID|[^a-z_]rowid|last_insert
SELECT \*|RETURNING \*|INSERT OR |REPLACE INTO|ON CONFLICT( DO|"|$)
group_concat|string_agg|array_agg|json_?[a-z]*\(|strftime|julianday|date(time)?\(
ifnull|IFNULL|[^a-z_]iif\(|now\(\)|CURRENT_(TIME|DATE)|LOCALTIME|random\(\)
[a-z)] \|\| |::[a-z]|FOR (UPDATE|SHARE|NO KEY)|SKIP LOCKED|NOWAIT|DISTINCT ON
ILIKE|[^a-z]LIKE |GLOB|REGEXP|SIMILAR TO|(SMALL|BIG)?SERIAL|IDENTITY|nextval
[( ]pg_[a-z]|BYTEA|BIGINT [^A-Z]|BOOLEAN|TIMESTAMP|INTERVAL|NUMERIC|VARCHAR
(LISTEN|NOTIFY|COLLATE|LATERAL|TABLESAMPLE|TRIGGER|VACUUM|ATTACH|ANALYZE)[ ]
generate_series|GREATEST|LEAST\(|[^A-Za-z_](avg|AVG|round|ROUND|hex|HEX)\(
FROM \(VALUES|LIMIT NULL|LOCK TABLE|advisory_lock|GENERATED|CREATE VIEW'
any=$(echo "$dialect" | paste -s -d '|')
{
	literals lib/*.[ch] | grep -vE "$engine"
	sed 's/--.*//' db/*.sql db/migrate/*.sql 2>/dev/null
} | grep -E "$any" >"$work/wrong"
told "no engine's dialect stands outside its driver"

grep -nE '#include <cups/' cli/* forms/*.[ch] lib/* mailroomd/*.[ch] |
	grep -v '^lib/queue\.c:' >"$work/wrong"
told "one file sees the printing library"

# The address of a database begins with the engine's name; who asks it?
code cli/*.[ch] lib/*.[ch] mailroomd/*.[ch] | grep -vE "$engine" |
	grep -iE 'sqlite|postgres|libpq|pgsql' |
	grep -vE 'lib/sql(_driver\.h|\.c):.*(&|struct sql_driver )sql_(sqlite|pgsql) *[},;]|lib/sql\.c:[0-9]*:  *#ifdef MR_PGSQL$|lib/sql\.c:.*postgresql://USER@HOST/NAME|"sqlite:%s/mailroom\.db"|(chmod|access)\((file|path) \+ strlen\("sqlite:"\)|cli/help_words\.c:.*"office copy sqlite:|lib/sql\.c:.*"it was built with PostgreSQL"' \
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
	grep -vE '^lib/sql(_[a-z]+)*\.c:' >"$work/wrong"
told "no noun speaks of transactions"

literals lib/*.c | grep -vE "$engine" |
	grep -E '(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|VALUES|SET) .*%' \
	>"$work/wrong"
told "no statement is put together"

# missed LINES: those that were not told of in $bad/lib/letter.c.
missed() {
	for n in $(seq "$(wc -l <"$1")"); do
		grep -q "^# lib/letter\.c:$n:" "$work/told" ||
			sed -n "${n}p" "$1"
	done
}

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
		#include <libpq-fe.h>
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

	# And each word of the list by itself.
	cat >"$work/words" <<-'END'
		PRAGMA user_version
		id INTEGER PRIMARY KEY AUTOINCREMENT
		a TEXT) WITHOUT ROWID
		SELECT rowid FROM letter
		SELECT last_insert_rowid()
		SELECT * FROM letter
		DELETE FROM letter RETURNING *
		INSERT OR IGNORE INTO letter
		REPLACE INTO letter
		INSERT INTO letter (id) VALUES (1) ON CONFLICT DO NOTHING
		SELECT group_concat(name) FROM users
		SELECT string_agg(name, ',') FROM users
		SELECT json_extract(body, 'a') FROM event
		SELECT strftime('%s', at) FROM event
		SELECT ifnull(name, '') FROM users
		SELECT now()
		UPDATE letter SET day = CURRENT_TIMESTAMP
		ORDER BY random()
		SELECT name || city FROM site
		SELECT id::text FROM site
		SELECT id FROM letter FOR UPDATE
		SELECT id FROM letter LIMIT 1 SKIP LOCKED
		SELECT DISTINCT ON (name) id FROM users
		WHERE name ILIKE :name
		WHERE name LIKE :name
		WHERE name GLOB :name
		id BIGSERIAL PRIMARY KEY
		id BIGINT GENERATED ALWAYS AS IDENTITY
		SELECT nextval('letter')
		SELECT 1 FROM pg_class
		mark BYTEA NOT NULL
		open BOOLEAN NOT NULL
		at TIMESTAMP NOT NULL
		NOTIFY letters
		name TEXT COLLATE nocase
		CREATE TRIGGER t AFTER INSERT
		SELECT generate_series(1, 9)
		SELECT GREATEST(a, b) FROM price
		SELECT avg(sheets) FROM letter
		SELECT round(sheets) FROM letter
		SELECT a FROM (VALUES (1)) AS v(a)
		SELECT id FROM letter LIMIT NULL
		LOCK TABLE letter
		VACUUM INTO
	END
	sed 's/.*/st = sql_prepare(c, "&");/' "$work/words" >"$bad/lib/letter.c"
	"$self" "$bad" >"$work/told" 2>&1
	missed "$work/words" >"$work/wrong"
	told "each word of an engine's dialect is caught by itself"

	# And each way to ask for the engine.
	cat >"$bad/lib/letter.c" <<-'END'
		if (strncmp(url, "sqlite:", 7) == 0)
		if (strncmp(url, "sqlite:", strlen("sqlite:")) == 0)
		url += strlen("sqlite:");
		if (strstr(url, "postgres") != NULL)
		if (driver == &sql_pgsql)
	END
	"$self" "$bad" >"$work/told" 2>&1
	missed "$bad/lib/letter.c" >"$work/wrong"
	told "each way to ask for the engine is caught by itself"
fi

echo "1..$count"
[ "$failures" -eq 0 ]
