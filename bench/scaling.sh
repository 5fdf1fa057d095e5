#!/usr/bin/env bash
# Efficiency of 1, 2, 4, 8 and 16 workers, as far as this machine has cores: printed, and plotted beside the published results.
#   bench/scaling.sh            writes bench/results/scaling.json and scaling.svg
#   bench/scaling.sh --quick    5 rounds, writes nothing
# More options: ./talaria bench scaling --help. On a machine with fewer cores it says what was not measured.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -eq 0 ]; then
    set -- --json "$here/results/scaling.json" --plots "$here/results"
fi
exec "$here/../talaria" bench scaling "$@"
