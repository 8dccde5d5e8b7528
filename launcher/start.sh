# shellcheck shell=bash disable=SC2034
# What the launcher of a checkout and that of a release have in common when they hand over to Java.

# Words in front of the command that starts Java: those that change to another account.
AS_ACCOUNT=()

# Sets JAVA_OPTIONS to what launcher/java.options lists. A start-up cache holds only for the options it was made with.
java_options() {
  local line
  JAVA_OPTIONS=()
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in '' | '#'*) ;; *) JAVA_OPTIONS+=("$line") ;; esac
  done <"$ROOT/launcher/java.options"
}

# become_java JAVA JAR ARGUMENT...: becomes the Java process, so that signals and exit codes are Java's own. The working
# directory stays the caller's: relative paths in the options are the caller's.
become_java() {
  local java=$1 jar=$2 extra
  shift 2
  read -r -a extra <<<"${IHOME_JAVA_OPTS:-}"
  exec ${AS_ACCOUNT[@]+"${AS_ACCOUNT[@]}"} "$java" "${JAVA_OPTIONS[@]}" ${extra[@]+"${extra[@]}"} -jar "$jar" "$@"
}

# For all that is started from here, Maven and the compiler too: in the C locale Java cannot open a file whose name is not
# ASCII, and the checkout may lie in a folder with such a name.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    *) case $OSTYPE in linux*) export LC_ALL=C.UTF-8 ;; esac ;;
  esac
}
