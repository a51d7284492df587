//! The way out against everything that wants to be let in: spellings, names, redirects, answers.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

const MOST: usize = 1_000;
const INSIDE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSECRET";

/// How a small server answers, and then: close, stay silent, or send without end.
#[derive(Clone, Copy)]
enum Then {
    Close,
    Stay,
    Flood,
}

/// A server that answers each request the same way; returns where, and counts who came.
async fn server(ip: Ipv4Addr, port: u16, answer: String, then: Then) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((ip, port)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 4_096];
                let _read = stream.read(&mut request).await;
                let _written = stream.write_all(answer.as_bytes()).await;
                match then {
                    Then::Close => {}
                    Then::Stay => std::future::pending().await,
                    Then::Flood => while stream.write_all(&[b'x'; 4_096]).await.is_ok() {},
                }
            });
        }
    });
    (address, asked)
}

async fn answers(answer: impl Into<String>, then: Then) -> SocketAddr {
    server(Ipv4Addr::LOCALHOST, 0, answer.into(), then).await.0
}

/// A name server with these answers, one after the other; the last one stays.
fn names(answers: &[&[&str]]) -> (Lookup, Arc<AtomicUsize>) {
    let parse = |ips: &&[&str]| ips.iter().map(|ip| ip.parse().unwrap()).collect();
    let answers: Mutex<VecDeque<Vec<IpAddr>>> = Mutex::new(answers.iter().map(parse).collect());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        let mut answers = answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() };
        Box::pin(async move { Ok(answer) })
    });
    (lookup, asked)
}

fn egress(allowed: &[SocketAddr], answers: &[&[&str]]) -> Egress {
    Egress::with_lookup(allowed.to_vec(), names(answers).0).unwrap()
}

async fn fetch(egress: &Egress, address: SocketAddr) -> Result<String, EgressError> {
    let bytes = egress.get(&format!("http://{address}/logo.png"), MOST).await?;
    Ok(String::from_utf8(bytes).unwrap())
}

/// Fetches from an allowed server that answers like this.
async fn fetch_answer(answer: impl Into<String>, then: Then) -> Result<String, EgressError> {
    let address = answers(answer, then).await;
    fetch(&egress(&[address], &[&[]]), address).await
}

#[actix_web::test]
async fn every_spelling_of_a_private_address_is_refused_without_asking_anybody() {
    let (lookup, asked) = names(&[&["1.1.1.1"]]);
    let egress = Egress::with_lookup(Vec::new(), lookup).unwrap();

    for url in [
        "http://127.0.0.1/",
        "http://127.0.0.1:80/",
        "http://127.1/",
        "http://127.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0X7F.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://0/",
        "http://0.0.0.0/",
        "http://127.0.0.1./",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://127．0．0．1/",
        "http://１２７.0.0.1/",
        "http://%31%32%37.0.0.1/",
        "http:127.0.0.1/",
        "http:\\\\127.0.0.1\\",
        "HTTP://127.0.0.1/",
        "http://127.0.0.1#@bakery.example/",
        "http://127.0.0.1\\@bakery.example/",
        "http://\t127.0.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:169.254.169.254]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://192.168.0.1/",
        "https://100.100.100.200/",
        "http://3232235521/",
    ] {
        assert_eq!(egress.get(url, MOST).await, Err(EgressError::Forbidden), "{url}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn other_ports_are_refused_at_public_addresses_too() {
    let egress = egress(&[], &[&["1.1.1.1"]]);

    for url in ["http://1.1.1.1:22/", "http://1.1.1.1:8080/", "https://bakery.example:25/", "http://bakery.example:0/"]
    {
        assert_eq!(egress.get(url, MOST).await, Err(EgressError::Forbidden), "{url}");
    }
}

#[actix_web::test]
async fn one_private_answer_of_a_name_spoils_the_others() {
    for answers in [
        &["127.0.0.1"][..],
        &["1.1.1.1", "127.0.0.1"],
        &["10.0.0.1", "1.1.1.1"],
        &["1.1.1.1", "::ffff:10.0.0.1"],
        &["2606:4700::1111", "fd00::1"],
    ] {
        let egress = egress(&[], &[answers]);
        assert_eq!(egress.get("http://bakery.example/", MOST).await, Err(EgressError::Forbidden), "{answers:?}");
    }
    let nobody = egress(&[], &[&[]]);
    assert_eq!(nobody.get("http://bakery.example/", MOST).await, Err(EgressError::Unreachable));
}

#[actix_web::test]
async fn a_name_that_changes_its_address_is_asked_once_and_taken_at_its_word() {
    let (first, _) = server(Ipv4Addr::new(127, 0, 0, 2), 0, INSIDE.replace("SECRET", "public"), Then::Close).await;
    let (_inside, reached) = server(Ipv4Addr::LOCALHOST, first.port(), INSIDE.to_owned(), Then::Close).await;
    let (lookup, asked) = names(&[&["127.0.0.2"], &["127.0.0.1"]]);
    // The first stands for a public server: it is allowed, the second is not.
    let egress = Egress::with_lookup(vec![first], lookup).unwrap();
    let url = format!("http://rebinding.example:{}/", first.port());

    assert_eq!(egress.get(&url, MOST).await.unwrap(), b"public");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert_eq!(egress.get(&url, MOST).await, Err(EgressError::Forbidden));
    assert_eq!(reached.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn what_the_operator_allows_is_that_address_and_that_port() {
    let (allowed, _) = server(Ipv4Addr::LOCALHOST, 0, INSIDE.replace("SECRET", "public"), Then::Close).await;
    let (other, reached) = server(Ipv4Addr::LOCALHOST, 0, INSIDE.to_owned(), Then::Close).await;
    let egress = egress(&[allowed], &[&["127.0.0.1"]]);

    assert_eq!(fetch(&egress, allowed).await.unwrap(), "public");
    assert_eq!(fetch(&egress, other).await, Err(EgressError::Forbidden));
    let by_name = format!("http://pictures.example:{}/", allowed.port());
    assert_eq!(egress.get(&by_name, MOST).await.unwrap(), b"public");
    assert_eq!(reached.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn a_redirect_is_checked_like_the_first_address() {
    for (location, refusal) in [
        ("http://169.254.169.254/latest/meta-data/", EgressError::Forbidden),
        ("//127.0.0.1/", EgressError::Forbidden),
        ("http://[::ffff:127.0.0.1]/", EgressError::Forbidden),
        ("http://localhost/", EgressError::Forbidden),
        ("file:///etc/passwd", EgressError::NotWeb),
        ("gopher://127.0.0.1:6379/_FLUSHALL", EgressError::NotWeb),
        ("http://anna:secret@bakery.example/", EgressError::NotWeb),
    ] {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let address = answers(answer, Then::Close).await;
        let egress = egress(&[address], &[&["127.0.0.1"]]);

        assert_eq!(fetch(&egress, address).await, Err(refusal), "{location}");
    }
    assert_eq!(fetch_answer("HTTP/1.1 302 Found\r\n\r\n", Then::Close).await, Err(EgressError::Unreachable));
}

#[actix_web::test]
async fn three_redirects_are_followed_and_a_fourth_is_not() {
    let (end, _) = server(Ipv4Addr::LOCALHOST, 0, INSIDE.replace("SECRET", "public"), Then::Close).await;
    let mut chain = vec![end];
    for _ in 0..4 {
        let next = chain.last().unwrap();
        let answer = format!("HTTP/1.1 301 Moved\r\nLocation: http://{next}/\r\nContent-Length: 0\r\n\r\n");
        chain.push(answers(answer, Then::Close).await);
    }
    let all = egress(&chain, &[&[]]);

    assert_eq!(fetch(&all, chain[3]).await.unwrap(), "public");
    assert_eq!(fetch(&all, chain[4]).await, Err(EgressError::TooManyRedirects));
    let circle = "HTTP/1.1 307 Again\r\nLocation: /logo.png\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(fetch_answer(circle, Then::Close).await, Err(EgressError::TooManyRedirects));
}

#[actix_web::test]
async fn an_answer_has_a_size() {
    let just = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(MOST));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n";
    let announced = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", MOST + 1);

    assert_eq!(fetch_answer(just, Then::Close).await.unwrap().len(), MOST);
    assert_eq!(fetch_answer("HTTP/1.1 200 OK\r\n\r\n", Then::Flood).await, Err(EgressError::TooBig));
    assert_eq!(fetch_answer(chunked, Then::Flood).await, Err(EgressError::TooBig));
    assert_eq!(fetch_answer(announced, Then::Stay).await, Err(EgressError::TooBig));
}

#[actix_web::test]
async fn an_answer_that_is_not_plain_and_whole_is_none() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncut",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ncut\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nzip",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nfour",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 206 Part\r\nContent-Length: 6\r\n\r\nSECRET",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "",
    ] {
        assert_eq!(fetch_answer(answer, Then::Close).await, Err(EgressError::Unreachable), "{answer}");
    }
    let long_head = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    assert_eq!(fetch_answer(long_head, Then::Close).await, Err(EgressError::Unreachable));
    let headers = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: x\r\n".repeat(1_000));
    assert_eq!(fetch_answer(headers, Then::Close).await, Err(EgressError::Unreachable));
}

#[actix_web::test]
async fn an_answer_has_a_time() {
    for answer in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nslow"] {
        let address = answers(answer, Then::Stay).await;
        let mut egress = egress(&[address], &[&[]]);
        egress.budget = Duration::from_millis(50);

        assert_eq!(fetch(&egress, address).await, Err(EgressError::TooSlow), "{answer}");
    }
}

#[actix_web::test]
async fn only_so_many_fetches_run_at_once() {
    let address = answers("", Then::Stay).await;
    let egress = egress(&[address], &[&[]]);
    let mut running: Vec<_> = (0..FETCHES).map(|_| Box::pin(fetch(&egress, address))).collect();
    for fetch in &mut running {
        assert!(futures_util::FutureExt::now_or_never(fetch.as_mut()).is_none());
    }

    assert_eq!(fetch(&egress, address).await, Err(EgressError::Busy));
}

#[actix_web::test]
async fn a_certificate_nobody_vouches_for_is_not_believed() {
    let address = answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", Then::Close).await;
    let egress = egress(&[address], &[&[]]);

    assert_eq!(egress.get(&format!("https://{address}/"), MOST).await, Err(EgressError::Unreachable));
}
