# package: $names (words) and $files (a path a line) are $wanted: present, absent, latest. One transaction.

manager() {
    for manager in apt dnf apk; do
        if [ $manager = apt ]; then tool=apt-get; else tool=$manager; fi
        if command -v $tool >/dev/null; then return; fi
    done
    refuse no-tool "none of apt-get, dnf and apk is here"
}

package_check() {
    manager || return 2
    [ "$wanted" != latest ] || return 1
    "check_$manager"
}

package_apply() {
    manager || return
    DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_MODE=a
    export DEBIAN_FRONTEND APT_LISTCHANGES_FRONTEND NEEDRESTART_MODE
    as_arguments
    "apply_$manager"
}

package_verify() {
    if [ "$wanted" = latest ]; then wanted=present; fi
    manager && "check_$manager"
}

# Names and files as the words that install commands take, one a line in $arguments.
as_arguments() {
    arguments=
    for one in $names; do arguments=$arguments$one$newline; done
    [ -z "$files" ] || arguments=$arguments$files$newline
}

# Runs the command with $arguments behind it.
with_arguments() {
    while read -r one; do [ -z "$one" ] || set -- "$@" "$one"; done <<ARGUMENTS
$arguments
ARGUMENTS
    "$@"
}

# Whether it is right that $1 of the $names are installed.
right_number() {
    there=$1
    if [ "$wanted" = absent ]; then [ "$there" = 0 ]; return; fi
    # shellcheck disable=SC2086
    set -- $names
    [ "$there" = $# ]
}

# ---- apt

check_apt() {
    if [ -n "$names" ]; then
        # shellcheck disable=SC2086
        there=$(dpkg-query -W -f '${db:Status-Status}\n' $names 2>/dev/null | grep -c '^installed')
        right_number "$there" || return 1
    fi
    [ -n "$files" ] || return 0
    while read -r file; do check_deb || return; done <<FILES
$files
FILES
}

check_deb() {
    if [ ! -f "$file" ]; then
        [ "$wanted" != absent ] || return 0
        echo "$file is not there"
        return 2
    fi
    known_deb || return 2
    has=$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$package" 2>/dev/null)
    if [ "$wanted" = absent ]; then [ "${has%% *}" != installed ]; else [ "$has" = "installed $version" ]; fi
}

# Sets package and version of $file; asks once, since it takes a handful of processes.
known_deb() {
    case $debs in
        *"$newline$file "*)
            is=${debs##*"$newline$file "}
            is=${is%%"$newline"*}
            ;;
        *)
            # shellcheck disable=SC2016
            is=$(dpkg-deb -W --showformat '${Package} ${Version}' "$file") || return
            debs="$debs$newline$file $is$newline"
            ;;
    esac
    package=${is% *} version=${is#* }
}

debs=

apply_apt() {
    apt() {
        apt-get -q -y -o "DPkg::Lock::Timeout=$((limit / 100))" -o Dpkg::Use-Pty=0 \
            -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
    }
    case $wanted in
        absent) remove_deb_files && with_arguments apt remove ;;
        latest) apt update && with_arguments apt install ;;
        present) install_apt ;;
    esac
}

# Files stand for the packages in them.
remove_deb_files() {
    arguments=
    for one in $names; do arguments=$arguments$one$newline; done
    [ -n "$files" ] || return 0
    while read -r file; do
        known_deb || return
        arguments=$arguments$package$newline
    done <<FILES
$files
FILES
}

# Files alone go to dpkg first, which needs no lists and a tenth of the time; apt follows when they need more.
install_apt() {
    if [ -z "$names" ] && with_arguments dpkg -i --force-confdef --force-confold; then return; fi
    with_arguments apt install >"$dir/probe" 2>&1
    status=$?
    cat "$dir/probe"
    [ $status != 0 ] || return 0
    grep -q -e "$apt_unknown" -e '404  *Not Found' "$dir/probe" || return $status
    echo "the lists do not know all of it; fetching new ones"
    apt update && with_arguments apt install >"$dir/probe" 2>&1
    told $? "$apt_unknown"
}

apt_unknown='Unable to locate package\|has no installation candidate'

# Shows what the manager printed; a failure with status $1 that fits $2 is about a name.
told() {
    cat "$dir/probe"
    [ "$1" != 0 ] || return 0
    if grep -q -e "$2" "$dir/probe"; then
        refuse package-unknown "$(grep -e "$2" "$dir/probe" | head -n 1)"
    fi
    return "$1"
}

# ---- dnf

check_dnf() {
    if [ -n "$names" ]; then
        # shellcheck disable=SC2086
        there=$(rpm -q --whatprovides --qf '%{NAME}\n' $names 2>/dev/null | grep -cv 'no package provides')
        right_number "$there" || return 1
    fi
    [ -n "$files" ] || return 0
    while read -r file; do
        if [ ! -f "$file" ] && [ "$wanted" != absent ]; then echo "$file is not there"; return 2; fi
        is=absent
        nevra=$(rpm -qp --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$file") || return 2
        ! rpm -q "$nevra" >/dev/null 2>&1 || is=present
        [ $is = "$wanted" ] || return 1
    done <<FILES
$files
FILES
}

apply_dnf() {
    case $wanted in
        absent) with_arguments dnf -y -q remove ;;
        latest) with_arguments dnf -y -q --refresh install && with_arguments dnf -y -q upgrade ;;
        present) with_arguments dnf -y -q install ;;
    esac >"$dir/probe" 2>&1
    told $? 'No match for argument\|Unable to find a match'
}

# ---- apk

check_apk() {
    if [ -n "$names" ]; then
        # shellcheck disable=SC2086
        there=$(apk info -e $names 2>/dev/null | grep -c .)
        right_number "$there" || return 1
    fi
    [ -z "$files" ] || [ "$wanted" = absent ] || [ -e "$dir/$step.installed" ]
}

apply_apk() {
    case $wanted in
        absent) with_arguments apk del ;;
        latest) with_arguments apk add --update-cache --upgrade ;;
        present) with_arguments apk add || with_arguments apk add --update-cache ;;
    esac >"$dir/probe" 2>&1
    told $? 'no such package' && : >"$dir/$step.installed"
}
