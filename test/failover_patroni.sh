#!/bin/sh
# test/failover.sh with Patroni and etcd in charge: the primary, all its
# processes and its agent are killed (-9) under eight stations, and nobody does
# anything.  TAP.  Installs Debian's patroni, etcd-server, python3-psycopg2.
#	test/failover_patroni.sh [BUILD]
# By itself, not part of make check: without its agent the dead primary is
# missed for some twenty seconds.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${1:-build}
test/deps patroni etcd-server python3-psycopg2 postgresql-15 || exit 1
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
work=$(mktemp -d) || exit 1
place=$(mktemp -d) || exit 1
as=
if [ "$(id -u)" -eq 0 ]; then
	chown postgres "$place"
	as="runuser -u postgres --"
fi
. test/failover_office.sh
base=$((20000 + $$ * 7 % 10000))
pids=

finish() {
	stations_kill
	# shellcheck disable=SC2086
	kill $pids 2>/dev/null
	wait
	for node in a b; do
		(cd "$place" && $as "$bin/pg_ctl" -D "$place/$node" \
			-m immediate stop >/dev/null 2>&1)
	done
	rm -rf "$work" "$place"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# ask PORT SQL: one value.
ask() {
	"$bin/psql" -XqtA -h 127.0.0.1 -p "$1" -U mail postgres -c "$2" \
		2>>"$work/log"
}

# agent NODE PORT: one of Patroni's, which makes and starts its server.
agent() {
	cat >"$place/$1.yml" <<END
scope: mailroom
name: $1
restapi: {listen: "127.0.0.1:$(($2 + 10))", connect_address: "127.0.0.1:$(($2 + 10))"}
etcd3: {host: "127.0.0.1:$base"}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      parameters: {wal_retrieve_retry_interval: 200ms}
  initdb: [{encoding: UTF8}, {locale: C}, no-sync]
postgresql:
  listen: "127.0.0.1:$2"
  connect_address: "127.0.0.1:$2"
  data_dir: $place/$1
  bin_dir: $bin
  pgpass: $place/$1.pass
  authentication:
    superuser: {username: mail}
    replication: {username: rep}
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
  parameters:
    fsync: "off"
    unix_socket_directories: $place
    max_connections: 60
    log_error_verbosity: terse
END
	(cd "$place" && exec $as patroni "$place/$1.yml" >"$work/$1.log" 2>&1) &
	pids="$pids $!"
}

# The agent itself, where it runs below runuser.
agent_of() {
	ps -eo pid=,args= | awk -v want="$place/$1.yml" \
		'index($0, want) && /python/ { print $1; exit }'
}

# leads PORT: it takes changes, and a standby confirms them.
leads() {
	[ "$(ask "$1" "SELECT count(*) FROM pg_stat_replication \
WHERE sync_state = 'sync'")" = 1 ]
}

(cd "$place" && exec $as etcd --data-dir "$place/etcd" \
	--listen-client-urls "http://127.0.0.1:$base" \
	--advertise-client-urls "http://127.0.0.1:$base" \
	--listen-peer-urls "http://127.0.0.1:$((base + 1))" \
	>"$work/etcd.log" 2>&1) &
pids="$!"
sleep 2
agent a $((base + 2))
for _ in $(seq 120); do
	[ "$(ask $((base + 2)) "SELECT NOT pg_is_in_recovery()")" = t ] && break
	sleep 0.5
done
agent b $((base + 3))
for _ in $(seq 180); do
	leads $((base + 2)) && break
	sleep 0.5
done
leads $((base + 2))
ok $? "Patroni has a primary and a synchronous standby up" || {
	tail -n 5 "$work"/*.log | sed 's/^/# /'
	exit 1
}
db="host=127.0.0.1,127.0.0.1 port=$((base + 2)),$((base + 3)) user=mail dbname=postgres"
office_make
stations_start
stations_go_on 100
ok $? "all stations log letters"
server=$(head -n 1 "$place/a/postmaster.pid")
# shellcheck disable=SC2046
kill -9 $(agent_of a) "$server" $(ps -o pid= --ppid "$server")
echo "# killed with its agent after $(stations_confirmed) letters"
stations_go_on 50
ok $? "all stations go on, and nobody did anything"
stations_stop
reckon
echo "1..$count"
[ "$failures" -eq 0 ]
