_smtpcode() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="smtpcode"
                ;;
            smtpcode,completions)
                cmd="smtpcode__subcmd__completions"
                ;;
            smtpcode,list)
                cmd="smtpcode__subcmd__list"
                ;;
            smtpcode,man)
                cmd="smtpcode__subcmd__man"
                ;;
            smtpcode,merge)
                cmd="smtpcode__subcmd__merge"
                ;;
            smtpcode,search)
                cmd="smtpcode__subcmd__search"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        smtpcode)
            opts="-j -1 -v -q -e -s -h -V --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --rules --check-rules --color --hyperlinks --width --json-schema --from --only --help --version list search merge man completions"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --rules)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=($(compgen -f "${cur}"))
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames
                    fi
                    return 0
                    ;;
                --check-rules)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=($(compgen -f "${cur}"))
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        smtpcode__subcmd__completions)
            opts="-j -1 -v -q -e -s -h --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --color --hyperlinks --width --json-schema --from --only --help bash zsh fish powershell elvish"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        smtpcode__subcmd__list)
            opts="-j -1 -v -q -e -s -h --rules --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --color --hyperlinks --width --json-schema --from --only --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        smtpcode__subcmd__man)
            opts="-j -1 -v -q -e -s -h --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --color --hyperlinks --width --json-schema --from --only --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        smtpcode__subcmd__merge)
            opts="-j -1 -v -q -e -s -h --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --color --hyperlinks --width --json-schema --from --only --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        smtpcode__subcmd__search)
            opts="-j -1 -v -q -e -s -h --json --oneline --verbose --quiet --all-lines --field --command --line-buffered --exit-status --redact --summary --by --top --inbound --threads --color --hyperlinks --width --json-schema --from --only --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --field)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -W "CONNECT EHLO AUTH STARTTLS MAIL RCPT DATA END-OF-DATA QUIT" -- "${cur}"))
                    return 0
                    ;;
                --by)
                    COMPREPLY=($(compgen -W "cause code enhanced domain provider who rule host" -- "${cur}"))
                    return 0
                    ;;
                --top)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --threads)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --hyperlinks)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace
                    fi
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -W "reply log transcript bounce event error postfix exim sendmail qmail opensmtpd courier exchange iis haraka powermta momentum stalwart maddy zonemta cisco fortimail mimecast domino hmailserver mailenable mdaemon communigate smartermail kerio assp amavis dovecot ims roundcube dma mailq ssmtp sendemail postgrey spamdyke logfmt csv ses mailgun sparkpost postmark mandrill mailjet mailtrap sendgrid brevo mailersend resend azure zeptomail unisender postqueue postal kumomta jmap gateway help" -- "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "ok retry fix stop accepted proceed user_unknown mailbox_disabled mailbox_full mailbox_moved domain_not_found not_accepting_mail sender_rejected relay_denied auth_required sender_auth_failed missing_ptr ip_blocklisted reputation domain_blocklisted spam_content malware content_rejected policy rate_limited greylisted too_many_recipients message_too_big system_full server_error network_error dns_failure routing_loop expired tls_required protocol_error unsupported_feature mailing_list unknown" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _smtpcode -o nosort -o bashdefault -o default smtpcode
else
    complete -F _smtpcode -o bashdefault -o default smtpcode
fi
