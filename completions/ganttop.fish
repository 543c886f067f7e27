# Completion of ganttop for fish. Commands, options, lessons, formats and findings are asked from the program, so it never lags behind.

function __ganttop_help
    ganttop $argv --help 2>/dev/null </dev/null
end

function __ganttop_commands
    __ganttop_help | awk '/^  ganttop [a-z]/ { print $2 }'
end

# The options of the command on the line, or of the program.
function __ganttop_options
    set -l words (commandline -opc)
    __ganttop_help $words[2] | awk '/^options:/ { on = 1; next } /^$/ { on = 0 }
        on && match($0, /--[a-z]+/) { name = substr($0, RSTART, RLENGTH); sub(/^.*  +/, ""); print name "\t" $0 }'
end

function __ganttop_formats
    __ganttop_help export | awk '/^formats/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
end

function __ganttop_findings
    __ganttop_help check | awk '/^findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
end

function __ganttop_lessons
    ganttop list 2>/dev/null </dev/null | awk '/^  / { print $1 }'
end

complete -c ganttop -f
complete -c ganttop -n __fish_use_subcommand -a '(__ganttop_commands)'
complete -c ganttop -n 'string match -q -- "-*" (commandline -ct)' -a '(__ganttop_options)'
complete -c ganttop -n '__fish_seen_subcommand_from run export compare check stats explain worksheet' -a '(__ganttop_lessons)'
complete -c ganttop -F -n '__fish_seen_subcommand_from run view export compare check stats'
complete -c ganttop -x -l clock -a 'virtual paced real'
complete -c ganttop -x -l policy -a 'fifo lifo priority random manual'
complete -c ganttop -x -l axis -a 'time order'
complete -c ganttop -x -l theme -a 'dark light mono auto'
complete -c ganttop -x -l panes -a 'log state source metrics none'
complete -c ganttop -x -l color -a 'auto always never'
complete -c ganttop -x -n '__fish_seen_subcommand_from export' -s f -l format -a '(__ganttop_formats)'
complete -c ganttop -x -n '__fish_seen_subcommand_from worksheet' -s f -l format -a 'md html'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -s W -l warn -a 'all (__ganttop_findings)'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -s A -l allow -a 'all (__ganttop_findings)'
complete -c ganttop -x -n '__fish_seen_subcommand_from check' -l limit -a '(__ganttop_findings)='
complete -c ganttop -r -F -s o -l output
complete -c ganttop -r -F -l save
complete -c ganttop -r -F -l share
