//! Line 17: files that unpack, nest or recurse without end.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write as _},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use zip::write::SimpleFileOptions;

use super::{published, site, the_rest_is_there};
use crate::support::{Running, system::memory_of, watching::until};

fn archive(entries: impl FnOnce(&mut zip::ZipWriter<std::io::Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    entries(&mut zip);
    zip.finish().expect("an archive").into_inner()
}

fn document(xml: &str) -> Vec<u8> {
    archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(xml.as_bytes()).expect("written");
    })
}

/// A PDF with this in the place of its page's resources, and this content.
fn pdf(resources: &str, content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources {resources} >>"
        ),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut bytes = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        let _ = write!(bytes, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let at = bytes.len();
    let _ = write!(
        bytes,
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    );
    for place in places {
        let _ = writeln!(bytes, "{place:010} 00000 n ");
    }
    let _ = write!(
        bytes,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.into_bytes()
}

#[test]
fn line_17_bombs_are_bounded_errors_and_the_others_are_done() {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let ratio = archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        for _ in 0..80 {
            zip.write_all(&vec![b' '; 1024 * 1024]).expect("written");
        }
    });
    let entries = archive(|zip| {
        for n in 0..10_001 {
            zip.start_file(
                format!("{n}"),
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
            )
            .expect("an entry");
        }
    });
    let nested = document(&format!(
        "<w:document {W}><w:body>{}",
        "<w:p>".repeat(50_000)
    ));
    let within = archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(&ratio).expect("written");
    });
    let entities = "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let word = document(&format!(
        "<?xml version=\"1.0\"?>{entities}<w:document {W}><w:body><w:p><w:r><w:t>&d;&d;&d;</w:t></w:r></w:p></w:body></w:document>"
    ));
    let feed = format!(
        "<?xml version=\"1.0\"?>{entities}<rss version=\"2.0\"><channel><title>&d;</title><item><title>&d;&d;</title></item></channel></rss>"
    );
    let font = "<< /Font << /F 5 0 R >> >>";
    let operands = pdf(font, &format!("BT /F 12 Tf {} Tj ET", "[".repeat(200_000)));
    let states = pdf(
        font,
        &format!("{} BT /F 12 Tf (x) Tj ET", "q ".repeat(500_000)),
    );
    let dictionary = pdf(
        &format!("{}{}", "<< /A ".repeat(100_000), ">>".repeat(100_000)),
        "BT ET",
    );
    let itself = pdf("<< /XObject << /X 4 0 R >> >>", "/X Do");
    let deep_mail = format!(
        "{}Subject: x\r\n\r\nx",
        "Content-Type: message/rfc822\r\n\r\n".repeat(20_000)
    );
    let parts = format!(
        "From: a@b.c\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}",
        "--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n".repeat(20_000)
    );
    let cases: Vec<(&str, Vec<u8>, Option<&str>)> = vec![
        (
            "seeds/ratio.docx",
            ratio,
            Some("unpacks to more than 64 MiB"),
        ),
        (
            "seeds/entries.docx",
            entries,
            Some("10001 files, and 10000 are the most"),
        ),
        ("seeds/nested.docx", nested, Some("nested")),
        ("seeds/within.docx", within, Some("")),
        ("seeds/entities.docx", word, None),
        ("seeds/entities.xml", feed.into_bytes(), None),
        ("seeds/operands.pdf", operands, None),
        ("seeds/states.pdf", states, None),
        ("seeds/dictionary.pdf", dictionary, None),
        ("seeds/itself.pdf", itself, None),
        (
            "seeds/deep.html",
            format!("<html><body>{}x", "<div>".repeat(100_000)).into_bytes(),
            Some("more than 512 elements"),
        ),
        (
            "seeds/quotes.html",
            format!("<html><body>{}x", "<blockquote>".repeat(100_000)).into_bytes(),
            Some("more than 512 elements"),
        ),
        (
            "seeds/mail.eml",
            deep_mail.into_bytes(),
            Some("20000 mails attached, and 256 are the most"),
        ),
        ("seeds/parts.eml", parts.into_bytes(), None),
    ];
    // All at once: none takes another down.
    let site = site();
    for (path, bytes, _) in &cases {
        site.write(path, bytes);
    }
    let begun = Instant::now();
    let (most, ran) = memory_of(site.command(&["--quiet", "build", "--no-cache"]));
    let took = begun.elapsed();
    assert_eq!(ran.status, 1, "{}", ran.err);
    for (path, _, said) in &cases {
        let lines: Vec<&str> = ran.err.lines().filter(|line| line.contains(path)).collect();
        if let Some(said) = said {
            assert!(
                lines
                    .iter()
                    .any(|line| line.starts_with("error: ") && line.contains(said)),
                "{path}: {lines:?}\n{}",
                ran.err
            );
        }
    }
    assert!(
        !ran.err.contains("panicked") && !ran.err.contains("overflow"),
        "{}",
        ran.err
    );
    assert!(most < 400, "{most} MiB");
    assert!(took < Duration::from_secs(40), "{took:?}");
    // No entity was unfolded.
    assert_eq!(published(&site, &"a".repeat(2000)), None);
    the_rest_is_there(&site);
}

/// A converter reads its file to the end; here that never comes, and its parent is killed meanwhile.
#[cfg(target_os = "linux")]
#[test]
fn line_17_a_converter_ends_with_its_parent() {
    // A job in the background has no input but one that it is given.
    let script = "exec 3<&0; \"$0\" convert pdf <&3 & echo $!; wait";
    let mut parent = Command::new("sh");
    parent
        .args(["-c", script, env!("CARGO_BIN_EXE_depeche")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut parent = Running(parent.spawn().expect("sh"));
    let held = parent.0.stdin.take().expect("piped");
    let mut said = BufReader::new(parent.0.stdout.take().expect("piped"));
    let mut converter = String::new();
    said.read_line(&mut converter).expect("its number");
    let told = |file: &str| {
        fs::read_to_string(format!("/proc/{}/{file}", converter.trim())).unwrap_or_default()
    };
    // It opens nothing more once it has limited itself, which comes with the wish to end; then it reads.
    until("the converter is limited", || {
        let limits = told("limits");
        let own = limits
            .lines()
            .find(|line| line.starts_with("Max file size"));
        own.is_some_and(|line| line.split_whitespace().nth(3) == Some("0"))
    });
    until("the converter waits for its file", || {
        told("stat").contains(") S ")
    });
    drop(parent);
    until("the converter has ended", || {
        let state = told("stat");
        state.is_empty() || state.contains(") Z ")
    });
    drop(held);
}
