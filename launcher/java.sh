# shellcheck shell=bash disable=SC2034
# Handing over to Java, and the start-up cache (JDK 25's AOT cache: classes loaded and linked ahead of time).

readonly AOT_CACHE=$ROOT/server/target/ihome.aot
readonly AOT_KEY=$ROOT/server/target/ihome.aot.key
readonly AOT_LOG=$ROOT/target/aot.log
TRAINING=''

# java_command NAME OPTION...: builds what is stale and becomes the Java process.
java_command() {
  find_jdk
  java_options
  if build_is_stale; then
    case " $* " in *' --dev '*) build ;; *) build train ;; esac
  fi
  if aot_is_current; then JAVA_OPTIONS+=("-XX:AOTCache=$AOT_CACHE"); fi
  become_java "$JDK/bin/java" "$JAR" "$@"
}

# What the cache was made for; Java itself checks the jars. The folder too: see launcher/SealedClasses.java.
aot_key() {
  printf '%s' "$ROOT $JDK $JDK_NUMBER ${JAVA_OPTIONS[*]}"
}

aot_is_current() {
  [ "${IHOME_AOT:-yes}" != no ] && [ "$AOT_CACHE" -nt "$JAR" ] && [ -r "$AOT_KEY" ] && [ "$(aot_key)" = "$(<"$AOT_KEY")" ]
}

# Whether one should be made: continuous integration starts servers from classes, not from here.
aot_is_missing() {
  [ "${IHOME_AOT:-yes}" != no ] && [ -z "${CI:-}" ] && ! aot_is_current
}

forget_aot_cache() {
  rm -f "$AOT_CACHE" "$AOT_CACHE".* "$AOT_KEY"
}

# Measured at the same time, medians: ready after 1.3 s with the cache and 3.2 s without, 2.1 and 4.1 s of processor.
# Makes the cache by running the server for a moment on a data folder of its own. Call under the lock. That it
# fails costs start-up time and nothing else.
train_aot() {
  local from=$SECONDS
  progress "build: start-up cache"
  forget_aot_cache
  if training_run "$JDK/bin/java" "$JAR" "-XX:AOTCacheOutput=$AOT_CACHE.new" && [ -s "$AOT_CACHE.new" ]; then
    aot_key >"$AOT_KEY"
    mv "$AOT_CACHE.new" "$AOT_CACHE"
    touch "$AOT_CACHE"
    say "start-up cache made in $((SECONDS - from)) s"
  else
    forget_aot_cache
    say "no start-up cache (see $AOT_LOG); starts take longer, nothing else changes"
  fi
}

# training_run JAVA JAR OPTION: starts the server with the option that records it, asks it the usual questions, ends it.
# False if it did not become ready or did not end well.
training_run() {
  local java=$1 jar=$2 option=$3 code
  TRAINING=$(mktemp -d "${TMPDIR:-/tmp}/ihome-training.XXXXXX") || return 1
  : >"$AOT_LOG" # here, not by the child: the last training's log tells of a server that is ready
  (
    # Never on the database or under the settings of the one who builds.
    # shellcheck disable=SC2086
    unset ${!IHOME_*}
    exec "$java" "${JAVA_OPTIONS[@]}" "$option" -jar "$jar" run --port 0 --data "$TRAINING/data" --dev
  ) </dev/null >>"$AOT_LOG" 2>&1 &
  CHILD=$!
  if await_ready; then
    ask GET /health/ready /api/v1.0/areas /api/v1.0/session /api/v1.0/houses/index \
      '/api/v1.0/houses?sd=2030-01-01&ed=2030-01-03&aid=1&sk=booking&p=1' '/api/v1.0/houses?p=1' /api/v1.0/houses/1 \
      /api/v1.0/imagecode/6d0ac0ab-5c35-4b1c-9d4b-3f1a52b7a1de /metrics / >/dev/null 2>&1
  fi
  kill "$CHILD" 2>/dev/null
  await_child 60
  code=$?
  CHILD=''
  rm -rf "$TRAINING"
  TRAINING=''
  [ -n "$ADDRESS" ] && { [ "$code" -eq 0 ] || [ "$code" -eq 143 ]; }
}

# Sets ADDRESS to host/port of the server in training once it is ready; false if it ends or takes a minute.
await_ready() {
  local line until=$((SECONDS + 60))
  ADDRESS=''
  while [ "$SECONDS" -lt "$until" ] && kill -0 "$CHILD" 2>/dev/null; do
    while IFS= read -r line; do
      case $line in
        'ready http://'*)
          line=${line#ready http://}
          line=${line%%/*}
          ADDRESS=${line%:*}/${line##*:}
          return 0
          ;;
      esac
    done <"$AOT_LOG"
    progress_draw
    sleep 0.1
  done
  return 1
}

# ask METHOD PATH...: without curl, which need not be there. Each path a few times.
ask() {
  local method=$1 path status
  shift
  for path in "$@" "$@" "$@"; do
    {
      printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$method" "$path" >&4
      # The answer has begun: that is all to wait for, and not for long.
      read -r -t 5 status <&4
    } 4<>"/dev/tcp/$ADDRESS"
  done
}

# Waits for the child, kills it after so many seconds, and returns its code.
await_child() {
  local until=$((SECONDS + $1))
  while kill -0 "$CHILD" 2>/dev/null; do
    progress_draw
    if [ "$SECONDS" -ge "$until" ]; then kill -9 "$CHILD" 2>/dev/null; fi
    sleep 0.1
  done
  wait "$CHILD"
}
