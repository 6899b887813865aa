//! One request to another site, redirects followed → its answer, or why there is none. Refuses addresses that readers elsewhere lack, at each step:
//! names are looked up here, so that what was looked at is what is asked.

use std::{error::Error, fmt, net::SocketAddr, time::Duration};

use reqwest::{
    Client, Method, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::LOCATION,
    redirect::Policy,
};
use tokio::time::timeout;

use super::public::is_public;
use crate::edge::tls;

/// For one request, redirects included.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Until a host lets us in.
const CONNECT: Duration = Duration::from_secs(10);
const REDIRECTS: usize = 8;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It is an address that is not asked, or leads to one.
    Private,
    /// The host can't be reached, and why.
    Silent(String),
    /// Nothing came in time.
    Slow,
    /// Anything else.
    Broken(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Private => f.write_str(REFUSED),
            Self::Silent(why) | Self::Broken(why) => f.write_str(why),
            Self::Slow => write!(f, "nothing came within {} seconds", TIMEOUT.as_secs()),
        }
    }
}

const REFUSED: &str = "an address of this machine or of a private network";

/// Who asks: one connection a host. Private addresses are asked where they are allowed. An error says why nobody can.
pub(super) fn client(private: bool) -> Result<Client, String> {
    tls::choose();
    Client::builder()
        .user_agent(concat!(
            "depeche/",
            env!("CARGO_PKG_VERSION"),
            " (link check)"
        ))
        .connect_timeout(CONNECT)
        .pool_max_idle_per_host(1)
        // We follow them ourselves.
        .redirect(Policy::none())
        // A proxy would resolve names itself, and past our refusals.
        .no_proxy()
        .dns_resolver(Names { private })
        .build()
        .map_err(|error| deepest(&error))
}

/// Asks, and follows where it is sent.
pub(super) async fn ask(
    client: &Client,
    method: &str,
    url: &Url,
    private: bool,
) -> Result<Response, Failed> {
    let method = Method::try_from(method).unwrap_or_default();
    let followed = timeout(TIMEOUT, follow(client, &method, url, private));
    followed.await.unwrap_or(Err(Failed::Slow))
}

async fn follow(
    client: &Client,
    method: &Method,
    url: &Url,
    private: bool,
) -> Result<Response, Failed> {
    let mut at = url.clone();
    for _ in 0..=REDIRECTS {
        // Figures are no name that is looked up.
        if !private && literal(&at).is_some_and(|ip| !is_public(ip)) {
            return Err(Failed::Private);
        }
        let asked = client.request(method.clone(), at.clone()).send().await;
        let response = asked.map_err(|error| failed(&error, at == *url))?;
        let location = response.headers().get(LOCATION);
        let next = location
            .filter(|_| response.status().is_redirection())
            .and_then(|location| at.join(location.to_str().ok()?).ok());
        match next {
            Some(next) => at = next,
            None => return Ok(response),
        }
    }
    Err(Failed::Broken(format!("more than {REDIRECTS} redirects")))
}

fn literal(url: &Url) -> Option<std::net::IpAddr> {
    let host = url.host_str()?;
    host.trim_matches(['[', ']']).parse().ok()
}

/// What an error means; only the host that was asked `first` can be silent.
fn failed(error: &reqwest::Error, first: bool) -> Failed {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if one.is::<Refused>() {
            return Failed::Private;
        }
        cause = one.source();
    }
    if error.is_connect() && first {
        Failed::Silent(deepest(error))
    } else {
        Failed::Broken(deepest(error))
    }
}

/// What went wrong in the end: all above it says where.
fn deepest(error: &dyn Error) -> String {
    let mut deepest = error;
    while let Some(below) = deepest.source() {
        deepest = below;
    }
    deepest.to_string()
}

/// Names → addresses that readers elsewhere have, too.
struct Names {
    private: bool,
}

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REFUSED)
    }
}

impl Error for Refused {}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One such address among others is one too many: which is taken is not ours to say.
            if !private && all.iter().any(|address| !is_public(address.ip())) {
                return Err(Refused.into());
            }
            Ok::<Addrs, _>(Box::new(all.into_iter()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        net::TcpListener,
    };

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
    }

    #[test]
    fn where_a_host_sends_us_is_refused_like_the_first_address() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody");
            let _ = stream.read(&mut [0; 1024]);
            let head =
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
            stream.write_all(head.as_bytes()).expect("sent");
        });
        // Names may lead anywhere here, so that there is a first host to ask.
        let client = client(true).expect("a client");
        let url = format!("http://localhost:{port}/").parse().expect("a URL");
        let asked = runtime().block_on(ask(&client, "HEAD", &url, false));
        assert_eq!(asked.expect_err("refused"), Failed::Private);
        server.join().expect("it was asked");
    }

    #[test]
    fn private_addresses_are_refused_in_any_spelling() {
        let runtime = runtime();
        let client = client(false).expect("a client");
        for url in [
            "http://127.0.0.1:1/",
            "http://127.1:1/",
            "http://0x7f000001:1/",
            "http://[::1]:1/",
            "http://[::ffff:127.0.0.1]:1/",
            "http://localhost:1/",
            "http://LOCALHOST:1/",
        ] {
            let parsed = url.parse().expect(url);
            let asked = runtime.block_on(ask(&client, "HEAD", &parsed, false));
            assert_eq!(asked.expect_err(url), Failed::Private, "{url}");
        }
    }
}
