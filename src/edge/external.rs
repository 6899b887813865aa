//! Links to other sites → what their servers say of them. HEAD first, then GET where that is refused; one connection a host, the next request
//! after a pause; waits where a server asks for it. What was well is not asked again for a week, what was not for an hour. Refuses addresses of
//! this machine and of private networks, redirects to them included, unless they are allowed.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv6Addr},
    path::Path,
    sync::Mutex,
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use ureq::{
    Agent, Body, Error,
    config::Config,
    http::{Response, Uri},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{
    clock, import,
    terminal::{Progress, Voice},
};
use crate::{
    check::Outgoing,
    diagnostic::{Diagnostic, Rule},
};

/// Hosts that are asked at a time.
const HOSTS: usize = 8;
/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(250);
/// For one request, redirects included.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How often a server that is busy is asked.
const TRIES: u32 = 3;
/// The longest wait that a server may ask for.
const LONGEST_WAIT: u64 = 30;
/// Seconds for which an answer holds.
const WELL_FOR: i64 = 7 * 24 * 3600;
const ILL_FOR: i64 = 3600;

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Answer {
    /// The page is there.
    Well,
    /// The page is there, at another address for good.
    Moved(String),
    /// A status that is no success.
    Status(u16),
    /// No answer, and why.
    None(String),
    /// An address that is not asked.
    Private,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    /// Seconds since 1970.
    at: i64,
    answer: Answer,
}

type Memory = BTreeMap<String, Known>;

/// Asks for each address once. `cache` is the folder where answers are kept.
pub fn ask(links: Vec<Outgoing>, cache: &Path, private: bool, voice: Voice) -> Vec<Diagnostic> {
    let mut by_url: BTreeMap<String, Vec<Outgoing>> = BTreeMap::new();
    for link in links {
        by_url.entry(link.url.clone()).or_default().push(link);
    }
    let file = cache.join("links.json");
    let mut memory = remembered(&file);
    let now = clock::wall();
    memory.retain(|_, known| {
        let age = now.saturating_sub(known.at);
        let holds = match known.answer {
            Answer::Well | Answer::Moved(_) => WELL_FOR,
            Answer::Status(_) | Answer::None(_) => ILL_FOR,
            // It rests on what this run allows.
            Answer::Private => 0,
        };
        (0..holds).contains(&age)
    });
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for url in by_url.keys().filter(|url| !memory.contains_key(*url)) {
        hosts.entry(host(url)).or_default().push(url.clone());
    }
    let steps = hosts.values().map(Vec::len).sum();
    let progress = Progress::of(steps, "asking other sites", voice);
    let waiting = Mutex::new(hosts.into_values().collect::<Vec<_>>());
    let answers = Mutex::new(Memory::new());
    thread::scope(|scope| {
        for _ in 0..HOSTS {
            scope.spawn(|| {
                let next = || waiting.lock().ok().and_then(|mut hosts| hosts.pop());
                while let Some(urls) = next() {
                    one_host(&urls, private, now, &answers, &progress);
                }
            });
        }
    });
    let asked = answers.into_inner().unwrap_or_default();
    if !asked.is_empty() {
        memory.extend(asked);
        // A cache that can't be written costs time and nothing else.
        let text = serde_json::to_string(&memory).unwrap_or_default();
        let _ = import::put(&cache.join(".gitignore"), "*\n", false);
        let _ = import::put(&file, &text, false);
    }
    by_url
        .iter()
        .filter_map(|(url, links)| said(url, links, &memory.get(url)?.answer))
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn remembered(file: &Path) -> Memory {
    let bytes = std::fs::read(file).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn host(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let authority = uri.and_then(|uri| Some(uri.authority()?.as_str().to_lowercase()));
    authority.unwrap_or_default()
}

fn one_host(
    urls: &[String],
    private: bool,
    now: i64,
    answers: &Mutex<Memory>,
    progress: &Progress,
) {
    let agent = agent(private);
    for (nth, url) in urls.iter().enumerate() {
        if nth > 0 {
            thread::sleep(PAUSE);
        }
        let answer = answer(&agent, url);
        progress.step();
        if let Ok(mut answers) = answers.lock() {
            answers.insert(url.clone(), Known { at: now, answer });
        }
    }
}

fn agent(private: bool) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .max_redirects(8)
        .max_idle_connections_per_host(1)
        // A proxy would resolve names itself, and past our refusals.
        .proxy(None)
        .save_redirect_history(true)
        .user_agent(concat!(
            "depeche/",
            env!("CARGO_PKG_VERSION"),
            " (link check)"
        ))
        .build();
    let resolver = Public {
        inner: DefaultResolver::default(),
        private,
    };
    Agent::with_parts(config, DefaultConnector::new(), resolver)
}

/// HEAD, and GET where a server does not know that or says that there is nothing; again after a wait where it is busy.
fn answer(agent: &Agent, url: &str) -> Answer {
    let mut wait = 1;
    for round in 1..=TRIES {
        let head = agent.head(url).call();
        let response = match head {
            Ok(response) if response.status().is_success() => Ok(response),
            Ok(response) if is_busy(&response) => Ok(response),
            Err(error) if is_private(&error) => Err(error),
            _ => agent.get(url).call(),
        };
        match response {
            Ok(response) if is_busy(&response) && round < TRIES => {
                let asked = response.headers().get("retry-after");
                let asked = asked.and_then(|v| v.to_str().ok()?.trim().parse().ok());
                thread::sleep(Duration::from_secs(asked.unwrap_or(wait).min(LONGEST_WAIT)));
                wait *= 2;
            }
            Ok(response) => return of_response(url, &response),
            Err(error) if is_private(&error) => return Answer::Private,
            Err(error) if round == TRIES => return Answer::None(error.to_string()),
            Err(Error::HostNotFound) => return Answer::None("there is no such host".to_owned()),
            Err(_) => {
                thread::sleep(Duration::from_secs(wait));
                wait *= 2;
            }
        }
    }
    Answer::None("it is too busy".to_owned())
}

fn is_busy(response: &Response<Body>) -> bool {
    matches!(response.status().as_u16(), 429 | 503)
}

fn of_response(url: &str, response: &Response<Body>) -> Answer {
    use ureq::ResponseExt;
    let status = response.status();
    if !status.is_success() {
        return Answer::Status(status.as_u16());
    }
    let end = response.get_uri().to_string();
    let same = end.trim_end_matches('/') == url.trim_end_matches('/');
    // From one host to another, or to https: for good, whatever the status says.
    if same || host(&end) == host(url) && end.split(':').next() == url.split(':').next() {
        Answer::Well
    } else {
        Answer::Moved(end)
    }
}

fn said(url: &str, links: &[Outgoing], answer: &Answer) -> Option<Diagnostic> {
    let first = links.first()?;
    let more = match links.len() {
        1 => String::new(),
        n => format!(" (and {} more links)", n - 1),
    };
    let found = match answer {
        Answer::Well => return None,
        Answer::Moved(to) => Diagnostic::note(&first.file, format!("{url} is at {to} now{more}"))
            .rule(Rule::ExternalMoved)
            .help("write the new address"),
        Answer::Status(status @ (404 | 410)) => Diagnostic::error(
            &first.file,
            format!("{url} answers {status}: there is nothing{more}"),
        )
        .rule(Rule::ExternalBroken)
        .help("find where the page is now, or an archive of it, or take the link out"),
        Answer::Status(status) => {
            Diagnostic::warning(&first.file, format!("{url} answers {status}{more}"))
                .rule(Rule::ExternalUnsure)
                .help("open it in a browser: some servers refuse programs")
        }
        Answer::None(why) => {
            Diagnostic::warning(&first.file, format!("{url} does not answer: {why}{more}"))
                .rule(Rule::ExternalUnsure)
                .help("open it in a browser, or check again later")
        }
        Answer::Private => Diagnostic::warning(
            &first.file,
            format!("{url} is on this machine or in a private network; it was not asked{more}"),
        )
        .rule(Rule::ExternalUnsure)
        .help("readers elsewhere can't follow it; --allow-private asks all the same"),
    };
    Some(found.at(first.line))
}

/// Names → addresses that readers elsewhere have, too.
#[derive(Debug)]
struct Public {
    inner: DefaultResolver,
    private: bool,
}

const REFUSED: &str = "an address of this machine or of a private network";

fn is_private(error: &Error) -> bool {
    matches!(error, Error::BadUri(why) if why == REFUSED)
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.inner.resolve(uri, config, timeout)?;
        // One such address among others is one too many: which is taken is not ours to say.
        if !self.private && all.iter().any(|address| !is_public(address.ip())) {
            return Err(Error::BadUri(REFUSED.to_owned()));
        }
        Ok(all)
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b)))
        }
        IpAddr::V6(ip) => embedded(ip).map_or_else(
            // What is given out to the internet at large, and is no documentation.
            || {
                let [first, second, ..] = ip.segments();
                (first & 0xe000) == 0x2000 && !(first == 0x2001 && second == 0x0db8)
            },
            is_public,
        ),
    }
}

/// The address of version 4 within one of version 6: mapped, translated (64:ff9b::/96), 6to4.
fn embedded(ip: Ipv6Addr) -> Option<IpAddr> {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(IpAddr::from([a, b, c, d]))
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_readers_elsewhere_lack_are_private() {
        for (address, public) in [
            ("93.184.216.34", true),
            ("2606:2800:220:1::1", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:127.0.0.1", false),
            ("64:ff9b::a00:1", false),
            ("2002:7f00:1::", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(
                is_public(address.parse().expect(address)),
                public,
                "{address}"
            );
        }
    }
}
