//! What a browser may answer, and what it is offered.

use proptest::prelude::*;

use super::*;

const PRINT: &str = "a=fingerprint:sha-256 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F";

fn good() -> String {
    format!(
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n\
         a=candidate:1 1 udp 2113937151 aaaa.local 50000 typ host\r\na=ice-ufrag:abCD\r\n\
         a=ice-pwd:0123456789012345678901\r\n{PRINT}\r\na=setup:active\r\na=mid:0\r\na=end-of-candidates\r\n"
    )
}

#[test]
fn an_answer_loses_its_candidates_and_tells_its_credentials() {
    let answer = read_answer(&good()).unwrap();
    assert_eq!(answer.credentials.ufrag, "abCD");
    assert_eq!(answer.credentials.password, "0123456789012345678901");
    assert!(!answer.sdp.contains("candidate"));
    assert!(answer.sdp.contains("a=mid:0\r\n"));
}

#[test]
fn an_unusable_answer_is_refused_with_its_reason() {
    let cases = [
        (good().replace("m=audio 9", "m=audio 0"), BadAnswer::NoVoice),
        (good().replace("m=audio", "m=video"), BadAnswer::NoVoice),
        (good().replace("a=ice-ufrag:abCD\r\n", ""), BadAnswer::NoCredentials),
        (good().replace("0123456789012345678901", "short"), BadAnswer::NoCredentials),
        (good().replace("abCD", "ab:D"), BadAnswer::NoCredentials),
        (good().replace("sha-256", "sha-1"), BadAnswer::NoFingerprint),
        (good().replace(":1E:1F", ":1E"), BadAnswer::NoFingerprint),
        (good().replace("s=-", "s=\0"), BadAnswer::NotText),
        (good().replace("s=-\r\n", "s=-\ra=candidate:1\r\n"), BadAnswer::NotText),
        (format!("{}{}", good(), "a=candidate:1\r\n".repeat(50)), BadAnswer::TooManyCandidates),
        (format!("{}{}", good(), "a=x:1234567\r\n".repeat(1_000)), BadAnswer::TooLong),
        (String::new(), BadAnswer::NoVoice),
    ];
    for (sdp, reason) in cases {
        assert_eq!(read_answer(&sdp).err(), Some(reason), "{sdp}");
    }
}

#[test]
fn our_candidates_replace_those_of_the_library() {
    let lines = candidate_lines(&["203.0.113.5".parse().unwrap(), "2001:db8::5".parse().unwrap()], 5349, true);
    let offer = write_offer(&good(), &lines);
    assert!(!offer.contains("aaaa.local"));
    assert!(offer.contains("a=candidate:0 1 udp 2130706431 203.0.113.5 5349 typ host\r\n"));
    assert!(offer.contains("a=candidate:3 1 tcp 1526726399 2001:db8::5 5349 typ host tcptype passive\r\n"), "{offer}");
    assert!(offer.ends_with("a=end-of-candidates\r\n"));
    assert_eq!(offer.matches("end-of-candidates").count(), 1);
}

#[test]
fn without_tcp_no_candidate_says_tcp() {
    let lines = candidate_lines(&["203.0.113.5".parse().unwrap()], 1, false);
    assert_eq!(lines.len(), 1);
}

#[test]
fn a_bound_address_is_the_only_one_told() {
    assert_eq!(own_addresses("192.0.2.7:0".parse().unwrap()), ["192.0.2.7".parse::<IpAddr>().unwrap()]);
    let all = own_addresses("0.0.0.0:0".parse().unwrap());
    assert!(all.contains(&"127.0.0.1".parse().unwrap()), "{all:?}");
    assert!(all.iter().all(IpAddr::is_ipv4));
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        prop_assert!(read_answer(&text).is_err());
    }

    #[test]
    fn an_answer_with_broken_lines_never_keeps_a_candidate(lines in proptest::collection::vec("(a=candidate:|m=|a=|[ -~]){0,30}", 0..30)) {
        let sdp = format!("{}{}\r\n", good(), lines.join("\r\n"));
        if let Ok(answer) = read_answer(&sdp) {
            prop_assert!(!answer.sdp.lines().any(|line| line.starts_with("a=candidate")));
        }
        prop_assert!(!write_offer(&sdp, &[]).lines().any(|line| line.starts_with("a=candidate")));
    }
}
