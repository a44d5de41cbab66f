#!/usr/bin/env bash
# Every scenario that the project ships is good, and each small or what-if one runs.
set -eu
cd "$ONWARD_SOURCE_DIR"
mapfile -t files < <(find scenarios -name '*.yaml' | sort)
"$ONWARD" check "${files[@]}"
for file in scenarios/teaching/*.yaml scenarios/what-if/*.yaml; do
  "$ONWARD" run "$file" --replicates 1 > /dev/null
done
