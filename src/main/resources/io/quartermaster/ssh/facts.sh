# What a host is, as lines of NAME=VALUE; set before: nonce. Changes nothing.

rm -f "$bundle"
LC_ALL=C
export LC_ALL
PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

hostname=$(uname -n)
kernel=$(uname -r)
arch=$(uname -m)
ID='' VERSION_ID=
# shellcheck source=/dev/null
for release in /etc/os-release /usr/lib/os-release; do
    if [ -r $release ]; then . $release; break; fi
done
cpus=$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || grep -c '^processor' /proc/cpuinfo)
memory=0
while read -r name value _; do
    if [ "$name" = MemTotal: ]; then memory=$value; break; fi
done </proc/meminfo
# shellcheck disable=SC2046
set -- $(df -Pk / | tail -n 1)
disk=$2
boot=
{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
# A container that is restarted keeps the kernel's boot id, but not its first process.
{ read -r first </proc/1/stat; } 2>/dev/null
# shellcheck disable=SC2086
set -- ${first##*) }
boot=$boot/${20-}
packages=
for manager in apt-get dnf apk; do
    if command -v $manager >/dev/null; then packages=${manager%-get}; break; fi
done
init=
if [ -d /run/systemd/system ]; then init=systemd; elif [ -e /run/openrc/softlevel ]; then init=openrc; fi

printf '%s\n' "hostname=$hostname" "os=$ID" "version=$VERSION_ID" "kernel=$kernel" "arch=$arch" "cpus=$cpus" \
    "memory=$memory" "disk=$disk" "boot=$boot" "packages=$packages" "init=$init"
if command -v ip >/dev/null; then
    ip -o addr show scope global | while read -r _ _ _ address _; do
        printf 'address=%s\n' "${address%/*}"
    done
else
    for address in $(hostname -I 2>/dev/null || hostname -i); do printf 'address=%s\n' "$address"; done
fi
printf '%s end\n' "$nonce"
