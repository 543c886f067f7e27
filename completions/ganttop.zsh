#compdef ganttop
# Completion of ganttop for zsh. Commands, options, lessons, formats and findings are asked from the program, so it never lags behind.

_ganttop_help() {
    ganttop "$@" --help 2> /dev/null < /dev/null
}

_ganttop_commands() {
    local -a commands
    commands=(${(f)"$(_ganttop_help | awk '/^  ganttop [a-z]/ { print $2 }')"})
    compadd -a commands
}

# The options of a command, or of the program.
_ganttop_options() {
    local -a options
    options=(${(f)"$(_ganttop_help "$@" | awk '/^options:/ { on = 1; next } /^$/ { on = 0 }
        on && match($0, /--[a-z]+/) { print substr($0, RSTART, RLENGTH) } on && /^  -/ { print substr($1, 1, 2) }')"})
    compadd -a options
}

_ganttop_formats() {
    local -a formats
    formats=(${(f)"$(_ganttop_help export | awk '/^formats/ { on = 1; next } on && /^  [a-z]/ { print $1 }')"})
    compadd -a formats
}

_ganttop_findings() {
    local -a kinds
    kinds=(all ${(f)"$(_ganttop_help check | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }')"})
    compadd -a kinds
}

_ganttop_lessons() {
    local -a lessons
    lessons=(${(f)"$(ganttop list 2> /dev/null < /dev/null | awk '/^  / { print $1 }')"})
    compadd -a lessons
}

local word=$words[CURRENT] before=$words[CURRENT-1] command=
((CURRENT > 2)) && command=$words[2]
case $before in
-f | --format) if [[ $command == worksheet ]]; then compadd md html; else _ganttop_formats; fi ;;
--clock) compadd virtual paced real ;;
--policy) compadd fifo lifo priority random manual ;;
--axis) compadd time order ;;
--theme) compadd dark light mono auto ;;
--panes) compadd log state source metrics none ;;
--color) compadd auto always never ;;
-W | -A | --warn | --allow | --limit) _ganttop_findings ;;
-o | --output | --save | --share) _files ;;
--set | --speed | --seed | --width | --rows | --cols | --at | --from | --to | --tasks) _message 'a value' ;;
*)
    case $command:$word in
    *:-*) _ganttop_options $command ;;
    :*) _ganttop_commands ;;
    list:*) ;;
    view:*) _files ;;
    run:*) _ganttop_lessons; _files -g '*.gts' ;;
    explain:* | worksheet:*) _ganttop_lessons ;;
    *) _ganttop_lessons; _files ;;
    esac
    ;;
esac
