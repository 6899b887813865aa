//! Line 30: no path leads out of the site, however it is written.

use super::{serve, site, status};

#[test]
fn line_30_no_path_leads_out() {
    let site = site();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        std::fs::create_dir_all(site.path("public")).expect("made");
        for (from, to) in [
            ("secret.txt", "content/link.txt"),
            ("secret.txt", "public/link.txt"),
            ("/etc", "content/etc"),
            ("/etc", "public/etc"),
        ] {
            let from = if from.starts_with('/') {
                from.into()
            } else {
                site.path(from)
            };
            symlink(from, site.path(to)).expect("a link");
        }
    }
    let preview = serve(&site, &[]);
    let root = site.root().display().to_string();
    let mut targets: Vec<String> = Vec::new();
    for up in [
        "../",
        "..\\",
        "%2e%2e/",
        "%2E%2E%2F",
        "..%2f",
        "%2e./",
        ".%2e/",
        "%252e%252e/",
        "%252e%252e%252f",
        "%25252e%25252e/",
        "..%5c",
        "%2e%2e%5c",
        "..%c0%af",
        "%c0%ae%c0%ae/",
        "..;/",
        "....//",
        "..%00/",
        "%u002e%u002e/",
        "．．/",
        "..%ef%bc%8f",
        "/../",
        "//",
        "\\",
        "./",
        "/./",
    ] {
        for depth in [1, 2, 8] {
            for (base, file) in [
                ("/", "secret.txt"),
                ("/page/", "secret.txt"),
                ("/assets/", "site.yaml"),
                ("/_depeche/", "secret.txt"),
                ("/", "etc/passwd"),
            ] {
                targets.push(format!("{base}{}{file}", up.repeat(depth)));
            }
        }
    }
    for ending in [
        "secret.txt",
        "secret.txt?raw",
        "secret.txt?raw??",
        "secret.txt?import&raw",
        "secret.txt?url",
        "secret.txt%00",
        "secret.txt%00.html",
        "%00",
        "secret.txt\\",
        "secret.txt#x",
        "secret.txt;.html",
        "secret.txt/",
        "secret.txt/.",
        "site.yaml",
        "themes/plain/secret.html",
        "seeds/",
        "content/page.md",
        ".git/config",
        ".env",
        ".hidden.txt",
        ".well/known.txt",
        "%2ehidden.txt",
        "link.txt",
        "etc/passwd",
        "etc/hostname",
        "public/link.txt",
        "C:/secret.txt",
        "C:%5csecret.txt",
        "~/secret.txt",
        "proc/self/environ",
        "_depeche",
        "_depeche/",
        "_depeche/../secret.txt",
        "_depeche/live.js/../../secret.txt",
        "@fs/etc/passwd",
        "@fs%2fetc%2fpasswd?raw",
    ] {
        targets.push(format!("/{ending}"));
        targets.push(format!("//{ending}"));
        targets.push(format!("/.//{ending}"));
        targets.push(format!("\\{ending}"));
    }
    targets.push(format!("/@fs{root}/secret.txt"));
    targets.push(format!("/{root}/secret.txt"));
    targets.push(format!("file://{root}/secret.txt"));
    targets.push("http://localhost/../secret.txt".to_owned());
    targets.push("http://localhost//secret.txt".to_owned());
    targets.push("http://evil.example/".to_owned());
    targets.push("*".to_owned());
    targets.push("secret.txt".to_owned());
    for target in &targets {
        for head in [
            format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            format!("GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n"),
        ] {
            let reply = preview.raw(head.as_bytes());
            // What is no request at all may end without a reply.
            let fine = matches!(status(&reply), "404" | "400" | "403" | "414" | "");
            assert!(fine, "{target}: {reply}");
            for word in ["secret words", "root:x:", "theme: plain"] {
                assert!(!reply.contains(word), "{target}: {reply}");
            }
        }
    }
    for path in [
        "/%00",
        "/page%00/",
        "/.git/config",
        "/..%2fsecret.txt",
        "/link.txt",
        "/secret.txt?raw",
    ] {
        assert_eq!(status(&preview.get(path)), "404", "{path}");
    }
    // Bytes that are no text.
    for bytes in [
        &b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n"[..],
        b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
        b"\0\0\0\0",
    ] {
        let reply = preview.raw(bytes);
        assert!(matches!(status(&reply), "400" | "404" | ""), "{reply}");
    }
    println!("{} targets, twice", targets.len());
    preview.good();
}
