#!/usr/bin/env bash
# runtime.sh JDK TARGET OUTPUT: makes a Java runtime of the modules that the server and its libraries need.
#   JDK     a JDK 25 or newer
#   TARGET  the folder with ihome-server.jar and lib/
#   OUTPUT  where the runtime goes; must not exist
# With --modules as third argument it prints the modules instead. The list is computed at every build, so that a new
# library cannot lack a module that nobody thought of.
set -eu

jdk=$1 target=$2 output=$3
# What is used at run time without being named in a class: sun.misc.Unsafe, which libraries look up by its name.
extra=jdk.unsupported

modules=$(cd "$target" && "$jdk/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps -q \
  -cp 'lib/*' ihome-server.jar)
modules=$modules,$extra
if [ "$output" = --modules ]; then
  printf '%s\n' "$modules"
  exit 0
fi
# --generate-cds-archive: without it Java starts a third of a second later.
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress zip-6 \
  --generate-cds-archive --output "$output"
