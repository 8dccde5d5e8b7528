# shellcheck shell=bash disable=SC2034
# The test suites. A suite is a name in SUITES and a function suite_NAME that adds what it ran to PASSED, FAILED and
# SKIPPED; where it needs a tool that is not there, it calls install_packages (launcher/tools.sh) if may_install.

SUITES='launcher deploy release java web browser'
QUICK_SUITES='java web'
QUICK=''
PASSED=0
FAILED=0
SKIPPED=0
TESTS_STARTED=''
SHOW_FAILURES=''
FLAKES=''
FLAKES_REFUSED=0
readonly TEST_LOG=$ROOT/target/test.log CLASS_TIMES=$ROOT/target/test-classes.txt SLOWEST=10
# What failed, in a line or a few each, to be said once more at the end: thousands of lines may be between.
FAILURES=()
# What each part took, as "12 s  name".
TIMES=()
JAVA_PART='' JAVA_PART_FROM=0
readonly WEB_TEST_LOG=$ROOT/target/test-web.log BROWSER_TEST_LOG=$ROOT/target/test-browser.log

# run_suites PATTERN QUICK: all of them, or the test classes that match; a suite's own name is a pattern too. With QUICK what
# takes a developer's minutes: no class that is tagged "slow" or "timing", no other set-up than the usual one, no browser.
run_suites() {
  local only=$1 suite suites=$SUITES
  QUICK=$2
  if [ -n "$QUICK" ]; then suites=$QUICK_SUITES; fi
  find_jdk
  java_options
  find_maven
  case " $SUITES " in
    *" ${only:-,} "*) timed_suite "$only" '' ;;
    *) for suite in $suites; do
      if [ -z "$only" ] || [ "$suite" = java ]; then timed_suite "$suite" "$only"; fi
    done ;;
  esac
  if [ -n "$only" ] && [ "$((PASSED + FAILED + SKIPPED))" -eq 0 ]; then
    die "$EXIT_USAGE" "no test class matches $only"
  fi
  if [ -z "$only" ]; then
    say "what took how long:"
    printf 'ihome:   %s\n' "${TIMES[@]}" >&2
  fi
  if [ "${#FAILURES[@]}" -gt 0 ]; then
    say "what failed:"
    printf '%s\n' "${FAILURES[@]}" >&2
  fi
  printf '%s passed, %s failed, %s skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  [ "$FAILED" -eq 0 ] || exit "$EXIT_FAILED"
}

# timed_suite NAME PATTERN
timed_suite() {
  local from=$SECONDS
  "suite_$1" "$2"
  TIMES+=("$((SECONDS - from)) s  $1")
}

# java_part NAME: ends the part of the Java tests before it and begins this one; without a name it only ends.
java_part() {
  if [ -n "$JAVA_PART" ]; then TIMES+=("$((SECONDS - JAVA_PART_FROM)) s  java: $JAVA_PART"); fi
  JAVA_PART=${1:-} JAVA_PART_FROM=$SECONDS
}

# failure TEXT: shows it now and at the end.
failure() {
  FAILURES+=("$1")
  show "$1"
}

suite_launcher() {
  progress "test: the launcher"
  script_suite launcher/test.sh "$ROOT/target/test-launcher.log"
}

# The files of deploy/; nginx is for the tests in Java as well, which put it in front of two nodes.
suite_deploy() {
  [ -x "$ROOT/deploy/check.sh" ] || return 0
  # Not where systemd would start it as well, on a port of its own choice.
  if ! command -v nginx >/dev/null && [ ! -x /usr/sbin/nginx ] && [ ! -d /run/systemd/system ] && may_install &&
    package_exists nginx-light; then
    install_packages nginx-light
  fi
  # The runtime image is made of what is built.
  if build_is_stale; then build train; fi
  progress "test: deploy"
  JAVA_HOME=$JDK script_suite deploy/check.sh "$ROOT/target/test-deploy.log" --runtime
}

# A release, made and tried in an empty Debian. Not with --only of a test class, and not without the web app.
suite_release() {
  web_wanted && [ -x "$ROOT/launcher/release-test.sh" ] || return 0
  case $OSTYPE in linux*) ;; *) return 0 ;; esac
  if ! command -v debootstrap >/dev/null && [ ! -x /usr/sbin/debootstrap ] && may_install && package_exists debootstrap; then
    install_packages debootstrap
  fi
  progress "test: a release"
  JAVA_HOME=$JDK script_suite launcher/release-test.sh "$ROOT/target/test-release.log"
}

# script_suite SCRIPT LOG [ARGUMENT]: runs a script that prints a line a test and "done" at its end.
script_suite() {
  local script=$1 log=$2 line code
  shift 2
  RUN_PASSED=0 RUN_FAILED=0 RUN_SKIPPED=0
  mkdir -p "$ROOT/target"
  if "$ROOT/$script" "$@" </dev/null >"$log" 2>&1; then code=0; else code=$?; fi
  while IFS= read -r line; do
    case $line in
      'ok '*) RUN_PASSED=$((RUN_PASSED + 1)) ;;
      'skipped '*) RUN_SKIPPED=$((RUN_SKIPPED + 1)) ;;
      'FAILED '*) RUN_FAILED=$((RUN_FAILED + 1)); failure "    $script: ${line#FAILED }" ;;
    esac
  done <"$log"
  if ! tail -n 1 "$log" | grep -q '^done$'; then
    RUN_FAILED=$((RUN_FAILED + 1))
    failure "    $script did not come to its end; it ended with $code after: $(tail -n 3 "$log" | tr '\n' ' ')"
  fi
  if [ "$RUN_FAILED" -gt 0 ]; then say "failed tests of $script, see $log"; fi
  say "  $script: $(counts "$RUN_PASSED" "$RUN_FAILED" "$RUN_SKIPPED")"
  add_counts
}

suite_java() {
  local only=$1 failed_before=$FAILED code phase=verify
  if build_is_stale; then build train; fi
  lock_build
  PROGRESS_FROM=$SECONDS
  progress "test: compiling the tests"
  if [ -n "$QUICK" ]; then phase=test; fi
  set -- "$phase" --fail-at-end "-Dihome.commit=$(commit)"
  if [ -n "$QUICK" ]; then set -- "$@" -P '!set-ups' -Dtest.excluded=slow,timing; fi
  if [ -n "$only" ]; then
    set -- "$@" "-Dtest=$only" -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true
  fi
  # In CI a test of timing that is red gets a second attempt, see CONTRIBUTING.md; any other that needs one has failed.
  if [ "${CI:-}" = true ]; then set -- "$@" -Dsurefire.rerunFailingTestsCount=1; fi
  mkdir -p "$ROOT/target"
  : >"$CLASS_TIMES"
  run_maven "$TEST_LOG" test_line "$@"
  code=$?
  java_part
  unlock_build
  [ -n "$only" ] || say_slowest
  [ "$code" -ne 0 ] || [ "$FAILED" -gt "$failed_before" ] || return 0
  if [ "$FAILED" -gt "$failed_before" ]; then
    say "failed tests, see $TEST_LOG and server/target/surefire-reports"
  else
    show_errors "$TEST_LOG"
    [ -n "$TESTS_STARTED" ] || die "$EXIT_BUILD" "the build failed before the tests, see $TEST_LOG"
    say "the tests did not come to their end, see $TEST_LOG"
    FAILED=$((FAILED + 1))
  fi
}

# The web app's types and unit tests.
suite_web() {
  web_wanted || return 0
  find_node
  : >"$WEB_LOG"
  install_web_packages
  progress "test: the web app"
  run_npm "web app: types and rules" run check || { show_file "$WEB_LOG" >&2; FAILED=$((FAILED + 1)); say "the web app's types or ESLint's rules are not kept, see $WEB_LOG"; }
  run_vitest test "$WEB_TEST_LOG" web/test
}

# The web app in Debian's Chromium against the real server. Chinese needs its fonts: without them every character is
# an empty box, and a page of boxes passes any test of widths.
suite_browser() {
  web_wanted || return 0
  IHOME_CHROMIUM=${IHOME_CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
  if [ -z "$IHOME_CHROMIUM" ] && may_install && install_packages chromium fonts-noto-cjk; then
    IHOME_CHROMIUM=$(command -v chromium)
  fi
  if [ -z "$IHOME_CHROMIUM" ]; then
    say "  web/e2e: skipped, no Chromium (apt-get install chromium fonts-noto-cjk, or set IHOME_CHROMIUM)"
    SKIPPED=$((SKIPPED + 1))
    return 0
  fi
  find_node
  : >"$WEB_LOG"
  install_web_packages
  if build_is_stale; then build; fi
  export IHOME_CHROMIUM IHOME_E2E_JAVA=$JDK/bin/java
  progress "test: the web app in a browser"
  run_vitest e2e "$BROWSER_TEST_LOG" web/e2e
}

# run_vitest SCRIPT LOG NAME
run_vitest() {
  local log=$2 line
  RUN_PASSED=0 RUN_FAILED=0 RUN_SKIPPED=0
  if (cd "$ROOT/web" && NO_COLOR=1 npm run -s "$1" -- --reporter=verbose) </dev/null >"$log" 2>&1; then :; else RUN_FAILED=-1; fi
  progress_clear
  line=$(grep -E '^ *Tests +[0-9]' "$log" | tail -n 1)
  RUN_PASSED=$(count_of passed "$line") RUN_SKIPPED=$(count_of skipped "$line")
  if [ "$RUN_FAILED" -ne 0 ]; then
    RUN_FAILED=$(count_of failed "$line")
    [ "$RUN_FAILED" -gt 0 ] || RUN_FAILED=1
    while IFS= read -r line; do failure "    $line"; done < <(grep -E '^ *(×|FAIL|AssertionError|Error:)' "$log" | head -n 20)
    say "failed tests of $3, see $log"
  fi
  grep -E '^ *✓.* \(retry x[0-9]+\)' "$log" | while IFS= read -r line; do say "    passed at the second attempt:${line#*✓}"; done
  say "  $3: $(counts "$RUN_PASSED" "$RUN_FAILED" "$RUN_SKIPPED")"
  add_counts
}

# count_of passed "Tests  1 failed | 12 passed (13)" prints 12.
count_of() {
  local number
  number=$(printf '%s\n' "$2" | sed -n "s/.*[^0-9]\([0-9][0-9]*\) $1.*/\1/p")
  printf '%s' "${number:-0}"
}

# Follows Surefire: a line for every class that has finished, then for a module the failures with their messages, and
# its sums, which replace what the classes added up to.
test_line() {
  local line=$1
  case $line in
    '[INFO] --- '*surefire*':test ('*)
      line=${line#*:test (}
      java_part "${line%%)*}"
      ;;
    *' T E S T S')
      TESTS_STARTED=yes SHOW_FAILURES='' FLAKES='' FLAKES_REFUSED=0
      MODULE_PASSED=$PASSED MODULE_FAILED=$FAILED MODULE_SKIPPED=$SKIPPED
      ;;
    '[INFO] Running '*) progress_update "test: $((PASSED + FAILED + SKIPPED)) done, $FAILED failed; ${line#*Running }" ;;
    '['*'] Tests run: '*' -- in '*)
      read_counts "$line"
      add_counts
      line="${line##* -- in }: $(counts "$RUN_PASSED" "$RUN_FAILED" "$RUN_SKIPPED"), ${line#*Time elapsed: }"
      line=${line%% s *}
      say "  $line s"
      printf '%s %s\n' "${line##* }" "${line%%:*}" >>"$CLASS_TIMES"
      ;;
    '['*'] Tests run: '*)
      SHOW_FAILURES='' FLAKES=''
      read_counts "$line"
      PASSED=$MODULE_PASSED FAILED=$((MODULE_FAILED + FLAKES_REFUSED)) SKIPPED=$MODULE_SKIPPED
      add_counts
      ;;
    '[WARNING] Flakes:'*) FLAKES=yes ;;
    '[WARNING] '*.*) if [ -n "$FLAKES" ]; then flake "${line#\[WARNING\] }"; fi ;;
    '[ERROR] Failures:'* | '[ERROR] Errors:'*) SHOW_FAILURES=yes ;;
    '[INFO]'*) SHOW_FAILURES='' ;;
    *) if [ -n "$SHOW_FAILURES" ]; then failure "    ${line#\[ERROR\]   }"; fi ;;
  esac
}

say_slowest() {
  local time class
  [ -s "$CLASS_TIMES" ] || return 0
  say "the $SLOWEST slowest test classes:"
  LC_ALL=C sort -rn "$CLASS_TIMES" | head -n "$SLOWEST" | while read -r time class; do say "  $time s  $class"; done
}

# flake ihome.FloodTest.metrics: it failed and then passed. That is forgiven where the class says that its verdict depends
# on the machine's speed.
flake() {
  local class=${1%%[(\[]*}
  class=${class%.*}
  if grep -qrs --include="${class##*.}.java" '^@Tag("timing")' "$ROOT/server/src/test/java"; then
    say "    passed at the second attempt: $1"
  else
    FLAKES_REFUSED=$((FLAKES_REFUSED + 1))
    failure "    FAILED, and passed at the second attempt, which is not enough: $1"
  fi
}

# read_counts "Tests run: 8, Failures: 1, Errors: 1, Skipped: 1..."
read_counts() {
  local run=${1#*Tests run: } failures=${1#*Failures: } errors=${1#*Errors: } skipped=${1#*Skipped: }
  RUN_SKIPPED=${skipped%%,*}
  RUN_FAILED=$((${failures%%,*} + ${errors%%,*}))
  RUN_PASSED=$((${run%%,*} - RUN_FAILED - RUN_SKIPPED))
}

add_counts() {
  PASSED=$((PASSED + RUN_PASSED))
  FAILED=$((FAILED + RUN_FAILED))
  SKIPPED=$((SKIPPED + RUN_SKIPPED))
}

# 12 passed, and failed or skipped only where there are such.
counts() {
  printf '%s passed' "$1"
  if [ "$2" -gt 0 ]; then printf ', %s FAILED' "$2"; fi
  if [ "$3" -gt 0 ]; then printf ', %s skipped' "$3"; fi
}
