//! The bytes of a mail → whether few enough mails are attached to it. The parser walks mails within each other by calling itself, and a few
//! thousand of them are more than its stack holds. Refuses a mail that could hold so many, before it is parsed.

/// Mails that may be attached to a mail, beside or within each other.
const ATTACHED: usize = 256;

/// What a header begins with that states what a part is, in small letters and without white space.
const HEADER: &[u8] = b"content-type:";

/// Parts that are no mails and hold none but those that state it themselves.
const OTHERS: [&[u8]; 14] = [
    b"text/",
    b"image/",
    b"audio/",
    b"video/",
    b"application/",
    b"font/",
    b"multipart/mixed",
    b"multipart/alternative",
    b"multipart/related",
    b"multipart/report",
    b"multipart/signed",
    b"multipart/encrypted",
    b"message/delivery-status",
    b"message/disposition-notification",
];

/// Refuses more than [`ATTACHED`] parts that might be mails. Whatever is not surely another kind counts as one: each mail within another one
/// needs a header that says so, which the parser reads also with spaces in its name.
pub(super) fn bounded(bytes: &[u8]) -> Result<(), String> {
    let squeezed: Vec<u8> = bytes
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(u8::to_ascii_lowercase)
        .collect();
    let mails = squeezed
        .windows(HEADER.len())
        .enumerate()
        .filter(|(_, part)| *part == HEADER)
        .filter_map(|(at, _)| squeezed.get(at + HEADER.len()..))
        .filter(|kind| !OTHERS.iter().any(|other| kind.starts_with(other)))
        .count();
    if mails > ATTACHED {
        return Err(format!(
            "the mail has {mails} mails attached, and {ATTACHED} are the most; save its text as .txt"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_within_each_other_are_counted_however_they_are_spelt() {
        for header in [
            "Content-Type: message/rfc822\r\n\r\n",
            "C o n t e n t - T y p e\t:\r\n\tmessage/rfc822\n\n",
            "content-type: (a)message/(b)global\n\n",
            "Content-Type: multipart/digest; boundary=b\n\n--bContent-Type: x\n\n",
        ] {
            let of = |times: usize| bounded(header.repeat(times).as_bytes());
            assert!(of(ATTACHED + 1).is_err(), "{header}");
            assert!(of(ATTACHED / 2).is_ok(), "{header}");
        }
        let pictures = "--b\nContent-Type: image/png\n\n".repeat(10_000);
        assert!(bounded(pictures.as_bytes()).is_ok());
    }

    #[test]
    fn as_many_as_are_allowed_are_parsed() {
        let within = "Content-Type: message/rfc822\r\n\r\nSubject: y\r\n".repeat(ATTACHED);
        let mail = format!("Subject: x\r\n{within}\r\nText.\r\n");
        // A thread of a test has a quarter of the stack that the program has.
        assert!(super::super::source(mail.as_bytes()).is_err());
    }
}
