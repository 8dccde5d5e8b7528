# shellcheck shell=bash disable=SC2034
# Building what is stale, one build at a time.
#
# The stamp of a build lists every source with its checksum, and the jar that was made of them. It decides by
# content: a deleted, renamed or restored file counts, a touched one does not, and neither does a clock. Reading
# all contents at every start would take longer than the start may, so a second list, of sizes, times and
# inodes, answers while it is the same; the system, not the user, sets the time of change that it holds.

readonly JAR=$ROOT/server/target/ihome-server.jar
readonly STAMP=$ROOT/server/target/sources.stamp
readonly BUILT_COMMIT=$ROOT/server/target/commit
readonly GLANCE=$ROOT/server/target/sources.glance
readonly BUILD_LOG=$ROOT/target/build.log
readonly LOCK=$ROOT/target/build.lock
CHILD=''
LOCKED=''

# find_sources ACTION...: every file that the build reads, and the jar while there is one.
find_sources() {
  local places='pom.xml api server/pom.xml server/src/main server/target/ihome-server.jar'
  if [ -d "$ROOT/web" ]; then places="$places web"; fi
  # shellcheck disable=SC2086 # a list of places
  (cd "$ROOT" && find $places \( -name node_modules -o -name dist -o -name '.*' \) -prune -o -type f "$@" 2>/dev/null)
}

# Prints checksum, size and name of every source.
fingerprint() {
  find_sources -print0 | (cd "$ROOT" && xargs -0 cksum) | LC_ALL=C sort
}

# Prints what tells that no source can have changed; nothing where find or stat do not know how.
glance() {
  case $OSTYPE in
    linux*) find_sources -printf '%p %s %T@ %C@ %i\n' ;;
    darwin*) find_sources -exec stat -f '%N %z %Fm %Fc %i' {} + ;;
  esac
}

build_is_stale() {
  local now
  [ -f "$JAR" ] && [ -d "$ROOT/server/target/lib" ] && [ -r "$STAMP" ] || return 0
  now=$(glance)
  if [ -n "$now" ] && [ -r "$GLANCE" ] && [ "$now" = "$(<"$GLANCE")" ]; then return 1; fi
  [ "$(fingerprint)" = "$(<"$STAMP")" ] || return 0
  { printf '%s\n' "$now" >"$GLANCE.$$" && mv "$GLANCE.$$" "$GLANCE"; } 2>/dev/null # no loss in a read-only checkout
  return 1
}

# Prints the commit that is built, with -modified when files differ from it; unknown outside of a checkout of git.
commit() {
  local id
  id=$(git -C "$ROOT" rev-parse --short=12 HEAD 2>/dev/null) || { printf unknown; return; }
  if [ -n "$(git -C "$ROOT" status --porcelain 2>/dev/null)" ]; then id=$id-modified; fi
  printf '%s' "$id"
}

# build [train]: builds unless somebody else has just done so, and makes the start-up cache. Ends the launcher with
# EXIT_BUILD when it fails.
build() {
  local sources commit
  lock_build
  if build_is_stale; then
    find_maven
    PROGRESS_FROM=$SECONDS
    # Unlinked, not overwritten: a server that runs from this jar keeps its own copy to the end. And classes
    # of deleted sources, or migrations, must not find their way into the new one.
    rm -rf "$JAR" "$STAMP" "$GLANCE" "$BUILT_COMMIT" "$ROOT/server/target/classes"
    forget_aot_cache
    sources=$(fingerprint)
    commit=$(commit)
    build_web
    progress "build: starting Maven"
    if ! run_maven "$BUILD_LOG" build_line package -pl server -am "-Dihome.commit=$commit" -Dmaven.test.skip=true -Dspotless.check.skip=true; then
      show_errors "$BUILD_LOG"
      die "$EXIT_BUILD" "the build failed, see $BUILD_LOG"
    fi
    { printf '%s\n' "$sources"; cd "$ROOT" && cksum server/target/ihome-server.jar; } | LC_ALL=C sort >"$STAMP.new"
    mv "$STAMP.new" "$STAMP"
    printf '%s\n' "$commit" >"$BUILT_COMMIT"
    say "built in $((SECONDS - PROGRESS_FROM)) s"
    PROGRESS_TEXT=''
  fi
  if [ "${1:-}" = train ] && aot_is_missing; then train_aot; fi
  unlock_build
}

# Turns a line of Maven's into a phase a reader understands.
build_line() {
  case $1 in
    *Download*" from "*) progress "build: downloading libraries" ;;
    '[INFO] --- '*compiler*:compile*) progress "build: compiling" ;;
    '[INFO] --- '*jar*:jar*) progress "build: packaging" ;;
    '[INFO] --- '*frontend* | '[INFO] --- '*exec*) progress "build: web app" ;;
  esac
}

# run_maven LOG HANDLER ARGUMENT...: runs Maven in the background, its output in the log, and calls the handler with
# every line. The log is followed as a file, so that a signal is answered at once and not at the next line.
run_maven() {
  local log=$1 handler=$2 line='' part='' alive=yes pause=0.02
  shift 2
  mkdir -p "${log%/*}"
  : >"$log"
  # Maven itself lives for seconds: the first compiler is enough for it. The compiler runs in its own process.
  JAVA_HOME=$JDK MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}" \
    "$MAVEN" -B -Dstyle.color=never -f "${MAVEN_POM:-$ROOT/pom.xml}" "$@" </dev/null >>"$log" 2>&1 &
  CHILD=$!
  exec 3<"$log"
  while :; do
    kill -0 "$CHILD" 2>/dev/null || alive=''
    while IFS= read -r line <&3; do
      "$handler" "$part$line"
      part=''
    done
    part=$part$line
    [ -n "$alive" ] || break
    progress_draw
    sleep "$pause"
    pause=0.1
  done
  exec 3<&-
  progress_clear
  wait "$CHILD"
  local code=$?
  CHILD=''
  return "$code"
}

# Shows what a failed Maven has to say, without its advice to read elsewhere.
show_errors() {
  progress_clear
  grep -E '^\[ERROR\]|^Error' "$1" | grep -v -E '^\[ERROR\] *$|\[Help 1\]|re-run Maven|Re-run Maven|full debug|possible solutions|COMPILATION ERROR|After correcting|mvn <args>' |
    awk '!seen[$0]++' | head -n 12 >&2
}

# What tells a process from another that gets its number later: when it started. Empty if it is gone.
started_at() {
  local stat
  if [ -d /proc/self ]; then
    { IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    # shellcheck disable=SC2086 # fields, after the name of the program, which may hold blanks
    set -- ${stat##*) }
    printf '%s' "${20}"
  else
    ps -p "$1" -o lstart= 2>/dev/null
  fi
}

# Waits for the build of another call. The lock is a symbolic link that names its owner: made with its content in
# one step, and left behind by a killed owner it is recognized and taken away.
lock_build() {
  local owner pid told=''
  mkdir -p "$ROOT/target" 2>/dev/null
  [ -w "$ROOT/target" ] || die "$EXIT_BUILD" "cannot write to $ROOT/target"
  trap 'stop_build 130' INT
  trap 'stop_build 143' TERM HUP
  trap 'unlock_build' EXIT
  until ln -s "pid-$$-$(started_at $$)" "$LOCK" 2>/dev/null; do
    owner=$(readlink "$LOCK")
    if [ -z "$owner" ]; then
      if [ -e "$LOCK" ]; then die "$EXIT_BUILD" "$LOCK is in the way, remove it"; fi
      continue
    fi
    pid=${owner#pid-}
    pid=${pid%%-*}
    if [ "$owner" != "pid-$pid-$(started_at "$pid")" ]; then
      break_lock "$owner"
      continue
    fi
    [ -n "$told" ] || say "waiting for the build of process $pid"
    told=yes
    sleep 0.2
  done
  LOCKED=yes
}

# Takes a dead owner's lock away; if another has meanwhile done so and locked, gives it back.
break_lock() {
  mv "$LOCK" "$LOCK.$$" 2>/dev/null || return 0
  local found
  found=$(readlink "$LOCK.$$")
  rm -f "$LOCK.$$"
  if [ "$found" != "$1" ]; then ln -s "$found" "$LOCK" 2>/dev/null; fi
}

unlock_build() {
  if [ -n "$LOCKED" ]; then rm -f "$LOCK"; fi
  LOCKED=''
  trap - INT TERM HUP EXIT
}

stop_build() {
  progress_clear
  if [ -n "$CHILD" ]; then
    kill "$CHILD" 2>/dev/null
    wait "$CHILD" 2>/dev/null
  fi
  if [ -n "$TRAINING" ]; then rm -rf "$TRAINING"; fi
  unlock_build
  exit "$1"
}
