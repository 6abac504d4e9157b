#!/bin/bash
# The units of systemd as `make install` leaves them: systemd takes them, finds
# little to reproach, and its socket is served.  TAP.  Needs no systemd that
# runs, only its programs.
#	test/systemd.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
work=$(mktemp -d) || exit 1
root=$work/root
units=$root/opt/mailroom/lib/systemd/system
held=
stop() {
	[ -z "$held" ] || { kill "$held" && wait "$held"; } 2>/dev/null
	rm -rf "$work"
}
trap stop EXIT
count=0
failures=0

# ok STATUS NAME [WHY]: one line of TAP.
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failures=$((failures + 1))
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

why=$(make -s B="$build" DESTDIR="$root" PREFIX=/opt/mailroom install 2>&1)
[ -x "$root/opt/mailroom/sbin/mailroomd" ] && [ -f "$units/mailroomd.socket" ] &&
	grep -q '^ExecStart=/opt/mailroom/sbin/mailroomd$' \
		"$units/mailroomd.service"
ok $? "make install puts program and units where the prefix says" "$why"

# As they will stand on a machine whose root is ours.
mkdir "$work/units"
for unit in mailroomd.service mailroomd.socket; do
	sed "s|^ExecStart=|&$root|" "$units/$unit" >"$work/units/$unit"
done
why=$(systemd-analyze verify --man=no "$work"/units/mailroomd.* 2>&1)
status=$?
[ -z "$why" ] || status=1
ok $status "systemd takes both units without a word" "$why"
why=$(echo 'ProtectSystem=perhaps' >>"$work/units/mailroomd.service" &&
	systemd-analyze verify --man=no "$work"/units/mailroomd.* 2>&1)
[ -n "$why" ]
ok $? "and would say one" "$why"

why=$(systemd-analyze security --no-pager --offline=true --threshold=20 \
	"$units/mailroomd.service" 2>&1)
ok $? "its exposure is 2.0 at most" "$why"
printf '%s\n' "$why" | sed -n 's/.*Overall exposure/# exposure/p'
sed '/^Protect/d; /^Private/d; /^SystemCall/d; /^Capability/d' \
	"$units/mailroomd.service" >"$work/open.service"
! systemd-analyze security --no-pager --offline=true --threshold=20 \
	"$work/open.service" >/dev/null 2>&1
ok $? "and would be more without its walls"

# A socket that the manager bound is served, and it wakes the daemon.
export MAILROOM_PASSPHRASE='seven grey geese over the ferry'
why=$("$build/mailroom" init "$work/office" "Bridge Letters" --street "PO BOX 1" \
	--city Danbury --state CT --zip 06810 --zone America/New_York \
	--coordinator ruth 2>&1)
ok $? "an office to serve" "$why"
systemd-socket-activate -l "$work/knock" -E MAILROOM_OFFICE="$work/office" \
	"$build/mailroomd/mailroomd" >"$work/said" 2>&1 &
held=$!
for _ in $(seq 200); do
	[ -S "$work/knock" ] && break
	sleep 0.05
done
why=$("$build/mailroom" --server "unix:$work/knock" --user ruth setting list 2>&1)
status=$?
ok $status "a knock at its socket starts the daemon, and is answered" \
	"$why$(cat "$work/said")"
grep -q 'mailroomd: open: port 0' "$work/said"
ok $? "at the place that it was given" "$(cat "$work/said")"

echo "1..$count"
[ "$failures" -eq 0 ]
