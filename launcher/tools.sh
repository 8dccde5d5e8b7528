# shellcheck shell=bash
# Finding a JDK and Maven. Versions are read from files wherever possible: starting a JVM to ask for its
# version costs more than everything else the launcher does.

readonly JDK_LEAST=25 MAVEN_LEAST=3.8
JDK=''
JDK_NUMBER=0
MAVEN=''

# version_number 25.0.3+9 sets NUMBER to 25000003.
version_number() {
  local rest=$1 part
  NUMBER=0
  for _ in 1 2 3; do
    part=${rest%%[!0-9]*}
    NUMBER=$((NUMBER * 1000 + 10#${part:-0}))
    case $rest in "$part".*) rest=${rest#*.} ;; *) rest='' ;; esac
  done
}

# Sets REAL to the file that symbolic links end at.
real_path() {
  local link
  REAL=$1
  while [ -L "$REAL" ]; do
    link=$(readlink "$REAL")
    case $link in /*) REAL=$link ;; *) REAL=${REAL%/*}/$link ;; esac
  done
}

# Sets NUMBER to the version of the JDK in a folder, 0 if there is none (a JRE is none: it cannot build).
jdk_number() {
  local home=$1 line version=''
  NUMBER=0
  [ -x "$home/bin/javac" ] && [ -x "$home/bin/java" ] || return 0
  if [ -r "$home/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in JAVA_VERSION=*) version=${line#*=} && break ;; esac
    done <"$home/release"
  elif [ "$home" != /usr ]; then # macOS has stubs there that open a window
    version=$("$home/bin/java" -version 2>&1)
    version=${version#*version }
  fi
  version=${version#\"}
  version_number "${version%%\"*}"
}

# Makes a folder the choice if it holds a newer suitable JDK than the choice so far.
consider_jdk() {
  jdk_number "$1"
  if [ "$NUMBER" -ge "${JDK_LEAST}000000" ] && [ "$NUMBER" -gt "$JDK_NUMBER" ]; then
    JDK=$1
    JDK_NUMBER=$NUMBER
  fi
}

# Sets JDK: JAVA_HOME if it suits, else the newest of all that are installed.
find_jdk() {
  search_jdk
  if [ -z "$JDK" ] && may_install && package_exists "openjdk-$JDK_LEAST-jdk-headless"; then
    install_packages "openjdk-$JDK_LEAST-jdk-headless" && search_jdk
  fi
  [ -n "$JDK" ] || die "$EXIT_NO_TOOL" "no JDK $JDK_LEAST or newer found: $(how_to_get_jdk); then call again, with JAVA_HOME set if it is in an unusual place"
}

how_to_get_jdk() {
  case $(uname -s) in
    Darwin) printf '%s' "install one with 'brew install --cask temurin@$JDK_LEAST' or from https://adoptium.net" ;;
    *) printf '%s' "install openjdk-$JDK_LEAST-jdk-headless where the distribution has it, or one from https://adoptium.net, or 'sdk install java $JDK_LEAST-tem'" ;;
  esac
}

search_jdk() {
  local folder home folders
  if [ -n "${JAVA_HOME:-}" ]; then consider_jdk "${JAVA_HOME%/}"; fi
  [ -z "$JDK" ] || return 0
  if home=$(command -v javac); then
    real_path "$home"
    consider_jdk "${REAL%/bin/javac}"
  fi
  folders=${IHOME_JDK_FOLDERS-/usr/lib/jvm:/opt:/usr/local/lib/jvm:/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}
  folders=$folders:${SDKMAN_DIR:-${HOME:-/}/.sdkman}/candidates/java:${HOME:-/}/.jdks:${HOME:-/}/Library/Java/JavaVirtualMachines
  while [ -n "$folders" ]; do
    folder=${folders%%:*}
    case $folders in *:*) folders=${folders#*:} ;; *) folders='' ;; esac
    [ -n "$folder" ] || continue
    for home in "$folder"/*/bin/javac "$folder"/*/Contents/Home/bin/javac "$folder"/*/libexec/openjdk.jdk/Contents/Home/bin/javac; do
      if [ -x "$home" ]; then consider_jdk "${home%/bin/javac}"; fi
    done
  done
  if [ -z "$JDK" ] && [ -z "${IHOME_JDK_FOLDERS+set}" ] && [ -x /usr/libexec/java_home ]; then
    home=$(/usr/libexec/java_home -v "$JDK_LEAST+" 2>/dev/null) && consider_jdk "$home"
  fi
}

# Makes a mvn the choice if it is new enough.
consider_maven() {
  local home jar version=''
  [ -x "$1" ] || return 0
  real_path "$1"
  home=${REAL%/bin/mvn}
  for jar in "$home"/lib/maven-core-[0-9].[0-9]*.jar; do
    if [ -e "$jar" ]; then version=${jar##*/maven-core-}; fi
  done
  if [ -z "$version" ]; then # Debian's names tell nothing, nor does a wrapper script: ask it
    version=$(JAVA_HOME=$JDK "$1" -v 2>/dev/null </dev/null)
    version=${version#*Apache Maven }
  fi
  version_number "$version"
  local number=$NUMBER
  version_number "$MAVEN_LEAST"
  if [ "$number" -ge "$NUMBER" ]; then MAVEN=$1; fi
}

# Sets MAVEN. Call after find_jdk.
find_maven() {
  search_maven
  if [ -z "$MAVEN" ] && may_install; then
    install_packages maven && search_maven
  fi
  [ -n "$MAVEN" ] || die "$EXIT_NO_TOOL" "no Maven $MAVEN_LEAST or newer found: install it with 'apt-get install maven', 'brew install maven' or 'sdk install maven', or set MAVEN_HOME; then call again"
}

search_maven() {
  local candidate
  for candidate in "${MAVEN_HOME:-/nowhere}/bin/mvn" "$(command -v mvn)" \
    "${SDKMAN_DIR:-${HOME:-/}/.sdkman}/candidates/maven/current/bin/mvn"; do
    consider_maven "$candidate"
    [ -z "$MAVEN" ] || return 0
  done
}

# Packages are installed by root on Debian and its kin only, never with sudo, and never without saying so.
may_install() {
  [ "${IHOME_INSTALL:-yes}" != no ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

package_exists() {
  refresh_packages
  [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]
}

# The list of packages is empty in a fresh container.
refresh_packages() {
  [ -z "${PACKAGES_FRESH:-}" ] || return 0
  PACKAGES_FRESH=yes
  say "apt-get update (looking for a missing tool)"
  apt-get update </dev/null >/dev/null 2>&1
}

# install_packages NAME...: false if it failed, with the reason shown.
install_packages() {
  local log
  refresh_packages
  mkdir -p "$ROOT/target"
  log=$ROOT/target/apt.log
  say "apt-get install -y --no-install-recommends $* (IHOME_INSTALL=no prevents this)"
  if DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >"$log" 2>&1; then return 0; fi
  say "apt-get failed, see $log: $(tail -n 1 "$log")"
  return 1
}
