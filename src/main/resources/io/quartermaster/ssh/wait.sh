# wait: until $what (tcp, http, command, elapsed) holds, looked at again and again; the step's limit ends it.

wait_check() { [ "$what" != elapsed ] && probe; }

wait_apply() {
    if [ "$what" = elapsed ]; then sleep "$seconds"; return; fi
    pause=0.1
    until probe; do
        [ $? != 69 ] || return 1
        sleep $pause 2>/dev/null || sleep 1
        case $pause in 0.1) pause=0.3 ;; 0.3) pause=0.5 ;; *) pause=1 ;; esac
    done
}

wait_verify() { return 0; }

probe() { "probe_$what"; }

probe_command() { run_text "$command" >"$dir/probe" 2>&1; }

# Each of these comes with some system: bash with most, nc with busybox, python3 and perl with the rest.
probe_tcp() {
    # shellcheck disable=SC2016
    if has bash; then timeout 5 bash -c '</dev/tcp/"$1"/"$2"' - "$host" "$port" 2>/dev/null
    elif has nc; then nc -w 5 "$host" "$port" </dev/null >/dev/null 2>&1
    elif has python3; then
        python3 -c 'import socket,sys;socket.create_connection((sys.argv[1],int(sys.argv[2])),5)' \
            "$host" "$port" 2>/dev/null
    elif has perl; then
        # shellcheck disable=SC2016
        perl -MIO::Socket::INET -e \
            'exit !IO::Socket::INET->new(PeerAddr => shift, PeerPort => shift, Timeout => 5)' "$host" "$port"
    else lacks "bash, nc, python3 or perl"
    fi
}

probe_http() {
    found=
    if has curl; then found=$(curl -s -m 10 -o /dev/null -w '%{http_code}' "$url")
    elif has wget; then
        found=$(wget -T 10 -S -O /dev/null "$url" 2>&1 |
            sed -n 's,^ *HTTP/[0-9.]* \([0-9]*\).*,\1,p' | tail -n 1)
    elif has python3; then found=$(python3 -c "$python_http" "$url" 2>/dev/null)
    elif has bash && [ "${url#http://}" != "$url" ]; then found=$(timeout 10 bash -c "$bash_http" - "$url")
    else lacks "curl, wget or python3"; return
    fi
    [ "$found" = "$status" ]
}

python_http='
import sys, urllib.request, urllib.error
try: print(urllib.request.urlopen(sys.argv[1], timeout=10).status)
except urllib.error.HTTPError as e: print(e.code)'

# shellcheck disable=SC2016
bash_http='u=${1#http://} h=${u%%/*} p=/; case $u in */*) p=/${u#*/} ;; esac
o=80; case $h in *:*) o=${h##*:} h=${h%:*} ;; esac
exec 3<>"/dev/tcp/$h/$o" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$p" "$h" >&3 &&
read -r _ s _ <&3 && echo "$s"'

has() { command -v "$1" >/dev/null; }

lacks() { refuse no-tool "the host has none of $1 to look with" || return 69; }
