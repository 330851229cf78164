# service: $name of systemd or OpenRC; $unit is the text of its unit or init script (empty: not looked at),
# $enabled and $running are yes or no, $when names earlier steps whose changes restart it, one a line.

init_system() {
    if [ -d /run/systemd/system ]; then init=systemd unit_path=/etc/systemd/system/$unit_name mode=644
    elif [ -e /run/openrc/softlevel ]; then init=openrc unit_path=/etc/init.d/$name mode=755
    elif [ -d /etc/systemd/system ] || [ ! -d /etc/init.d ]; then
        init=none unit_path=/etc/systemd/system/$unit_name mode=644
    else init=none unit_path=/etc/init.d/$name mode=755
    fi
}

service_check() {
    init_system
    same_unit || return 1
    ! any_changed "$when" || [ "$running" = no ] || return 1
    "check_$init"
}

same_unit() {
    [ -n "$unit" ] || return 0
    path=$unit_path content=$unit owner='' group=
    file_check
}

service_apply() {
    init_system
    restart=no
    if any_changed "$when"; then restart=yes; fi
    if ! same_unit; then
        file_apply || return
        restart=yes
        [ $init != systemd ] || systemctl daemon-reload || return
    fi
    "apply_$init"
}

service_verify() {
    [ -z "$unit" ] || file_verify || return
    "check_$init"
}

# ---- systemd

check_systemd() {
    state_of=$(systemctl show -p ActiveState -p UnitFileState -p NeedDaemonReload "$unit_name") || return 2
    case $state_of in *NeedDaemonReload=yes*) return 1 ;; esac
    case $enabled:$state_of in
        yes:*UnitFileState=enabled* | yes:*=static* | yes:*=alias* | yes:*=indirect*) ;;
        yes:* | no:*UnitFileState=enabled*) return 1 ;;
    esac
    case $running:$state_of in
        yes:*ActiveState=active* | yes:*ActiveState=reloading*) ;;
        yes:* | no:*ActiveState=active* | no:*ActiveState=activating*) return 1 ;;
    esac
}

apply_systemd() {
    case $(systemctl show -p NeedDaemonReload "$unit_name") in *yes) systemctl daemon-reload || return ;; esac
    case $(systemctl show -p LoadState "$unit_name") in
        *not-found) refuse service-unknown "there is no unit $unit_name"; return ;;
    esac
    enable=disable
    [ "$enabled" = no ] || enable=enable
    systemctl $enable "$unit_name" || return
    if [ "$running" = no ]; then systemctl stop "$unit_name"
    elif [ "$restart" = yes ]; then systemctl restart "$unit_name"
    else systemctl start "$unit_name"
    fi && return
    systemctl status --no-pager -l -n 20 "$unit_name"
    return 1
}

# ---- OpenRC

check_openrc() {
    is=no
    ! rc-update show default 2>/dev/null | grep -q "^ *$name " || is=yes
    [ $is = "$enabled" ] || return 1
    is=no
    ! rc-service "$name" status >/dev/null 2>&1 || is=yes
    [ $is = "$running" ]
}

apply_openrc() {
    rc-service -e "$name" || { refuse service-unknown "there is no service $name"; return; }
    if [ "$enabled" = no ]; then rc-update -q del "$name" default || :
    else rc-update add "$name" default || return
    fi
    if [ "$running" = no ]; then rc-service --ifstarted "$name" stop
    elif [ "$restart" = yes ]; then rc-service "$name" restart
    else rc-service --ifstopped "$name" start
    fi
}

# ---- neither: a unit can be put in its place, nothing can be started

check_none() { [ "$enabled" = no ] && [ "$running" = no ]; }

apply_none() {
    check_none && return
    refuse no-init-system "neither systemd nor OpenRC runs here; nothing can be enabled or started"
}
