# Following the worker, in the channel's shell: its output and results go to the channel as they come.

# Short sleeps first, since most steps are short; a busybox without fractions sleeps a whole second. Each poll
# costs the host two processes, so they are not short for long.
nap() {
    polls=$((polls + 1))
    case $polls in
        1) nap=0.05 ;;
        [2-4]) nap=0.1 ;;
        [5-9]) nap=0.2 ;;
        ? | ??) nap=0.5 ;;
        *) nap=1 ;;
    esac
    sleep $nap 2>/dev/null || sleep 1
    # The write also ends this shell when the channel is closed.
    case $polls in *[05]) say beat ;; *) [ $nap != 1 ] || say beat ;; esac
}

# Output up to the limit; of what is beyond it, the end.
pump() {
    [ -s "$out" ] || return 0
    [ ! -e "$dir/$step.full" ] || return 0
    cat <&3
}

follow_step() {
    out=$dir/$step.out
    until [ -e "$out" ] || [ -s "$dir/$step.res" ]; do gone && return 1; nap; done
    say begun "$step"
    [ -e "$out" ] || : >"$out"
    exec 3<"$out"
    until [ -s "$dir/$step.res" ]; do gone && return 1; pump; nap; done
    pump
    [ ! -e "$dir/$step.full" ] || { say cut; tail -c 2048 "$out"; }
    exec 3<&-
    # By now the result may be that of a newer claim with other steps.
    refuse_when_fenced
    read -r result rest <"$dir/$step.res"
    say result "$step" "$result" "$rest"
    case $result in changed | unchanged) return 0 ;; *) say end; leave ;; esac
}

# Whether nobody works any more and the step that is waited for has no result.
gone() {
    refuse_when_fenced
    look
    [ -z "$working" ] || { wait_for_others; return 1; }
    [ ! -s "$dir/$step.res" ]
}

wait_for_others() {
    [ "$working" = other ] || return 0
    others=$((others + 1))
    [ $others -lt 100 ] || { say busy "$whose"; leave; }
}

follow() {
    polls=0 others=0 mine=
    engage
    [ "$working" != mine ] || mine=yes
    for step in $steps; do
        until follow_step; do
            if [ -e "$dir/stop" ]; then say stopped "$step"; leave; fi
            if [ -n "$mine" ]; then tail -c 2048 "$dir/worker.out"; say lost "$step"; leave; fi
            engage
            [ "$working" != mine ] || mine=yes
        done
    done
    say end
}
