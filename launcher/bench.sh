# shellcheck shell=bash
# ./ihome bench and ./ihome soak: the programs in bench/ on the class path of the server.

readonly BENCH_CLASSES=$ROOT/target/bench-classes

# bench CLASS OPTION...: compiles the bench (a few seconds: less than a stamp is worth) and becomes one of its programs.
bench() {
  local class_path="$JAR:$ROOT/server/target/lib/*" class=$1 sources
  shift
  find_jdk
  java_options
  if build_is_stale || aot_is_missing; then build train; fi
  rm -rf "$BENCH_CLASSES"
  mkdir -p "$BENCH_CLASSES"
  sources=$(find "$ROOT/bench/src/main/java" -name '*.java' | LC_ALL=C sort)
  # shellcheck disable=SC2086 # paths under bench/ have no blanks; the checkout's own may, hence relative
  (cd "$ROOT" && "$JDK/bin/javac" -proc:none -nowarn -XDignore.symbol.file -d "$BENCH_CLASSES" -cp "$class_path" \
    ${sources//"$ROOT"\//}) >&2 || die "$EXIT_BUILD" "the bench does not compile"
  exec "$JDK/bin/java" "-Dihome.root=$ROOT" -Djava.awt.headless=true -XX:+UseSerialGC -Xmx512m \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$BENCH_CLASSES:$class_path" "ihome.bench.$class" "$@"
}
