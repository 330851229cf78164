# user: the account $name, with $shell and $home (empty: as the system makes them), in $groups, with $keys as
# authorized keys (one a line; empty: not looked at), and $rule (empty: none) in the file $sudoers; $system is
# yes or no.

# Sets the account's fields, or fails when there is none.
account() {
    entry=$(getent passwd "$name" 2>/dev/null) || entry=$(grep "^$name:" /etc/passwd) || return
    IFS=: read -r _ _ uid gid _ at with <<ENTRY
$entry
ENTRY
}

lacking_groups() {
    lacking=
    have=" $(id -Gn "$name") "
    for one in $groups; do case $have in *" $one "*) ;; *) lacking="$lacking $one" ;; esac; done
    [ -n "$lacking" ]
}

user_check() {
    account || return 1
    [ -z "$shell" ] || [ "$shell" = "$with" ] || return 1
    [ -z "$home" ] || [ "$home" = "$at" ] || return 1
    if [ -n "$groups" ]; then ! lacking_groups || return 1; fi
    if [ -n "$keys" ]; then same_keys || return 1; fi
    same_sudo
}

same_keys() { printf '%s\n' "$keys" | cmp -s - "$at/.ssh/authorized_keys"; }

same_sudo() {
    if [ -z "$rule" ]; then [ ! -e "$sudoers" ]; return; fi
    printf '%s\n' "$rule" | cmp -s - "$sudoers"
}

user_apply() {
    for one in $groups; do
        grep -q "^$one:" /etc/group || getent group "$one" >/dev/null || {
            refuse group-unknown "there is no group $one"
            return
        }
    done
    if account; then change_account; else make_account; fi || return
    account || { echo "the account $name is not there after it was made"; return 1; }
    if [ -n "$groups" ]; then join_groups || return; fi
    if [ -n "$keys" ]; then put_keys || return; fi
    put_sudo
}

make_account() {
    if command -v useradd >/dev/null; then
        if [ "$system" = yes ]; then set -- -r -M; else set -- -m; fi
        useradd "$@" ${shell:+-s "$shell"} ${home:+-d "$home"} "$name"
    else
        if [ "$system" = yes ]; then set -- -S -H; else set --; fi
        adduser -D "$@" ${shell:+-s "$shell"} ${home:+-h "$home"} "$name"
    fi
}

change_account() {
    set --
    [ -z "$shell" ] || [ "$shell" = "$with" ] || set -- "$@" -s "$shell"
    [ -z "$home" ] || [ "$home" = "$at" ] || set -- "$@" -d "$home" -m
    [ $# -gt 0 ] || return 0
    command -v usermod >/dev/null || { refuse no-tool "usermod is missing (package shadow)"; return; }
    usermod "$@" "$name"
}

join_groups() {
    lacking_groups || return 0
    for one in $lacking; do
        if command -v usermod >/dev/null; then
            usermod -a -G "$one" "$name" || return
        else
            addgroup "$name" "$one" || return
        fi
    done
}

# As the user, so that no link in a home directory leads root elsewhere.
put_keys() {
    if [ ! -d "$at" ]; then
        (umask 077; mkdir -p "$at") && chown "$uid:$gid" "$at" || return
    fi
    printf '%s\n' "$keys" >"$dir/new" && chmod 644 "$dir/new" || return
    echo "$at/.ssh/authorized_keys: $(grep -c . "$dir/new") keys"
    as_user "$write_keys" <"$dir/new"
}

# shellcheck disable=SC2016
write_keys='umask 077
cd "$1" && { [ -d .ssh ] || mkdir .ssh; } && chmod 700 .ssh &&
cat >.ssh/authorized_keys.new && mv -f .ssh/authorized_keys.new .ssh/authorized_keys'

as_user() {
    if [ "$self" = "$uid" ]; then
        sh -c "$1" - "$at"
    elif command -v setpriv >/dev/null && setpriv --version >/dev/null 2>&1; then
        setpriv --reuid "$uid" --regid "$gid" --clear-groups sh -c "$1" - "$at"
    else
        su -s /bin/sh "$name" -c "$1" - "$at"
    fi
}

put_sudo() {
    same_sudo && return
    if [ -z "$rule" ]; then rm -f "$sudoers"; return; fi
    [ -d /etc/sudoers.d ] || { refuse no-tool "sudo is not installed (there is no /etc/sudoers.d)"; return; }
    printf '%s\n' "$rule" >"$dir/new" && chmod 440 "$dir/new" || return
    if command -v visudo >/dev/null; then visudo -cqf "$dir/new" || return; fi
    cat "$dir/new" >"$sudoers.new~" && chmod 440 "$sudoers.new~" && mv -f "$sudoers.new~" "$sudoers"
}

user_verify() { user_check; }
