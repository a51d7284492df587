//! Requests to places nobody approved, and what is left of a profile.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::samples::attribute;

fn grants() -> Grants {
    let set = |text: &str| BTreeSet::from([text.to_owned()]);
    Grants { hosts: set("crm.example"), secrets: set("token") }
}

fn get(url: &str) -> HttpRequest {
    HttpRequest { method: "GET".to_owned(), url: url.to_owned(), headers: Vec::new(), body: Vec::new() }
}

/// The sentence a plugin is told about a request, or nothing when it is sent.
fn refused(request: HttpRequest) -> Option<String> {
    check_requests(&grants(), vec![request]).value.remove(0).err()
}

#[test]
fn an_approved_host_is_asked_over_https() {
    let own = HttpRequest {
        headers: vec![attribute("authorization", "Bearer {{secret:token}}")],
        ..get("https://CRM.example/people?mail=vera%40example.com#top")
    };

    let checked = check_requests(&grants(), vec![own.clone()]);

    let sent = HttpRequest { url: "https://crm.example/people?mail=vera%40example.com".to_owned(), ..own };
    assert_eq!(checked, Checked { value: vec![Ok(sent)], notes: Vec::new() });
}

#[test]
fn every_other_place_is_refused() {
    for url in [
        "http://crm.example/",
        "https://crm.example.evil.example/",
        "https://crm.example:8443/",
        "https://crm.example@evil.example/",
        "https://vera:pass@crm.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://localhost/",
        "file:///etc/passwd",
        "crm.example",
        "https://crm.example/{{secret:token}}",
    ] {
        assert!(refused(get(url)).is_some(), "{url}");
    }
}

#[test]
fn a_secret_of_another_plugin_is_not_named() {
    let body = |text: &str| HttpRequest {
        method: "POST".to_owned(),
        body: text.as_bytes().to_vec(),
        ..get("https://crm.example/")
    };

    assert_eq!(refused(body("key={{secret:token}}")), None);
    assert_eq!(refused(body("key={{secret:other}}")).unwrap(), "\"other\" was not in the question");
}

#[test]
fn headers_of_the_connection_are_the_hubs() {
    let with =
        |key: &str, value: &str| HttpRequest { headers: vec![attribute(key, value)], ..get("https://crm.example/") };

    assert_eq!(refused(with("accept", "application/json")), None);
    for (key, value) in [("Host", "evil.example"), ("", "a"), ("a b", "c"), ("x", "a\r\nhost: b"), ("x", "ż")] {
        assert!(refused(with(key, value)).is_some(), "{key}: {value}");
    }
    let fetch = HttpRequest { method: "CONNECT".to_owned(), ..get("https://crm.example/") };
    assert!(refused(fetch).is_some());
}

#[test]
fn three_requests_are_sent_and_every_other_is_answered() {
    let mut told = vec![get("https://crm.example/"); 5];
    told.insert(1, get("https://evil.example/"));

    let checked = check_requests(&grants(), told);

    let sent: Vec<bool> = checked.value.iter().map(Result::is_ok).collect();
    assert_eq!(sent, [true, false, true, true, false, false]);
    assert_eq!(check_requests(&grants(), vec![get(""); 9_999]).value.len(), MOST_ANSWERED);
}

proptest! {
    #[test]
    fn only_approved_hosts_are_asked(
        urls in vec(prop_oneof![any::<String>(), "https://(crm|evil)\\.example[/:@a-z.]{0,9}"], 0..8),
        header in (any::<String>(), any::<String>()),
    ) {
        let told = urls.iter().map(|url| HttpRequest { headers: vec![attribute(&header.0, &header.1)], ..get(url) });
        let told: Vec<_> = told.chain(urls.iter().map(|url| get(url))).collect();

        let checked = check_requests(&grants(), told.clone());

        prop_assert_eq!(checked.value.len(), told.len());
        prop_assert!(checked.value.iter().filter(|one| one.is_ok()).count() <= MOST_REQUESTS);
        for request in checked.value.iter().flatten() {
            let url = Url::parse(&request.url).unwrap();
            prop_assert_eq!((url.scheme(), url.host_str(), url.port()), ("https", Some("crm.example"), None));
            prop_assert!(request.headers.iter().all(|header| !header.value.contains(['\r', '\n'])));
        }
    }

    #[test]
    fn every_profile_is_bounded(name in any::<Option<String>>(), words in vec(any::<String>(), 0..50)) {
        let attributes = words.iter().map(|word| attribute(word, word)).collect();

        let checked = check_profile(Profile { name, attributes, tags: words });

        prop_assert!(checked.value.name.as_ref().is_none_or(|name| (1..=NAME_CHARS).contains(&name.chars().count())));
        prop_assert!(checked.value.attributes.len() <= 32 && checked.value.tags.len() <= 16);
        prop_assert!(check_profile(checked.value).notes.is_empty());
    }
}
