# script: $content is run by the function run_script, from $dir/text; not when $creates exists. The
# interpreter reads the file, since the state directory may be mounted noexec.

script_check() { [ -n "$creates" ] && [ -e "$creates" ]; }

script_apply() {
    printf %s "$content" >"$dir/text" || return
    run_script
}

script_verify() {
    [ -z "$creates" ] || [ -e "$creates" ] && return
    echo "$creates does not exist after the script ended well"
    return 1
}
