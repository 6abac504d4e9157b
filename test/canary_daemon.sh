# For test/canary.sh: the same office served by mailroomd.  What it answers,
# logs, counts and keeps in memory after a sign-out shows no canary.

# Start to serve; sets daemon, port and counts (the port of the metrics).
serve() {
	local line
	unset MAILROOM_OFFICE
	"$top/${build#"$top"/}/mailroomd/mailroomd" --office "$work/office" --listen 127.0.0.1:0 \
		--metrics "unix:$work/metrics" 2>"$work/log/daemon" &
	daemon=$!
	for _ in $(seq 1 200); do
		line=$(grep -o 'open: port [0-9]*' "$work/log/daemon") && break
		sleep 0.05
	done
	port=${line##* }
}

# ask METHOD PATH BODY [HEADER...]: raw, and kept.
raw() {
	perl -MIO::Socket::INET -e '
		my ($port, $method, $path, $body, @more) = @ARGV;
		my $s = IO::Socket::INET->new("127.0.0.1:$port") or die "$!\n";
		print $s join("\r\n", "$method $path HTTP/1.1",
			"Host: 127.0.0.1:$port", "Connection: close",
			"Content-Length: " . length $body, @more, "", $body);
		print while <$s>;
	' "$port" "$@" >>"$work/log/raw" 2>&1
}

# What nobody should send, with canaries in it.
raw_failures() {
	local json='Content-Type: application/json'
	raw GET '/api/Quillfeather/show' ''
	raw GET '/Marzipan%20Hollow' ''
	raw POST /api/session '{"user":"Wexelgrath","passphrase":"KESTRELLOFT"}' \
		"$json"
	raw POST /api/session '{"badge":"Wexelgrath","pin":"77341-999"}' "$json"
	raw POST /api/letter/receive '{"id":"Quillfeather"}' "$json" \
		'Cookie: mailroom=Quillfeather'
	raw POST /api/letter/receive '{"id":"Quill' "$json"
	raw 'QUILLFEATHER' / ''
	raw GET '/api/letter/list' '' 'X-Wexelgrath: 77341-999'
}

# The work of people, sent to it: the same words over HTTP.
work_over_http() {
	export MAILROOM_SERVER=http://127.0.0.1:$port
	good ruth correspondent show O-1
	good ruth correspondent list
	good ruth correspondent find --name 'Barnabus Wexelgrath'
	good ruth correspondent find --register-number 77341-999 --json
	good ruth correspondent update O-1 --notes 'call not xylographdawn'
	bad ruth correspondent reveal I-1 Quillfeather
	bad ruth correspondent find --name 'Odette Quillfeather' --last 3
	bad ruth correspondent add outside Quillfeather \
		--legal-name 'Odette Quillfeather' --street 'Marzipan Hollow' \
		--city Danbury --state CT --zip 59183
	bad wrong correspondent show O-1
	bad sam correspondent reveal I-1 delivery
	good ruth letter list
	good ruth audit show
	good ruth report attention
	good ruth pairing exchange P1
	good ruth letter trays red
	good sam letter outgoing
	MAILROOM_PASSPHRASE=$(passphrase_of ruth) mailroom --user ruth \
		correspondent reveal I-1 delivery >"$work/log/reveal-http" 2>&1
	unset MAILROOM_SERVER
}

# Root alone may look at its memory; so it must hold nothing for root.
memory() {
	perl -e '
		my ($pid, $to) = @ARGV;
		open my $maps, "<", "/proc/$pid/maps" or exit 1;
		open my $mem, "<:raw", "/proc/$pid/mem" or exit 1;
		open my $out, ">:raw", $to or die;
		while (<$maps>) {
			my ($from, $end) = /^([0-9a-f]+)-([0-9a-f]+) rw/ or next;
			my $bytes;
			sysseek($mem, hex $from, 0) or next;
			sysread($mem, $bytes, hex($end) - hex($from)) or next;
			print $out $bytes;
		}
	' "$daemon" "$work/memory"
}

serve_office() {
	serve
	raw_failures
	work_over_http
	perl -MIO::Socket::UNIX -e '
		my $s = IO::Socket::UNIX->new($ARGV[0]) or die "$!\n";
		print $s "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n";
		print while <$s>;
	' "$work/metrics" >"$work/log/metrics" 2>&1
	memory && readable=yes || readable=no
	kill "$daemon"
	wait "$daemon" || missed="$missed
the daemon did not end well"
	daemon=
	export MAILROOM_OFFICE=$work/office
}
