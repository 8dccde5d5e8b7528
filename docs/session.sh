#!/usr/bin/env bash
# Runs the session that a README shows, line by line, and prints it with the answers that come now.
#
# Usage: docs/session.sh [README.md]
#
# Wants curl, and a server that `./ihome run --dev` started: the one at IHOME_PORT (8080) over the data folder
# IHOME_DATA (data). IHOME_MOBILE is who registers instead of the README's number, which can do so only once.
set -eu
readme=${1:-README.md}
case $readme in /*) ;; *) readme=$PWD/$readme ;; esac
cd "$(dirname "$0")/.."

# The commands between "```console" and "```": lines that begin with "$ ", and indented ones that continue them.
commands() {
  awk '/^```console$/ { inside = 1; next } /^```$/ { inside = 0 } inside && /^([$] |  )/' "$readme"
}

run() {
  local command=$1
  printf '%s' "$command"
  command=${command//localhost:8080/localhost:${IHOME_PORT:-8080}}
  command=${command//data\/outbox.jsonl/"'${IHOME_DATA:-data}/outbox.jsonl'"}
  command=${command//13912345678/${IHOME_MOBILE:-13912345678}}
  eval "${command#\$ }" >"$answer"
  if [ -s "$answer" ]; then cat "$answer"; printf '\n'; fi
}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
next=''
while IFS= read -r line; do
  case $line in
    '$ '*) if [ -n "$next" ]; then run "$next"; fi; next=$line$'\n' ;;
    *) next=$next$line$'\n' ;;
  esac
done < <(commands)
run "$next"
