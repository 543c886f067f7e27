#compdef ganttop
# Completion of ganttop for zsh. Lessons are asked from the program, so it never lags behind.

_ganttop_lessons() {
    local -a lessons
    lessons=(${(f)"$(ganttop list 2> /dev/null < /dev/null | awk '/^  / { print $1 }')"})
    compadd -a lessons
}

_ganttop_findings() {
    local -a kinds
    kinds=(all ${(f)"$(ganttop check --help 2> /dev/null < /dev/null | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }')"})
    compadd -a kinds
}

local -a running picture
running=('*--set[a parameter of the lesson]:name=value:' '--clock[which clock]:clock:(virtual paced real)'
    '--speed[speed of the paced clock]:factor:' '--seed[seed of what is random]:number:' '--policy[who goes next]:policy:(fifo lifo priority random manual)')
picture=('--width[columns of the text]:columns:' '--theme[background]:theme:(dark light)' '--ascii[ASCII characters only]'
    '--color=[when to use colour]:when:(auto always never)')

if ((CURRENT == 2)); then
    compadd list run view export check stats explain worksheet
    return
fi
case $words[2] in
list) _arguments '--json[as JSON]' ;;
run) _arguments $running $picture '--step[hold before the first step]' '-o[keep the recording]:file:_files' \
    '--plain[print text]' '2:lesson:_ganttop_lessons' ;;
view) _arguments $picture '--plain[print text]' '2:file:_files -g "*.gtt"' ;;
export) _arguments $running $picture '-f[format]:format:(jsonl csv chrome perfetto speedscope ctf sqlite otlp mermaid html text ansi svg asciicast)' '-o[output]:file:_files' \
    '--rows[rows of a screen]:rows:' '--cols[columns of a screen]:columns:' '--at[the moment]:time:' '--from[leave out what was before]:time:'\
    '--to[leave out what comes then]:time:' '--tasks[only these tasks]:names:' \
    '2:lesson or file:{_ganttop_lessons; _files -g "*.gtt"}' ;;
check) _arguments $running '--json[as JSON]' '-o[output]:file:_files' '*-W[look for this alone]:kind:_ganttop_findings' \
    '*-A[leave this out]:kind:_ganttop_findings' '*--limit[what it takes]:kind=value:' \
    '2:lesson or file:{_ganttop_lessons; _files -g "*.gtt"}' ;;
stats) _arguments $running '--json[as JSON]' '-o[output]:file:_files' '2:lesson or file:{_ganttop_lessons; _files -g "*.gtt"}' ;;
explain) _arguments '2:lesson:_ganttop_lessons' ;;
worksheet) _arguments '2:lesson:_ganttop_lessons' '-f[format]:format:(md html)' '--key[with the answers]' ;;
esac
