# command: texts of plain sh in $check (may be empty) and $apply. Each runs in a shell of its own, from a
# file, so that nothing of it stands among a process's arguments.

run_text() {
    printf '%s\n' "$1" >"$dir/text" || return
    sh "$dir/text"
}

command_check() {
    [ -n "$check" ] || return 1
    run_text "$check" || return 1
}

command_apply() { run_text "$apply"; }

command_verify() {
    [ -n "$check" ] || return 0
    run_text "$check" && return
    echo "the check still fails after apply, with exit status $?"
    return 1
}
