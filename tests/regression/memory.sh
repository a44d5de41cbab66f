#!/usr/bin/env bash
# A world that does not fit into the memory there is, is refused at once with what it needs.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
globe=$ONWARD_SOURCE_DIR/scenarios/worlds/globe.yaml
cd "$folder"

fail() { echo "FAILED: $1"; exit 1; }

# Sanitizers reserve more address space than any limit here leaves.
if (ulimit -v 1500000 && "$ONWARD" version) > /dev/null 2>&1; then
  code=0
  (ulimit -v 1500000; "$ONWARD" run "$globe" -n 1 -o globe.h5) > out.txt 2> err.txt || code=$?
  test "$code" = 3 || fail "exit code $code, not 3"
  test "$(wc -l < err.txt)" = 1 && grep -q "needs about .* GiB of memory" err.txt || fail "message: $(cat err.txt)"
  test ! -s out.txt && test ! -e globe.h5 || fail "something was printed or written"
fi
