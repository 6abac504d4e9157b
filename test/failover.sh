#!/bin/sh
# Eight stations log letters on a PostgreSQL server with a synchronous standby;
# the server is killed (-9) under them and the standby takes its place.  What
# was confirmed is there, once.  TAP.  Starts the servers on loopback by itself
# and stops them, also as root.
#	test/failover.sh [BUILD [CRASHES]]
# Each further crash has a new standby.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${1:-build}
CRASHES=${2:-1}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir) || exit 1
work=$(mktemp -d) || exit 1
place=$(mktemp -d) || exit 1
as=
if [ "$(id -u)" -eq 0 ]; then
	chown postgres "$place"
	as="runuser -u postgres --"
fi
. test/failover_office.sh

# there COMMAND...: as the servers' user, in their folder.
there() {
	(cd "$place" && $as "$@")
}

finish() {
	stations_kill
	for node in a b; do
		there "$bin/pg_ctl" -D $node -m immediate stop >/dev/null 2>&1
	done
	rm -rf "$work" "$place"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# The test kills processes, not the machine: fsync does nothing for it.
settings="-c fsync=off -c listen_addresses=127.0.0.1 \
-c unix_socket_directories=$place -c max_connections=60 \
-c wal_retrieve_retry_interval=200ms -c log_error_verbosity=terse"

start() {
	there "$bin/pg_ctl" -D "$1" -l "$1.log" -w -o "-p $2 $settings" start \
		>/dev/null 2>&1
}

# ask PORT SQL: one value.
ask() {
	"$bin/psql" -XqtA -h 127.0.0.1 -p "$1" -U mail postgres -c "$2" \
		2>>"$work/log"
}

# wait_for PORT SQL VALUE
wait_for() {
	for _ in $(seq 600); do
		[ "$(ask "$1" "$2")" = "$3" ] && return 0
		sleep 0.05
	done
	return 1
}

# standby NODE PORT FROM_PORT: made anew, and waited for by whoever commits.
standby() {
	there rm -rf "$1"
	there "$bin/pg_basebackup" -D "$1" -R -X stream -c fast --no-sync -d \
		"host=127.0.0.1 port=$3 user=mail application_name=$1" \
		>>"$work/log" 2>&1 &&
		start "$1" "$2" || return 1
	# Only now, so that the standby does not wait for one itself.
	ask "$3" "ALTER SYSTEM SET synchronous_standby_names = '$1'"
	ask "$3" "SELECT pg_reload_conf()" >/dev/null
	wait_for "$3" "SELECT sync_state FROM pg_stat_replication" sync
}

# crash NODE: the server and all its processes, at once.
crash() {
	server=$(head -n 1 "$place/$1/postmaster.pid")
	# shellcheck disable=SC2046
	kill -9 "$server" $(ps -o pid= --ppid "$server")
}

# take_over NODE PORT
take_over() {
	there "$bin/pg_ctl" -D "$1" -w promote >/dev/null 2>&1 &&
		ask "$2" "CHECKPOINT"
}

there "$bin/initdb" -D a -A trust -U mail -E UTF8 --locale=C --no-sync \
	>"$work/log" 2>&1 || { sed 's/^/# /' "$work/log"; exit 1; }
for try in 1 2 3 4 5 6 7 8; do
	first=$((20000 + ($$ * 7 + try * 1009) % 10000))
	second=$((first + 1))
	start a $first && break
	first=
done
[ -n "$first" ] || { echo "# no server starts"; exit 1; }
standby b $second $first
ok $? "a server and a synchronous standby are up"
db="host=127.0.0.1,127.0.0.1 port=$first,$second user=mail dbname=postgres"
office_make
stations_start
primary=a spare=b
for crash in $(seq "$CRASHES"); do
	stations_go_on 100
	ok $? "crash $crash: all stations log letters"
	before=$(stations_confirmed)
	crash $primary
	port=$second
	[ $spare = b ] || port=$first
	take_over $spare $port
	ok $? "crash $crash: the standby takes over"
	stations_go_on 50
	ok $? "crash $crash: all stations go on"
	echo "# crash $crash: $before letters confirmed before it"
	[ "$crash" -lt "$CRASHES" ] || break
	if [ $spare = b ]; then
		primary=b spare=a
		standby a $first $second
	else
		primary=a spare=b
		standby b $second $first
	fi
	ok $? "crash $crash: there is a new standby"
done
stations_stop
reckon
[ "$failures" -eq 0 ] || tail -n 5 "$work"/err.* | sed 's/^/# /'
echo "1..$count"
[ "$failures" -eq 0 ]
