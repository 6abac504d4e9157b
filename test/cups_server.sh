# A CUPS server on loopback with a printer that keeps what it gets, for the
# tests that print.  Source it with $work set; it sets $server, $port and
# CUPS_SERVER.  Every piece that is printed lies in $work/cups/kept: N.pdf,
# N.title, N.options.

bail() {
	echo "Bail out! $1"
	tail -n 5 "$work"/cups/log/error "$work"/cups/said 2>/dev/null |
		sed 's/^/# /'
	exit 1
}

free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(
		LocalAddr => "127.0.0.1", Listen => 1)->sockport'
}

# A server with folders of its own, which needs no root and no device.
write_cups() {
	local c=$work/cups
	mkdir -p "$c"/{root,spool,cache,state,tmp,log,kept,bin/backend}
	chmod 755 "$work" "$c" "$c"/*
	for d in daemon filter notifier; do
		[ ! -d "/usr/lib/cups/$d" ] || ln -s "/usr/lib/cups/$d" "$c/bin"
	done
	cat >"$c/bin/backend/keep" <<-'END'
		#!/bin/sh
		# A printer that keeps what it gets: title, options, bytes.
		[ $# -ge 5 ] || { echo 'direct keep "Keeper" "Keeper"'; exit 0; }
		at=${DEVICE_URI#keep://}/$1
		cat "${6:--}" >"$at.part" && printf '%s' "$3" >"$at.title" &&
			printf '%s' "$5" >"$at.options" &&
			mv "$at.part" "$at.pdf"
	END
	chmod 700 "$c/bin/backend/keep"
	cat >"$c/files.conf" <<-END
		ServerRoot $c/root
		ServerBin $c/bin
		RequestRoot $c/spool
		CacheDir $c/cache
		StateDir $c/state
		TempDir $c/tmp
		DocumentRoot $c/root
		AccessLog $c/log/access
		ErrorLog $c/log/error
		PageLog $c/log/page
		SystemGroup root
		Printcap $c/printcap
	END
	cat >"$c/cupsd.conf" <<-END
		Listen 127.0.0.1:$port
		ServerAlias *
		Browsing Off
		WebInterface No
		LogLevel info
		DirtyCleanInterval 0
		DefaultAuthType None
		PreserveJobFiles No
		PreserveJobHistory 600
		<Location />
		  Order allow,deny
		  Allow from 127.0.0.1
		</Location>
		<Location /admin>
		  Order allow,deny
		  Allow from 127.0.0.1
		</Location>
		<Policy default>
		  JobPrivateAccess all
		  JobPrivateValues none
		  SubscriptionPrivateAccess all
		  SubscriptionPrivateValues none
		  <Limit All>
		    Order deny,allow
		  </Limit>
		</Policy>
		<Policy locked>
		  <Limit Print-Job Create-Job Send-Document>
		    AuthType Basic
		    Require valid-user
		    Order deny,allow
		  </Limit>
		  <Limit All>
		    Order deny,allow
		  </Limit>
		</Policy>
	END
}

# Another may have taken the port meanwhile: then once more.
start_cups() {
	local i
	for _ in 1 2 3; do
		port=$(free_port)
		rm -rf "$work/cups"
		write_cups
		cupsd -f -c "$work/cups/cupsd.conf" -s "$work/cups/files.conf" \
			>"$work/cups/said" 2>&1 &
		server=$!
		export CUPS_SERVER=127.0.0.1:$port
		for ((i = 0; i < 100; i++)); do
			lpstat -r 2>/dev/null | grep -q 'is running' && return
			kill -0 "$server" 2>/dev/null || break
			sleep 0.1
		done
	done
	bail 'no CUPS server would start'
}

queue() {
	lpadmin -p "$@" -v "keep://$work/cups/kept" -m raw 2>/dev/null ||
		bail "no queue $1"
}

# What came out of the printer since the last look, the newest last.
took=0
wait_for() {
	local i
	for ((i = 0; i < 150; i++)); do
		set -- "$1" "$work"/cups/kept/*.pdf
		[ ! -e "${2:-}" ] || [ $(($# - 1)) -lt $((took + $1)) ] ||
			{ took=$((took + $1)); return 0; }
		sleep 0.1
	done
	return 1
}
newest() {
	ls "$work/cups/kept" | sed -n "s/\.$1$//p" | sort -n | tail -n 1 |
		sed "s|.*|$work/cups/kept/&.$1|"
}
