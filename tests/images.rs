//! Logos and photos: brought as files and by address, shown to everybody, and what is refused.

use std::net::SocketAddr;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::web::{self, ANNA, Browser, OLGA};

const MOST_BYTES: usize = 5 * 1024 * 1024;
const SECRET: &str = "canary-of-the-inner-network";

/// A GIF of this size with one pixel in a corner of it.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3B];
    [&b"GIF89a"[..], &size, &[0x80, 0, 0, 200, 100, 50, 0, 0, 0], &frame].concat()
}

async fn upload(browser: &Browser, path: &str, kind: &str, file: Vec<u8>) -> Response {
    browser.request(Method::POST, path).header("content-type", kind).body(file).send().await.unwrap()
}

async fn bring(browser: &Browser, fit: &str, file: Vec<u8>) -> Response {
    upload(browser, &format!("/v1/images?fit={fit}"), "image/gif", file).await
}

async fn fetch(browser: &Browser, url: &str) -> Response {
    browser.post("/v1/images/from-url?fit=logo", &json!({ "url": url })).await
}

/// Status, code and pointer of a refusal.
async fn refusal(answer: Response) -> (u16, String, Value) {
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    assert!(!text.contains(SECRET), "{text}");
    let problem: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}"));
    assert_eq!(problem["status"], status);
    (status, problem["code"].as_str().unwrap().to_owned(), problem["pointer"].clone())
}

async fn kept(answer: Response) -> (String, u64, u64) {
    let status = answer.status();
    let kept: Value = answer.json().await.unwrap();
    assert_eq!(status, 201, "{kept}");
    let side = |name: &str| kept[name].as_u64().unwrap();
    (kept["image"].as_str().unwrap().to_owned(), side("width"), side("height"))
}

/// A server of another program on this machine that gives every request this answer.
async fn neighbor(answer: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4_096];
            let _read = stream.read(&mut request).await;
            let _written = stream.write_all(&answer).await;
        }
    });
    address
}

fn ok(body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn allowing(addresses: &[SocketAddr]) -> Setup {
    Setup::roomy().env(
        "HUB_EGRESS__ALLOW_PRIVATE",
        &json!(addresses.iter().map(SocketAddr::to_string).collect::<Vec<_>>()).to_string(),
    )
}

#[tokio::test]
async fn a_picture_is_made_to_fit_and_shown_to_everybody_for_ever() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;

    let (logo, width, height) = kept(bring(&anna, "logo", gif(1_200, 400)).await).await;
    let (photo, ..) = kept(bring(&anna, "photo", gif(1_200, 400)).await).await;

    assert_eq!((width, height), (300, 100));
    assert_ne!(logo, photo);
    let shown = web::get(&format!("{}{logo}", hub.door.http())).await;
    assert_eq!(shown.status(), 200);
    for (name, wanted) in [
        ("content-type", "image/png"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        assert_eq!(shown.headers()[name], wanted, "{name}");
    }
    let bytes = shown.bytes().await.unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(bytes[16..24], [0, 0, 1, 44, 0, 0, 0, 100]);
}

#[tokio::test]
async fn the_same_picture_has_the_same_address_whoever_brings_it() {
    let hub = Hub::start(Setup::roomy());
    let (anna, olga) = (Browser::signed_in(&hub.door, ANNA).await, Browser::signed_in(&hub.door, OLGA).await);

    let of_anna = kept(bring(&anna, "logo", gif(40, 30)).await).await;
    let of_olga = kept(bring(&olga, "photo", gif(40, 30)).await).await;

    assert_eq!(of_anna, of_olga);
    assert_eq!((of_anna.1, of_anna.2), (40, 30), "never scaled up");
}

#[tokio::test]
async fn only_addresses_the_hub_gave_out_show_something() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (logo, ..) = kept(bring(&anna, "logo", gif(9, 9)).await).await;
    let digits = logo.trim_start_matches("/i/").trim_end_matches(".png");

    for name in [
        format!("{digits}.jpg"),
        format!("{digits}.gif"),
        format!("{digits}.png.html"),
        digits.to_owned(),
        digits.to_uppercase() + ".png",
        "0".repeat(64) + ".png",
        "..%2F..%2Fhub.db".to_owned(),
        format!("{digits}.png%00"),
    ] {
        let answer = web::get(&format!("{}/i/{name}", hub.door.http())).await;
        assert_eq!(refusal(answer).await.0, 404, "{name}");
    }
}

#[tokio::test]
async fn only_accounts_bring_pictures_and_only_from_pages_of_the_hub() {
    let hub = Hub::start(Setup::roomy());
    let (anna, nobody) = (Browser::signed_in(&hub.door, ANNA).await, Browser::new(&hub.door));

    assert_eq!(refusal(bring(&nobody, "logo", gif(9, 9)).await).await.1, "signed_out");
    assert_eq!(refusal(fetch(&nobody, "https://bakery.example/logo.png").await).await.1, "signed_out");
    for origin in ["https://evil.example", "null"] {
        let url = format!("{}/v1/images?fit=logo", hub.door.http());
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(url).body(gif(9, 9));
        let request = request.header("content-type", "image/gif").header("origin", origin);
        let answer = request.header("cookie", anna.cookie.clone().unwrap()).send().await.unwrap();
        assert_eq!(refusal(answer).await.1, "origin", "{origin}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        let answer = upload(&anna, "/v1/images?fit=logo", kind, gif(9, 9)).await;
        assert_eq!(refusal(answer).await.0, 415, "{kind}");
    }
    let answer = upload(&anna, "/v1/images/from-url?fit=logo", "image/gif", gif(9, 9)).await;
    assert_eq!(refusal(answer).await.1, "not_json");
}

#[tokio::test]
async fn what_is_no_picture_is_told_from_what_is_a_bad_one() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let bomb = gif(u16::MAX, u16::MAX);
    let cut = gif(9, 9)[..25].to_vec();

    for kind in ["image/png", "image/svg+xml", "application/octet-stream"] {
        let answer = upload(&anna, "/v1/images?fit=logo", kind, svg.clone()).await;
        assert_eq!(refusal(answer).await, (415, "image_unknown".into(), Value::Null), "{kind}");
    }
    assert_eq!(refusal(bring(&anna, "logo", Vec::new()).await).await.1, "image_unknown");
    assert_eq!(refusal(bring(&anna, "logo", bomb).await).await, (422, "image_too_many_pixels".into(), Value::Null));
    assert_eq!(refusal(bring(&anna, "logo", cut).await).await, (422, "image_broken".into(), Value::Null));
    for query in ["", "?fit=", "?fit=banner", "?fit=logo&size=9"] {
        let answer = upload(&anna, &format!("/v1/images{query}"), "image/gif", gif(9, 9)).await;
        let (status, code, _) = refusal(answer).await;
        assert_eq!((status, code.as_str()), (400, "invalid"), "{query}");
    }
}

#[tokio::test]
async fn a_file_has_five_mebibytes_at_most() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let mut file = gif(9, 9);
    file.resize(MOST_BYTES, 0);

    kept(bring(&anna, "logo", file.clone()).await).await;
    file.push(0);
    assert_eq!(refusal(bring(&anna, "logo", file.clone()).await).await.1, "image_too_big");
    file.resize(12 * 1024 * 1024, 0);
    assert_eq!(refusal(bring(&anna, "logo", file).await).await, (413, "image_too_big".into(), Value::Null));
}

#[tokio::test]
async fn a_crowd_of_bombs_costs_little() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    kept(bring(&anna, "logo", gif(1_200, 400)).await).await;
    let before = hub.memory_kib();

    for side in (10_000..=u16::MAX).step_by(5_000) {
        assert_eq!(refusal(bring(&anna, "logo", gif(side, side)).await).await.1, "image_too_many_pixels");
    }

    let more = hub.memory_kib().saturating_sub(before);
    assert!(more < 50 * 1024, "{more} KiB more");
}

#[tokio::test]
async fn a_picture_is_fetched_from_where_the_operator_allows() {
    let pictures = neighbor(ok(&gif(600, 200))).await;
    let hub = Hub::start(allowing(&[pictures]));
    let anna = Browser::signed_in(&hub.door, ANNA).await;

    let fetched = kept(fetch(&anna, &format!("http://{pictures}/logo.gif")).await).await;

    assert_eq!(fetched, kept(bring(&anna, "logo", gif(600, 200)).await).await);
}

#[tokio::test]
async fn nobody_reaches_the_inner_network_through_the_hub() {
    let inside = neighbor(ok(SECRET.as_bytes())).await;
    let leads = |to: String| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes();
    let (to_inside, to_cloud) =
        (neighbor(leads(format!("http://{inside}/"))).await, neighbor(leads("http://169.254.169.254/".into())).await);
    let hub = Hub::start(allowing(&[to_inside, to_cloud]));
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let port = inside.port();

    for url in [
        format!("http://{inside}/"),
        format!("http://localhost:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("{}/healthz", hub.door.http()),
        format!("{}/metrics", hub.door.ops()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        format!("http://{to_inside}/"),
        format!("http://{to_cloud}/"),
    ] {
        let (status, code, _) = refusal(fetch(&anna, &url).await).await;
        assert_eq!((status, code.as_str()), (422, "image_forbidden_address"), "{url}");
    }
    for url in
        ["", "bakery.example", "file:///etc/passwd", "ftp://bakery.example/", "http://anna:secret@bakery.example/"]
    {
        assert_eq!(refusal(fetch(&anna, url).await).await, (400, "invalid".into(), json!("/url")), "{url}");
    }
}

#[tokio::test]
async fn nothing_of_a_bad_answer_is_told() {
    let (page, missing) = (
        neighbor(ok(format!("<html>{SECRET}</html>").as_bytes())).await,
        neighbor(format!("HTTP/1.1 500 {SECRET}\r\nX-Why: {SECRET}\r\nContent-Length: 0\r\n\r\n").into_bytes()).await,
    );
    let endless = neighbor([b"HTTP/1.1 200 OK\r\n\r\n", &vec![b'x'; 6 * 1024 * 1024][..]].concat()).await;
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let hub = Hub::start(allowing(&[page, missing, endless, gone]));
    let anna = Browser::signed_in(&hub.door, ANNA).await;

    for (address, wanted) in [
        (page, (415, "image_unknown")),
        (missing, (422, "image_unreachable")),
        (endless, (413, "image_too_big")),
        (gone, (422, "image_unreachable")),
    ] {
        let (status, code, _) = refusal(fetch(&anna, &format!("http://{address}/logo.png")).await).await;
        assert_eq!((status, code.as_str()), wanted);
    }
    assert!(!hub.log().contains(SECRET));
}

#[tokio::test]
async fn an_account_brings_only_so_many_pictures_an_hour() {
    let hub = Hub::start(Setup::roomy().env("HUB_LIMITS__IMAGES_PER_HOUR", "3"));
    let (anna, olga) = (Browser::signed_in(&hub.door, ANNA).await, Browser::signed_in(&hub.door, OLGA).await);
    for _ in 0..2 {
        kept(bring(&anna, "logo", gif(9, 9)).await).await;
    }
    assert_eq!(refusal(fetch(&anna, "http://127.0.0.1/").await).await.1, "image_forbidden_address");

    let refused = bring(&anna, "logo", gif(9, 9)).await;

    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=1_201).contains(&wait), "{wait}");
    assert_eq!(refusal(refused).await, (429, "rate".into(), Value::Null));
    assert_eq!(refusal(fetch(&anna, "http://127.0.0.1/").await).await.1, "rate");
    assert_eq!(hub.metric("limit_hit_total").await.to_string(), "2");
    kept(bring(&olga, "logo", gif(9, 9)).await).await;
}
