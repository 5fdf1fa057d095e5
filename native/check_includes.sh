#!/usr/bin/env bash
# Fails if an #include under native/src goes against the order api -> route -> dispatch -> memory,
# or if a public header includes a private one.
set -euo pipefail
cd "$(dirname "$0")"

layers=(memory dispatch route api)
bad=0
for i in "${!layers[@]}"; do
  for ((j = i + 1; j < ${#layers[@]}; j++)); do
    if grep -rnE "#include \"${layers[j]}/" "src/${layers[i]}"; then
      echo "src/${layers[i]} must not include ${layers[j]}/" >&2
      bad=1
    fi
  done
done
if grep -rnE '#include "(memory|dispatch|route|api)/' include; then
  echo "public headers must not include private ones" >&2
  bad=1
fi
exit $bad
