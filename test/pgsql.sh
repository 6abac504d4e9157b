#!/bin/sh
# Suites that are otherwise run on SQLite, played on PostgreSQL, as TAP.  Starts
# a server on loopback for it and stops it again; every office has a schema of
# its own.
#	test/pgsql.sh BUILD office|letters|http|words|pages
set -u
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${MAILROOM_TEST_DB-}" ]; then
	exec "$here/pgsql_server.sh" "$0" "$@"
fi
b=$(cd "$1" && pwd) || exit 1
part=${2-}
count=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: >"$work/failed"

# What is not among these, and why:
#	backup restore jobs	copy the file, on a server its own means do
#	session database copy	say sqlite:FILE
#	faults faults_open tamper verify verify_paper migrate office
#				damage the file, fill it, look at its size
#				or lie about the disk below it
#	mailroomd		starts daemons on folders of their own; what
#				they ask of the database http and conc do
#	guard_search apart openapi chain text csv forms ...
#				ask no database, or measure
#	browser admin today	look at backups; the other pages say what
#				these four say, at the price of minutes
OFFICE="pgsql pgsql_pipe lost lost_daemon bench facility person address import vault user
	pin invite recover pairing pairing_import fid op scan history printer page cards
	copy sites site_add site_take"
LETTERS="day day_sheet enclosure letter_receive letter_states letter_steps
	letter_ways letter_list letter_undo letter_days worklist batch seal
	print office_letter route outside postage scanner lines"
HTTP="ops http conc twice malformed station station_again photo wire tls door
	authz authz_letters"
PAGES="mailday outgoing trays desk sites"

sessions() {
	grep -c 'connection authorized' "$MAILROOM_TEST_LOG"
}

# play NAME COMMAND...: its tests under our numbers, and one more: a suite that
# never asked the server has proved nothing here.
play() {
	name=$1
	shift
	before=$(sessions)
	CMOCKA_MESSAGE_OUTPUT=TAP "$@" >"$work/out" 2>&1 </dev/null
	status=$?
	awk -v name="$name" -v at="$count" -v status="$status" \
		-v asked="$(($(sessions) - before))" '
	function tell(good, what) {
		print (good ? "ok " : "not ok ") ++at " - " name ": " what
	}
	/^(not )?ok([ \t]|$)/ {
		good = $1 == "ok"
		wrong += !good
		n++
		sub(/^(not )?ok[ \t]*[0-9]*[ \t]*(- )?/, "")
		tell(good, $0)
		next
	}
	{ print "# " $0 } # why, after the test that it is about
	END {
		if (wrong == 0 && (status != 0 || n == 0)) {
			tell(0, "ended with code " status)
			wrong = 1
		}
		tell(asked > 0, "asked the server")
	}' "$work/out" >"$work/tap"
	cat "$work/tap"
	grep '^not ok' "$work/tap" >>"$work/failed"
	count=$((count + $(grep -Ec '^(not )?ok' "$work/tap")))
}

# A build whose `mailroom init` makes a schema and keeps the office there; what
# comes after finds it by mailroom.conf.
stand_in() {
	mkdir "$work/build"
	ln -s "$b"/* "$work/build"
	rm "$work/build/mailroom"
	cat >"$work/build/mailroom" <<END
#!/bin/sh
unset MAILROOM_TEST_DB
for word; do
	case \$word in help | --help | completion) break ;; init)
		'$MAILROOM_TEST_PSQL' -X -q '$MAILROOM_TEST_DB' \\
			-c "CREATE SCHEMA office\$\$" || exit 99
		MAILROOM_DB="$MAILROOM_TEST_DB options='-c search_path=office\$\$'"
		export MAILROOM_DB
		break ;;
	esac
done
exec '$b/mailroom' "\$@"
END
	chmod 755 "$work/build/mailroom"
}

case $part in
office | letters | http)
	[ "$part" != letters ] || OFFICE=$LETTERS
	[ "$part" != http ] || OFFICE=$HTTP
	for t in $OFFICE; do
		few=
		[ "$t" != conc ] || few="400 5"
		play "test_$t" "$b/test/test_$t" $few
	done
	;;
words)
	stand_in
	for session in "$here"/sessions/*.session; do
		case $(basename "$session" .session) in
		# Ask no office; or are about addresses of files.
		completion | help | database | copy | sites) continue ;;
		esac
		play "$(basename "$session")" \
			"$here/cli.sh" "$work/build" "$session"
	done
	play demo "$here/demo_test.sh" "$work/build"
	;;
pages)
	stand_in
	for page in $PAGES; do
		play "$page" "$here/browser/run.sh" "$work/build" "$page"
	done
	;;
*)
	echo "which part, office, letters, http, words or pages?"
	exit 2
	;;
esac

# What the server wrote down holds no value of a row.
count=$((count + 1))
if grep -E 'DETAIL|CONTEXT|Key \(' "$MAILROOM_TEST_LOG" >"$work/out"; then
	echo "not ok $count - the server's log repeats no row"
	sed 's/^/# /' "$work/out" | tee -a "$work/failed"
else
	echo "ok $count - the server's log repeats no row"
fi
echo "1..$count"
[ ! -s "$work/failed" ]
