# The target's side of a run: POSIX sh only, so that dash, busybox ash and bash run it alike.
#
# The bundle that holds this text is run twice. First by the shell of the SSH channel: it claims the host,
# starts the worker and follows it. Then by the worker: it has a session of its own, so nothing is lost when
# the channel is cut. Set before: nonce fence machine run wish steps digests changed, and for each step N:
# limit_of_N name_of_N step_N. A step's name in the records is INDEX.ATTEMPT, with a u before it when it is
# taken back.
#
#   $state/lock     held while a claim is made           $state/fence   the highest fence this host has seen
#   $state/journal  one line per start and end of work   $state/worker  who works: pid, its start, boot, run
#   $dir/plan       digests of the worker's steps        $dir/claim     the newest claim the worker serves
#   $dir/STEP.out   output     $dir/STEP.res  result     $dir/STEP.try  how often it was begun

PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LC_ALL=C
export PATH LC_ALL
unset LANG LANGUAGE CDPATH ENV
newline='
'

say() { printf '%s %s\n' "$nonce" "$*" || exit 1; }

# Centiseconds since boot, without a process of its own.
now() {
    now=
    { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s).00
    now=${now%.*}${now#*.}
    while :; do case $now in 0?*) now=${now#0} ;; *) break ;; esac done
}

# What changes with every boot: the kernel's boot id, and when the first process started, since a container
# that is restarted keeps the kernel's.
boot_id() {
    boot=none
    { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || :
    started 1
    boot=$boot/$start
}

# The state letter and the start time of process $1; start is empty when it is gone or a zombie.
started() {
    start='' stat=
    if [ -r /proc/self/stat ]; then
        { IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
        stat=${stat##*) }
        case $stat in Z* | X*) return 0 ;; esac
        # shellcheck disable=SC2086
        set -- $stat
        shift 19
        start=$1
    else
        kill -0 "$1" 2>/dev/null && start=0
    fi
    return 0
}

# The highest fence seen here, 0 before the first.
newest() { newest=0; [ ! -s "$state/fence" ] || read -r newest <"$state/fence"; }

# Ends the channel's shell; the bundle stays only for a worker of ours.
leave() { [ -n "${mine-}" ] || rm -f "$bundle"; exit 0; }

main() {
    role=${1:-follow}
    if [ "$role" = work ]; then state=$2 bundle=$3; fi
    umask 077
    dir=$state/machines/$machine/runs/$run
    if [ "$role" = work ]; then work; exit 0; fi
    follow
    leave
}
