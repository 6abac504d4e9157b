#!/bin/sh
# The mail day of test/demo.sh as a test: prints TAP, a line a step.
#	test/demo_test.sh BUILD
folder=$(mktemp -d "${TMPDIR:-/tmp}/mailroom-demo-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
here=$(dirname "$0")
"$here/demo.sh" "$1" "$folder/demo" >"$folder/out" 2>&1
code=$?
# A title is a line over a line of hyphens; what failed says WRONG.
awk -v code=$code '
	/^-+$/ { title[++n] = before }
	/^WRONG: / { why = $0 }
	{ before = $0 }
	END {
		if (code != 0 && why == "")
			why = "WRONG: exit " code
		steps = 11
		for (i = 1; i <= steps; i++) {
			bad = i > n || (why != "" && i == n)
			printf "%s %d - %s\n", bad ? "not ok" : "ok", i,
			    i <= n ? title[i] : "a step that was not reached"
		}
		if (why != "")
			print "# " why
		print "1.." steps
		exit why != ""
	}' "$folder/out"
