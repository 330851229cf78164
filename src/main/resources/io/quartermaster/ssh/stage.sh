# Takes the bytes of a file from standard input and keeps them until a step puts them in their place; goes on
# where an earlier transfer was cut. Set before: mark path sha256 size.
has_hash() {
    [ -f "$1" ] || return 1
    # shellcheck disable=SC2046
    set -- $(sha256sum "$1")
    [ "${1#\\}" = "$sha256" ]
}
uploads=$state/uploads part=$state/uploads/$sha256.part has=0
[ -d "$uploads" ] || mkdir -p "$uploads"
if [ -f "$uploads/$sha256" ] || has_hash "$path"; then echo "$mark have"; exit; fi
[ ! -f "$part" ] || has=$(wc -c <"$part")
echo "$mark from $((has))"
cat >>"$part" || { echo "$mark full"; exit; }
[ $(($(wc -c <"$part"))) -ge "$size" ] || exit
if has_hash "$part"; then mv -f "$part" "$uploads/$sha256" && echo "$mark stored"; exit; fi
rm -f "$part"
echo "$mark corrupt"
