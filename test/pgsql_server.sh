#!/bin/sh
# Runs a command beside a PostgreSQL server of its own, on loopback, and stops
# it again.  $MAILROOM_TEST_DB tells the command where it is.
#	test/pgsql_server.sh COMMAND...
# PGSQL_FSYNC=on: it waits for the disk, as a real one does (make bench).
# The server does not run as root; then it belongs to the user postgres.
set -u
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir) || exit 1
# Thousands of tables are made and dropped: in memory, where there is some.
in=${TMPDIR:-/tmp}
[ ! -w /dev/shm ] || [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -lt \
	4000000 ] || in=/dev/shm
place=$(mktemp -d "$in/mailroom-pgsql-XXXXXX") || exit 1
as=
if [ "$(id -u)" -eq 0 ]; then
	chown postgres "$place"
	as="runuser -u postgres --"
fi
stop() {
	(cd "$place" && $as "$bin/pg_ctl" -D "$place/data" -m immediate stop \
		>/dev/null 2>&1)
	rm -rf "$place"
}
trap stop EXIT
trap 'exit 1' INT TERM HUP

(cd "$place" && $as "$bin/initdb" -D data -A trust -U mail -E UTF8 \
	--locale=C --no-sync >initdb.log 2>&1) || {
	sed 's/^/# /' "$place/initdb.log"
	exit 1
}
# Nothing but a start tells whether a port is free.
settings="-c fsync=${PGSQL_FSYNC:-off} -c listen_addresses=127.0.0.1 \
-c unix_socket_directories=$place -c max_connections=200 \
-c autovacuum=off -c full_page_writes=off -c max_wal_size=200MB \
-c log_connections=on -c log_error_verbosity=terse -c log_parameter_max_length=0"
port=
for try in 1 2 3 4 5 6 7 8; do
	port=$((20000 + ($$ * 7 + try * 1009) % 10000))
	(cd "$place" && $as "$bin/pg_ctl" -D data -l server.log -w \
		-o "-p $port $settings" start >/dev/null 2>&1) && break
	port=
done
if [ -z "$port" ]; then
	echo "# no PostgreSQL server starts:"
	sed 's/^/# /' "$place/server.log"
	exit 1
fi
MAILROOM_TEST_DB="host=127.0.0.1 port=$port user=mail dbname=postgres"
MAILROOM_TEST_LOG=$place/server.log
MAILROOM_TEST_PSQL=$bin/psql
export MAILROOM_TEST_DB MAILROOM_TEST_LOG MAILROOM_TEST_PSQL
"$MAILROOM_TEST_PSQL" -X -q "$MAILROOM_TEST_DB" \
	-f "$(dirname "$0")/pgsql.sql" || exit 1
"$@"
