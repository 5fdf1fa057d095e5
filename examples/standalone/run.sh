#!/usr/bin/env bash
# Builds and runs this example as a stranger would: from a copy outside the repository, with Talaria's artifacts installed into a
# Maven repository made for this run. Leaves nothing behind, neither here nor in ~/.m2.
#   examples/standalone/run.sh
# Environment: JAVA_HOME; MAVEN_REPOSITORY, the local Maven repository from which third-party jars are taken (default ~/.m2/repository).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
at_hand=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
case $(uname -m) in
    aarch64 | arm64) platform=linux-arm64 ;;
    *) platform=linux-x86_64 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() {
    printf '\n%s (%s s)\n' "$*" "$SECONDS"
}

# A settings file and an own local repository for both builds. What ~/.m2 holds already is read from there as from a server, so that
# nothing is downloaded twice and nothing is written to it. As global settings, so that the user's own (proxies) stay in force.
prepare() {
    cat >"$work/settings.xml" <<END
<settings>
  <localRepository>$work/m2</localRepository>
  <profiles>
    <profile>
      <id>at-hand</id>
      <repositories>
        <repository>
          <id>at-hand</id>
          <url>file://$at_hand</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases>
        </repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository>
          <id>at-hand</id>
          <url>file://$at_hand</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases>
        </pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>at-hand</activeProfile></activeProfiles>
</settings>
END
}

maven() {
    mvn -B -ntp -q -gs "$work/settings.xml" "-Dmaven.repo.local=$work/m2" "$@"
}

# Up to `package`, which after `mvn verify` finds everything built; style and tests are `verify`'s business.
install_talaria() {
    (cd "$root" && maven -Dmaven.test.skip=true -pl bindings/javacpp,java-api/core,bindings/codegen,java-api/journal -am \
        package install:install)
}

build_example() {
    mkdir "$work/example"
    cp -R "$here/pom.xml" "$here/src" "$work/example/"
    (cd "$work/example" && maven "-Dtalaria.platform=$platform" package)
}

run_example() {
    (cd "$work/example" && "$java" "-Dtalaria.native.cache=$work/cache" "$@")
}

prepare
say "installing Talaria's artifacts into a repository of this run"
install_talaria
say "building the example in $work/example"
build_example
say "running it, without any JVM flags"
run_example -jar target/market.jar target/handlers/libmarket_handlers.so
say "running it with a journal"
run_example @target/talaria/chronicle.jvmargs -jar target/market.jar target/handlers/libmarket_handlers.so "$work/journal"
say "done"
