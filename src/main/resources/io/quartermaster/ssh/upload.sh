# upload: $path holds the bytes whose SHA-256 is $sha256; they come as $base64, or (staged is yes) were sent
# before into $state/uploads.

same_bytes() {
    [ -f "$path" ] && [ ! -L "$path" ] || return 1
    # shellcheck disable=SC2046
    set -- $(sha256sum "$path")
    [ "${1#\\}" = "$sha256" ]
}

upload_check() {
    if [ -d "$path" ]; then echo "$path is a directory"; return 2; fi
    same_bytes || return 1
    same_attributes
}

upload_apply() {
    if [ -f "$path" ]; then tell_attributes; fi
    if same_bytes; then set_attributes "$path"; return; fi
    replace_with write_bytes
}

write_bytes() {
    if [ "$staged" = yes ]; then cat "$state/uploads/$sha256" >"$temporary"; return; fi
    base64 -d >"$temporary" <<BYTES
$base64
BYTES
}

upload_verify() {
    upload_check || return
    [ "$staged" = no ] || rm -f "$state/uploads/$sha256"
}
