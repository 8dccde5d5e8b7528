# shellcheck shell=bash
# What the launcher tells about itself, all of it on standard error: lines, and one line that is
# rewritten in place when standard error is a terminal.

PROGRESS_TEXT=''
PROGRESS_FROM=0
PROGRESS_DRAWN=''
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then PROGRESS_TTY=yes; else PROGRESS_TTY=''; fi

say() {
  progress_clear
  printf 'ihome: %s\n' "$*" >&2
}

# The same without the name in front: for what others have said.
show() {
  progress_clear
  printf '%s\n' "$*" >&2
}

# die CODE TEXT...: says the text and ends with the code.
die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# Starts a new phase. Without a terminal every phase is a line of its own, and the same phase is told once.
progress() {
  [ "$1" != "$PROGRESS_TEXT" ] || return 0
  PROGRESS_TEXT=$1
  if [ -n "$PROGRESS_TTY" ]; then progress_draw; else printf 'ihome: %s\n' "$1" >&2; fi
}

# The same phase with another count: shown on a terminal only.
progress_update() {
  [ -n "$PROGRESS_TTY" ] || return 0
  PROGRESS_TEXT=$1
}

# Draws the line again when it would look different.
progress_draw() {
  [ -n "$PROGRESS_TTY" ] && [ -n "$PROGRESS_TEXT" ] || return 0
  local line="$PROGRESS_TEXT  $((SECONDS - PROGRESS_FROM)) s"
  [ "$line" != "$PROGRESS_DRAWN" ] || return 0
  PROGRESS_DRAWN=$line
  printf '\r\033[K%.79s' "$line" >&2
}

progress_clear() {
  [ -n "$PROGRESS_DRAWN" ] || return 0
  PROGRESS_DRAWN=''
  printf '\r\033[K' >&2
}
