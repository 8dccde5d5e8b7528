# shellcheck shell=bash disable=SC2034,SC2153
# ./ihome release: what is built, with a Java of its own, as a folder that runs on any Linux of the platform, packed as
# ihome-VERSION-linux-ARCH.tar.gz and as a Debian package.
#
# The same commit, JDK and list of start-up classes make the same bytes, in any folder and under any account
# (docs/adr/0035): every file gets the time of the commit, packers sort and name no owner.

# Texts that go along, and their place in the release.
readonly RELEASE_DOCS='README.md README.zh-CN.md CHANGELOG.md UPGRADING.md UPGRADING.zh-CN.md SECURITY.md docs/configuration.md
  docs/nodes.md docs/privacy.md docs/scaling.md docs/security.md docs/dependencies.md'
# shellcheck source=launcher/deb.sh
. "$ROOT/launcher/deb.sh"
# The same for whoever makes a release, see dump_classes.
readonly DUMP_FOLDER=/tmp/ihome-release
readonly RELEASE_LOG=$ROOT/target/release.log

release() {
  local arch='' jdk='' classes='' output=$ROOT/target/release host version epoch name stage
  read_release_options "$@"
  host=$(host_platform)
  arch=${arch:-$host}
  check_release_options
  find_jdk
  java_options
  find_maven
  build_for_release
  version=$(sed -n 's|.*<revision>\(.*\)</revision>.*|\1|p' "$ROOT/pom.xml")
  epoch=$(release_time)
  name=ihome-$version-linux-$arch
  mkdir -p "$output" "$ROOT/target"
  output=$(CDPATH='' cd -P "$output" && pwd)
  stage=$output/$name
  : >"$RELEASE_LOG"
  rm -rf "$stage" "$stage.tar.gz" "$output/work"
  mkdir -p "$stage/lib" "$output/work"
  PROGRESS_FROM=$SECONDS
  lock_build
  stage_server
  stage_runtime
  stage_launcher
  stage_papers
  settle_times
  if [ "$arch" = "$host" ]; then stage_start_up_cache; else say "no start-up cache: it is made on the platform that it is for"; fi
  pack_release
  unlock_build
  rm -rf "$output/work"
  say "released in $((SECONDS - PROGRESS_FROM)) s"
}

read_release_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --arch | --jdk | --classes | --output)
        [ $# -gt 1 ] || usage_error release "$1 needs a value"
        printf -v "${1#--}" '%s' "$2"
        shift 2
        ;;
      *) usage_error release "does not know $1" ;;
    esac
  done
}

host_platform() {
  case $(uname -m) in
    x86_64 | amd64) printf x64 ;;
    aarch64 | arm64) printf arm64 ;;
    *) uname -m ;;
  esac
}

check_release_options() {
  case $OSTYPE in linux*) ;; *) die "$EXIT_USAGE" "a release is for Linux and made on Linux" ;; esac
  case $arch in x64 | arm64) ;; *) usage_error release "--arch is x64 or arm64, not $arch" ;; esac
  case $host in x64 | arm64) ;; *) die "$EXIT_USAGE" "there is no release for this platform ($host)" ;; esac
  web_wanted || die "$EXIT_USAGE" "a release has the web app: call without IHOME_WEB=no"
  if [ -n "$classes" ] && [ ! -r "$classes" ]; then usage_error release "--classes: cannot read $classes"; fi
  if [ "$arch" = "$host" ]; then
    [ -z "$jdk" ] || usage_error release "--jdk is for another platform than this one; JAVA_HOME chooses the JDK here"
  else
    [ -n "$jdk" ] || usage_error release "--arch $arch on this platform ($host) needs --jdk PATH: the jmods of a JDK for Linux on $arch, of the same version as the JDK here"
    jdk=${jdk%/}
    if [ -d "$jdk/jmods" ]; then jdk=$jdk/jmods; fi
    [ -r "$jdk/java.base.jmod" ] || usage_error release "--jdk: there is no java.base.jmod in $jdk (a JDK without jmods has them as a download of its own)"
  fi
}

# Checks what needs the JDK: are the other platform's modules what they are said to be?
check_other_jdk() {
  local said wanted=linux-amd64
  if [ "$arch" = arm64 ]; then wanted=linux-aarch64; fi
  said=$("$JDK/bin/jmod" describe "$jdk/java.base.jmod" 2>&1 | sed -n 's/^platform //p')
  [ "$said" = "$wanted" ] || die "$EXIT_USAGE" "--jdk: $jdk is for ${said:-an unknown platform}, not $wanted"
}

# The jar tells its commit; one that was built at another commit from the same sources is made anew.
build_for_release() {
  if [ "$(commit)" != "$(cat "$BUILT_COMMIT" 2>/dev/null)" ]; then rm -f "$STAMP"; fi
  if build_is_stale; then build; fi
  case $(commit) in *-modified | unknown) say "this is not the release of a commit: $(commit)" ;; esac
  "$JDK/bin/jar" tf "$JAR" >"$ROOT/target/release.files" && grep -q '^web/index.html$' "$ROOT/target/release.files" ||
    die "$EXIT_BUILD" "the server that is built has no web app: remove $JAR and call again"
}

# Seconds since 1970 that all files get: SOURCE_DATE_EPOCH, or the time of the commit, or the pom's.
release_time() {
  if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
    printf '%s' "$SOURCE_DATE_EPOCH"
  else
    git -C "$ROOT" log -1 --format=%ct 2>/dev/null ||
      date -d "$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' "$ROOT/pom.xml")" +%s
  fi
}

# The server, the libraries that its manifest names and no others, and the bill of materials.
stage_server() {
  local target=$ROOT/server/target library profiles=()
  progress "release: libraries"
  if [ "$arch" != "$host" ]; then
    check_other_jdk
    stage_sources
    target=$output/work/server/target
    profiles=(-P "$(platform_profiles)")
    MAVEN_POM=$output/work/pom.xml run_maven "$ROOT/target/release-build.log" build_line package -pl server -am "${profiles[@]}" \
      "-Dihome.commit=$(commit)" -Dmaven.test.skip=true -Dspotless.check.skip=true ||
      { show_errors "$ROOT/target/release-build.log"; die "$EXIT_BUILD" "the build for $arch failed, see $ROOT/target/release-build.log"; }
  fi
  cp "$target/ihome-server.jar" "$stage/lib/"
  mkdir -p "$stage/lib/lib"
  (cd "$output/work" && "$JDK/bin/jar" xf "$target/ihome-server.jar" META-INF/MANIFEST.MF)
  for library in $(manifest_class_path "$output/work/META-INF/MANIFEST.MF"); do
    cp "$target/$library" "$stage/lib/lib/" || die "$EXIT_BUILD" "$target/$library is missing: remove $JAR and call again"
  done
  progress "release: bill of materials"
  run_maven "$ROOT/target/release-sbom.log" build_line org.cyclonedx:cyclonedx-maven-plugin:makeBom@sbom -pl server ${profiles[@]+"${profiles[@]}"} ||
    { show_errors "$ROOT/target/release-sbom.log"; die "$EXIT_BUILD" "no bill of materials, see $ROOT/target/release-sbom.log"; }
  cp "$ROOT/server/target/sbom.json" "$output/work/sbom.json"
}

# Another platform's libraries need a build of their own; it must not take the place of the one here.
stage_sources() {
  mkdir -p "$output/work/server/src" "$output/work/web"
  cp -R "$ROOT/pom.xml" "$ROOT/api" "$output/work/"
  cp "$ROOT/server/pom.xml" "$output/work/server/"
  cp -R "$ROOT/server/src/main" "$output/work/server/src/"
  cp -R "$ROOT/web/dist" "$output/work/web/"
}

platform_profiles() {
  case $arch in
    x64) printf '%s' 'postgresql-linux-amd64,!postgresql-linux-arm64' ;;
    arm64) printf '%s' 'postgresql-linux-arm64,!postgresql-linux-amd64' ;;
  esac
}

# Prints the Class-Path of a manifest, whose lines are broken after 72 bytes.
manifest_class_path() {
  tr -d '\r' <"$1" | awk '/^ / { line = line substr($0, 2); next } { print line; line = $0 } END { print line }' |
    sed -n 's/^Class-Path: //p'
}

stage_runtime() {
  progress "release: Java runtime"
  set -- --no-cds
  if [ "$arch" != "$host" ]; then set -- "$@" --module-path "$jdk"; fi
  "$ROOT/deploy/runtime.sh" "$JDK" "$stage/lib" "$stage/runtime" "$@" >>"$RELEASE_LOG" 2>&1 ||
    die "$EXIT_BUILD" "no Java runtime: $(tail -n 1 "$RELEASE_LOG") (see $RELEASE_LOG)"
}

stage_launcher() {
  local file command
  mkdir -p "$stage/bin" "$stage/launcher/help" "$stage/share/bash-completion/completions" "$stage/share/systemd"
  cp "$ROOT/ihome" "$stage/bin/ihome"
  for file in installed.sh progress.sh start.sh java.options commands; do cp "$ROOT/launcher/$file" "$stage/launcher/"; done
  for command in $JAVA_COMMANDS help; do cp "$ROOT/launcher/help/$command.txt" "$stage/launcher/help/"; done
  cp "$ROOT/deploy/ihome.service" "$stage/share/systemd/"
  cp "$ROOT/deploy/ihome.yaml" "$stage/share/"
  "$JDK/bin/java" -jar "$stage/lib/ihome-server.jar" completion --launcher "$stage/launcher/help" \
    >"$stage/share/bash-completion/completions/ihome" 2>>"$RELEASE_LOG" ||
    die "$EXIT_BUILD" "no completion for shells, see $RELEASE_LOG"
}

stage_papers() {
  local file
  mkdir -p "$stage/doc" "$stage/licenses"
  for file in $RELEASE_DOCS; do cp "$ROOT/$file" "$stage/doc/"; done
  cp "$ROOT/LICENSE" "$ROOT/NOTICE" "$stage/"
  cp "$ROOT/docs/dependencies.md" "$output/work/sbom.json" "$stage/licenses/"
  # The JDK's own, which jlink puts among its files.
  mv "$stage/runtime/legal" "$stage/licenses/java"
  printf 'version=%s\ncommit=%s\nplatform=linux-%s\njava=%s\nsource_date_epoch=%s\n' "$version" "$(commit)" "$arch" \
    "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JDK/release")" "$epoch" >"$stage/RELEASE"
}

# The same time and the same rights for every file, whoever makes the release. Before the start-up cache, which holds
# the times of the jars.
settle_times() {
  chmod -R u=rwX,go=rX "$stage"
  find "$stage" -exec touch -h -d "@$epoch" {} +
}

# The start-up cache: an archive of the classes that a start loads (CDS). Not the AOT cache of the checkout's launcher,
# which starts as fast but differs from run to run. Which classes are loaded differs a little too: the list goes along, and
# --classes repeats it.
stage_start_up_cache() {
  local list=$stage/lib/startup-classes.txt kept
  progress "release: start-up cache"
  kept=$ROOT/target/release-classes/$(cksum <"$stage/lib/ihome-server.jar" | tr ' ' -)
  if [ -z "$classes" ] && [ -r "$kept" ]; then classes=$kept; fi
  if [ -n "$classes" ]; then
    cp "$classes" "$list"
  else
    training_run "$stage/runtime/bin/java" "$stage/lib/ihome-server.jar" "-XX:DumpLoadedClassList=$output/work/classes" &&
      [ -s "$output/work/classes" ] || die "$EXIT_BUILD" "the server did not run to record its classes, see $AOT_LOG"
    # Classes of class loaders that programs make are no part of an archive, and would name the folder they come from.
    # Those around sealed jars must not be: launcher/SealedClasses.java tells why.
    "$JDK/bin/java" "$ROOT/launcher/SealedClasses.java" "$stage"/lib/*.jar "$stage"/lib/lib/*.jar >"$output/work/sealed" ||
      die "$EXIT_BUILD" "cannot read the jars in $stage/lib/lib"
    # A line of a lambda ("@lambda-proxy CLASS ...") takes in its class too.
    awk 'FILENAME == ARGV[1] { sealed[$1]; next } !($1 in sealed) && !($1 ~ /^@/ && $2 in sealed) && !/ source: /' \
      "$output/work/sealed" "$output/work/classes" >"$list"
    always_resolved "$list"
    mkdir -p "${kept%/*}"
    cp "$list" "$kept"
  fi
  chmod 644 "$list"
  dump_classes "$stage/lib/ihome.jsa"
  find "$stage/lib" -maxdepth 1 -exec touch -h -d "@$epoch" {} +
}

# always_resolved LIST: the call of HashMap.treeifyBin is resolved in every archive. Java keeps the opened jars in a map by their
# inodes: whether many of these fall together, and so whether the dump itself makes the call, differs from copy to copy.
always_resolved() {
  local call
  call=$("$JDK/bin/javap" -v -p java.util.HashMap | sed -n 's|^ *#\([0-9]*\) = Methodref .*/HashMap\.treeifyBin:.*|\1|p')
  [ -n "$call" ] || die "$EXIT_BUILD" "java.util.HashMap of $JDK does not call treeifyBin"
  awk -v call="$call" '$1 == "@cp" && $2 == "java/util/HashMap" && !index($0 " ", " " call " ") { $0 = $0 " " call } { print }' "$1" >"$1.new" &&
    mv "$1.new" "$1"
}

# dump_classes ARCHIVE: the first archive that comes out a second time, of seven at most. Each is made of a copy of its own: what
# the jars' copies are numbered in the file system makes a difference now and then, see docs/adr/0035.
#
# What the virtual machine does meanwhile finds its way into an archive. So compilers and collections of the heap are off,
# and it runs in a folder of a fixed name with a fixed environment: Java's own code takes other paths for other names.
dump_classes() {
  local archive=$1 seen='' now
  mkdir "$DUMP_FOLDER" 2>/dev/null ||
    die "$EXIT_FAILED" "$DUMP_FOLDER is in the way: wait for the other release that is being made, or remove what an interrupted one left"
  trap 'rm -rf "$DUMP_FOLDER"; unlock_build' EXIT
  cp -a "$stage/runtime" "$DUMP_FOLDER/"
  for _ in 1 2 3 4 5 6 7; do
    cp -a "$stage/lib" "$DUMP_FOLDER/"
    # The path of the jar is written into the archive, and compared from its last folder on: so it names no folder.
    (cd "$DUMP_FOLDER/lib" && env -i LC_ALL=C.UTF-8 "$DUMP_FOLDER/runtime/bin/java" "${JAVA_OPTIONS[@]}" \
      -Duser.home=/ -Duser.name=ihome -Xint -XX:MaxNewSize=900m -Xmn800m -Xms1200m -Xmx1200m \
      -Xshare:dump -XX:SharedClassListFile=startup-classes.txt -XX:SharedArchiveFile=ihome.jsa -jar /proc/self/cwd/ihome-server.jar) \
      >>"$RELEASE_LOG" 2>&1 || die "$EXIT_BUILD" "no start-up cache, see $RELEASE_LOG"
    now=$(sha256sum <"$DUMP_FOLDER/lib/ihome.jsa")
    echo "start-up cache: ${now%% *}" >>"$RELEASE_LOG"
    if [[ $seen == *"$now"* ]]; then
      cp "$DUMP_FOLDER/lib/ihome.jsa" "$archive"
      chmod 644 "$archive"
      no_sealed_classes "$archive"
      rm -rf "$DUMP_FOLDER"
      return 0
    fi
    seen+=" $now"
    # Not removed: the next copy would be given the same numbers.
    mv "$DUMP_FOLDER/lib" "$DUMP_FOLDER/used-${now%% *}"
  done
  die "$EXIT_BUILD" "seven start-up caches, and no two are the same"
}

# no_sealed_classes ARCHIVE: a server would end at its first start with "can't seal package" (launcher/SealedClasses.java).
no_sealed_classes() {
  "$JDK/bin/java" "$ROOT/launcher/SealedClasses.java" --packages "$stage"/lib/*.jar "$stage"/lib/lib/*.jar >"$output/work/packages" ||
    die "$EXIT_BUILD" "cannot read the jars in $stage/lib/lib"
  if [ -s "$output/work/packages" ] && LC_ALL=C grep -qaFf "$output/work/packages" "$1"; then
    die "$EXIT_BUILD" "the start-up cache has classes of a sealed package: $(LC_ALL=C grep -aoFf "$output/work/packages" "$1" | sort -u | head -n 3 | tr '\n' ' ')"
  fi
}

pack_release() {
  local sums=$output/SHA256SUMS file
  progress "release: packing"
  (cd "$output" && LC_ALL=C tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$name" | gzip -n -6 >"$name.tar.gz") ||
    die "$EXIT_BUILD" "cannot pack $stage"
  if command -v dpkg-deb >/dev/null; then pack_deb; else say "no Debian package: dpkg-deb is not here"; fi
  (cd "$output" && for file in *.tar.gz *.deb; do if [ -f "$file" ]; then sha256sum "$file"; fi; done) >"$sums"
  while read -r _ file; do printf '%s\n' "$output/$file"; done <"$sums"
  printf '%s\n' "$sums"
}
