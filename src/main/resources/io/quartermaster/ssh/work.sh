# Working, in a session of its own: check, apply, verify, and write down what came of it.

journal() {
    now
    printf '%s %s %s %s %s %s\n' $((epoch + (now - origin) / 100)) "$fence" "$machine" "$run" "$step" "$*" \
        >>"$state/journal" 2>/dev/null
}

# Whether the next step may begin: no newer claim of somebody with other steps, and nobody said stop.
may_go_on() {
    newest
    claim=
    { read -r claim <"$dir/claim"; } 2>/dev/null || :
    [ "$newest" -le "${claim:-0}" ] && [ ! -e "$dir/stop" ]
}

# Writes down a result: word, phase, exit status, and for some failures a code. On a full disk the reserve
# makes room for it.
finish() {
    now
    line="$1 $2 $3 $((now - began)) ${4-}"
    { printf '%s\n' "$line" >"$dir/$step.res"; } 2>/dev/null && [ -s "$dir/$step.res" ] && return
    rm -f "$dir/reserve"
    printf '%s\n' "$line" >"$dir/$step.res"
}

# Called by a kind's function: gives its failure a code, says what is the matter, and fails.
refuse() {
    printf '%s\n' "$1" >"$dir/$step.code"
    shift
    echo "$*"
    return 1
}

# Whether one of the named earlier steps, one a line in $1, changed something.
any_changed() {
    while read -r name; do
        case $changed in *"$newline$name$newline"*) return 0 ;; esac
    done <<NAMES
$1
NAMES
    return 1
}

# How often the step was begun before without an end: the machine or the worker died under it.
count_tries() {
    tries=0
    [ ! -s "$dir/$step.try" ] || read -r tries <"$dir/$step.try"
    [ "$tries" = 0 ] || journal "taken-up-again $tries"
    printf '%s\n' $((tries + 1)) >"$dir/$step.try"
}

# Runs in a shell of its own, so that nothing is left of one step for the next; what it prints is the step's
# output.
perform() (
    exec </dev/null >>"$dir/$step.out" 2>&1
    if [ "$tries" -ge 3 ]; then finish failed lost 0; return; fi
    cd "${HOME:-/}" 2>/dev/null || cd /
    umask 022
    "step_$index"
    "${kind}_check"
    status=$?
    case $status in
        0) finish unchanged check 0; return ;;
        1) ;;
        *) ended check "$status"; return ;;
    esac
    journal "$verb-start"
    "${kind}_apply"
    status=$?
    journal "$verb-end $status"
    [ $status = 0 ] || { ended apply $status; return; }
    "${kind}_verify"
    status=$?
    [ $status = 0 ] || { ended verify $status; return; }
    finish changed verify 0
)

begin() {
    case $step in u*) verb=undo ;; *) verb=apply ;; esac
    now
    began=$now
    eval "limit=\$limit_of_$index"
    printf '%s %s %s\n' "$step" "$began" $((began + limit)) >"$dir/limit"
    : >"$dir/$step.out"
    count_tries
}

# Ended in phase $1 with a status $2 that is neither done nor to be done. A restart has two of its own: 75
# while the machine goes down, 76 when it is up again.
ended() {
    if [ -e "$dir/$step.boot" ]; then
        case $2 in
            75) finish pending "$1" 75; return ;;
            76) journal "restarted"; finish changed "$1" 0; return ;;
        esac
    fi
    room=full code=
    { printf '%4096s' '' >"$dir/room"; } 2>/dev/null && room=$1
    rm -f "$dir/room"
    { read -r code <"$dir/$step.code"; } 2>/dev/null || :
    finish failed "$room" "$2" "$code"
}

passed() {
    result=
    [ ! -s "$dir/$step.res" ] || read -r result _ <"$dir/$step.res"
    case $result in
        changed) eval "changed=\$changed\$name_of_$index\$newline" ;;
        unchanged) ;;
        *) return 1 ;;
    esac
}

# The user's number, without a process of its own where there is /proc.
who_am_i() {
    self=
    while read -r field self _; do [ "$field" != Uid: ] || break; done 2>/dev/null </proc/self/status
    [ -n "$self" ] || self=$(id -u)
}

work() {
    now
    origin=$now
    epoch=$(date +%s)
    who_am_i
    printf '%8192s' '' >"$dir/reserve"
    watch &
    watcher=$!
    ending=
    trap 'ending=yes' TERM
    for step in $steps; do
        index=${step%%.*}
        index=${index#u}
        result=
        [ ! -s "$dir/$step.res" ] || read -r result _ <"$dir/$step.res"
        case $result in
            changed | unchanged | failed) ;;
            *)
                may_go_on || break
                begin
                perform
                # Who ends the step also writes down why, and then ends us.
                [ -z "$ending" ] || wait $watcher
                ;;
        esac
        passed || break
    done
    kill -KILL $watcher
    rm -f "$bundle" "$dir/reserve" "$dir/limit" "$dir/new" "$dir/text"
    forget_old
}

# Records of runs long past, and texts that were cut on their way here.
forget_old() {
    set --
    for old in "$state/machines/$machine/runs"/*; do
        [ "${old##*/}" -ge $((run - 20)) ] 2>/dev/null || set -- "$@" "$old"
    done
    [ $# = 0 ] || rm -rf "$@"
    set -- "$state"/in.*
    [ ! -e "$1" ] || find "$state" -name 'in.*' -mmin +60 -exec rm -f {} +
}

# Ends a step that is over its time, or that somebody wants killed, and records that before the worker dies.
watch() {
    trap '' TERM
    while sleep 1; do
        read -r step began deadline <"$dir/limit" 2>/dev/null || continue
        bound_output
        now
        why=
        [ "$now" -lt "$deadline" ] || why=timeout
        [ ! -e "$dir/kill" ] || why=killed
        [ -n "$why" ] || continue
        kill -TERM 0
        sleep 1
        read -r step began deadline <"$dir/limit" || continue
        if [ ! -s "$dir/$step.res" ]; then
            journal "$why"
            finish failed "$why" 0
        fi
        rm -f "$bundle"
        kill -KILL 0
    done
}

# Step output is kept up to a mebibyte; what comes then is let go, except for its end.
bound_output() {
    size=$(stat -c %s "$dir/$step.out" 2>/dev/null) || return 0
    [ "${size:-0}" -gt 1048576 ] || return 0
    [ -e "$dir/$step.full" ] || : >"$dir/$step.full"
    [ "$size" -lt 16777216 ] || : >"$dir/$step.out"
}
