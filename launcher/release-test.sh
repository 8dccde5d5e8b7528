#!/usr/bin/env bash
# Tests of a release, made from this checkout: the same bytes twice, and a Debian without JDK, Maven and Node (debootstrap)
# in which it is unpacked and answers. One line a test: "ok NAME", "FAILED NAME: why" or "skipped NAME: why", and "done"
# at the end (./ihome test counts them).
set -u

ROOT=$(CDPATH='' cd -P "${0%/*}/.." && pwd)
TEMP=${RELEASE_TEMP:-$(mktemp -d "${TMPDIR:-/tmp}/ihome-release.XXXXXX")}
DEBIAN=$TEMP/debian
PATH=$PATH:/usr/sbin:/sbin
REASON='' SKIP='' SERVER=''

fail() { REASON=${REASON:-$*}; }
skip() { SKIP=$*; }
have() { command -v "$1" >/dev/null 2>&1; }

contains() { # what, part, text
  case $3 in *"$2"*) ;; *) fail "$1: no '$2' in '${3:0:300}'" ;; esac
}

# Runs a test and prints its line.
run() {
  local from=$SECONDS
  REASON='' SKIP=''
  "test_$1"
  if [ -n "$REASON" ]; then
    printf 'FAILED %s: %s\n' "$1" "$REASON"
  elif [ -n "$SKIP" ]; then
    printf 'skipped %s: %s\n' "$1" "$SKIP"
  else
    printf 'ok %s\n' "$1"
  fi
  printf '# %s took %s s\n' "$1" "$((SECONDS - from))"
}

test_a_release_is_made() {
  "$ROOT/ihome" release --output "$TEMP/one" >"$TEMP/one.out" 2>"$TEMP/one.err" || { fail "$(tail -n 3 "$TEMP/one.err")"; return; }
  TARBALL=$(sed -n 's/\.tar\.gz$/&/p' "$TEMP/one.out")
  DEB=$(sed -n 's/\.deb$/&/p' "$TEMP/one.out")
  [ -f "$TARBALL" ] || { fail "no .tar.gz in $(<"$TEMP/one.out")"; return; }
  (cd "$TEMP/one" && sha256sum -c --quiet SHA256SUMS) || fail "SHA256SUMS does not fit"
  printf '# %s: %s MB packed, %s MB unpacked\n' "${TARBALL##*/}" "$(du -m "$TARBALL" | cut -f 1)" "$(du -sm "${TARBALL%.tar.gz}" | cut -f 1)"
  tar -tvzf "$TARBALL" >"$TEMP/listing"
  if grep -v ' 0/0 ' "$TEMP/listing" | grep -q .; then fail "files of an owner: $(grep -v ' 0/0 ' "$TEMP/listing" | head -n 1)"; fi
  for file in bin/ihome lib/ihome-server.jar lib/ihome.jsa lib/startup-classes.txt runtime/bin/java share/ihome.yaml \
    share/systemd/ihome.service share/bash-completion/completions/ihome licenses/sbom.json licenses/dependencies.md \
    licenses/java/java.base/LICENSE LICENSE NOTICE RELEASE doc/UPGRADING.md; do
    grep -q "/$file\$" "$TEMP/listing" || fail "$file is not in it"
  done
  if grep -rqF "$TEMP" "${TARBALL%.tar.gz}" || grep -rqF "$ROOT" "${TARBALL%.tar.gz}"; then
    fail "a file names the folder it was made in: $(grep -rlF -e "$TEMP" -e "$ROOT" "${TARBALL%.tar.gz}" | head -n 3)"
  fi
}

# Another folder, other rights, another time zone; the list of classes is an input, see docs/adr/0035. All but the start-up
# cache must be equal at the first attempt. The virtual machine may write another cache from the same input, which depends on
# the inodes of the jars (docs/adr/0035): after three attempts this is skipped, says how much differs and keeps both caches.
test_the_same_bytes_twice() {
  local attempt differs cache=lib/ihome.jsa one other="$TEMP/another folder" two
  [ -f "$TARBALL" ] || { fail "there is no release"; return; }
  one=${TARBALL%.tar.gz} two=$other/$(basename "$TARBALL" .tar.gz)
  for attempt in 1 2 3; do
    rm -rf "$other"
    (umask 077 && TZ=Asia/Tokyo "$ROOT/ihome" release --output "$other" \
      --classes "$one/lib/startup-classes.txt") >"$TEMP/two.out" 2>"$TEMP/two.err" || { fail "$(tail -n 3 "$TEMP/two.err")"; return; }
    differs=$(diff -rq "$one" "$two" | grep -vF "/$cache differ" | head -n 3 | tr '\n' ' ')
    if [ -n "$differs" ]; then fail "they differ: $differs"; return; fi
    if cmp -s "$one/$cache" "$two/$cache"; then
      cmp -s "$TARBALL" "$other/${TARBALL##*/}" || fail "the archives differ"
      if [ -n "$DEB" ]; then cmp -s "$DEB" "$other/${DEB##*/}" || fail "the Debian packages differ"; fi
      rm -rf "$other"
      return
    fi
    echo "# attempt $attempt: $cache differs in $(cmp -l "$one/$cache" "$two/$cache" 2>/dev/null | wc -l) of $(wc -c <"$one/$cache") bytes"
  done
  cp "$one/$cache" "$ROOT/target/one.jsa"
  cp "$two/$cache" "$ROOT/target/two.jsa"
  rm -rf "$other"
  skip "all else is equal, but the virtual machine wrote another start-up cache (see target/one.jsa, target/two.jsa)"
}

# What is in Debian's way here, or nothing. Sets CODENAME and MIRROR.
no_debian() {
  [ "$(id -u)" = 0 ] || { echo "not root"; return; }
  have debootstrap || { echo "no debootstrap on this machine"; return; }
  have unshare && unshare --mount true 2>/dev/null || { echo "this machine lets root mount nothing"; return; }
  [ -n "$CODENAME" ] && [ -n "$MIRROR" ] || echo "this is no Debian with a source of packages"
}

# The release of Debian that runs here, from where this machine has its packages.
find_mirror() {
  CODENAME=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null)
  # shellcheck disable=SC2016 # apt's own variables
  MIRROR=$(have apt-get && apt-get indextargets --format '$(CREATED_BY) $(LABEL) $(CODENAME) $(COMPONENT) $(SITE)' 2>/dev/null |
    awk -v name="$CODENAME" '$1 == "Packages" && $2 == "Debian" && $3 == name && $4 == "main" { print $5; exit }')
}

# The packages of an empty Debian, fetched once in a while and kept in the checkout.
fetch_debian() {
  local kept=$ROOT/target/debian-$CODENAME.tar
  if [ -z "$(find "$kept" -mtime -20 2>/dev/null)" ]; then
    timeout 300 debootstrap --variant=minbase --make-tarball="$kept.$$" "$CODENAME" "$TEMP/fetched" "$MIRROR" >"$TEMP/fetch.log" 2>&1 &&
      mv "$kept.$$" "$kept"
    rm -rf "$kept.$$" "$TEMP/fetched"
  fi
  [ -f "$kept" ] && ln -sf "$kept" "$TEMP/base.tar"
}

# In memory, in a mount namespace that ends with this process: dpkg flushes every file it writes.
make_debian() {
  mkdir -p "$DEBIAN"
  mount -t tmpfs -o size=3g,mode=755 ihome-test "$DEBIAN" || { fail "cannot mount"; return 1; }
  debootstrap --variant=minbase --unpack-tarball="$TEMP/base.tar" "$CODENAME" "$DEBIAN" "$MIRROR" >"$TEMP/debootstrap.log" 2>&1 ||
    { fail "debootstrap: $(tail -n 2 "$TEMP/debootstrap.log")"; return 1; }
  mount -t proc proc "$DEBIAN/proc" && mkdir -p "$DEBIAN/dev/shm" && mount -t tmpfs -o mode=1777 shm "$DEBIAN/dev/shm" ||
    { fail "cannot mount in the Debian"; return 1; }
  inside useradd --create-home --shell /bin/bash guest
}

# inside COMMAND...: as root of the Debian, with nothing of this machine's environment.
inside() { chroot "$DEBIAN" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# start USER COMMAND...: a server in the Debian as another user. Sets SERVER, and ADDRESS once it is ready.
start() {
  local user=$1 until=$((SECONDS + 120))
  shift
  chroot --userspec="$user:$user" "$DEBIAN" env -i PATH=/usr/bin:/bin HOME="/home/$user" LC_ALL=C.UTF-8 "$@" >"$TEMP/server.out" 2>"$TEMP/server.err" &
  SERVER=$!
  until grep -q '^ready ' "$TEMP/server.out"; do
    if ! kill -0 "$SERVER" 2>/dev/null || [ "$SECONDS" -ge "$until" ]; then
      fail "no ready: $(tail -n 5 "$TEMP/server.err")"
      stop_server
      return 1
    fi
    sleep 0.1
  done
  ADDRESS=$(sed -n 's|^ready http://\([^/ ]*\).*|\1|p' "$TEMP/server.out")
}

stop_server() {
  [ -n "$SERVER" ] || return 0
  kill "$SERVER" 2>/dev/null
  wait "$SERVER" 2>/dev/null
  local code=$?
  SERVER=''
  return "$code"
}

# get PATH: prints the answer, head and body. In bash alone.
get() {
  exec 3<>"/dev/tcp/${ADDRESS%:*}/${ADDRESS##*:}" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "$ADDRESS" >&3
  timeout 30 tr -d '\0' <&3
  exec 3>&-
}

# A browser's first page: the home page, the list of houses, a script that the page asks for, a captcha drawn on a machine
# without fonts.
asks_the_site() {
  local page script
  page=$(get /)
  contains 'the home page' 'HTTP/1.1 200' "$page"
  contains 'the home page' 'id="app"' "$page"
  script=$(grep -o '/assets/[^"]*\.js' <<<"$page" | head -n 1)
  contains "the script $script" 'HTTP/1.1 200' "$(get "$script" | head -n 1)"
  page=$(get /houses)
  contains /houses 'HTTP/1.1 200' "$page"
  contains /houses 'id="app"' "$page"
  contains 'the search' '"errno":"0"' "$(get '/api/v1.0/houses?p=1')"
  contains 'a captcha' 'HTTP/1.1 200' "$(get /api/v1.0/imagecode/6d0ac0ab-5c35-4b1c-9d4b-3f1a52b7a1de | head -n 1)"
}

test_an_empty_debian_shows_the_site_within_a_minute_of_unpacking() {
  local from release
  release=/home/guest/$(basename "$TARBALL" .tar.gz)
  make_debian || return
  if inside sh -c 'command -v java || command -v javac || command -v mvn || command -v node'; then fail "that Debian is not empty"; fi
  cp "$TARBALL" "$DEBIAN/home/guest/"
  from=$(date +%s%N)
  inside su guest -c "cd && tar -xzf ${TARBALL##*/}"
  start guest "$release/bin/ihome" run --port 0 || return
  asks_the_site
  from=$((($(date +%s%N) - from) / 1000000))
  printf '# unpacked, started on a new data folder and answered in %s ms\n' "$from"
  [ "$from" -lt 60000 ] || fail "it took $from ms, a minute at most"
  inside su guest -c "$release/bin/ihome demo" >"$TEMP/demo.log" 2>&1 || fail "demo: $(tail -n 2 "$TEMP/demo.log")"
  contains 'the houses of the demo' '"total_page":15' "$(get '/api/v1.0/houses?p=1')"
  grep -q 'ihome\.jsa' "/proc/$SERVER/maps" || fail "the start-up cache was not used: $(head -n 2 "$TEMP/server.err")"
  contains 'the version' "commit " "$(inside su guest -c "$release/bin/ihome --version")"
  [ -d "$DEBIAN/home/guest/.local/share/ihome/postgres" ] || fail "the data is not in the user's folder"
  stop_server || fail "it ended with $?"
}

# start_service: the command line of the installed unit, as its account in its folder, as systemd would start it.
start_service() {
  local unit=$DEBIAN/usr/lib/systemd/system/ihome.service line
  read -r -a line <<<"$(sed -n 's/^ExecStart=//p' "$unit")"
  start "$(sed -n 's/^User=//p' "$unit")" env --chdir "$(sed -n 's/^WorkingDirectory=//p' "$unit")" "${line[@]}"
}

dpkg_inside() { inside dpkg "$@" >"$TEMP/dpkg.log" 2>&1 || { fail "dpkg $*: $(tail -n 3 "$TEMP/dpkg.log")"; return 1; }; }

test_the_debian_package_installs_and_starts_as_its_own_account() {
  [ -f "$DEB" ] || { skip "no dpkg-deb on this machine"; return; }
  cp "$DEB" "$DEBIAN/root/ihome.deb"
  dpkg_inside -i /root/ihome.deb || return
  contains 'the configuration' 'root:ihome 640' "$(inside stat -c '%U:%G %a' /etc/ihome/ihome.yaml)"
  contains 'the data folder' 'ihome:ihome 700' "$(inside stat -c '%U:%G %a' /var/lib/ihome)"
  [ -z "$(inside dpkg --verify ihome)" ] || fail "dpkg --verify: $(inside dpkg --verify ihome | head -n 1)"
  # An administrator's change, which an upgrade must keep.
  sed -i 's/^port: .*/port: 0/' "$DEBIAN/etc/ihome/ihome.yaml"
  # Root's command works on the site of the package, and leaves no file that the service cannot write.
  inside ihome seed --houses 12 --stays 12 --no-pictures >"$TEMP/seed.log" 2>&1 || fail "seed: $(tail -n 2 "$TEMP/seed.log")"
  contains 'an owner' ihome "$(inside stat -c %U /var/lib/ihome/postgres)"
  contains 'a command of a stranger' 'give the command as root or ihome' "$(inside su guest -c 'ihome doctor' 2>&1)"
  contains 'the version, for everybody' "commit " "$(inside su guest -c 'ihome --version')"
  start_service || return
  asks_the_site
  contains 'the houses' '"house_id":' "$(get '/api/v1.0/houses?p=1')"
  contains 'its account' "$(inside id -u ihome)" "$(stat -c %u "/proc/$SERVER")"
  stop_server || fail "it ended with $?"
}

# The package of a next version: this one with another number.
test_the_debian_package_is_upgraded_with_the_data_and_the_configuration() {
  [ -f "$DEB" ] || { skip "no dpkg-deb on this machine"; return; }
  local key
  key=$(cksum <"$DEBIAN/var/lib/ihome/identity.key")
  rm -rf "$TEMP/next" && mkdir "$TEMP/next"
  dpkg-deb -R "$DEB" "$TEMP/next" && sed -i 's/^Version: .*/&+next/' "$TEMP/next/DEBIAN/control" &&
    dpkg-deb -Zgzip -z1 --root-owner-group --build "$TEMP/next" "$DEBIAN/root/next.deb" >/dev/null || { fail 'cannot make it'; return; }
  rm -rf "$TEMP/next"
  dpkg_inside -i /root/next.deb || return
  # shellcheck disable=SC2016 # dpkg's own variable
  contains version +next "$(inside dpkg-query -W -f '${Version}' ihome)"
  contains 'what the administrator changed' 'port: 0' "$(<"$DEBIAN/etc/ihome/ihome.yaml")"
  [ "$key" = "$(cksum <"$DEBIAN/var/lib/ihome/identity.key")" ] || fail 'another identity key'
  start_service || return
  contains 'the houses' '"house_id":' "$(get '/api/v1.0/houses?p=1')"
  stop_server || fail "it ended with $?"
}

test_the_debian_package_is_removed_and_its_data_only_when_told() {
  [ -f "$DEB" ] || { skip "no dpkg-deb on this machine"; return; }
  dpkg_inside -r ihome || return
  [ ! -e "$DEBIAN/usr/lib/ihome" ] || fail "/usr/lib/ihome is still there"
  [ -f "$DEBIAN/etc/ihome/ihome.yaml" ] && [ -d "$DEBIAN/var/lib/ihome/postgres" ] || fail 'configuration or data went at a removal'
  dpkg_inside -P ihome || return
  [ ! -e "$DEBIAN/etc/ihome" ] || fail 'the configuration is still there'
  [ -f "$DEBIAN/var/lib/ihome/identity.key" ] || fail 'data went without a word'
  dpkg_inside -i /root/ihome.deb || return
  inside sh -c 'echo ihome ihome/remove_data boolean true | debconf-set-selections'
  dpkg_inside -P ihome || return
  [ ! -e "$DEBIAN/var/lib/ihome" ] || fail 'the data is still there'
  if inside getent passwd ihome >/dev/null; then fail 'the account is still there'; fi
}

IN_DEBIAN='an_empty_debian_shows_the_site_within_a_minute_of_unpacking
  the_debian_package_installs_and_starts_as_its_own_account
  the_debian_package_is_upgraded_with_the_data_and_the_configuration
  the_debian_package_is_removed_and_its_data_only_when_told'
if [ "${1:-}" = --in-debian ]; then
  # In a mount namespace of its own.
  TARBALL=$2 CODENAME=$3 MIRROR=$4 DEB=$5
  trap stop_server EXIT
  for name in $IN_DEBIAN; do run "$name"; done
  exit 0
fi

TARBALL='' DEB=''
trap 'rm -rf "$TEMP"' EXIT
run a_release_is_made
run the_same_bytes_twice
find_mirror
why=$(no_debian)
if [ -z "$why" ] && ! fetch_debian; then why="Debian's packages are not to be had: $(tail -n 1 "$TEMP/fetch.log")"; fi
if [ -n "$why" ]; then
  for name in $IN_DEBIAN; do printf 'skipped %s: %s\n' "$name" "$why"; done
elif [ -f "$TARBALL" ]; then
  RELEASE_TEMP=$TEMP unshare --mount --propagation private "$0" --in-debian "$TARBALL" "$CODENAME" "$MIRROR" "$DEB"
fi
echo 'done'
