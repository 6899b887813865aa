//! Links to other sites → what their servers say of them. HEAD first, then GET where that is refused; one connection a host, the next request
//! after a pause; waits where a server asks for it; a host that does not answer is asked for nothing more. What was well is not asked again for a
//! week, what was not for an hour. Refuses addresses of this machine and of private networks, redirects to them included, unless they are allowed.

use std::{collections::BTreeMap, path::Path, sync::Mutex, thread, time::Duration};

use reqwest::{Client, Response, Url};
use serde::{Deserialize, Serialize};
use tokio::{runtime::Builder, time::sleep};

use super::{
    clock, import,
    terminal::{Progress, Voice},
};
use crate::{
    check::Outgoing,
    diagnostic::{Diagnostic, Rule},
};
use asking::{Failed, ask as send, client};

mod asking;
mod public;

/// Hosts that are asked at a time.
const HOSTS: usize = 8;
/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(250);
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
    /// Whether private addresses were allowed: such an answer tells a run that does not allow them nothing.
    #[serde(default = "allowed")]
    private: bool,
}

/// What an older release remembered may rest on that.
fn allowed() -> bool {
    true
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
    let holds = |known: &Known| private || !known.private;
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let known = |url: &str| memory.get(url).is_some_and(holds);
    for url in by_url.keys().filter(|url| !known(url)) {
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

/// The host and port of an address; nothing where it has none.
fn host(url: &str) -> String {
    let url = Url::parse(url).ok();
    let host = url.and_then(|url| {
        let port = url.port_or_known_default().unwrap_or_default();
        Some(format!("{}:{port}", url.host_str()?))
    });
    host.unwrap_or_default()
}

fn one_host(
    urls: &[String],
    private: bool,
    now: i64,
    answers: &Mutex<Memory>,
    progress: &Progress,
) {
    let told = |url: &String, answer: Answer| {
        progress.step();
        if let Ok(mut answers) = answers.lock() {
            answers.insert(
                url.clone(),
                Known {
                    at: now,
                    answer,
                    private,
                },
            );
        }
    };
    let runtime = Builder::new_current_thread().enable_all().build();
    let (client, runtime) = match (client(private), runtime) {
        (Ok(client), Ok(runtime)) => (client, runtime),
        (Err(why), _) => {
            return urls
                .iter()
                .for_each(|url| told(url, Answer::None(why.clone())));
        }
        (_, Err(why)) => {
            return urls
                .iter()
                .for_each(|url| told(url, Answer::None(why.to_string())));
        }
    };
    runtime.block_on(async {
        let (mut answered, mut silent) = (false, None);
        for (nth, url) in urls.iter().enumerate() {
            if let Some(answer) = &silent {
                told(url, Answer::clone(answer));
                continue;
            }
            if nth > 0 {
                sleep(PAUSE).await;
            }
            let answer = match answer(&client, url, private).await {
                Ok(answer) => {
                    answered = true;
                    answer
                }
                Err(Failed::Private) => Answer::Private,
                Err(Failed::Broken(why)) => Answer::None(why),
                Err(failed @ (Failed::Slow | Failed::Silent(_))) => {
                    let is_silent = !answered || failed != Failed::Slow;
                    let answer = Answer::None(failed.to_string());
                    silent = is_silent.then(|| answer.clone());
                    answer
                }
            };
            told(url, answer);
        }
    });
}

/// HEAD, and GET where a server does not know that or says that there is nothing; again after a wait where it is busy or breaks off.
async fn answer(client: &Client, url: &str, private: bool) -> Result<Answer, Failed> {
    let url: Url = url
        .parse()
        .map_err(|error| Failed::Broken(format!("it is no address: {error}")))?;
    let mut wait = 1;
    for round in 1..=TRIES {
        let mut said = send(client, "HEAD", &url, private).await;
        if let Ok(response) = &said
            && !response.status().is_success()
            && !is_busy(response)
        {
            sleep(PAUSE).await;
            said = send(client, "GET", &url, private).await;
        }
        let asked = match said {
            Ok(response) if !is_busy(&response) => return Ok(of_response(&url, &response)),
            Ok(response) => {
                let asked = response.headers().get("retry-after");
                asked.and_then(|v| v.to_str().ok()?.trim().parse().ok())
            }
            Err(Failed::Broken(_)) if round < TRIES => None,
            Err(failed) => return Err(failed),
        };
        if round < TRIES {
            let asked = Duration::from_secs(asked.unwrap_or(wait).min(LONGEST_WAIT));
            sleep(asked.max(PAUSE)).await;
            wait *= 2;
        }
    }
    Ok(Answer::None("it is too busy".to_owned()))
}

fn is_busy(response: &Response) -> bool {
    matches!(response.status().as_u16(), 429 | 503)
}

fn of_response(url: &Url, response: &Response) -> Answer {
    let status = response.status();
    if !status.is_success() {
        return Answer::Status(status.as_u16());
    }
    let end = response.url();
    // From one host to another, or to https: for good, whatever the status says.
    if end.scheme() == url.scheme() && host(end.as_str()) == host(url.as_str()) {
        Answer::Well
    } else {
        Answer::Moved(end.to_string())
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
