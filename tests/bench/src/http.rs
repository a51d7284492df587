//! As much of HTTP as signing in takes: one request, one connection.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

const PATIENCE: Duration = Duration::from_secs(30);

/// An answer with status 2xx.
pub(crate) struct Answer {
    pub body: String,
    /// Name and value of the cookie that was set.
    pub cookie: Option<String>,
}

/// Posts JSON and fails on any answer that is not 2xx.
pub(crate) fn post(server: SocketAddr, path: &str, cookie: &str, json: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\nContent-Type: application/json\r\n\
         Cookie: {cookie}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}",
        json.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).with_context(|| format!("cannot read the answer to {path}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a head")?;
    if !head.starts_with("HTTP/1.1 2") {
        bail!("{path}: {} {body}", head.lines().next().unwrap_or_default());
    }
    let set =
        head.lines().find_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")));
    let cookie = set.and_then(|(_, value)| value.split(';').next()).map(str::to_owned);
    Ok(Answer { body: body.to_owned(), cookie })
}
