#!/bin/sh
# Plays the sessions of the command line a second time, each command sent to a
# mailroomd that serves the office: the answers must be the same.  TAP.
#	test/remote.sh BUILD [SESSION...]
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd) || exit 1
shift
[ $# -gt 0 ] || for name in day office-letters postage rules power cards runs \
	practice bench; do
	set -- "$@" "$here/sessions/$name.session"
done
work=$(mktemp -d) || exit 1

# Every daemon that was started, by its process id.
stop() {
	[ ! -f "$work/pids" ] || while read -r pid; do
		kill "$pid" 2>/dev/null
	done <"$work/pids"
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# What the sessions call: it starts a daemon for an office at the first word
# about it, and sends on whatever needs one.
cat >"$work/mailroom" <<END
#!/bin/sh
case \${1-} in init|help|completion|--version|--help|'') exec $build/mailroom "\$@" ;; esac
case " \$* " in *' --server '* | *' --office '* | *' --db '*) exec $build/mailroom "\$@" ;; esac
[ -f "\${MAILROOM_OFFICE-}/mailroom.db" ] || exec $build/mailroom "\$@"
office=\$(cd "\$MAILROOM_OFFICE" && pwd)
socket=$work/\$(echo "\$office" | cksum | cut -d' ' -f1)
if [ ! -S "\$socket" ]; then
	$build/mailroomd/mailroomd --office "\$office" --listen "unix:\$socket" \
		>/dev/null 2>&1 </dev/null &
	echo \$! >>$work/pids
	n=0
	while [ ! -S "\$socket" ] && [ \$n -lt 200 ]; do
		sleep 0.05
		n=\$((n + 1))
	done
fi
unset MAILROOM_OFFICE
exec $build/mailroom --server "unix:\$socket" "\$@"
END
chmod +x "$work/mailroom"
perl "$here/session.pl" "$work" "$(dirname "$here")" "$@"
