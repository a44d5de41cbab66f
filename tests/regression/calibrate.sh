#!/usr/bin/env bash
# A calibration is the same for any number of threads and after --resume, loses nothing, and its bank answers
# for other cells.
set -eu
cd "$ONWARD_SOURCE_DIR"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

study() { # NAME PLAN [MORE]: a small study of the held-out world
  printf 'name: %s\nextends: %s/scenarios/studies/north-korea-2004-2012.yaml\nmethod: {%s}\n%s' \
    "$1" "$PWD" "$2" "${3-}" > "$work/$1.yaml"
}
plan="climbs: 2, generations: 2, offspring: 6, settle: 1, first_draws: 24, particles: 12, replicates: 1, most_moves: 1, bank: 40, draws: 40, checks: 10"
study tiny "$plan, most_points: 60"
study without "$plan, most_points: 60" $'fit: {years: 2004-2012, leave_out: [{where: GBR, years: 2006-2009}]}\n'
calibrate() { "$ONWARD" calibrate "$@" 2>> "$work/log"; }

calibrate "$work/tiny.yaml" -o "$work/a.h5" --bank "$work/a.bank.h5" --threads 1 > "$work/a.txt"
calibrate "$work/tiny.yaml" -o "$work/b.h5" --bank "$work/b.bank.h5" --threads 2 > "$work/b.txt"
diff "$work/a.txt" "$work/b.txt"

# A bank that exists is not lost.
status=0
calibrate "$work/tiny.yaml" --bank "$work/a.bank.h5" || status=$?
[ "$status" -eq 2 ]
grep -q "exists; go on with --resume" "$work/log"

calibrate "$work/tiny.yaml" -o "$work/c.h5" --bank "$work/a.bank.h5" --resume > "$work/c.txt"
diff "$work/a.txt" "$work/c.txt"

calibrate "$work/without.yaml" --from-bank "$work/a.bank.h5" -o "$work/d.h5" > "$work/d.txt"
grep -q "2004-2012 without GBR 2006-2009 (104 cells)" "$work/d.txt"
# A study of other years has no use for this bank.
status=0
calibrate scenarios/studies/north-korea-2004-2015.yaml --from-bank "$work/a.bank.h5" || status=$?
[ "$status" -eq 2 ]

# The posterior runs.
"$ONWARD" run scenarios/studies/known-by-2012.yaml --posterior "$work/d.h5" -n 1 > /dev/null 2>&1
