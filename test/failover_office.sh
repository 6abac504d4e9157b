# What failover.sh and failover_patroni.sh share, read by them: an office with
# one pairing, eight stations that log letters, and the reckoning at the end.
# Wants $B, $work (a folder), $db (how libpq gets to the servers).
count=0
failures=0
stations=
STATIONS=${STATIONS:-8}

# ok STATUS NAME: one line of TAP.
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failures=$((failures + 1))
		return 1
	fi
}

mailroom() {
	MAILROOM_OFFICE=$work/office MAILROOM_DB=$db \
		MAILROOM_PASSPHRASE="seven grey geese over the ferry" \
		"$B/mailroom" "$@"
}

office_make() {
	cat >"$work/facilities.csv" <<-'END'
		code,name,kind,security,street,city,state,zip
		ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442
	END
	cat >"$work/people.csv" <<-'END'
		ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,state,zip,country,language,interests,slots
		O-1,outside,Wren,Amara Quillfeather,,,2374 Foundry Ct,,Osseo Lake,MN,56613,US,en,birds,1
		I-1,inside,Maria,Elena Ostrander,40312-999,ALI,,,,,,US,en,birds,1
	END
	mailroom init "$work/office" --name "Bridge Letters" \
		--street "PO BOX 1138" --city Danbury --state CT --zip 06810 \
		--zone America/New_York --coordinator ruth >"$work/log" 2>&1 &&
		mailroom facility import "$work/facilities.csv" \
			>>"$work/log" 2>&1 &&
		mailroom correspondent import "$work/people.csv" \
			>>"$work/log" 2>&1 &&
		mailroom pairing open O-1 I-1 --json >"$work/pairing" \
			2>>"$work/log"
	ok $? "an office is made on the server"
	[ "$failures" -eq 0 ] || { sed 's/^/# /' "$work/log"; exit 1; }
	ids=$(grep -o '"id":"[^"]*"' "$work/pairing" | cut -d '"' -f 4)
}

stations_start() {
	for n in $(seq "$STATIONS"); do
		letter=$(printf %b "\\$(printf %o $((64 + n)))")
		# shellcheck disable=SC2086
		"$B/test/failover_client" "$work/office" "$db" "key-$n" \
			"$letter" $ids >"$work/said.$n" 2>"$work/err.$n" &
		stations="$stations $!"
	done
}

stations_confirmed() {
	cat "$work"/said.* | wc -l
}

# stations_go_on MORE: every one of them has so many more letters confirmed.
stations_go_on() {
	wants=
	for n in $(seq "$STATIONS"); do
		wants="$wants $(($(wc -l <"$work/said.$n") + $1))"
	done
	n=0
	for want in $wants; do
		n=$((n + 1))
		for _ in $(seq 1200); do
			[ "$(wc -l <"$work/said.$n")" -ge "$want" ] && break
			sleep 0.05
		done
		[ "$(wc -l <"$work/said.$n")" -ge "$want" ] || return 1
	done
}

stations_kill() {
	# shellcheck disable=SC2086
	[ -z "$stations" ] || kill -9 $stations 2>/dev/null
	stations=
}

stations_stop() {
	# shellcheck disable=SC2086
	kill $stations
	# shellcheck disable=SC2086
	wait $stations
	ok $? "the stations end"
	stations=
}

# Every confirmed letter is there, and no other; the chain holds.
reckon() {
	cat "$work"/said.* | sort >"$work/confirmed"
	cut -d ' ' -f 2 "$work/confirmed" | sort >"$work/want"
	mailroom letter list --limit 100000 --csv 2>>"$work/log" |
		tail -n +2 | cut -d , -f 1 | sort >"$work/have"
	confirmed=$(wc -l <"$work/want")
	lost=$(comm -23 "$work/want" "$work/have" | wc -l)
	doubled=$(($(wc -l <"$work/have") - confirmed + lost))
	[ "$lost" -eq 0 ] && [ "$confirmed" -gt 0 ]
	ok $? "no confirmed letter is lost"
	[ "$doubled" -eq 0 ] && [ -z "$(uniq -d "$work/want")" ]
	ok $? "no letter is there twice"
	mailroom audit verify >"$work/verified" 2>&1
	ok $? "the chain holds" || sed 's/^/# /' "$work/verified"
	mailroom office check >>"$work/log" 2>&1
	ok $? "the office check finds nothing"
	echo "# confirmed $confirmed, lost $lost, doubled $doubled"
	sed -n 's/^# sent again \([0-9]*\), longest wait \([0-9]*\) ms/\1 \2/p' \
		"$work"/err.* | awk '{ again += $1; if ($2 > most) most = $2 }
		END { print "# sent again by stations " again ", longest wait " most " ms" }'
}
