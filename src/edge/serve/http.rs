//! One request → one reply. Refuses other methods than GET and HEAD, foreign hosts, foreign pages on the event stream, and paths that are not plain.

use std::{net::IpAddr, sync::Arc};

use http_body_util::{Either, Full};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{self, HeaderMap, HeaderValue},
};
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::{
    events::Events,
    preview::{Found, Preview},
};
use crate::{
    diagnostic::Diagnostic, distill::digest, render::links, site::route::kind::content_type,
};

/// A whole reply or the event stream.
pub(super) type Reply = Response<Either<Full<Bytes>, Events>>;

const LIVE_JS: &str = concat!(
    include_str!("patch.js"),
    include_str!("live.js"),
    include_str!("evidence.js")
);
const LIVE_CSS: &str = concat!(include_str!("live.css"), include_str!("evidence.css"));
/// Bytes of a path with its query; no address of a site is near it.
const ADDRESS: usize = 8 * 1024;
const POLICY: &str =
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The names under which this server may be asked: a page of another site must not reach it through a name that it made point here.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    given: String,
    any_address: bool,
}

impl Hosts {
    /// The names for a server bound to `host`.
    pub(super) fn of(host: &str) -> Self {
        Self {
            given: host.to_ascii_lowercase(),
            any_address: host.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified()),
        }
    }

    fn allow(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port))
                if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') =>
            {
                name
            }
            _ => host,
        };
        let name = name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_ascii_lowercase();
        let loopback =
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        loopback || name == self.given || (self.any_address && name.parse::<IpAddr>().is_ok())
    }
}

/// Answers a request.
pub(super) async fn answer(
    request: Request<Incoming>,
    preview: Arc<Preview>,
    hosts: &Hosts,
) -> Reply {
    let head = request.method() == Method::HEAD;
    if !head && request.method() != Method::GET {
        return text(
            StatusCode::METHOD_NOT_ALLOWED,
            "this server answers GET and HEAD\n",
        );
    }
    if (request.uri().path_and_query()).is_some_and(|asked| asked.as_str().len() > ADDRESS) {
        return text(StatusCode::URI_TOO_LONG, "no address is so long\n");
    }
    // Of two names, another program might have gone by the other one.
    let mut hosts_named = request.headers().get_all(header::HOST).iter();
    let host = match (hosts_named.next(), hosts_named.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        _ => "",
    };
    let authority = request.uri().authority().map_or(host, |a| a.as_str());
    if !hosts.allow(host) || !hosts.allow(authority) {
        return text(
            StatusCode::FORBIDDEN,
            "this preview answers only under the name of this machine\n",
        );
    }
    let path = request.uri().path();
    match path {
        "/_depeche/live.js" => return file("text/javascript; charset=utf-8", LIVE_JS.into()),
        "/_depeche/live.css" => return file("text/css; charset=utf-8", LIVE_CSS.into()),
        "/_depeche/events" => return events(request.headers(), host, &preview),
        _ => {}
    }
    let asked = request.uri().query().unwrap_or_default().to_owned();
    let path = path.to_owned();
    // Rendering is work for a thread of its own: other requests go on.
    let made = tokio::task::spawn_blocking(move || {
        if path == "/_depeche/errors" {
            errors(&preview, &asked)
        } else if path == "/_depeche/evidence" {
            let why = preview.evidence(inside(&preview.base_path(), &asked).as_deref());
            file("application/json", why.to_string().into())
        } else {
            page(&preview, &path)
        }
    })
    .await;
    made.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "rendering failed\n"))
}

/// A decoded path that means one thing only; nothing where it holds what no address of a site has.
fn plain(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let odd = decoded.contains(['\0', '\\'])
        || decoded.contains("//")
        || decoded.split('/').any(|part| part.starts_with('.'));
    (!odd && decoded.starts_with('/')).then(|| decoded.into_owned())
}

fn page(preview: &Preview, path: &str) -> Reply {
    let base = preview.base_path();
    let Some(decoded) = plain(path) else {
        return text(StatusCode::NOT_FOUND, "not found\n");
    };
    let Some(inside) = format!("{decoded}/")
        .starts_with(&base)
        .then(|| decoded.get(base.len() - 1..).unwrap_or_default())
    else {
        return if decoded == "/" {
            moved(&base)
        } else {
            text(StatusCode::NOT_FOUND, "not found\n")
        };
    };
    if inside.is_empty() {
        return moved(&base);
    }
    match preview.find(inside) {
        Found::Page(bytes) => site_file(StatusCode::OK, inside, bytes),
        Found::Nothing(bytes) => site_file(StatusCode::NOT_FOUND, "/404.html", bytes),
        Found::Slash => moved(&format!("{}/", links::encode(&decoded))),
        Found::Broken(error) => broken(&[error]),
        Found::NoSite => broken(&preview.errors(None)),
    }
}

/// A file of the site. HTML gets the script that listens for rebuilds.
fn site_file(status: StatusCode, path: &str, bytes: Bytes) -> Reply {
    let name = if path.ends_with('/') {
        "index.html"
    } else {
        path
    };
    let kind = content_type(name);
    // All who ask for a file share its bytes.
    let body = if kind.starts_with("text/html") {
        with_script(&bytes).into()
    } else {
        bytes
    };
    let mut reply = file(&kind, body);
    *reply.status_mut() = status;
    reply
}

/// The page with the live-reload script before its end; the mark lets the script see whether the page has changed.
fn with_script(html: &[u8]) -> Vec<u8> {
    let mark: String = digest(html).chars().take(16).collect();
    let script = format!("<script src=\"/_depeche/live.js\" data-mark=\"{mark}\" defer></script>");
    let end = html
        .windows(7)
        .rposition(|w| w.eq_ignore_ascii_case(b"</body>"))
        .unwrap_or(html.len());
    let (before, after) = html.split_at(end);
    [before, script.as_bytes(), after].concat()
}

/// A page that only says what is wrong, until it is mended.
fn broken(errors: &[Diagnostic]) -> Reply {
    let list: String = errors
        .iter()
        .map(|e| format!("<li>{}</li>", quick_xml::escape::escape(e.to_string())))
        .collect();
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>This page can't be shown yet</title><link rel=\"stylesheet\" href=\"/_depeche/live.css\"></head>\
         <body><main class=\"depeche-broken\"><h1>This page can't be shown yet</h1><ul>{list}</ul></main></body></html>\n"
    );
    site_file(
        StatusCode::INTERNAL_SERVER_ERROR,
        "/",
        html.into_bytes().into(),
    )
}

/// The path from the site's root of the page that asks.
fn inside(base: &str, query: &str) -> Option<String> {
    let path = query.strip_prefix("path=").and_then(plain)?;
    let inside = path
        .starts_with(base)
        .then(|| path.get(base.len() - 1..).unwrap_or("/"))?;
    Some(inside.to_owned())
}

/// What is wrong now, for the overlay. The query is `path=` and the path of the page that asks.
fn errors(preview: &Preview, query: &str) -> Reply {
    let inside = inside(&preview.base_path(), query);
    let inside = inside.as_deref();
    let list: Vec<_> = preview
        .errors(inside)
        .iter()
        .map(|d| json!({"file": d.file, "line": d.line, "message": d.message, "excerpt": d.excerpt, "help": d.help}))
        .collect();
    let mark = inside.and_then(|p| match preview.find(p) {
        Found::Page(bytes) | Found::Nothing(bytes) => {
            Some(digest(&bytes).chars().take(16).collect::<String>())
        }
        _ => None,
    });
    file(
        "application/json",
        json!({"mark": mark, "errors": list}).to_string().into(),
    )
}

/// Only pages of this very server may listen: a browser says so of itself.
fn events(headers: &HeaderMap, host: &str, preview: &Preview) -> Reply {
    let value = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let same_site = value("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let own = match value("origin") {
        Some(origin) => origin.strip_prefix("http://") == Some(host),
        None => value("sec-fetch-site").is_some(),
    };
    if !same_site || !own {
        return text(
            StatusCode::FORBIDDEN,
            "only pages of this preview may listen\n",
        );
    }
    let mut reply = Response::new(Either::Right(Events::of(preview.versions())));
    safe(reply.headers_mut(), "text/event-stream");
    reply
}

fn moved(to: &str) -> Reply {
    let mut reply = text(StatusCode::MOVED_PERMANENTLY, "moved\n");
    if let Ok(to) = HeaderValue::from_bytes(to.as_bytes()) {
        reply.headers_mut().insert(header::LOCATION, to);
    }
    reply
}

fn text(status: StatusCode, body: &'static str) -> Reply {
    let mut reply = file("text/plain; charset=utf-8", body.into());
    *reply.status_mut() = status;
    reply
}

fn file(kind: &str, body: Bytes) -> Reply {
    let mut reply = Response::new(Either::Left(Full::new(body)));
    safe(reply.headers_mut(), kind);
    reply
}

fn safe(headers: &mut HeaderMap, kind: &str) {
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let hosts = Hosts::of("127.0.0.1");
        for good in [
            "localhost",
            "localhost:4000",
            "127.0.0.1:1",
            "[::1]:4000",
            "[::1]",
            "LOCALHOST",
        ] {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "example.org:4000",
            "127.0.0.1.example.org",
            "10.0.0.1",
            "localhost.example.org:80",
        ] {
            assert!(!hosts.allow(bad), "{bad}");
        }
        assert!(Hosts::of("0.0.0.0").allow("10.0.0.1:4000"));
    }

    #[test]
    fn odd_paths_are_refused() {
        for path in [
            "/../x",
            "/%2e%2e/x",
            "/a//b",
            "/a%5cb",
            "/%00",
            "/.git/config",
            "/%ff",
            "a",
        ] {
            assert_eq!(plain(path), None, "{path}");
        }
        assert_eq!(plain("/%252e%252e/"), Some("/%2e%2e/".to_owned()));
        assert_eq!(plain("/2026/caf%C3%A9/"), Some("/2026/café/".to_owned()));
    }

    #[test]
    fn the_script_comes_before_the_end_of_the_body() {
        let html = with_script(b"<body>x</body></html>");
        let html = String::from_utf8_lossy(&html);
        assert!(
            html.starts_with("<body>x<script src=\"/_depeche/live.js\"")
                && html.ends_with("</script></body></html>"),
            "{html}"
        );
    }
}
