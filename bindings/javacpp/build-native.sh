#!/usr/bin/env bash
# Builds the JNI library of one platform and puts it, with its SHA-256, where the native jar is packed from. Called by Maven:
#   build-native.sh PLATFORM JAVA_HOME JNI_SOURCES BUILD_FOLDER OUTPUT_FOLDER [TOOLCHAIN_FILE]
set -euo pipefail

platform=$1 java_home=$2 jni_sources=$3 build=$4 output=$5 toolchain=${6:-}
here=$(cd "$(dirname "$0")" && pwd)

# CMake refuses a build folder that was made for another source folder: the checkout has been moved or copied.
if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "$build/CMakeCache.txt"; then
    rm -rf "$build"
fi

# JavaCPP writes its output anew at each build; compiling it takes long, so CMake sees it only when it has changed.
stable=$build/jni
mkdir -p "$stable"
for source in "$jni_sources"/*.cpp; do
    if ! cmp -s "$source" "$stable/$(basename "$source")"; then
        cp "$source" "$stable/"
    fi
done

configure=(cmake -S "$here" -B "$build" -DCMAKE_BUILD_TYPE=Release "-DJAVA_HOME=$java_home" "-DTALARIA_JNI_SOURCES=$stable")
if [ -n "$toolchain" ]; then
    configure+=("-DCMAKE_TOOLCHAIN_FILE=$toolchain")
fi
log=$build/build.log
if ! "${configure[@]}" >"$log" 2>&1 || ! cmake --build "$build" --target jnitalaria --parallel "$(getconf _NPROCESSORS_ONLN)" >>"$log" 2>&1; then
    grep -E -B 2 -A 8 'error|Error|undefined' "$log" | head -n 60 >&2 || tail -n 40 "$log" >&2
    echo "Building the native core for $platform failed. The whole log: $log" >&2
    exit 1
fi

mkdir -p "$output"
for library in "$build"/libjnitalaria.so "$build"/libjnitalaria.dylib; do
    if [ -f "$library" ]; then
        name=$(basename "$library")
        if ! cmp -s "$library" "$output/$name"; then
            cp "$library" "$output/$name.new"
            mv "$output/$name.new" "$output/$name"
        fi
        cmake -E sha256sum "$output/$name" | cut -c1-64 >"$output/$name.sha256"
    fi
done
