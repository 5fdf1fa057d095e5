#!/usr/bin/env bash
# Applies small faults (*.patch) one by one in a scratch copy and requires that the suite goes red.
#
#   run.sh                   three of them, as --random 3
#   run.sh --list            names, and what each breaks
#   run.sh --random N        N of them, drawn by a printed seed (SEED=… draws the same again)
#   run.sh --all             all
#   run.sh NAME…             these
#
# A patch says in its first lines what it breaks (What:), and what must notice: either the module (Module:) and its test classes (Tests:),
# or native tests by a ctest pattern (Ctest:). It must apply and compile: a fault that is not built proves nothing.
# SCRATCH=DIR keeps the scratch copy, and makes a second run faster; MVN=… is the Maven to call.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
mvn="${MVN:-mvn}"
# A mutant that hangs is red as well: the watchdog of the tests ends it, this is the last resort.
limit="${LIMIT:-600}"
quiet=(-B -q -Dcheckstyle.skip=true -Dspotless.check.skip=true)

field() { sed -n "s/^$2: //p;/^--- /q" "$here/$1.patch" | head -n 1; }
names() { for patch in "$here"/*.patch; do basename "$patch" .patch; done; }

list() {
    names | while read -r name; do
        printf '%-34s %s\n' "$name" "$(field "$name" What)"
    done
}

draw() {
    local seed="${SEED:-$RANDOM}"
    echo "seed of the draw: SEED=$seed" >&2
    # Only what was seen red once: a new mutant is first run by its name.
    grep -l '^Seen: red' "$here"/*.patch | xargs -n 1 basename -s .patch | awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort | head -n "$1" | cut -f 2
}

# Files get the time of the copy: what a kept scratch copy has built from a fault is built again.
copy() {
    mkdir -p "$scratch"
    (cd "$root" && tar cf - --exclude=./.git --exclude=target --exclude=./build .) | (cd "$scratch" && tar xmf -)
}

# Everything but the tests: fails if the mutant does not compile.
build() {
    if [ -n "$(field "$1" Ctest)" ]; then
        (cd "$scratch" && cmake --preset release > build.log 2>&1 && cmake --build --preset release >> build.log 2>&1)
    else
        (cd "$scratch" && "$mvn" "${quiet[@]}" -pl "$(field "$1" Module)" -am -DskipTests test-compile > build.log 2>&1)
    fi
}

suite() {
    if [ -n "$(field "$1" Ctest)" ]; then
        (cd "$scratch" && timeout "$limit" ctest --preset release -R "$(field "$1" Ctest)" --no-tests=error > suite.log 2>&1)
    else
        (cd "$scratch" && timeout "$limit" "$mvn" "${quiet[@]}" -pl "$(field "$1" Module)" -am test \
            "-Dtest=$(field "$1" Tests)" -Dsurefire.failIfNoSpecifiedTests=false > suite.log 2>&1)
    fi
}

# 0: red, as it should be.
try() {
    local name="$1" result=1
    patch -s -p1 -d "$scratch" < "$here/$name.patch" || { echo "$name: does not apply: bring it up to date"; return 1; }
    if ! build "$name"; then
        echo "$name: does not compile: bring it up to date"
        tail -n 20 "$scratch/build.log"
    elif suite "$name"; then
        echo "$name: SURVIVED: $(field "$name" What)"
    else
        echo "$name: red"
        result=0
    fi
    patch -s -R -p1 -d "$scratch" < "$here/$name.patch"
    return $result
}

case "${1:-}" in
    --list) list; exit 0 ;;
    --all) mapfile -t chosen < <(names) ;;
    --random) mapfile -t chosen < <(draw "${2:?how many?}") ;;
    "") mapfile -t chosen < <(draw 3) ;;
    -*) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
    *) chosen=("$@") ;;
esac

if [ -n "${SCRATCH:-}" ]; then
    scratch="$SCRATCH"
else
    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
fi
copy

# The same tests without a fault: a suite that is red anyway notices nothing.
failed=0
declare -A green
for name in "${chosen[@]}"; do
    key="$(field "$name" Module)|$(field "$name" Tests)|$(field "$name" Ctest)"
    if [ -z "${green[$key]:-}" ]; then
        if ! build "$name" || ! suite "$name"; then
            echo "$name: its tests fail without the fault: see $scratch/suite.log"
            tail -n 30 "$scratch/suite.log" 2> /dev/null || true
            exit 1
        fi
        green[$key]=yes
    fi
    try "$name" || failed=$((failed + 1))
done
echo "${#chosen[@]} mutants, $failed not noticed"
[ "$failed" -eq 0 ]
