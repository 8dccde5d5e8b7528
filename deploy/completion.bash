# bash's completion of ihome: copy it to ~/.local/share/bash-completion/completions/ihome
_ihome() {
  local word=${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '@COMMANDS@' -- "$word")
    return
  fi
  case $word in
    --*) mapfile -t COMPREPLY < <(compgen -W '@OPTIONS@--help' -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
  if [ "$COMP_CWORD" -eq 2 ] && [ "${COMP_WORDS[1]}" = backup ]; then
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'verify' -- "$word")
  fi
}
complete -o filenames -F _ihome ihome
