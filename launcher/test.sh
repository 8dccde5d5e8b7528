#!/usr/bin/env bash
# Tests of the launcher, on a checkout of stubs in a temporary folder: what it finds, when it builds, what it hands
# to Java. One line a test: "ok NAME", "FAILED NAME: why" or "skipped NAME: why", and "done" at the end.
set -u

HERE=$(CDPATH='' cd -P "${0%/*}/.." && pwd)
TEMP=$(mktemp -d "${TMPDIR:-/tmp}/ihome launcher.XXXXXX")
trap 'rm -rf "$TEMP"' EXIT
HOST_PATH=$PATH

# A checkout whose Maven writes a line to maven.calls and a jar, and whose Java tells how it was called.
make_checkout() {
  BASE=$TEMP/$1
  TREE="$BASE/check out"
  CALLS=$BASE/maven.calls
  mkdir -p "$TREE/server/src/main/java" "$TREE/api" "$TEMP/$1/home"
  cp -R "$HERE/ihome" "$HERE/launcher" "$TREE/"
  echo '<project/>' >"$TREE/pom.xml"
  cp "$TREE/pom.xml" "$TREE/server/pom.xml"
  echo 'class Main {}' >"$TREE/server/src/main/java/Main.java"
  echo 'class Other {}' >"$TREE/server/src/main/java/Other.java"
  : >"$CALLS"
  make_jdk "$TEMP/$1/jdks/jdk" 25.0.3
  make_maven "$TEMP/$1/maven" 3.9.9
  export HOME=$TEMP/$1/home PATH=/usr/bin:/bin:/usr/sbin:/sbin
  export IHOME_JDK_FOLDERS=$TEMP/$1/jdks MAVEN_HOME=$TEMP/$1/maven IHOME_INSTALL=no IHOME_AOT=no IHOME_WEB=no CALLS
  unset JAVA_HOME SDKMAN_DIR IHOME_JAVA_OPTS STUB_MAVEN
}

make_jdk() { # folder, version
  mkdir -p "$1/bin"
  echo "JAVA_VERSION=\"$2\"" >"$1/release"
  cat >"$1/bin/java" <<'STUB'
#!/bin/bash
for argument in "$@"; do
  case $argument in
    -XX:AOTCacheOutput=*) # a training run
      echo "training $*" >>"$CALLS.training"
      [ "${STUB_TRAINING:-}" != fail ] || { echo 'cannot start'; exit 1; }
      trap 'echo cache >"${argument#*=}"; exit 0' TERM
      echo 'ready http://localhost:1/'
      while :; do sleep 0.05; done ;;
  esac
done
echo "java $0"
echo "cwd $PWD"
for argument in "$@"; do echo "arg $argument"; done
exit "${STUB_EXIT:-0}"
STUB
  printf '#!/bin/bash\n' >"$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

make_maven() { # folder, version
  mkdir -p "$1/bin" "$1/lib"
  : >"$1/lib/maven-core-$2.jar"
  cat >"$1/bin/mvn" <<'STUB'
#!/bin/bash
echo "JAVA_HOME=$JAVA_HOME $*" >>"$CALLS"
echo "${LC_ALL:-}" >>"$CALLS.locale"
while [ "$1" != -f ]; do shift; done
target=${2%/pom.xml}/server/target
case ${STUB_MAVEN:-} in
  fail) echo '[ERROR] Main.java:[3,1] missing semicolon'; echo '[ERROR] -> [Help 1]'; exit 1 ;;
  slow) sleep 1 ;;
  hang) echo $$ >"$CALLS.pid"; exec sleep 60 ;;
  tests)
    echo '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ ihome-server ---'
    echo '[INFO]  T E S T S'
    echo '[INFO] Running ihome.MoneyTest'
    echo '[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in ihome.MoneyTest'
    echo '[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.2 s <<< FAILURE! -- in ihome.StayTest'
    echo '[ERROR] Failures: '
    echo '[ERROR]   StayTest.noNight:12 expected 1 but was 0'
    echo '[INFO] '
    echo '[ERROR] Tests run: 8, Failures: 1, Errors: 1, Skipped: 1'
    exit 1 ;;
  flakes)
    echo '[INFO]  T E S T S'
    echo '[ERROR] Tests run: 3, Failures: 2, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in ihome.FloodTest'
    echo '[WARNING] Flakes: '
    for name in ${STUB_FLAKES:-}; do
      echo "[WARNING] $name"
      echo '[ERROR]   Run 1: expected 1 but was 0'
      echo '[INFO]   Run 2: PASS'
    done
    echo '[INFO] '
    echo '[WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Flakes: 2' ;;
  crash) echo '[INFO]  T E S T S'; echo '[ERROR] The forked VM terminated'; exit 1 ;;
esac
echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ ihome-server ---'
mkdir -p "$target/lib"
cat "${2%/pom.xml}"/server/src/main/java/* >"$target/ihome-server.jar"
STUB
  chmod +x "$1/bin/mvn"
}

# Runs the launcher; sets OUT, ERR and CODE.
ihome() {
  "$TREE/ihome" "$@" >"$BASE/out" 2>"$BASE/err"
  CODE=$?
  OUT=$(<"$BASE/out")
  ERR=$(<"$BASE/err")
}

builds() { grep -c . "$CALLS"; }

fail() {
  REASON=${REASON:-$*}
}

equal() { # what, expected, actual
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

contains() { # what, part, text
  case $3 in *"$2"*) ;; *) fail "$1: no '$2' in '$3'" ;; esac
}

# Passes when the command succeeds within about 10 seconds.
await() {
  local tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ]; then fail "waited in vain: $*"; return 1; fi
    sleep 0.05
  done
}

test_help_of_every_command_needs_no_build() {
  local name
  for name in run import config build release test soak help; do
    ihome "$name" --help
    equal "$name" 0 "$CODE"
    contains "$name" "Exit codes:" "$OUT"
    ihome help "$name"
    contains "help $name" "Usage: ./ihome $name" "$OUT"
    contains overview "$name" "$("$TREE/ihome" help)"
  done
  equal builds 0 "$(builds)"
}

test_wrong_usage_is_one_line_and_2() {
  ihome frobnicate
  equal code 2 "$CODE"
  equal output '' "$OUT"
  equal message 'ihome: unknown command: frobnicate (./ihome help lists them)' "$ERR"
  ihome build --fast
  equal build 2 "$CODE"
  ihome test --only
  equal test 2 "$CODE"
  ihome
  equal 'no command' 2 "$CODE"
  equal builds 0 "$(builds)"
}

test_hands_over_command_options_and_working_directory() {
  mkdir -p "$BASE/else where"
  export IHOME_JAVA_OPTS='-Xmx1g -Dx=*'
  cd "$BASE/else where" || fail cd
  ihome run --port 0 --data 'my data' ''
  cd "$TEMP" || fail cd
  equal code 0 "$CODE"
  contains java "java $TEMP/handover/jdks/jdk/bin/java" "$OUT"
  contains directory "cwd $(cd -P "$BASE/else where" && pwd)" "$OUT"
  contains arguments "arg -Xmx1g
arg -Dx=*
arg -jar
arg $(cd -P "$TREE" && pwd)/server/target/ihome-server.jar
arg run
arg --port
arg 0
arg --data
arg my data
arg " "$OUT"
}

test_exit_code_of_java_passes_through() {
  STUB_EXIT=7 ihome run
  equal code 7 "$CODE"
}

test_called_through_symbolic_links() {
  mkdir -p "$BASE/bin dir"
  ln -s "$TREE/ihome" "$BASE/bin dir/one"
  ln -s one "$BASE/bin dir/two"
  OUT=$("$BASE/bin dir/two" run 2>/dev/null)
  contains jar "check out/server/target/ihome-server.jar" "$OUT"
  OUT=$(PATH="$BASE/bin dir:$PATH" two run 2>/dev/null)
  contains 'jar, by PATH' "check out/server/target/ihome-server.jar" "$OUT"
  equal builds 1 "$(builds)"
}

test_builds_once_and_tells_on_standard_error_only() {
  ihome run
  contains progress 'build: compiling' "$ERR"
  case $OUT in java*) ;; *) fail "standard output begins with '$OUT'" ;; esac
  ihome run
  equal 'second run' '' "$ERR"
  ihome import x.csv
  equal builds 1 "$(builds)"
  ihome build
  contains 'build when up to date' 'up to date' "$ERR"
  equal builds 1 "$(builds)"
}

# Where the machine has a real JDK, it compiles a file there in the locale that Maven was given.
test_builds_in_a_folder_of_any_letters_without_a_utf8_locale() {
  local javac
  mv "$TREE" "$BASE/屋"
  TREE=$BASE/屋
  LC_ALL=C LANG='' ihome build
  equal code 0 "$CODE"
  equal builds 1 "$(builds)"
  case $OSTYPE in linux*) ;; *) return 0 ;; esac
  equal locale C.UTF-8 "$(<"$CALLS.locale")"
  javac=$(PATH=$HOST_PATH command -v javac) || return 0
  mkdir -p "$TREE/out"
  OUT=$(LC_ALL=$(<"$CALLS.locale") "$javac" -d "$TREE/out" "$TREE/server/src/main/java/Main.java" 2>&1)
  equal compiled '' "$OUT"
}

test_sees_every_kind_of_change() {
  local java=$TREE/server/src/main/java
  ihome build
  touch "$java/Main.java" && ihome build && equal 'touched only' 1 "$(builds)"
  echo '// more' >>"$java/Main.java" && ihome build && equal changed 2 "$(builds)"
  echo 'class New {}' >"$java/A New.java" && ihome build && equal added 3 "$(builds)"
  mv "$java/A New.java" "$java/Renamed.java" && ihome build && equal renamed 4 "$(builds)"
  rm "$java/Other.java" && ihome build && equal deleted 5 "$(builds)"
  echo 'class Main { int x; }' >"$java/Main.java" && touch -t 202001010000 "$java/Main.java"
  ihome build && equal 'changed with an old date' 6 "$(builds)"
  echo 'openapi: 3' >"$TREE/api/openapi.yaml" && ihome build && equal api 7 "$(builds)"
  echo '<project>x</project>' >"$TREE/server/pom.xml" && ihome build && equal pom 8 "$(builds)"
  rm -r "$TREE/server/target" && ihome build && equal 'target deleted' 9 "$(builds)"
  echo other >"$TREE/server/target/ihome-server.jar" && ihome build && equal 'other jar' 10 "$(builds)"
  mkdir -p "$TREE/web/src" "$TREE/web/node_modules/x" && echo a >"$TREE/web/src/a.ts"
  ihome build && equal web 11 "$(builds)"
  echo b >"$TREE/web/node_modules/x/index.js" && ihome build && equal node_modules 11 "$(builds)"
}

# Node that makes what STUB_WEB says.
make_node() { # folder
  mkdir -p "$1"
  printf '#!/bin/bash\necho v22.1.0\n' >"$1/node"
  printf '#!/bin/bash\nif [ "$*" = "run bundle" ] && [ -n "$STUB_WEB" ]; then mkdir -p dist; echo x >"dist/$STUB_WEB"; fi\nmkdir -p node_modules\n' >"$1/npm"
  chmod +x "$1/node" "$1/npm"
}

test_a_build_without_the_web_app_fails_unless_told_so() {
  make_node "$BASE/node"
  export PATH=$BASE/node:$PATH STUB_WEB=''
  unset IHOME_WEB
  ihome build
  equal 'no web app' 4 "$CODE"
  contains 'no web app' 'no web app (web/package.json)' "$ERR"
  mkdir -p "$TREE/web"
  echo '{}' >"$TREE/web/package.json"
  echo '{}' >"$TREE/web/package-lock.json"
  ihome build
  equal 'nothing made' 4 "$CODE"
  contains 'nothing made' 'made no web/dist/files.txt' "$ERR"
  equal builds 0 "$(builds)"
  IHOME_WEB=no ihome build
  equal 'told so' 0 "$CODE"
  rm "$TREE/server/target/ihome-server.jar"
  STUB_WEB=files.txt ihome build
  equal made 0 "$CODE"
  equal builds 2 "$(builds)"
}

test_version_is_a_command_and_the_build_is_told_the_commit() {
  ihome --version
  equal code 0 "$CODE"
  contains command 'arg version' "$OUT"
  contains 'outside of git' '-Dihome.commit=unknown' "$(tail -n 1 "$CALLS")"
  PATH=$HOST_PATH command -v git >/dev/null || return 0
  export PATH=$HOST_PATH GIT_CONFIG_GLOBAL=/dev/null
  printf 'target/\n' >"$TREE/.gitignore"
  git -C "$TREE" init -q && git -C "$TREE" add . &&
    git -C "$TREE" -c user.name=a -c user.email=a@example.com commit -q -m all || fail git
  rm "$TREE/server/target/ihome-server.jar"
  ihome build
  contains commit "-Dihome.commit=$(git -C "$TREE" rev-parse --short=12 HEAD) " "$(tail -n 1 "$CALLS")"
  echo '// more' >>"$TREE/server/src/main/java/Main.java"
  ihome build
  contains modified "-Dihome.commit=$(git -C "$TREE" rev-parse --short=12 HEAD)-modified " "$(tail -n 1 "$CALLS")"
}

test_failed_build_is_4_with_the_reason_and_tried_again() {
  STUB_MAVEN=fail ihome run
  equal code 4 "$CODE"
  equal output '' "$OUT"
  contains reason 'Main.java:[3,1] missing semicolon' "$ERR"
  contains log 'target/build.log' "$ERR"
  case $ERR in *'Help 1'*) fail "noise in '$ERR'" ;; esac
  ihome run
  equal 'after it' 0 "$CODE"
  equal builds 2 "$(builds)"
}

test_two_at_once_build_once() {
  export STUB_MAVEN=slow
  "$TREE/ihome" run >"$BASE/first" 2>&1 &
  local first=$!
  ihome run
  wait "$first" || fail "first: $(<"$BASE/first")"
  equal code 0 "$CODE"
  equal builds 1 "$(builds)"
  [ ! -L "$TREE/target/build.lock" ] || fail 'the lock is still there'
}

test_lock_of_a_killed_build_is_taken_over() {
  local pid
  export STUB_MAVEN=hang
  "$TREE/ihome" build >/dev/null 2>&1 &
  pid=$!
  await test -s "$CALLS.pid" || return
  kill -9 "$pid"
  wait "$pid" 2>/dev/null
  kill "$(<"$CALLS.pid")"
  [ -L "$TREE/target/build.lock" ] || fail 'no lock was left behind'
  STUB_MAVEN='' ihome build
  equal code 0 "$CODE"
  # A recycled number: the process lives, but is not the one that locked.
  rm -f "$TREE/server/target/ihome-server.jar"
  ln -s "pid-$$-1" "$TREE/target/build.lock"
  STUB_MAVEN='' "$TREE/ihome" build >/dev/null 2>&1 &
  pid=$!
  await test -s "$TREE/server/target/sources.stamp" || kill "$pid"
  wait "$pid"
}

test_sigterm_during_a_build_ends_maven_and_unlocks() {
  local pid maven
  export STUB_MAVEN=hang
  "$TREE/ihome" build >/dev/null 2>&1 &
  pid=$!
  await test -s "$CALLS.pid" || return
  maven=$(<"$CALLS.pid")
  kill "$pid"
  wait "$pid" 2>/dev/null
  equal code 143 "$?"
  if kill -0 "$maven" 2>/dev/null; then fail 'Maven still runs'; kill "$maven"; fi
  [ ! -L "$TREE/target/build.lock" ] || fail 'still locked'
}

java_used() {
  OUT=$("$TREE/ihome" run 2>&1)
  OUT=${OUT##*java "$TEMP/"}
  OUT=${OUT%%/bin/java*}
}

test_newest_suitable_jdk() {
  local base=$TEMP/newest
  rm -r "$base/jdks/jdk"
  make_jdk "$base/jdks/a" 25.0.9
  make_jdk "$base/jdks/b" 25.0.10
  make_jdk "$base/jdks/c" 17.0.15
  make_jdk "$base/jdks/broken" 99
  rm "$base/jdks/broken/bin/javac"
  java_used && equal 'by number, not by letter' newest/jdks/b "$OUT"
  make_jdk "$base/home/.sdkman/candidates/java/26-tem" 26-ea
  java_used && equal SDKMAN newest/home/.sdkman/candidates/java/26-tem "$OUT"
  make_jdk "$base/home/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home" 26.0.1
  java_used && equal macOS newest/home/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home "$OUT"
  make_jdk "$base/path jdk" 27.0.1+3
  mkdir "$base/bin" && ln -s "$base/path jdk/bin/javac" "$base/bin/javac"
  PATH=$base/bin:$PATH java_used && equal PATH 'newest/path jdk' "$OUT"
  JAVA_HOME=$base/jdks/a java_used && equal JAVA_HOME newest/jdks/a "$OUT"
  JAVA_HOME=$base/jdks/c java_used && equal 'JAVA_HOME too old' newest/home/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home "$OUT"
  JAVA_HOME=/nowhere java_used && equal 'JAVA_HOME gone' newest/home/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home "$OUT"
}

test_missing_jdk_is_3_and_one_line() {
  rm "$TEMP/nojdk/jdks/jdk/release"
  make_jdk "$TEMP/nojdk/jdks/jdk" 24.0.2
  ihome run
  equal code 3 "$CODE"
  contains message 'no JDK 25 or newer found' "$ERR"
  contains 'how to get it' adoptium "$ERR"
  equal lines 1 "$(grep -c . "$BASE/err")"
}

test_missing_maven_is_3_only_where_a_build_is_needed() {
  local maven=$MAVEN_HOME
  ihome build
  # A PATH without Maven: links to the few programs the launcher uses.
  mkdir "$TEMP/nomaven/bin"
  local tool
  for tool in bash env readlink find xargs cksum sort uname id mkdir ln rm sleep; do
    ln -s "$(PATH=$HOST_PATH command -v "$tool")" "$TEMP/nomaven/bin/$tool"
  done
  export PATH=$TEMP/nomaven/bin
  unset MAVEN_HOME
  ihome run
  equal 'up to date' 0 "$CODE"
  echo '// more' >>"$TREE/server/src/main/java/Main.java"
  ihome run
  equal stale 3 "$CODE"
  contains message 'no Maven 3.8 or newer found' "$ERR"
  PATH=$HOST_PATH make_maven "$maven" 3.6.3
  PATH=$HOST_PATH rm "$maven/lib/maven-core-3.9.9.jar"
  MAVEN_HOME=$maven ihome run
  equal 'too old' 3 "$CODE"
  export PATH=$HOST_PATH
}

test_start_up_cache_is_made_once_and_dropped_with_jar_jdk_and_options() {
  local cache
  cache=$(cd -P "$TREE" && pwd)/server/target/ihome.aot
  unset IHOME_AOT CI
  IHOME_DATABASE_URL=jdbc:postgresql://precious ihome run
  equal code 0 "$CODE"
  contains 'run after the build' "arg -XX:AOTCache=$cache" "$OUT"
  contains training 'run --port 0 --data ' "$(<"$CALLS.training")"
  ihome run
  contains 'next run' "arg -XX:AOTCache=$cache" "$OUT"
  IHOME_AOT=no ihome run
  case $OUT in *AOTCache*) fail "used in spite of IHOME_AOT=no: $OUT" ;; esac
  equal trainings 1 "$(grep -c . "$CALLS.training")"
  echo 'JAVA_VERSION="25.0.4"' >"$TEMP/aot/jdks/jdk/release"
  ihome run
  case $OUT in *AOTCache*) fail "used with another JDK: $OUT" ;; esac
  ihome build
  ihome run
  contains 'after ihome build' "arg -XX:AOTCache=$cache" "$OUT"
  equal builds 1 "$(builds)"
  mv "$TREE" "$BASE/moved"
  TREE=$BASE/moved
  ihome run
  case $OUT in *AOTCache*) fail "used in another folder: $OUT" ;; esac
  echo '// more' >>"$TREE/server/src/main/java/Main.java"
  ihome run --dev
  case $OUT in *AOTCache*) fail "used with another jar: $OUT" ;; esac
  equal 'no training for --dev' 2 "$(grep -c . "$CALLS.training")"
}

test_failed_training_does_not_fail_the_build() {
  unset IHOME_AOT CI
  STUB_TRAINING=fail ihome run
  equal code 0 "$CODE"
  contains 'one line' 'no start-up cache' "$ERR"
  case $OUT in *AOTCache*) fail "used: $OUT" ;; esac
}

# A PATH where apt-get is a stub that makes the JDK and the Maven it is asked for.
make_apt() { # folder, what id says
  local tool
  mkdir -p "$1/bin"
  for tool in bash env readlink find xargs cksum sort uname mkdir ln rm mv cat chmod tail grep awk sleep; do
    ln -s "$(command -v "$tool")" "$1/bin/$tool"
  done
  printf '#!/bin/bash\necho %s\n' "$2" >"$1/bin/id"
  cat >"$1/bin/apt-get" <<'STUB'
#!/bin/bash
echo "apt-get $*" >>"$APT_CALLS"
for name in "$@"; do if [ -d "$APT_STORE/$name" ]; then ln -s "$APT_STORE/$name" "$IHOME_JDK_FOLDERS/$name"; fi; done
[ "$1" = update ] || [ -n "$(ls "$IHOME_JDK_FOLDERS")" ]
STUB
  cat >"$1/bin/apt-cache" <<'STUB'
#!/bin/bash
if [ -d "$APT_STORE/$2" ]; then echo "$2 | 1"; fi
STUB
  ln -s "$(command -v ls)" "$1/bin/ls"
  chmod +x "$1/bin/id" "$1/bin/apt-get" "$1/bin/apt-cache"
  export APT_CALLS=$1/apt.calls APT_STORE=$1/store PATH=$1/bin
  export MAVEN_HOME=$IHOME_JDK_FOLDERS/maven
  mv "$IHOME_JDK_FOLDERS/jdk" "$1/jdk.away"
  : >"$APT_CALLS"
}

test_root_on_debian_installs_what_is_missing_and_says_so() {
  make_apt "$TEMP/apt" 0
  unset IHOME_INSTALL
  (PATH=$HOST_PATH && make_jdk "$APT_STORE/openjdk-25-jdk-headless" 25.0.1 && make_maven "$APT_STORE/maven" 3.8.7)
  ihome run
  equal code 0 "$CODE"
  contains java jdks/openjdk-25-jdk-headless/bin/java "$OUT"
  contains told 'apt-get install -y --no-install-recommends openjdk-25-jdk-headless (IHOME_INSTALL=no prevents this)' "$ERR"
  contains told 'apt-get install -y --no-install-recommends maven' "$ERR"
}

test_without_root_or_with_a_word_nothing_is_installed() {
  make_apt "$TEMP/noapt" 1000
  unset IHOME_INSTALL
  ihome run
  equal 'not root' 3 "$CODE"
  printf '#!/bin/bash\necho 0\n' >"$TEMP/noapt/bin/id"
  IHOME_INSTALL=no ihome run
  equal 'told not to' 3 "$CODE"
  equal calls '' "$(<"$APT_CALLS")"
  ihome run
  equal 'a release that has no JDK 25' 3 "$CODE"
  case $(<"$APT_CALLS") in *install*) fail 'installed what is not there' ;; esac
}

test_result_line_and_failures_of_the_tests() {
  ihome build
  printf '#!/bin/bash\necho "ok a"\necho "skipped b: why"\necho done\n' >"$TREE/launcher/test.sh"
  STUB_MAVEN=tests ihome test
  equal code 1 "$CODE"
  equal result '6 passed, 2 failed, 2 skipped' "$OUT"
  contains message 'StayTest.noNight:12 expected 1 but was 0' "$ERR"
  contains slowest "ihome: the 10 slowest test classes:
ihome:   0.2 s  ihome.StayTest
ihome:   0.1 s  ihome.MoneyTest" "$ERR"
  contains log 'target/test.log' "$ERR"
  contains 'how long' ' s  java: default-test' "$ERR"
  mkdir -p "$TREE/server/src/test/java/ihome"
  printf '@Tag("timing")\nclass FloodTest {\n' >"$TREE/server/src/test/java/ihome/FloodTest.java"
  printf 'class NightTest {\n' >"$TREE/server/src/test/java/ihome/NightTest.java"
  CI=true STUB_MAVEN=flakes STUB_FLAKES='ihome.FloodTest.metrics ihome.FloodTest.texts(java.lang.String)[1]' ihome test
  equal 'timing' '0 4 passed, 0 failed, 1 skipped' "$CODE $OUT"
  contains 'is said' 'passed at the second attempt: ihome.FloodTest.metrics' "$ERR"
  contains 'asks for it' '-Dsurefire.rerunFailingTestsCount=1' "$(tail -n 1 "$CALLS")"
  CI=true STUB_MAVEN=flakes STUB_FLAKES='ihome.FloodTest.metrics ihome.NightTest.oneNight' ihome test
  equal 'no timing' '1 4 passed, 1 failed, 1 skipped' "$CODE $OUT"
  contains 'is said' 'not enough: ihome.NightTest.oneNight' "$ERR"
  STUB_MAVEN=crash ihome test
  equal 'crash' "1 1 passed, 1 failed, 1 skipped" "$CODE $OUT"
  STUB_MAVEN=fail ihome test
  equal 'does not compile' 4 "$CODE"
  ihome test --quick
  equal 'quick' '0 0 passed, 0 failed, 0 skipped' "$CODE $OUT"
  contains 'leaves out' '-P !set-ups -Dtest.excluded=slow,timing' "$(tail -n 1 "$CALLS")"
  ihome test --quick --only MoneyTest
  equal 'quick and only' 2 "$CODE"
  ihome test --only launcher
  equal 'only launcher' '0 1 passed, 0 failed, 1 skipped' "$CODE $OUT"
  ihome test --only Nothing
  equal 'matches nothing' 2 "$CODE"
  contains pattern '-Dtest=Nothing' "$(tail -n 1 "$CALLS")"
  printf '#!/bin/bash\necho "ok a"\n' >"$TREE/launcher/test.sh"
  ihome test --only launcher
  equal 'ends early' '1 1 passed, 1 failed, 0 skipped' "$CODE $OUT"
  # What failed is said once more at the end, where it is seen.
  printf '#!/bin/bash\necho "FAILED b: why"\necho "ok a"\necho "the reason"\nexit 7\n' >"$TREE/launcher/test.sh"
  ihome test --only launcher
  contains 'at the end' 'ihome: what failed:
    launcher/test.sh: b: why
    launcher/test.sh did not come to its end; it ended with 7 after: FAILED b: why ok a the reason' "$ERR"
}

# A release of stubs, laid out as launcher/release.sh does it.
make_release() {
  local file
  RELEASE=$BASE/ihome-1.2.3-linux-x64
  mkdir -p "$RELEASE/bin" "$RELEASE/lib" "$RELEASE/launcher"
  cp "$TREE/ihome" "$RELEASE/bin/ihome"
  for file in installed.sh progress.sh start.sh java.options commands help; do cp -R "$TREE/launcher/$file" "$RELEASE/launcher/"; done
  make_jdk "$RELEASE/runtime" 25.0.3
  for file in ihome-server.jar ihome.jsa; do echo x >"$RELEASE/lib/$file" && touch -t 202601010000 "$RELEASE/lib/$file"; done
  TREE=$RELEASE/bin
  unset IHOME_AOT MAVEN_HOME
  export IHOME_JDK_FOLDERS=/nowhere
}

test_a_release_starts_its_own_java_on_the_data_of_the_user() {
  make_release
  ln -s "$RELEASE/bin/ihome" "$BASE/link"
  OUT=$(PATH=/bin:/usr/bin "$BASE/link" run --port 0 2>"$BASE/err")
  contains java "java $(cd -P "$RELEASE" && pwd)/runtime/bin/java" "$OUT"
  contains cache "arg -XX:SharedArchiveFile=$(cd -P "$RELEASE" && pwd)/lib/ihome.jsa" "$OUT"
  contains data "arg -Dihome.default.data=$HOME/.local/share/ihome" "$OUT"
  contains arguments "lib/ihome-server.jar
arg run
arg --port
arg 0" "$OUT"
  equal 'said' '' "$(<"$BASE/err")"
  XDG_DATA_HOME=$BASE/xdg ihome run
  contains 'XDG_DATA_HOME' "arg -Dihome.default.data=$BASE/xdg/ihome" "$OUT"
  IHOME_AOT=no ihome run
  case $OUT in *SharedArchiveFile*) fail 'the cache is used in spite of IHOME_AOT=no' ;; esac
  touch "$RELEASE/lib/ihome-server.jar"
  ihome run
  equal 'lost times' 0 "$CODE"
  contains 'lost times' 'have lost their times' "$ERR"
  case $OUT in *SharedArchiveFile*) fail 'a cache of other files is used' ;; esac
  rm "$RELEASE/runtime/bin/java"
  ihome run
  equal 'no runtime' 1 "$CODE"
  contains 'no runtime' 'unpack it again' "$ERR"
}

test_a_release_has_the_commands_that_need_no_checkout() {
  make_release
  ihome build
  equal code 2 "$CODE"
  equal message 'ihome: unknown command: build (ihome help lists them)' "$ERR"
  ihome help
  case $OUT in *./ihome* | *soak*) fail "speaks of a checkout: $OUT" ;; esac
  ihome run --help
  contains usage 'Usage: ihome run' "$OUT"
  contains 'exit codes' 'Exit codes:' "$OUT"
  case $OUT in *./ihome* | *MAVEN_HOME* | *'builds first'*) fail "speaks of a checkout: $OUT" ;; esac
}

test_the_options_of_java_stand_in_one_file() {
  local option
  ihome run
  for option in $(grep '^-' "$HERE/launcher/java.options"); do contains option "arg $option
" "$OUT"; done
  contains container '"@/opt/ihome/java.options"' "$(<"$HERE/deploy/Dockerfile")"
  if grep -n 'UseSerialGC\|MaxNewSize' "$HERE"/deploy/* "$HERE"/launcher/java.sh "$HERE"/launcher/installed.sh; then fail 'options of the heap in a second place'; fi
}

test_a_release_that_cannot_be_made_is_refused_before_anything_is_built() {
  local other=arm64
  case $OSTYPE in linux*) ;; *) return 0 ;; esac
  case $(uname -m) in aarch64 | arm64) other=x64 ;; esac
  unset IHOME_WEB
  ihome release --arch mips
  equal 'platform' '2 ihome: release --arch is x64 or arm64, not mips (./ihome release --help)' "$CODE $ERR"
  ihome release --arch "$other"
  equal 'without jmods' 2 "$CODE"
  contains 'without jmods' 'needs --jdk PATH' "$ERR"
  ihome release --arch "$other" --jdk "$BASE"
  equal 'no jmods there' 2 "$CODE"
  contains 'no jmods there' 'there is no java.base.jmod' "$ERR"
  ihome release --jdk "$BASE"
  contains 'jmods for here' '--jdk is for another platform' "$ERR"
  ihome release --classes "$BASE/none"
  equal 'no such list' 2 "$CODE"
  ihome release --output
  equal 'no value' 2 "$CODE"
  IHOME_WEB=no ihome release
  equal 'no web app' 2 "$CODE"
  contains 'no web app' 'a release has the web app' "$ERR"
  equal builds 0 "$(builds)"
}

# All at once: they mostly wait, and each has a checkout of its own.
run() { # checkout, test
  RAN="$RAN $1"
  (
    if (
      make_checkout "$1"
      "$2"
      [ -z "$REASON" ] || { printf '%s\n' "$REASON"; exit 1; }
    ) >"$TEMP/$1.reason" 2>&1 </dev/null; then
      printf 'ok %s\n' "$2"
    else
      printf 'FAILED %s: %s\n' "$2" "$(tr '\n' ' ' <"$TEMP/$1.reason")"
    fi >"$TEMP/$1.result"
  ) &
}

REASON=''
RAN=''
run help test_help_of_every_command_needs_no_build
run usage test_wrong_usage_is_one_line_and_2
run handover test_hands_over_command_options_and_working_directory
run exit test_exit_code_of_java_passes_through
run links test_called_through_symbolic_links
run once test_builds_once_and_tells_on_standard_error_only
run letters test_builds_in_a_folder_of_any_letters_without_a_utf8_locale
run changes test_sees_every_kind_of_change
run web test_a_build_without_the_web_app_fails_unless_told_so
run version test_version_is_a_command_and_the_build_is_told_the_commit
run failed test_failed_build_is_4_with_the_reason_and_tried_again
run two test_two_at_once_build_once
run killed test_lock_of_a_killed_build_is_taken_over
run sigterm test_sigterm_during_a_build_ends_maven_and_unlocks
run newest test_newest_suitable_jdk
run nojdk test_missing_jdk_is_3_and_one_line
run nomaven test_missing_maven_is_3_only_where_a_build_is_needed
run aot test_start_up_cache_is_made_once_and_dropped_with_jar_jdk_and_options
run training test_failed_training_does_not_fail_the_build
run apt test_root_on_debian_installs_what_is_missing_and_says_so
run noapt test_without_root_or_with_a_word_nothing_is_installed
run result test_result_line_and_failures_of_the_tests
run own test_a_release_starts_its_own_java_on_the_data_of_the_user
run installed test_a_release_has_the_commands_that_need_no_checkout
run heap test_the_options_of_java_stand_in_one_file
run refused test_a_release_that_cannot_be_made_is_refused_before_anything_is_built
wait
for name in $RAN; do cat "$TEMP/$name.result"; done
echo 'done'
