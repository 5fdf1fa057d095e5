#!/usr/bin/env bash
# Says whether the native core can be built here: exit 0, or exit 1 and one line for each missing tool that names it and how to get it.
# Used by the Maven build (pom.xml) and by the launcher (talaria), which goes on without the native core.
set -euo pipefail

min_cmake=3.25
missing=0

missing() {
    echo "$1" >&2
    missing=1
}

version_at_least() {
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

check_cmake() {
    if ! command -v cmake >/dev/null 2>&1; then
        missing "CMake >= $min_cmake is missing. Debian, Ubuntu: apt-get install cmake; Fedora: dnf install cmake; macOS: brew install cmake"
        return
    fi
    local version
    version=$(cmake --version | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p')
    if ! version_at_least "$version" "$min_cmake"; then
        missing "CMake >= $min_cmake is needed, this is $version. Newer ones: https://cmake.org/download or pip install cmake"
    fi
}

check_build_tool() {
    if ! command -v make >/dev/null 2>&1 && ! command -v ninja >/dev/null 2>&1; then
        missing "make (or ninja) is missing. Debian, Ubuntu: apt-get install make; Fedora: dnf install make; macOS: xcode-select --install"
    fi
}

# The compiler is asked, not its version number: what counts is that it takes what the core uses.
check_compiler() {
    local compiler
    for compiler in "${CXX:-}" c++ g++ clang++; do
        if [ -n "$compiler" ] && command -v "${compiler%% *}" >/dev/null 2>&1 && compiles_cpp20 "$compiler"; then
            return
        fi
    done
    missing "A C++20 compiler is missing (g++ >= 11 or clang++ >= 14). Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install"
}

compiles_cpp20() {
    # CXX may carry arguments.
    # shellcheck disable=SC2086
    $1 -std=c++20 -fsyntax-only -x c++ - >/dev/null 2>&1 <<'CPP'
#include <atomic>
#include <concepts>
int word = 0;
int main() { return std::atomic_ref<int>(word).load(); }
CPP
}

check_cmake
check_build_tool
check_compiler
exit "$missing"
