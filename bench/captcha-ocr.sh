#!/bin/sh
# Draws captchas, prints how many one core draws in a second, and lets tesseract read samples, prepared in several ways.
# Fails when 1 % or more are read right in any way. Usage: bench/captcha-ocr.sh [samples, by default 1000]
set -eu
cd "$(dirname "$0")/.."
samples=${1:-1000}

if ! command -v tesseract >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "captcha-ocr: tesseract is missing; install it first (Debian: apt-get install tesseract-ocr)" >&2
    exit 1
  fi
  apt-get update -q >/dev/null
  apt-get install -y -q tesseract-ocr >/dev/null
fi

mvn -q -B -pl server test-compile
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Djava.awt.headless=true \
  -cp server/target/classes:server/target/test-classes ihome.verification.CaptchaRate "$folder" "$samples"

alphabet=$(fold -w1 "$folder/texts" | sort -u | tr -d '\n')
failed=0
for list in "$folder"/*.list; do
  for mode in 7 8 13; do
    # Tesseract ends the text of each picture with a form feed.
    OMP_THREAD_LIMIT=1 tesseract "$list" "$folder/read" --psm "$mode" \
      -c tessedit_char_whitelist="$alphabet" >/dev/null 2>&1
    right=$(tr -d ' \n' <"$folder/read.txt" | tr '\f' '\n' | tr '[:lower:]' '[:upper:]' |
      paste -d' ' - "$folder/texts" | awk '$1 == $2 { n++ } END { print n + 0 }')
    echo "$(basename "$list" .list) psm $mode: $right of $samples read right"
    [ $((right * 100)) -lt "$samples" ] || failed=1
  done
done
[ "$failed" = 0 ] || { echo "captcha-ocr: 1 % or more were read right" >&2; exit 1; }
