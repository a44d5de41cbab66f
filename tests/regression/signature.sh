#!/usr/bin/env bash
# The signature is the same for one and four threads, and prints itself for the commit message.
set -eu
one=$("$ONWARD" signature --threads 1)
four=$("$ONWARD" signature --threads 4)
echo "Signature: $one"
test "$one" = "$four"
