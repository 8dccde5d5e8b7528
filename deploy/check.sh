#!/usr/bin/env bash
# Checks the files of this folder as far as the tools of this machine allow. One line a check: "ok NAME",
# "FAILED NAME: why" or "skipped NAME: why", and "done" at the end (./ihome test counts them).
# With --runtime it also makes the Java runtime of the container and starts the server on it, which takes a while.
set -u

HERE=$(CDPATH='' cd -P "${0%/*}" && pwd)
ROOT=${HERE%/*}
TEMP=$(mktemp -d "${TMPDIR:-/tmp}/ihome-deploy.XXXXXX")
trap 'rm -rf "$TEMP"' EXIT
PATH=$PATH:/usr/sbin:/sbin
REASON='' SKIP=''

fail() { REASON=${REASON:-$*}; }
skip() { SKIP=$*; }
have() { command -v "$1" >/dev/null 2>&1; }

# Instructions of a Dockerfile, one a line: comments gone, continued lines joined.
instructions() {
  awk '/^[[:space:]]*#/ { next } /\\$/ { sub(/\\$/, ""); line = line $0; next } { print line $0; line = "" }' "$1" |
    grep -v '^[[:space:]]*$'
}

# Whether an image names a version: not "latest", not a bare major number that moves underneath.
pinned() {
  case $1 in
    *@sha256:*) return 0 ;;
    *:latest | *:[0-9] | *:[0-9][0-9]) return 1 ;;
    *:*[0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

check_dockerfile_images_are_pinned() {
  local image stages
  stages=$(instructions "$HERE/Dockerfile" | awk '$1 == "FROM" && $3 == "AS" { print $4 }')
  for image in $(instructions "$HERE/Dockerfile" | awk '$1 == "FROM" { print $2 }'); do
    case " $stages " in *" $image "*) continue ;; esac
    pinned "$image" || fail "$image has no version"
  done
}

check_dockerfile_is_in_order() {
  local all last user
  all=$(instructions "$HERE/Dockerfile")
  last=$(printf '%s\n' "$all" | awk '$1 == "FROM" { text = "" } { text = text $0 "\n" } END { printf "%s", text }')
  user=$(printf '%s\n' "$last" | awk '$1 == "USER" { user = $2 } END { print user }')
  case $user in '' | root | 0 | 0:*) fail "the last stage runs as root" ;; esac
  printf '%s\n' "$last" | grep -q '^HEALTHCHECK .*CMD \[' || fail "no HEALTHCHECK in exec form"
  printf '%s\n' "$last" | grep -q '^ENTRYPOINT \[' || fail "no ENTRYPOINT in exec form: a shell would keep SIGTERM"
  if printf '%s\n' "$all" | grep -q '^ADD '; then fail "ADD unpacks and downloads by itself: use COPY"; fi
  if printf '%s\n' "$all" | grep -qE 'sudo|curl .*\| *(ba)?sh|chmod (-R )?777'; then fail "sudo, a script of the net or chmod 777"; fi
  if printf '%s\n' "$all" | grep -qE 'apt-get (update|upgrade)' && ! printf '%s\n' "$all" | grep -q 'rm -rf /var/lib/apt/lists'; then
    fail "the package lists stay in the image"
  fi
  if printf '%s\n' "$all" | grep -E '^(ENV|ARG) ' | grep -qiE 'password|secret|_key='; then fail "a secret in the image"; fi
  printf '%s\n' "$all" | awk '$1 ~ /^[A-Z]+$/ { next } { exit 1 }' || fail "a line that begins with no instruction"
}

check_dockerfile_copies_what_is_there() {
  local file
  for file in $(instructions "$HERE/Dockerfile" | awk '$1 == "COPY" && $2 !~ /^--from/ { for (i = 2; i < NF; i++) print $i }'); do
    [ -e "$ROOT/$file" ] || fail "COPY $file: not there"
  done
  for file in "$HERE"/*.sh; do
    [ -x "$file" ] || fail "$file is not executable"
  done
}

check_compose_images_are_pinned_and_known() {
  local image
  for image in $(awk '$1 == "image:" { print $2 }' "$HERE/docker-compose.yml"); do
    pinned "$image" || fail "$image has no version"
  done
  if grep -nE '^ +privileged: *true|network_mode: *host|/var/run/docker.sock' "$HERE/docker-compose.yml"; then fail "too many rights"; fi
  if ! grep -qE 'IHOME_PAYMENT: (alipay|none)|IHOME_CASHIER_KEY_FILE: ' "$HERE/docker-compose.yml"; then
    fail "several nodes with the cashier need IHOME_CASHIER_KEY_FILE"
  fi
  if grep -nE '(PASSWORD|SECRET|_KEY)[A-Z_]*: ' "$HERE/docker-compose.yml" | grep -vE '_FILE: |_ACCESS_KEY: '; then fail "a secret in the open"; fi
}

# Lists how long ago each image's version was compared with what there is. It is told, and fails only where nobody said:
# what is current changes without a commit here.
check_images_have_their_day() {
  local image day found
  found=$({
    sed -n 's/^ *image: *\([^ #]*\) *# looked up \([0-9-]*\)$/\1 \2/p' "$HERE/docker-compose.yml"
    awk '/^# looked up / { day = $4; next } $1 == "FROM" { print $2, day; day = "" }' "$HERE/Dockerfile"
  } | sort -u)
  while read -r image day; do
    if ! date -d "$day" +%s >/dev/null 2>&1 || [ -z "$day" ]; then
      fail "$image does not say on which day it was looked up"
      continue
    fi
    printf '# %s was looked up %s days ago (%s)\n' "$image" "$((($(date +%s) - $(date -d "$day" +%s)) / 86400))" "$day"
  done <<<"$found"
  for image in $(awk '$1 == "image:" { print $2 }' "$HERE/docker-compose.yml" | grep -v '^ihome:'); do
    printf '%s\n' "$found" | grep -q "^$image " || fail "$image does not say on which day it was looked up"
  done
}

# Limits and codes must not be evicted, and nobody else in the network may read sessions.
check_redis_is_closed_and_evicts_nothing() {
  grep -q 'requirepass' "$HERE/docker-compose.yml" || fail "Redis has no password"
  grep -q 'maxmemory-policy noeviction' "$HERE/docker-compose.yml" || fail "Redis may evict limits and codes"
  if grep -qE 'redis://redis' "$HERE/docker-compose.yml"; then fail "the nodes know no password of Redis"; fi
}

check_compose_config() {
  docker compose version >/dev/null 2>&1 || { skip "no docker compose on this machine"; return; }
  docker compose -f "$HERE/docker-compose.yml" config -q >"$TEMP/compose" 2>&1 || fail "$(head -n 1 "$TEMP/compose")"
}

# Without compose at least the form: every service that is waited for, every volume and secret that is used, is there.
check_compose_names_fit() {
  have python3 && python3 -c 'import yaml' 2>/dev/null || { skip "no python3 with yaml on this machine"; return; }
  python3 - "$HERE/docker-compose.yml" >"$TEMP/names" 2>&1 <<'PYTHON' || fail "$(tail -n 1 "$TEMP/names")"
import sys, yaml
compose = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
# A volume has one owner: what nodes share goes over the network, and a file that two of them write is an accident.
owners = {}
for name, service in compose["services"].items():
    for other, wanted in service.get("depends_on", {}).items():
        assert other in compose["services"], f"{name} waits for {other}, which is not there"
        ends = wanted["condition"] == "service_completed_successfully"
        known = compose["services"][other]
        assert ends or "healthcheck" in known or "build" in known, f"{other} has no health"
        assert not ends or known.get("restart") == "on-failure", f"{other} is to end, and would be started again"
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source.startswith(".") or source in compose["volumes"], f"{name} has the unknown volume {source}"
        assert source.startswith(".") or owners.setdefault(source, name) == name, f"{name} and {owners[source]} share {source}"
    for secret in service.get("secrets", []):
        assert secret in compose["secrets"], f"{name} has the unknown secret {secret}"
    for network in service.get("networks", []):
        assert network in compose["networks"], f"{name} is in the unknown network {network}"
PYTHON
}

check_nginx_configuration() {
  have nginx || { skip "no nginx on this machine"; return; }
  mkdir -p "$TEMP/nginx/logs"
  # The nodes' names are the network's of compose; here loopback stands in, and any free port.
  sed -e 's/node[12]:8080/127.0.0.1:8080/' "$HERE/nginx.conf" >"$TEMP/nginx/ihome.conf"
  cat >"$TEMP/nginx/nginx.conf" <<CONF
pid $TEMP/nginx/nginx.pid;
error_log stderr;
events { }
http {
  access_log off;
  client_body_temp_path $TEMP/nginx/body; proxy_temp_path $TEMP/nginx/proxy; fastcgi_temp_path $TEMP/nginx/fastcgi;
  uwsgi_temp_path $TEMP/nginx/uwsgi; scgi_temp_path $TEMP/nginx/scgi;
  include $TEMP/nginx/ihome.conf;
}
CONF
  nginx -t -q -p "$TEMP/nginx" -c "$TEMP/nginx/nginx.conf" >"$TEMP/nginx/out" 2>&1 || fail "$(head -n 1 "$TEMP/nginx/out")"
  if [ -s "$TEMP/nginx/out" ]; then fail "nginx warns: $(head -n 1 "$TEMP/nginx/out")"; fi
}

check_systemd_unit() {
  have systemd-analyze || { skip "no systemd-analyze on this machine"; return; }
  # The program is where it is here, so that it is found.
  sed "s|/opt/ihome/bin/|$ROOT/|g" "$HERE/ihome.service" >"$TEMP/ihome.service"
  case $ROOT in *' '*) skip "the checkout's path has blanks"; return ;; esac
  SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --recursive-errors=no "$TEMP/ihome.service" >"$TEMP/unit" 2>&1 || fail "$(head -n 1 "$TEMP/unit")"
  if grep -q "$TEMP/ihome.service" "$TEMP/unit"; then fail "$(grep -m 1 "$TEMP/ihome.service" "$TEMP/unit")"; fi
}

# systemd's own figure of what a service that was broken into can do: 10 is anything.
check_systemd_unit_exposure() {
  local exposure
  have systemd-analyze || { skip "no systemd-analyze on this machine"; return; }
  exposure=$(systemd-analyze security --offline=yes --no-pager "$HERE/ihome.service" 2>/dev/null |
    sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p')
  [ -n "$exposure" ] || { skip "this systemd-analyze does not rate files"; return; }
  [ "${exposure%.*}" -lt 2 ] || fail "exposure $exposure, at most 1.9"
}

check_scripts() {
  have shellcheck || { skip "no shellcheck on this machine"; return; }
  shellcheck -S warning "$HERE"/*.sh >"$TEMP/shellcheck" 2>&1 || fail "$(grep -m 1 -A 3 '^In ' "$TEMP/shellcheck" | tr '\n' ' ')"
}

# Every variable of ours in this folder is an option; the page of options is checked against the code elsewhere.
check_variables_are_options() {
  local variable
  for variable in $(grep -ohE '\bIHOME_[A-Z0-9_]+' "$HERE"/*.yml "$HERE"/*.service "$HERE"/*.conf "$HERE"/Dockerfile "$HERE"/*.sh | sort -u); do
    grep -q "\`$variable\`" "$ROOT/docs/configuration.md" || fail "$variable is no option (docs/configuration.md)"
  done
}

# The container without a container: its folders, its runtime, its start line word for word, its user and its health
# check, as plain processes.
check_runtime_starts_the_server() {
  local jdk=${JAVA_HOME:-} image=$TEMP/image size from until word as=() line=()
  [ -x "$jdk/bin/jlink" ] || { skip "JAVA_HOME has no jlink"; return; }
  [ -f "$ROOT/server/target/ihome-server.jar" ] || { skip "not built"; return; }
  mkdir -p "$image/ihome" "$image/data"
  "$HERE/runtime.sh" "$jdk" "$ROOT/server/target" "$image/jre" >"$TEMP/jlink" 2>&1 || { fail "$(head -n 1 "$TEMP/jlink")"; return; }
  cp -R "$ROOT/server/target/lib" "$ROOT/server/target/ihome-server.jar" "$HERE/healthcheck.sh" "$ROOT/launcher/java.options" "$image/ihome/"
  size=$(du -sm "$image/jre" | cut -f 1)
  chmod 755 "$TEMP"
  # As root, a user who is not, and whom this machine knows, as initdb wants; the image makes one of its own.
  if [ "$(id -u)" -eq 0 ]; then
    have setpriv || { skip "no setpriv on this machine"; return; }
    chown nobody "$image/data"
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups --no-new-privs --bounding-set=-all)
  fi
  while IFS= read -r word; do
    word=${word/#\/opt\/jre/$image/jre}
    word=${word/#@\/opt\/ihome/@$image/ihome}
    line+=("${word/#\/opt\/ihome/$image/ihome}")
  done <<<"$(instructions "$HERE/Dockerfile" | sed -n 's/^ENTRYPOINT \[//p' | grep -o '"[^"]*"' | tr -d '"')"
  from=$(date +%s%N) until=$((SECONDS + 60))
  (cd "$image/data" && exec "${as[@]}" env -i PATH="$PATH" LC_ALL=C.UTF-8 IHOME_LOG=json IHOME_DATA="$image/data" \
    IHOME_PORT=0 "${line[@]}" run >"$TEMP/out" 2>"$TEMP/err") &
  until grep -q '^ready ' "$TEMP/out"; do
    if ! kill -0 $! 2>/dev/null || [ "$SECONDS" -ge "$until" ]; then
      fail "no ready: $(head -n 1 "$TEMP/err")"
      kill $! 2>/dev/null
      return
    fi
    sleep 0.05
  done
  printf '# runtime of %s MB, first start %s ms\n' "$size" "$((($(date +%s%N) - from) / 1000000))"
  from=$(sed -n 's/^ready .*:\([0-9]*\).*/\1/p' "$TEMP/out")
  IHOME_PORT=$from "${as[@]}" "$image/ihome/healthcheck.sh" || fail "the health check says no"
  if [ "$(stat -c %U "$image/data/identity.key")" = root ]; then fail "runs as root"; fi
  kill $! 2>/dev/null
  wait $! || fail "ends with $?, not 0"
  if IHOME_PORT=$from "$image/ihome/healthcheck.sh" 2>/dev/null; then fail "the health check finds a server that has ended"; fi
}

CHECKS='dockerfile_images_are_pinned dockerfile_is_in_order dockerfile_copies_what_is_there
  compose_images_are_pinned_and_known images_have_their_day
  redis_is_closed_and_evicts_nothing compose_config compose_names_fit nginx_configuration systemd_unit
  systemd_unit_exposure scripts variables_are_options'
if [ "${1:-}" = --runtime ]; then CHECKS="$CHECKS runtime_starts_the_server"; fi
for name in $CHECKS; do
  REASON='' SKIP=''
  "check_$name"
  if [ -n "$REASON" ]; then
    printf 'FAILED %s: %s\n' "$name" "$REASON"
  elif [ -n "$SKIP" ]; then
    printf 'skipped %s: %s\n' "$name" "$SKIP"
  else
    printf 'ok %s\n' "$name"
  fi
done
echo "done"
