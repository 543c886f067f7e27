# Completion of ganttop for bash. Lessons are asked from the program, so it never lags behind.

_ganttop_lessons() {
    ganttop list 2> /dev/null < /dev/null | awk '/^  / { print $1 }'
}

_ganttop_findings() {
    ganttop check --help 2> /dev/null < /dev/null | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

_ganttop() {
    local word=$2 before=$3 command=
    local i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac
    done

    case $before in
    -f) mapfile -t COMPREPLY < <(compgen -W 'jsonl csv chrome perfetto speedscope ctf sqlite otlp mermaid html text ansi svg asciicast' -- "$word"); return ;;
    -o) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --clock) mapfile -t COMPREPLY < <(compgen -W 'virtual paced real' -- "$word"); return ;;
    -W | -A | --warn | --allow) mapfile -t COMPREPLY < <(compgen -W "all $(_ganttop_findings)" -- "$word"); return ;;
    --limit) mapfile -t COMPREPLY < <(compgen -S = -W "$(_ganttop_findings)" -- "$word"); return ;;
    --theme) mapfile -t COMPREPLY < <(compgen -W 'dark light' -- "$word"); return ;;
    --speed | --seed | --set | --width | --rows | --cols | --at | --from | --to | --tasks) return ;;
    esac

    case $command:$word in
    :-*) mapfile -t COMPREPLY < <(compgen -W '--help --version --color=auto --color=always --color=never --ascii' -- "$word") ;;
    :*) mapfile -t COMPREPLY < <(compgen -W 'list run view export check stats explain worksheet' -- "$word") ;;
    list:-*) mapfile -t COMPREPLY < <(compgen -W '--json' -- "$word") ;;
    run:-*) mapfile -t COMPREPLY < <(compgen -W '--set --clock --speed --seed --policy --step --plain --width --theme --ascii -o' -- "$word") ;;
    export:-*) mapfile -t COMPREPLY < <(compgen -W '-f -o --from --to --tasks --set --seed --policy --width --rows --cols --at --theme --ascii' -- "$word") ;;
    worksheet:-*) mapfile -t COMPREPLY < <(compgen -W '-f -o --key --set --seed --policy' -- "$word") ;;
    check:-*) mapfile -t COMPREPLY < <(compgen -W '-W -A --limit --json -o --set --clock --seed --policy' -- "$word") ;;
    stats:-*) mapfile -t COMPREPLY < <(compgen -W '--json -o --set --clock --seed --policy --ascii' -- "$word") ;;
    run:* | explain:* | worksheet:*) mapfile -t COMPREPLY < <(compgen -W "$(_ganttop_lessons)" -- "$word") ;;
    export:* | check:* | stats:*) mapfile -t COMPREPLY < <(compgen -W "$(_ganttop_lessons)" -- "$word"; compgen -f -X '!*.gtt' -- "$word") ;;
    view:-*) mapfile -t COMPREPLY < <(compgen -W '--plain --width --theme --ascii' -- "$word") ;;
    view:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.gtt' -- "$word") ;;
    esac
}

complete -o filenames -F _ganttop ganttop
