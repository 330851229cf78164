#!/bin/bash
# Starts the daemon once, asks it whether it is ready, and has the JVM remember in a file what that took.
#   warm-up.sh JAR CACHE DATA
# The heap is small because addresses are written differently in one above 32 GiB, and a cache fits
# one way only. Without a cache the daemon only starts slower, so a failure is told and stops no build.
set -u
jar=$1 cache=$2 data=$3 port=18080

answers() { # path
    exec 3<> "/dev/tcp/127.0.0.1/$port" || return
    printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3
    grep -q '^HTTP/1.. 200' <&3
}

QUARTERMASTER_DATA=$data QUARTERMASTER_LISTEN=127.0.0.1:$port \
    java -Xmx1g -XX:AOTCacheOutput="$cache" -jar "$jar" serve &
daemon=$!
tries=0
until answers /q/health/ready 2> /dev/null; do
    tries=$((tries + 1))
    kill -0 $daemon 2> /dev/null && [ $tries -lt 120 ] || break
    sleep 1
done
answers /q/metrics && answers /q/openapi || echo "warm-up: the daemon did not answer" >&2
kill $daemon
wait $daemon
rm -rf "$data"
[ -s "$cache" ] || echo "warm-up: no cache was written, the daemon will start without one" >&2
touch "$cache"
