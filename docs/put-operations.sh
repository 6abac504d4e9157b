#!/bin/sh
# Puts the operations, read from standard input, between BEGIN and END of a
# manual page: docs/put-operations.sh PAGE < OPERATIONS
set -e
page=$1
awk '
	FNR == NR { lines[++n] = $0; next }
	/^\.\\" END operations/ { inside = 0 }
	!inside { print }
	/^\.\\" BEGIN operations/ {
		inside = 1
		for (i = 1; i <= n; i++)
			print lines[i]
	}
' - "$page" > "$page.new"
mv "$page.new" "$page"
