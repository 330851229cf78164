# file: $path holds $content, byte for byte; $length is the number of its bytes.

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
    if [ -f "$path" ]; then show_difference; else echo "$path: new, $length bytes"; fi
    replace_with write_content
}

write_content() { printf %s "$content" >"$temporary"; }

show_difference() {
    [ ! -L "$path" ] || echo "$path is a symbolic link and becomes a file"
    printf %s "$content" | diff -u "$path" - | head -n 200
}

# It was just written from the same variable: reading it back would show no more than its size does.
file_verify() { same_attributes && [ "$size" = "$length" ]; }
