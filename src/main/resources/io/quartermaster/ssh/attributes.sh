# Mode and owner of $path against $mode (octal, no leading zero), $owner and $group (empty: not looked at).

own_owner() { [ -n "$owner" ] || owner=$self; }

same_attributes() {
    own_owner
    # shellcheck disable=SC2046
    set -- $(stat -c '%a %U %G %u %g' "$path") || return 2
    [ "$1" = "$mode" ] || return 1
    [ "$owner" = "$2" ] || [ "$owner" = "$4" ] || return 1
    [ -z "$group" ] || [ "$group" = "$3" ] || [ "$group" = "$5" ]
}

# Sets them on $1. A name alone brings its group along; what is our own already needs no change of owner.
set_attributes() {
    own_owner
    case $owner in *[!0-9]*) to=$owner: ;; *) to=$owner ;; esac
    [ -z "$group" ] || to=$owner:$group
    if [ "$to" != "$self" ] || [ ! -O "$1" ]; then chown -h "$to" "$1" || return; fi
    chmod "$mode" "$1"
}

# Says what differs before it is changed.
tell_attributes() {
    was=$(stat -c '%a %U:%G' "$path") || return 0
    same_attributes || echo "$path: mode and owner $was -> $mode $owner${group:+:$group}"
}

# A new file beside $path, which nobody can have put there before; its name goes to $temporary.
make_temporary() {
    temporary=${path%/*}/.${path##*/}.$fence.quartermaster
    if [ -e "$temporary" ] || [ -L "$temporary" ]; then rm -f "$temporary"; fi
    (umask 077; set -C; : >"$temporary")
}
