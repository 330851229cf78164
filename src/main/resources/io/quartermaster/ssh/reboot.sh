# reboot: the machine was started anew since the step began. $when: names of earlier steps, one a line; when
# there are any, only if one of them changed something.

reboot_check() {
    boot_id
    now
    before=
    { read -r before asked <"$dir/$step.boot"; } 2>/dev/null || :
    if [ -z "$before" ]; then [ -n "$when" ] && ! any_changed "$when"; return; fi
    [ "$before" = "$boot" ] || return 76
    if [ $((now - asked)) -gt "$limit" ]; then echo "still up since it was told to restart"; return 2; fi
    echo "going down for a restart"
    return 75
}

# Later than this shell's end, so that the follower can still say that it is under way.
reboot_apply() {
    boot_id
    now
    printf '%s %s\n' "$boot" "$now" >"$dir/$step.boot" || return
    echo "restarting; the boot id was $boot"
    (
        sleep 1
        if [ -d /run/systemd/system ]; then systemctl reboot; else reboot; fi || shutdown -r now || reboot -f
    ) >/dev/null 2>&1 &
    return 75
}

reboot_verify() { return 0; }
