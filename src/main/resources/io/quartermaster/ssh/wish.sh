# Tells the worker of a run to stop before its next step, or to kill the current one too. Set before: nonce
# machine run wish.

rm -f "$bundle"
dir=$state/machines/$machine/runs/$run
: >"$dir/stop"
[ "$wish" = stop ] || : >"$dir/kill"
printf '%s end\n' "$nonce"
