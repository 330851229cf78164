# Mode and owner of $path against $mode (octal, no leading zero), $owner and $group (empty: not looked at).

own_owner() { [ -n "$owner" ] || owner=$self; }

# Sets size besides, in bytes.
same_attributes() {
    own_owner
    # shellcheck disable=SC2046
    set -- $(stat -c '%s %a %U %G %u %g' "$path")
    [ $# = 6 ] || return 2
    size=$1
    [ "$2" = "$mode" ] || return 1
    [ "$owner" = "$3" ] || [ "$owner" = "$5" ] || return 1
    [ -z "$group" ] || [ "$group" = "$4" ] || [ "$group" = "$6" ]
}

# Sets the owner of $1. A name alone brings its group along; what is our own needs no change.
set_owner() {
    own_owner
    case $owner in *[!0-9]*) to=$owner: ;; *) to=$owner ;; esac
    [ -z "$group" ] || to=$owner:$group
    if [ "$to" != "$self" ] || [ ! -O "$1" ]; then chown -h "$to" "$1" || return; fi
}

set_attributes() { set_owner "$1" && chmod "$mode" "$1"; }

# Says what differs before it is changed.
tell_attributes() {
    was=$(stat -c '%a %U:%G' "$path") || return 0
    same_attributes || echo "$path: mode and owner $was -> $mode $owner${group:+:$group}"
}

# Puts what $1 writes in the place of $path: beside it, in a file of our own making, then renamed.
# $mask makes new files with the right mode; it is empty where only chmod can.
replace_with() {
    temporary=${path%/*}/.${path##*/}.$fence.quartermaster
    if [ -e "$temporary" ] || [ -L "$temporary" ]; then rm -f "$temporary"; fi
    umask "${mask:-077}"
    set -C
    "$1"
    made=$?
    set +C
    umask 022
    if [ "$made" = 0 ] && finish_new && mv -f "$temporary" "$path"; then return; fi
    rm -f "$temporary"
    return 1
}

finish_new() {
    if [ -n "$mask" ]; then set_owner "$temporary"; else set_attributes "$temporary"; fi
}
