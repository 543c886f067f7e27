# Completion of ganttop for bash. Commands, options, lessons, formats and findings are asked from the program, so it never lags behind.

_ganttop_help() {
    ganttop "$@" --help 2> /dev/null < /dev/null
}

_ganttop_commands() {
    _ganttop_help | awk '/^  ganttop [a-z]/ { print $2 }'
}

# The options of a command, or of the program.
_ganttop_options() {
    _ganttop_help "$@" | awk '/^options:/ { on = 1; next } /^$/ { on = 0 }
        on && match($0, /--[a-z]+/) { print substr($0, RSTART, RLENGTH) } on && /^  -/ { print substr($1, 1, 2) }'
}

_ganttop_formats() {
    _ganttop_help export | awk '/^formats/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

_ganttop_findings() {
    _ganttop_help check | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

_ganttop_lessons() {
    ganttop list 2> /dev/null < /dev/null | awk '/^  / { print $1 }'
}

_ganttop() {
    local word=$2 before=$3 command= words=
    local i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac
    done

    case $before in
    -f | --format) if [[ $command == worksheet ]]; then words='md html'; else words=$(_ganttop_formats); fi ;;
    --clock) words='virtual paced real' ;;
    --policy) words='fifo lifo priority random manual' ;;
    --axis) words='time order' ;;
    --theme) words='dark light mono auto' ;;
    --panes) words='log state source metrics none' ;;
    --color) words='auto always never' ;;
    -W | -A | --warn | --allow) words="all $(_ganttop_findings)" ;;
    --limit)
        mapfile -t COMPREPLY < <(compgen -S = -W "$(_ganttop_findings)" -- "$word")
        return
        ;;
    -o | --output | --save | --share)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --set | --speed | --ring | --seed | --width | --rows | --cols | --at | --from | --to | --tasks) return ;;
    *)
        case $command:$word in
        *:-*) words=$(_ganttop_options $command) ;;
        :*) words=$(_ganttop_commands) ;;
        list:* | view:*) ;;
        *) words=$(_ganttop_lessons) ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(
        compgen -W "$words" -- "$word"
        case $command:$before:$word in
        *:-*:* | *:*:-*) ;;
        run:*) compgen -f -X '!*.gts' -- "$word" ;;
        view:* | export:* | check:* | stats:* | compare:*) compgen -f -- "$word" ;;
        esac
    )
}

complete -o filenames -F _ganttop ganttop
