# Claiming a host, in the channel's shell: raise the fence, then join a worker or start one.

lock() {
    if command -v flock >/dev/null; then
        exec 9>>"$state/lock"
        flock 9
        return
    fi
    tries=0
    until mkdir "$state/lock.d" 2>/dev/null; do
        tries=$((tries + 1))
        # Whoever held it for so long is gone: a claim takes milliseconds.
        if [ $tries -gt 20 ]; then rm -rf "$state/lock.d"; fi
        if [ $tries -gt 40 ]; then say busy lock; leave; fi
        sleep 1
    done
}

unlock() { exec 9>&-; [ ! -d "$state/lock.d" ] || rmdir "$state/lock.d"; }

# Sets working to mine, same, run or other when somebody works here, else to nothing.
look() {
    working='' pid=
    [ -s "$state/worker" ] || return 0
    read -r pid was on whose <"$state/worker" || return 0
    boot_id
    [ "$on" = "$boot" ] || return 0
    started "$pid"
    [ -n "$start" ] && [ "$start" = "$was" ] || return 0
    working=other
    [ "$whose" = "$machine $run" ] || return 0
    working=run
    theirs=
    [ ! -s "$dir/plan" ] || IFS= read -r theirs <"$dir/plan"
    case " $theirs" in *" $digests") working=same ;; esac
}

refuse_when_fenced() {
    newest
    [ "$newest" -le "$fence" ] && return
    say fenced "$newest"
    leave
}

# Raises the fence, then joins the worker that has our steps already, or starts one when nobody works and
# nobody wished that the run ends.
engage() {
    lock
    refuse_when_fenced
    [ -d "$dir" ] || mkdir -p "$dir" || { say unwritable; leave; }
    look
    # The claim first: the worker goes on only while no fence above its claim was seen.
    if [ "$working" = same ] || [ -z "$working" ]; then printf '%s\n' "$fence" >"$dir/claim"; fi
    if [ "$newest" != "$fence" ]; then
        { printf '%s\n' "$fence" >"$state/fence.new"; } || { say full; leave; }
        mv -f "$state/fence.new" "$state/fence" || { say full; leave; }
    fi
    [ -z "$wish" ] || : >"$dir/stop"
    [ "$wish" != kill ] || : >"$dir/kill"
    if [ -z "$working" ] && [ -z "$wish" ]; then start_worker; fi
    unlock
}

# A step that was pending is looked at again.
forget_pending() {
    for step in $steps; do
        result=
        [ ! -s "$dir/$step.res" ] || read -r result _ <"$dir/$step.res"
        [ "$result" != pending ] || rm -f "$dir/$step.res" "$dir/$step.out" "$dir/$step.try"
    done
}

start_worker() {
    for left in "$dir/stop" "$dir/kill"; do [ ! -e "$left" ] || rm -f "$left"; done
    forget_pending
    printf '%s\n' "$digests" >"$dir/plan" || { say full; leave; }
    boot_id
    (
        setsid sh "$bundle" work "$state" "$bundle" </dev/null >"$dir/worker.out" 2>&1 9>&- &
        pid=$!
        started $pid
        printf '%s %s %s %s\n' "$pid" "$start" "$boot" "$machine $run" >"$state/worker"
    )
    working=mine
}
