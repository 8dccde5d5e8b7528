#!/usr/bin/env bash
# runtime.sh JDK TARGET OUTPUT [--no-cds] [--module-path JMODS]: makes a Java runtime of the modules that the server and
# its libraries need.
#   JDK       a JDK 25 or newer
#   TARGET    the folder with ihome-server.jar and lib/
#   OUTPUT    where the runtime goes; must not exist
#   --no-cds  without an archive of Java's own classes, where one with the server's comes along
#   JMODS     the modules of a JDK for another platform, of the same version
# With --modules as third argument it prints the modules instead. The list is computed at every build, so that a new
# library cannot lack a module that nobody thought of.
set -eu

jdk=$1 target=$2 output=$3
shift 3
# --generate-cds-archive: without it Java starts a third of a second later.
archive=--generate-cds-archive from=()
while [ $# -gt 0 ]; do
  case $1 in
    --no-cds) archive='' && shift ;;
    --module-path) from=(--module-path "$2") && shift 2 ;;
    *) echo "runtime.sh does not know $1" >&2 && exit 2 ;;
  esac
done
# What is used at run time without being named in a class: sun.misc.Unsafe, which libraries look up by its name.
extra=jdk.unsupported

modules=$(cd "$target" && "$jdk/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps -q \
  -cp 'lib/*' ihome-server.jar)
modules=$modules,$extra
if [ "$output" = --modules ]; then
  printf '%s\n' "$modules"
  exit 0
fi
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress zip-6 \
  ${archive:+"$archive"} ${from[@]+"${from[@]}"} --output "$output"
