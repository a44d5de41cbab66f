#!/usr/bin/env bash
# A trace is the same for any number of threads, from a scenario and from a run file; it writes no
# file unless asked, and then the one that the untraced replicate writes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
small=$ONWARD_SOURCE_DIR/scenarios/teaching/small.yaml
cd "$folder"

fail() { echo "FAILED: $1"; exit 1; }
# refused WORDS ARGUMENTS...: the program ends with 2 and says WORDS.
refused() {
  words=$1
  shift
  code=0
  "$ONWARD" run "$@" > out.txt 2> err.txt || code=$?
  test "$code" = 2 && grep -q -- "$words" err.txt && test ! -s out.txt || fail "not refused: $*"
}

"$ONWARD" run "$small" --trace mover:3 --replicate 2 --threads 1 > one.txt
"$ONWARD" run "$small" --trace mover:3 --replicate 2 --threads 3 > three.txt
cmp one.txt three.txt
test "$(find . -type f | wc -l)" = 2 || fail "a trace wrote a file"
grep -q 'Chooses to go to' one.txt || fail "no journey was chosen"
grep -q '^At the end of the run' one.txt || fail "the life has no end"

person=$(sed -n 's/^Person *\([^ ]*\) in replicate 2 .*/\1/p' one.txt)
"$ONWARD" run "$small" --replicates 4 -o run.h5 > /dev/null 2>&1
"$ONWARD" run --from run.h5 --replicate 2 --trace "$person" -o traced.h5 > from.txt
cmp one.txt from.txt
"$ONWARD" run --from run.h5 --replicate 2 -o again.h5 > /dev/null 2>&1
for name in traced again; do
  "$ONWARD" export "$name.h5" --csv "$name" > /dev/null
done
diff -r --exclude run.csv traced again  # run.csv holds the command line

refused 'no group' "$small" --trace folk:2001-01:0
refused 'its people arrive in' "$small" --trace settlers:1990-01:0
refused 'there is: 0 to' "$small" --trace settlers:2001-01:999
refused 'people depart' "$small" --trace mover:1000000
refused 'not --replicates' "$small" --trace first-mover --replicates 3
refused 'json does not go' "$small" --trace first-mover --json
refused 'goes with --from or --trace' "$small" --replicate 3
refused 'replicate must be' --from run.h5 --trace first-mover --replicate 4
echo "traces agree"
