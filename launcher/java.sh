# shellcheck shell=bash
# Handing over to Java.

# java_command NAME OPTION...: becomes the Java process, so that signals and exit codes are Java's own. The
# working directory stays the caller's: relative paths in the options are the caller's.
java_command() {
  find_jdk
  if build_is_stale; then build; fi
  java_options "$@"
  use_utf8
  exec "$JDK/bin/java" "${JAVA_OPTIONS[@]}" -jar "$JAR" "$@"
}

# Sets JAVA_OPTIONS for a command.
java_options() {
  local extra
  JAVA_OPTIONS=(
    -XX:+UseSerialGC
    -XX:+UseCompactObjectHeaders
    -XX:+ExitOnOutOfMemoryError
    # Warnings of the virtual machine belong to standard error like everything that is not the answer.
    -Xlog:disable -Xlog:all=warning:stderr
    -Djava.awt.headless=true
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
  )
  read -r -a extra <<<"${IHOME_JAVA_OPTS:-}"
  JAVA_OPTIONS+=(${extra[@]+"${extra[@]}"})
}

# In the C locale Java cannot open a file whose name is not ASCII.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    *) if [ "${OSTYPE#linux}" != "$OSTYPE" ]; then export LC_ALL=C.UTF-8; fi ;;
  esac
}

forget_aot_cache() {
  :
}
