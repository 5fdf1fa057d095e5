#!/usr/bin/env bash
# Checks the project's protocol models with Spin: every model must be free of errors and wholly explored, every seeded fault must
# be found. Then runs the litmus tests on this machine, and looks whether the names in README.md's tables from model to code still exist
# (check_names.sh). Exit 0: everything as it should be; 1: a surprise; 2: a tool is missing.
#
#   check.sh [MODEL]     all models, or one of: state lanes fence overflow move journal close waiter receiver litmus names
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
only=${1:-}
cc=${CC:-cc}
cxx=${CXX:-c++}

missing() {
  echo "check.sh: '$1' not found. Install it, on Debian or Ubuntu: apt-get install $2" >&2
  exit 2
}
command -v spin > /dev/null || missing spin spin
command -v "$cc" > /dev/null || missing "$cc" gcc
command -v "$cxx" > /dev/null || missing "$cxx" g++
case $only in
  '' | state | lanes | fence | overflow | move | journal | close | waiter | receiver | litmus | names) ;;
  *) echo "check.sh: no model named '$only'" >&2; exit 2 ;;
esac

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# Each line: model, what is expected (proof: no error in the whole state space; fault: an error), flags.
# The longest proofs stand first, so that two at a time end together.
cases() {
  cat <<'CASES'
move     proof -DMO=1 -DCAP=1 -DSEQUENTIAL
overflow proof -DMOVE
lanes    proof
move     proof -DMO=0 -DNM=2
move     proof -DMO=0 -DNM=2 -DCAP=1
move     proof -DMO=0 -DMX=3 -DMOVES=2
move     proof -DMO=0 -DMX=3 -DMOVES=2 -DCAP=1
state    proof -DNP=2 -DMS=1
state    proof -DNP=1 -DMS=2
close    proof
overflow proof -DCLOSE
state    proof -DMS=3 -DSTUCK
state    proof -DMS=2 -DNO_TAIL
state    proof -DNP=2 -DMS=1 -DNS=1
state    proof -DNP=1 -DMS=4 -DNS=1
state    proof -DNS=1 -DBATCH=2 -DBUDGET=2
move     proof -DMO=0 -DMX=4 -DF
move     proof -DMO=0 -DMX=3 -DF -DCAP=1
move     proof -DMX=0 -DMO=2 -DNM=2
move     proof -DMX=0 -DNS=3 -DNM=2
lanes    proof -DMS=1 -DNW=2
lanes    proof -DNP=1 -DMS=3
lanes    proof -DFAIR -DMS=4
lanes    proof -DFAIR -DMS=4 -DBUDGET=3
lanes    proof -DOPEN -DMS=3
lanes    proof -DOPEN -DNW=2
overflow proof
overflow proof -DTURN=1
overflow proof -DOBEY
journal  proof
journal  proof -DNM=6 -DCAP=3
journal  proof -DNM=5 -DCAP=1
journal  proof -DWRITE_AHEAD
journal  proof -DWRITE_AHEAD -DNM=6 -DCAP=3
journal  proof -DWRITE_AHEAD -DNM=5 -DCAP=1
close    proof -DCAP=1
close    proof -DNP=1 -DMS=4
waiter   proof
waiter   proof -DSTAGE
receiver proof
receiver proof -DNR=3 -DNP=1 -DMS=3
receiver proof -DGIVEUP
receiver proof -DGIVEUP -DNR=3 -DNP=1 -DMS=3
receiver proof -DDIES
receiver proof -DEXECUTOR
receiver proof -DEXECUTOR -DDIES
receiver proof -DEXECUTOR -DBUDGET=2
receiver proof -DEXECUTOR -DREFUSALS=2 -DMS=1
receiver proof -DEXECUTOR -DREFUSALS=1 -DNP=1 -DMS=3
receiver proof -DEXECUTOR -DREFUSALS=1 -DMS=1 -DDIES
fence    proof -DMS=2
fence    proof -DNP=3
fence    proof -DNP=1 -DMS=3
fence    proof -DFAILS=2
state    fault -DNO_FENCE
state    fault -DSET_RELEASE
state    fault -DCLEAR_LATE
state    fault -DLEAVE_STORE
state    fault -DFAILED_CAS_FORGOTTEN
state    fault -DNO_LEAVE_WAKE
state    fault -DTAIL_BEFORE_TAKE
state    fault -DPARK_BLIND
state    fault -DJOIN_LATE
state    fault -DTOKEN_LATE
state    fault -DNO_CLAIM -DSTUCK
state    fault -DOWED_LATE -DSTUCK -DMS=3
state    fault -DRETIRE_SILENT
state    fault -DWAIT_IN_CLAIM
fence    fault -DNO_MEMBARRIER
fence    fault -DNO_SECOND_LOOK
fence    fault -DCLEAR_AFTER -DMS=2
fence    fault -DFAILURE_IGNORED -DFAILS=1
fence    fault -DFAILURE_FORGOTTEN -DFAILS=1
overflow fault -DHANDLER_WAITS
overflow fault -DAT_WORKER
overflow fault -DFLAG_EARLY
overflow fault -DFLAG_IGNORED
overflow fault -DFLAG_UNSET
overflow fault -DNO_LOCK
overflow fault -DHARD_LOST -DOBEY
overflow fault -DNO_RECHECK -DMOVE
overflow fault -DNO_SECOND_READ -DMOVE
overflow fault -DMOVE_RING_ONLY -DMOVE
overflow fault -DCLOSE_RING_ONLY -DCLOSE
overflow fault -DCLOSE_IN_TURN -DCLOSE
journal  fault -DNO_LOOK
journal  fault -DNO_LOOK -DWRITE_AHEAD
journal  fault -DJ_RELEASE
journal  fault -DJ_RELEASE -DWRITE_AHEAD
journal  fault -DBY_LENGTH
journal  fault -DBY_LENGTH -DWRITE_AHEAD
journal  fault -DJOURNALER_HEAD
journal  fault -DJOURNALER_HEAD -DWRITE_AHEAD
journal  fault -DBOTH_RECLAIM
journal  fault -DBOTH_RECLAIM -DWRITE_AHEAD
journal  fault -DHEAD_FIRST
journal  fault -DHEAD_IS_DRAINED
journal  fault -DRUN_AHEAD -DWRITE_AHEAD
close    fault -DNO_SECOND_READ
close    fault -DT_FIRST
close    fault -DHOME_RELEASE
close    fault -DDROP_OPEN
close    fault -DREST_FORGOTTEN
close    fault -DUNMAP
close    fault -DWAIT_BLIND -DCAP=1
close    fault -DCOUNT_LATE -DNP=1
close    fault -DREAD_EARLY -DNP=1
waiter   fault -DNOTIFY_EARLY
waiter   fault -DSIGNAL_RELEASE
waiter   fault -DPARK_BLIND
waiter   fault -DNOTIFY_RELEASE
waiter   fault -DNO_GENERATION
waiter   fault -DTIMEOUT_STORE
waiter   fault -DTIMEOUT_LEAVES
waiter   fault -DREPLY_FIRST
waiter   fault -DREGISTER_LATE -DSTAGE
waiter   fault -DOPEN_LATE
waiter   fault -DPOST_BLIND
waiter   fault -DCOMPLETER_BLIND
waiter   fault -DLOST_IGNORED
waiter   fault -DSTAGE_BLIND -DSTAGE
waiter   fault -DSTAGE_LATE -DSTAGE
receiver fault -DNO_BATON
receiver fault -DNO_BATON -DEXECUTOR
receiver fault -DPARK_BLIND
receiver fault -DPARK_OWNING
receiver fault -DNO_PASS -DGIVEUP
receiver fault -DDEAD_OWNER -DDIES
receiver fault -DDEAD_OWNER -DDIES -DEXECUTOR
receiver fault -DDEAD_SILENT -DDIES
receiver fault -DDEAD_SILENT -DDIES -DEXECUTOR
receiver fault -DLEAVE_STORE
receiver fault -DLEAVE_STORE -DEXECUTOR
receiver fault -DSUBMITTED_LATE -DEXECUTOR
receiver fault -DPOST_LATE -DEXECUTOR
receiver fault -DNO_RETRY -DEXECUTOR -DREFUSALS=1
receiver fault -DREFUSED_FORGOTTEN -DEXECUTOR -DREFUSALS=1
lanes    fault -DLEAVE_ONE_LANE
lanes    fault -DCLEAR_LATE
lanes    fault -DLEAVE_STORE
lanes    fault -DOPEN_BLOCKS -DOPEN
lanes    fault -DOPEN_SPINS -DOPEN
lanes    fault -DNO_CREDIT -DFAIR -DMS=4
lanes    fault -DCREDIT_A_TURN -DFAIR -DMS=4
lanes    fault -DNO_FENCE
lanes    fault -DLOOK_EARLY
lanes    fault -DPARK_BLIND
move     fault -DNO_SECOND_READ -DMX=0
move     fault -DNO_SECOND_READ -DMO=0
move     fault -DNO_FENCE -DMX=0 -DMO=2
move     fault -DHOME_RELEASE -DMX=0
move     fault -DT_FIRST -DMX=0
move     fault -DEARLY_NEW -DMX=0 -DMO=2
move     fault -DNO_WAIT -DMX=0
move     fault -DRING_ONLY -DMO=0 -DCAP=1
move     fault -DGIVE_IDLE -DMX=0
move     fault -DSTALE_PLAN -DMX=0 -DNS=3 -DNM=2
move     fault -DHOLD_AND_WAIT -DMX=0 -DNM=2 -DMOVES=2
move     fault -DNO_EPOCH -DMO=0
move     fault -DEPOCH_ONCE -DMO=0
move     fault -DEPOCH_LATE -DMO=0
move     fault -DNO_RECHECK -DMO=0
move     fault -DFLUSH_UNLOCKED -DMO=0 -DCAP=1
move     fault -DAPPEND_EACH -DMO=0 -DNM=2
move     fault -DREGATHER_EACH -DMO=0 -DNM=2
move     fault -DMOVED_LAST -DMO=0
move     fault -DLATE_FIRST -DMO=0
CASES
}

# One verification in a folder of its own; writes one line of the table and "ok" or "bad" into it.
verify() {
  local dir=$1 model=$2 expect=$3
  shift 3
  local optimise=-O0  # a fault is found in less time than the compiler takes to optimise
  if [ "$expect" = proof ]; then optimise=-O2; fi
  local flags="$*" verdict states
  mkdir -p "$dir" && cd "$dir" || return
  cp "$here/$model.pml" "$here/tso.h" .
  if ! spin -a "$@" "$model.pml" > spin.out 2>&1 || ! "$cc" $optimise -DSAFETY -DCOLLAPSE -o pan pan.c > cc.out 2>&1; then
    printf '%-9s %-6s %-38s %12s  %s\n' "$model" "$expect" "$flags" - "DOES NOT COMPILE: $(cat spin.out cc.out 2> /dev/null | head -1)" > line
    echo bad > verdict
    return
  fi
  nice ./pan -m200000 -w22 > pan.out 2>&1
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.out)
  # A search that ran out of depth or memory, was stopped, or hashed bits has proved nothing.
  local whole=yes
  if grep -qE 'max search depth too small|out of memory|memory limit|Search not completed|hash conflicts.*bitstate|Bit statespace' pan.out; then whole=no; fi
  local errors
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.out)
  if [ "$expect" = proof ]; then
    if [ "$errors" = 0 ] && [ $whole = yes ]; then verdict='ok: no error'; else verdict="SURPRISE: errors ${errors:-?}, wholly explored: $whole"; fi
  else
    # An assertion must have failed: an array index or an end state out of the ordinary would be a mistake of the model.
    if [ "${errors:-0}" != 0 ] && grep -q 'pan:1: assertion violated' pan.out && ! grep -q 'invalid array index' pan.out; then
      verdict='ok: found'
    else
      verdict="SURPRISE: not found ($(sed -n 's/^pan:1: //p' pan.out | head -1))"
    fi
  fi
  printf '%-9s %-6s %-38s %12s  %s\n' "$model" "$expect" "$flags" "${states:--}" "$verdict" > line
  case $verdict in ok*) echo ok ;; *) echo bad ;; esac > verdict
  rm -f pan pan.* ./*.trail
}

litmus() {
  local dir=$work/litmus
  mkdir -p "$dir"
  echo
  if "$cxx" -std=c++20 -O2 -pthread -o "$dir/litmus" "$here/litmus.cpp" > "$dir/cc.out" 2>&1; then
    "$dir/litmus" | grep -v ' passed, '
    if [ "${PIPESTATUS[0]}" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  else
    echo "litmus DOES NOT COMPILE: $(head -1 "$dir/cc.out")"
    failed=$((failed + 1))
  fi
}

passed=0
failed=0
if [ "$only" != litmus ] && [ "$only" != names ]; then
  printf '%-9s %-6s %-38s %12s  %s\n' model expect flags states result
  n=0
  while read -r model expect flags; do
    if [ -n "$only" ] && [ "$only" != "$model" ]; then continue; fi
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    # shellcheck disable=SC2086  # flags are words
    (verify "$work/$n" "$model" "$expect" $flags) &
    n=$((n + 1))
  done < <(cases)
  wait
  for ((i = 0; i < n; i++)); do
    cat "$work/$i/line" 2> /dev/null
    if [ "$(cat "$work/$i/verdict" 2> /dev/null)" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
fi
if [ -z "$only" ] || [ "$only" = litmus ]; then litmus; fi
if [ -z "$only" ] || [ "$only" = names ]; then
  echo
  if "$here/check_names.sh"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
fi
echo
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
