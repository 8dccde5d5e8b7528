# shellcheck shell=bash disable=SC2154
# The Debian package of a release: the same files under /usr/lib/ihome, with an account, a service, a configuration file
# and a data folder of its own. Uses the variables of launcher/release.sh.

# Packs $stage as $output/ihome_VERSION_ARCHITECTURE.deb.
pack_deb() {
  local architecture=amd64 tree=$output/work/deb package
  if [ "$arch" = arm64 ]; then architecture=arm64; fi
  package=$output/ihome_${version}_$architecture.deb
  progress "release: Debian package"
  stage_deb
  deb_control
  chmod -R u=rwX,go=rX "$tree"
  find "$tree" -exec touch -h -d "@$epoch" {} +
  # gzip: every dpkg reads it.
  (umask 022 && SOURCE_DATE_EPOCH=$epoch dpkg-deb -Zgzip -z6 --root-owner-group --build "$tree" "$package") >>"$RELEASE_LOG" 2>&1 ||
    die "$EXIT_BUILD" "no Debian package: $(tail -n 1 "$RELEASE_LOG") (see $RELEASE_LOG)"
}

stage_deb() {
  local doc=$tree/usr/share/doc/ihome home=$tree/usr/lib/ihome
  mkdir -p "$home" "$tree/usr/bin" "$tree/etc/ihome" "$tree/usr/lib/systemd/system" \
    "$tree/usr/share/bash-completion/completions" "$doc" "$tree/DEBIAN"
  cp -a "$stage/bin" "$stage/launcher" "$stage/lib" "$stage/runtime" "$stage/RELEASE" "$home/"
  cp "$ROOT/deploy/debian/package.conf" "$home/launcher/"
  ln -s ../lib/ihome/bin/ihome "$tree/usr/bin/ihome"
  cp "$stage/share/ihome.yaml" "$tree/etc/ihome/"
  cp "$stage/share/bash-completion/completions/ihome" "$tree/usr/share/bash-completion/completions/"
  # The comment at its head is for those who install by hand.
  sed -e '/^\[Unit\]/,$!d' -e 's|/opt/ihome/doc/|/usr/share/doc/ihome/|; s|/opt/ihome/|/usr/lib/ihome/|' \
    "$stage/share/systemd/ihome.service" >"$tree/usr/lib/systemd/system/ihome.service"
  cp -a "$stage/doc/." "$stage/licenses" "$doc/"
  cat "$stage/NOTICE" "$stage/LICENSE" >"$doc/copyright"
}

deb_control() {
  local file
  sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@SIZE@|$(installed_size)|" \
    "$ROOT/deploy/debian/control" >"$tree/DEBIAN/control"
  printf '/etc/ihome/ihome.yaml\n' >"$tree/DEBIAN/conffiles"
  for file in postinst prerm postrm templates; do cp "$ROOT/deploy/debian/$file" "$tree/DEBIAN/"; done
  (cd "$tree" && find usr etc -type f ! -path etc/ihome/ihome.yaml -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
}

# In KiB, by what the files hold: what they take on the disk differs between disks.
installed_size() {
  (cd "$tree" && find usr etc -type f -printf '%s\n') | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }'
}
