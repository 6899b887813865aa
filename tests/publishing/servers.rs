//! The site under nginx and Apache httpd themselves.

use std::{fs, path::Path, process::Command};

use crate::{
    hosts::{FOR_GOOD, built, files_of, safe},
    http::{free_port, get, program, started},
};

/// What both servers do alike with the site at `base`, which lies in `public`.
fn serves_well(port: u16, base: &str, public: &Path) {
    let at = |path: &str| get(port, &format!("{base}{path}"), "");
    let page = at("briefings/2026/ports/");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type").to_lowercase(),
        "text/html; charset=utf-8"
    );
    assert_eq!(page.header("cache-control"), "public, max-age=300");
    safe(&|name| page.header(name));
    // Without its slash it is sent on.
    let without = at("briefings/2026/ports");
    assert_eq!(without.status, 301);
    assert!(
        without
            .header("location")
            .ends_with("/briefings/2026/ports/"),
        "{without:?}"
    );
    for (path, kind) in [
        ("atom.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
        ("briefings/2026/ports/index.md", "text/markdown"),
        ("briefings.csv", "text/csv"),
    ] {
        let file = at(path);
        assert_eq!(
            (file.status, file.header("cache-control").as_str()),
            (200, "public, max-age=300"),
            "{path}"
        );
        assert!(
            file.header("content-type").starts_with(kind),
            "{path}: {file:?}"
        );
        safe(&|name| file.header(name));
    }
    for path in files_of(public, |f| {
        f.starts_with("assets/") || f.starts_with("search/words/")
    }) {
        let file = at(&path);
        assert_eq!(
            (file.status, file.header("cache-control").as_str()),
            (200, FOR_GOOD),
            "{path}"
        );
        safe(&|name| file.header(name));
    }
    let table = at("search/index.json");
    assert_eq!(table.header("cache-control"), "public, max-age=300");
    let missing = at("nowhere/");
    assert_eq!(missing.status, 404);
    assert_eq!(
        missing.body,
        fs::read(public.join("404.html")).expect("404.html")
    );
    assert_eq!(missing.header("cache-control"), "no-cache");
    safe(&|name| missing.header(name));
    // A shard that is gone must not be kept as missing for a year.
    assert_eq!(
        at("search/words/gone.json").header("cache-control"),
        "no-cache"
    );
    for settings in ["_hosts/nginx.conf", ".htaccess"] {
        assert!(
            matches!(at(settings).status, 403 | 404),
            "{settings} is served"
        );
    }
    let moved = at("old/ports/");
    assert_eq!(moved.status, 301);
    assert!(
        moved
            .header("location")
            .ends_with(&format!("{base}briefings/2026/ports/")),
        "{moved:?}"
    );
    let foreign = at("alt/h%C3%A4fen/");
    assert_eq!(foreign.status, 301, "{foreign:?}");
}

fn nginx(base: &str, packed: bool) {
    let Some(nginx) = program("nginx") else {
        return;
    };
    let brotli = Path::new("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    let how = match (packed, brotli.exists()) {
        (false, _) => "",
        (true, true) => "gzip, brotli",
        (true, false) => "gzip",
    };
    let site = built(
        &format!("hosts: {{ for: [nginx, apache], compressed: [{how}] }}\n"),
        base,
    );
    let folder = site.path("www");
    let public = folder.join(base.trim_matches('/'));
    fs::create_dir_all(public.parent().expect("above")).expect("made");
    fs::rename(site.path("public"), &public).expect("moved");
    let port = free_port();
    let module = if how.contains("brotli") {
        format!("load_module {};", brotli.display())
    } else {
        String::new()
    };
    site.write(
        "nginx.conf",
        format!(
            "{module} daemon off; master_process off; pid {root}/pid; error_log {root}/log; events {{}} http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {root}/t; proxy_temp_path {root}/t; fastcgi_temp_path {root}/t; uwsgi_temp_path {root}/t; scgi_temp_path {root}/t; absolute_redirect off; server {{ listen 127.0.0.1:{port}; root {www}; location ~ /\\.ht {{ deny all; }} include {public}/_hosts/nginx.conf; }} }}",
            root = site.root().display(),
            www = folder.display(),
            public = public.display(),
        ),
    );
    let mut command = Command::new(nginx);
    command
        .arg("-p")
        .arg(site.root())
        .arg("-c")
        .arg(site.path("nginx.conf"));
    let _server = started(&mut command, port);
    serves_well(port, base, &public);
    if packed {
        let plain = get(port, base, "");
        for (way, end) in [("gzip", "gz"), ("br", "br")] {
            if end == "br" && !how.contains("brotli") {
                println!("SKIPPED: nginx has no module for brotli");
                continue;
            }
            let page = get(port, base, &format!("Accept-Encoding: {way}\r\n"));
            assert_eq!(page.header("content-encoding"), way);
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            let twin = fs::read(public.join(format!("index.html.{end}"))).expect("a twin");
            assert!(page.body == twin && twin.len() < plain.body.len());
            safe(&|name| page.header(name));
        }
    }
}

#[test]
fn nginx_serves_a_site() {
    nginx("/", false);
}

#[test]
fn nginx_serves_a_site_under_a_path_and_its_packed_twins() {
    nginx("/briefings/", true);
}

#[test]
fn apache_serves_a_site_under_a_path() {
    let Some(apache) = program("apache2") else {
        return;
    };
    let base = "/press.a/";
    let site = built("hosts: [apache, nginx]\n", base);
    let public = site.path("www/press.a");
    fs::create_dir_all(site.path("www")).expect("made");
    fs::rename(site.path("public"), &public).expect("moved");
    let port = free_port();
    let modules: String = ["mpm_event", "authz_core", "dir", "mime", "headers", "alias"]
        .map(|m| format!("LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so\n"))
        .concat();
    let root = site.root().display();
    site.write(
        "apache.conf",
        format!(
            "{modules}ServerRoot {root}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {root}/pid\nErrorLog {root}/log\nTypesConfig /etc/mime.types\nDocumentRoot {root}/www\n<Directory {root}/www>\n  AllowOverride FileInfo Indexes\n  Require all granted\n</Directory>\n<Files \".ht*\">\n  Require all denied\n</Files>\n",
        ),
    );
    let mut command = Command::new(apache);
    command.arg("-X").arg("-f").arg(site.path("apache.conf"));
    let _server = started(&mut command, port);
    serves_well(port, base, &public);
}
