# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_smtpcode_global_optspecs
    string join \n j/json 1/oneline v/verbose q/quiet all-lines from= field= command= line-buffered e/exit-status only= redact s/summary by= top= inbound threads= rules= check-rules= color= hyperlinks= width= json-schema h/help V/version
end

function __fish_smtpcode_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_smtpcode_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_smtpcode_using_subcommand
    set -l cmd (__fish_smtpcode_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c smtpcode -n "__fish_smtpcode_needs_command" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l rules -d 'Try the rules of this file before the table; stands before a verb' -r -F
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l check-rules -d 'Check a file of rules and exit' -r -F
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -s V -l version -d 'Print version'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -a "list" -d 'List the table of codes, one line each'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -a "search" -d 'Find codes and wordings by words, cause or provider'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -a "merge" -d 'Add up summaries made with --summary --json'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -a "completions" -d 'Print the completion script for a shell'
complete -c smtpcode -n "__fish_smtpcode_needs_command" -a "man" -d 'Print the manual page'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l rules -d 'List the known wordings instead of the codes'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand list" -s h -l help -d 'Print help'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand search" -s h -l help -d 'Print help'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand merge" -s h -l help -d 'Print help'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand completions" -s h -l help -d 'Print help'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l from -d 'Say what kind of input it is (\'--from help\' lists the kinds)' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l field -d 'Name the text field of JSON input' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l command -d 'Name the command that was answered' -r -f -a "CONNECT\t''
EHLO\t''
AUTH\t''
STARTTLS\t''
MAIL\t''
RCPT\t''
DATA\t''
END-OF-DATA\t''
QUIT\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l only -d 'Show only these verdicts or causes, as in fix,stop or reputation' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l by -d 'Count by this, or by several with commas between; implies --summary' -r -f -a "cause\t''
code\t''
enhanced\t''
domain\t''
provider\t''
who\t''
rule\t''
host\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l top -d 'Show N rows, if not 10; implies --summary' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l threads -d 'Read files with N threads, if not one for each processor' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l hyperlinks -d 'When to write clickable links' -r -f -a "auto\t''
always\t''
never\t''"
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l width -d 'Columns to fill; piped text is never wrapped without it' -r
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s j -l json -d 'Print JSON, one object per line'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s 1 -l oneline -d 'Print one line per answer'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s v -l verbose -d 'Show the rule, the matched words, alternatives and references'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s q -l quiet -d 'Print nothing; the exit status answers'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l all-lines -d 'Print exactly one line per input line, each judged alone, empty ones included'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l line-buffered -d 'Flush after each line, whatever stdout is'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s e -l exit-status -d 'Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l redact -d 'Replace addresses by tokens and mask IP addresses'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s s -l summary -d 'Count outcomes instead of listing them'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l inbound -d 'Count what we refused to others among the failures, also for --exit-status'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -l json-schema -d 'Print the JSON schema of the output and exit'
complete -c smtpcode -n "__fish_smtpcode_using_subcommand man" -s h -l help -d 'Print help'
