#!/usr/bin/env bash
# The tables of README.md that lead from model to code name what exists: in the first column macros, processes, labels and variables of
# the model, in the second files, classes and functions of native/src, in the third Java classes and their members. Each model has such a
# table, and each fault that stands at the head of a model has a line in check.sh. Exit 1, with what is missing, if not.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
cpp=../src
java='../../java-api/core/src/main ../../java-api/journal/src/main'
missing=0

lacks() {
  echo "README.md, $1: \`$2\` is not in $3" >&2
  missing=$((missing + 1))
}

# A member is looked for where its class is defined, or as Class::member.
in_cpp() {
  local class=${1%%::*} member=${1##*::}
  case $1 in
    */*) [ -f "$cpp/$1" ] ;;
    *::*) grep -rqE "\\b$class::$member\\b" "$cpp" \
      || grep -rlE "^ *(class|struct) $class\\b" "$cpp" | xargs -r grep -qE "\\b$member *(\\(|;|=|\\{)" ;;
    *) grep -rqE "\\b$1 *\\(" "$cpp" ;;
  esac
}

in_java() {
  local file
  # shellcheck disable=SC2086  # two folders
  file=$(find $java -name "${1%%.*}.java")
  [ -n "$file" ] && { [ "${1%%.*}" = "$1" ] || grep -qE "[ .]${1#*.}(\\(|;| =)" "$file"; }
}

check() {
  local model=$1 column=$2 name=$3
  case $name in
    *.pml) [ -f "$name" ] || lacks "$model" "$name" native/model ;;
    -D*) grep -qw -- "${name#-D}" ./*.pml || lacks "$model" "$name" 'any model' ;;
    talaria_*) in_cpp "$name" || lacks "$model" "$name" native/src ;;  # the C API, which Java calls too
    *) case $column in
         model) grep -qw -- "$name" "$model" || lacks "$model" "$name" "$model" ;;
         C++) in_cpp "$name" || lacks "$model" "$name" native/src ;;
         Java) in_java "$name" || lacks "$model" "$name" "java-api's classes" ;;
       esac ;;
  esac
}

# Lines "MODEL COLUMN NAME" for all that stands in backticks in a row of a table.
named() {
  awk -F'|' '
    /^## / { within = /^## From model to code/ }
    /^### / { model = $1; sub(/^### /, "", model) }
    within && /^\|/ && !/^\|(---| model )/ {
      split("model C++ Java", column, " ")
      for (c = 1; c <= 3; c++) {
        n = split($(c + 1), part, "`")
        for (i = 2; i <= n; i += 2) print model, column[c], part[i]
      }
    }' README.md
}

count=0
while read -r model column name; do
  count=$((count + 1))
  check "$model" "$column" "$name"
done < <(named)
if [ $count -lt 50 ]; then  # the tables are longer: their form has changed, and nothing was looked at
  echo "README.md: only $count names in the tables from model to code" >&2
  missing=$((missing + 1))
fi
for model in *.pml; do
  grep -q "^### $model\$" README.md || lacks "$model" "### $model" README.md
  while read -r fault; do
    grep -qE "^${model%.pml} +fault.* $fault( |\$)" check.sh || lacks "$model" "$fault" check.sh
  done < <(sed -n '/Seeded faults:/,/\*\//s/^ \*   \(-D[A-Z_]*\) .*/\1/p' "$model")
done
echo "$count names, $missing missing"
[ $missing -eq 0 ]
