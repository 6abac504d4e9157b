# Completion for mailroom in bash; `mailroom completion bash` prints it.
# A row of the table above is NAME:POSITIONS:FLAGS.  A position, and what is
# behind the = of a flag, says what is wanted: f a file, d a folder, v a value.

# The rows whose name starts with $1 and a space (all, when $1 is empty).
_mailroom_next() {
	local name rest

	while IFS=: read -r name rest; do
		case $name in
		"$1"*)
			name=${name#"$1"}
			printf '%s\n' "${name%% *}" ;;
		esac
	done <<<"$_mailroom_rows"
}

# The row of exactly this name, without it; nothing when there is none.
_mailroom_row() {
	local name rest

	while IFS= read -r rest; do
		name=${rest%%:*}
		[ "$name" = "$1" ] && printf '%s\n' "${rest#*:}" && return
	done <<<"$_mailroom_rows"
}

# What flag $1 wants among the flags $2: f, d, v, or nothing.
_mailroom_wants() {
	local flag

	for flag in $2; do
		[ "${flag%%=*}" = "$1" ] && [ "$flag" != "$1" ] &&
			printf '%s\n' "${flag#*=}"
	done
}

_mailroom_reply() {
	local kind=$1 cur=$2

	case $kind in
	f) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	d) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	*) COMPREPLY=() ;;
	esac
	case $kind in
	f | d) compopt -o filenames 2>/dev/null ;;
	esac
	return 0
}

_mailroom() {
	local cur=${COMP_WORDS[COMP_CWORD]} name= row= flags wants= word
	local positions= i count=0

	flags=$_mailroom_options
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [ -n "$wants" ]; then
			wants=
		elif [[ $word == -?* ]]; then
			wants=$(_mailroom_wants "$word" "$flags")
		elif [ -n "$row" ] && [ "$name" != help ]; then
			count=$((count + 1))
		else
			[ "$name" = help ] && name=
			name=${name:+$name }$word
			row=$(_mailroom_row "$name")
			positions=${row%%:*}
			flags="${row#*:} $_mailroom_options"
		fi
	done
	if [ -n "$wants" ]; then
		_mailroom_reply "$wants" "$cur"
	elif [[ $cur == -* ]]; then
		word=
		for i in $flags; do
			word="$word ${i%%=*}"
		done
		mapfile -t COMPREPLY < <(compgen -W "$word" -- "$cur")
	elif [ -n "$row" ] && [ "$name" != help ]; then
		_mailroom_reply "${positions:count:1}" "$cur"
	else
		[ "$name" = help ] && name=
		mapfile -t COMPREPLY < <(compgen -W "$(
			_mailroom_next "${name:+$name }" | sort -u)" -- "$cur")
	fi
}

complete -F _mailroom mailroom
