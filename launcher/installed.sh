# shellcheck shell=bash disable=SC2034
# The launcher of a release: nothing is built or looked for, everything lies beside it.
#
#   ROOT/bin/ihome  ROOT/launcher/  ROOT/runtime/ (Java)  ROOT/lib/ (the server, its libraries, the start-up cache)

readonly JAR=$ROOT/lib/ihome-server.jar
readonly START_UP_CACHE=$ROOT/lib/ihome.jsa
# What a package of a distribution says (deploy/debian/package.conf); a release that was unpacked has none.
readonly PACKAGE_CONF=$ROOT/launcher/package.conf
PACKAGE_CONFIG='' PACKAGE_DATA='' PACKAGE_ACCOUNT=''

java_command() {
  [ -x "$ROOT/runtime/bin/java" ] || die "$EXIT_FAILED" "this release is not whole: $ROOT/runtime is missing; unpack it again"
  java_options
  if cache_fits; then JAVA_OPTIONS+=("-XX:SharedArchiveFile=$START_UP_CACHE"); fi
  # shellcheck disable=SC1090 # written by the package
  if [ -r "$PACKAGE_CONF" ]; then . "$PACKAGE_CONF" && use_package "$@"; fi
  JAVA_OPTIONS+=("-Dihome.default.data=$(default_data)")
  become_java "$ROOT/runtime/bin/java" "$JAR" "$@"
}

# use_package NAME OPTION...: the site of the package is the one that its configuration file describes, and its files
# belong to its account, also where root gives the command.
use_package() {
  case $1 in version | completion) return 0 ;; esac
  case " $* ${IHOME_CONFIG:+--config}" in *' --config'*) ;; *)
    [ -r "$PACKAGE_CONFIG" ] || die "$EXIT_FAILED" "cannot read $PACKAGE_CONFIG: give the command as root or $PACKAGE_ACCOUNT, or name a file of your own with --config"
    export IHOME_CONFIG=$PACKAGE_CONFIG
    ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    export HOME=$PACKAGE_DATA
    AS_ACCOUNT=(setpriv "--reuid=$PACKAGE_ACCOUNT" "--regid=$PACKAGE_ACCOUNT" --init-groups)
  fi
}

# Java compares the times of the jars with those in the cache; so does this, to say it in words.
cache_fits() {
  [ "${IHOME_AOT:-yes}" != no ] && [ -r "$START_UP_CACHE" ] || return 1
  if [ "$JAR" -nt "$START_UP_CACHE" ] || [ "$JAR" -ot "$START_UP_CACHE" ]; then
    say "the files of this release have lost their times (copy with cp -a): it starts without its start-up cache, which takes longer"
    return 1
  fi
}

# Where the data goes unless an option, the environment or the configuration file says: the user's own folder, or the
# package's.
default_data() {
  printf '%s' "${PACKAGE_DATA:-${XDG_DATA_HOME:-${HOME:-.}/.local/share}/ihome}"
}
