# directory: $path is a directory; its parents are made where they are missing.

directory_check() {
    [ -d "$path" ] && [ ! -L "$path" ] || return 1
    same_attributes
}

directory_apply() {
    if [ -e "$path" ] && [ ! -d "$path" ]; then echo "$path is not a directory"; return 1; fi
    if [ -d "$path" ]; then tell_attributes; else mkdir -p "$path" || return; fi
    set_attributes "$path"
}

directory_verify() { directory_check; }
