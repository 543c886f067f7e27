# Completion of ganttop for fish. Lessons are asked from the program, so it never lags behind.

function __ganttop_lessons
    ganttop list 2>/dev/null </dev/null | awk '/^  / { print $1 }'
end

function __ganttop_findings
    ganttop check --help 2>/dev/null </dev/null | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
end

set -l first __fish_use_subcommand
set -l runs '__fish_seen_subcommand_from run export check stats'
set -l shows '__fish_seen_subcommand_from run view export'

complete -c ganttop -f -n $first -a list -d 'print the lessons'
complete -c ganttop -f -n $first -a run -d 'run a lesson and watch it'
complete -c ganttop -f -n $first -a view -d 'look at a recording'
complete -c ganttop -f -n $first -a export -d 'write another format'
complete -c ganttop -f -n $first -a check -d 'look for what is wrong'
complete -c ganttop -f -n $first -a stats -d 'a run in numbers'
complete -c ganttop -f -n $first -a explain -d 'print text and source of a lesson'
complete -c ganttop -f -n $first -a worksheet -d 'print pages for a class'
complete -c ganttop -f -n '__fish_seen_subcommand_from run export check stats explain worksheet' -a '(__ganttop_lessons)'
complete -c ganttop -F -n '__fish_seen_subcommand_from view export check stats'
complete -c ganttop -n '__fish_seen_subcommand_from list check stats' -l json -d 'as JSON'
complete -c ganttop -x -n $runs -l set -d 'a parameter of the lesson'
complete -c ganttop -x -n $runs -l clock -a 'virtual paced real' -d 'which clock'
complete -c ganttop -x -n $runs -l speed -d 'speed of the paced clock'
complete -c ganttop -x -n $runs -l seed -d 'seed of what is random'
complete -c ganttop -x -n $runs -l policy -a 'fifo lifo priority random manual' -d 'who goes next'
complete -c ganttop -n '__fish_seen_subcommand_from run' -l step -d 'hold before the first step'
complete -c ganttop -n '__fish_seen_subcommand_from run view' -l plain -d 'print text'
complete -c ganttop -r -n $runs -s o -l output -d 'where to write'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -s f -l format -a 'jsonl csv chrome perfetto speedscope ctf sqlite otlp mermaid html text ansi svg asciicast'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l rows -d 'rows of a screen'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l cols -d 'columns of a screen'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l at -d 'the moment, as 412 (ms) or 1.5s'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l from -d 'leave out what was before'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l to -d 'leave out what comes then'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -l tasks -d 'only these tasks'
complete -c ganttop -x -n $shows -l width -d 'columns of the text'
complete -c ganttop -x -n $shows -l theme -a 'dark light' -d 'background'
complete -c ganttop -n $shows -l ascii -d 'ASCII characters only'
complete -c ganttop -n '__fish_seen_subcommand_from worksheet' -l key -d 'with the answers'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -s W -l warn -a 'all (__ganttop_findings)' -d 'look for this alone'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -s A -l allow -a 'all (__ganttop_findings)' -d 'leave this out'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -l limit -a '(__ganttop_findings)=' -d 'what it takes'
