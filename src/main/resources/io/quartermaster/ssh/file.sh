# file: $path holds $content, byte for byte; replaced by a rename, so that nobody sees half of it.

same_content() {
    [ -f "$path" ] && [ ! -L "$path" ] || return 1
    printf %s "$content" >"$dir/new" || return 2
    cmp -s "$dir/new" "$path"
}

file_check() {
    if [ -d "$path" ]; then echo "$path is a directory"; return 2; fi
    same_content || return 1
    same_attributes
}

file_apply() {
    if [ -f "$path" ]; then tell_attributes; fi
    if same_content; then set_attributes "$path"; return; fi
    if [ -f "$path" ]; then show_difference; else echo "$path: new, ${#content} characters"; fi
    make_temporary || return
    printf %s "$content" >"$temporary" && set_attributes "$temporary" && mv -f "$temporary" "$path" && return
    rm -f "$temporary"
    return 1
}

show_difference() {
    [ ! -L "$path" ] || echo "$path is a symbolic link and becomes a file"
    printf %s "$content" | diff -u "$path" - | head -n 200
}

file_verify() { file_check; }
