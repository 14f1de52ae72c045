//! What Alibaba Mail says, and what it means.

use crate::tables::{Cause, DAY, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "aliyun/behaviour-spam",
        sample: "554 Reject by behaviour spam at DATA State(Connection IP address:192.0.2.10)ANTISPAM_BAT[01201311R1468S4530]: bad sending",
        codes: &["554", "454"],
        any: &[&["reject by behaviour spam"]],
        cause: Cause::Reputation,
        says: "Alibaba Mail: the way this IP address or sender sends (too often, bad reputation, listed) looks like spam.",
        action: "Read the words after ANTISPAM_BAT. Too frequent: send more slowly. Listed or bad: clear {ip:the IP} from block lists.",
        source: "https://www.alibabacloud.com/help/en/alibaba-mail/latest/454",
        ..RULE
    },
    Rule {
        id: "aliyun/content-spam",
        sample: "554 Reject by content spam at DATA State(Connection IP address:192.0.2.10)ANTISPAM_CAT[01201311R1468S4530]: spam content",
        codes: &["554"],
        any: &[&["reject by content spam"]],
        cause: Cause::SpamContent,
        says: "Alibaba Mail or DirectMail: the filter judged the content to be spam.",
        action: "Change the text and links (no bare web addresses as link text), check that SPF and DKIM pass, then send again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "aliyun/sender-not-login",
        sample: "440 mail from account doesn't conform with authentication (Auth Account:user@example.com|Mail Account:user@example.org)",
        codes: &["440"],
        any: &[&["mail from account doesn't conform with authentication"]],
        cause: Cause::SenderRejected,
        says: "Alibaba Mail: the sender is not the address that logged in.",
        action: "Set From and the envelope sender to the address you log in with.",
        source: "https://help.aliyun.com/document_detail/36576.html",
        ..RULE
    },
    Rule {
        id: "aliyun/directmail-sender-not-login",
        sample: "436 \"MAIL FROM\" doesn't conform with authentication (Auth Account:user@example.com|Mail Account:user@example.org)",
        codes: &["436"],
        any: &[&["doesn't conform with authentication"]],
        cause: Cause::SenderRejected,
        says: "Alibaba DirectMail: the sender is not the sender address that logged in.",
        action: "Use the sender address created in the DirectMail console both for the login and as sender.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/login-refused",
        sample: "526 Authentication failure[0] for user@example.com",
        codes: &["526"],
        any: &[&["526 authentication failure"]],
        cause: Cause::AuthRequired,
        says: "Alibaba Mail: the user name or password is wrong.",
        action: "Log in with the full address and the client password of the mailbox (made on the web), not the account password.",
        source: "https://help.aliyun.com/document_detail/36576.html",
        ..RULE
    },
    Rule {
        id: "aliyun/directmail-login-refused",
        sample: "535 Authentication failure. Check the SMTP password of user@example.com",
        codes: &["535"],
        any: &[&["535 authentication failure."]],
        cause: Cause::AuthRequired,
        says: "The login was refused: wrong address, SMTP password or region (wording of Alibaba DirectMail).",
        action: "Set an SMTP password for the sender address in the DirectMail console and use the SMTP host of that region.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "aliyun/sending-quota",
        sample: "552 Daily sending quota exceeded for user@example.com",
        codes: &["552"],
        any: &[
            &["daily sending quota exceeded"],
            &["monthly sending quota exceeded"],
            &["not enough sending quota"],
        ],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "Alibaba DirectMail: the sending quota of the day or month is used up.",
        action: "Wait for the next day or month, or ask for a larger quota in the console.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/account-restricted",
        sample: "551 main account unavailable (user@example.com)",
        codes: &["551"],
        any: &[&["main account unavailable"]],
        cause: Cause::Policy,
        says: "Alibaba DirectMail: the main account is restricted.",
        action: "Look at the state of the account in the console (unpaid bills, blocks) and settle it there.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/too-many-recipients",
        sample: "556 the number of rcpts is over size(100)",
        codes: &["556"],
        any: &[&["the number of rcpts is over size"]],
        cause: Cause::TooManyRecipients,
        says: "Alibaba DirectMail: the message has too many recipients.",
        action: "Split the message into several with fewer recipients each.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/message-too-large",
        sample: "557 the length of data content is achieved limit(15728640)",
        codes: &["557"],
        any: &[&["the length of data content is achieved"]],
        cause: Cause::MessageTooBig,
        says: "Alibaba DirectMail: the message is larger than allowed.",
        action: "Make {size:the message} smaller, or send a link to the file instead.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/known-invalid-recipient",
        sample: "559 invalid rcptto [@sm080201] user@example.com",
        codes: &["559", "563"],
        any: &[&["invalid rcptto"]],
        cause: Cause::UserUnknown,
        says: "Alibaba DirectMail: the recipient is on its list of addresses known not to work.",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "https://www.alibabacloud.com/help/zh/directmail/latest/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
    Rule {
        id: "aliyun/bad-settings-header",
        sample: "504 invalid setting: X-AliDM-Settings cannot be read",
        codes: &["504"],
        any: &[&["504 invalid setting"]],
        cause: Cause::ProtocolError,
        says: "Alibaba DirectMail: the header X-AliDM-Settings has a wrong value.",
        action: "Correct the value of X-AliDM-Settings, or leave the header out.",
        source: "https://alibabacloud.com/help/tc/direct-mail/user-guide/summary-of-common-email-return-codes-and-solutions",
        ..RULE
    },
];
