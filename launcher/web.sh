# shellcheck shell=bash
# Building the web app under web/ with Node, before Maven packs it into the jar.

readonly NODE_LEAST=20.19
readonly WEB_LOG=$ROOT/target/web.log
readonly WEB_STAMP=$ROOT/target/web.stamp
readonly WEB_LOCK_STAMP=$ROOT/web/node_modules/.ihome-lock

# Nobody has said IHOME_WEB=no (then the jar gets what web/dist holds, if anything).
web_wanted() {
  [ "${IHOME_WEB:-yes}" != no ]
}

# Ends the launcher where there is no Node that is new enough.
find_node() {
  local version='' least
  if command -v node >/dev/null && command -v npm >/dev/null; then version=$(node --version 2>/dev/null); fi
  version_number "$NODE_LEAST"
  least=$NUMBER
  version_number "${version#v}"
  [ "$NUMBER" -ge "$least" ] ||
    die "$EXIT_NO_TOOL" "no Node.js $NODE_LEAST or newer found${version:+ (only $version)}: install it from https://nodejs.org or with 'brew install node' or 'nvm install 22'; or call with IHOME_WEB=no for a server without the web app"
}

web_fingerprint() {
  (cd "$ROOT" && find web api \( -name node_modules -o -name dist -o -name e2e -o -name test -o -name '.generated' \) -prune -o -type f -print0 |
    xargs -0 cksum) | LC_ALL=C sort
}

# Builds web/dist if a source of it has changed; calls npm ci only if the lock has.
build_web() {
  local now lock
  web_wanted || return 0
  [ -f "$ROOT/web/package.json" ] ||
    die "$EXIT_BUILD" "this checkout has no web app (web/package.json): get the whole one, or call with IHOME_WEB=no for a server without it"
  now=$(web_fingerprint)
  if [ -f "$ROOT/web/dist/files.txt" ] && [ -r "$WEB_STAMP" ] && [ "$now" = "$(<"$WEB_STAMP")" ]; then return 0; fi
  find_node
  : >"$WEB_LOG"
  install_web_packages
  rm -f "$WEB_STAMP"
  run_npm "web app" run bundle || die_of_web "the web app's build failed"
  [ -f "$ROOT/web/dist/files.txt" ] || die_of_web "the web app's build made no web/dist/files.txt"
  printf '%s\n' "$now" >"$WEB_STAMP"
}

install_web_packages() {
  local lock
  lock=$(cksum <"$ROOT/web/package-lock.json")
  if [ -r "$WEB_LOCK_STAMP" ] && [ "$lock" = "$(<"$WEB_LOCK_STAMP")" ]; then return 0; fi
  run_npm "web app: its libraries" ci || die_of_web "npm ci failed"
  printf '%s\n' "$lock" >"$WEB_LOCK_STAMP"
}

# run_npm LABEL ARGUMENT...: in the background, so that a signal is answered at once.
run_npm() {
  local label=$1 code
  shift
  progress "build: $label"
  (cd "$ROOT/web" && exec npm "$@") </dev/null >>"$WEB_LOG" 2>&1 &
  CHILD=$!
  while kill -0 "$CHILD" 2>/dev/null; do
    progress_draw
    sleep 0.1
  done
  progress_clear
  wait "$CHILD"
  code=$?
  CHILD=''
  return "$code"
}

die_of_web() {
  progress_clear
  grep -i -E 'error' "$WEB_LOG" | head -n 6 >&2
  die "$EXIT_BUILD" "$1, see $WEB_LOG"
}
