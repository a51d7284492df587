//! What is counted of the relay.

use metrics_exporter_prometheus::PrometheusBuilder;

use super::client::{Desk, MEDIA, address};
use crate::turn::allocation::Client;

/// The numbers that are not zero after this, sorted.
fn counted(what: impl FnOnce(&mut Desk)) -> Vec<String> {
    let recorder = PrometheusBuilder::new().build_recorder();
    metrics::with_local_recorder(&recorder, || what(&mut Desk::new()));
    let page = recorder.handle().render();
    let lines = page.lines().filter(|line| line.starts_with("turn_") && !line.ends_with(" 0"));
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn allocations_are_counted_up_and_down() {
    let counted_now = counted(|desk| {
        desk.allocate().unwrap();
        desk.from = Client::Udp(address("198.51.100.7:50001"));
        desk.browser.nonce.clear();
        desk.allocate().unwrap();
        desk.refresh(0).unwrap();
    });

    // Each begins without a nonce and is told one.
    assert_eq!(counted_now, ["turn_allocations 1", r#"turn_refused_total{why="stale_nonce"} 2"#]);
    let counted_after = counted(|desk| {
        desk.allocate().unwrap();
        desk.server.revoke(desk.call);
    });
    assert_eq!(counted_after, [r#"turn_refused_total{why="stale_nonce"} 1"#]);
}

#[test]
fn what_passes_and_what_is_too_much_is_counted_each_way() {
    let counted = counted(|desk| {
        desk.allocate().unwrap();
        desk.permit(MEDIA).unwrap();
        let (label, _voice) = desk.send(MEDIA, &[0; 100]).unwrap();
        desk.send(MEDIA, &[0; 50]).unwrap();
        desk.server.toward_client(label, &[0; 70], desk.now).unwrap();
        while desk.server.toward_client(label, &[0; 1_000], desk.now).is_some() {}
        assert_eq!(desk.send(MEDIA, &[0; 1_400]), None);
    });

    // Half a second of 64,000 bytes, both ways together.
    assert_eq!(
        counted,
        [
            "turn_allocations 1",
            "turn_bytes_in 150",
            "turn_bytes_out 31070",
            r#"turn_packets_dropped{why="budget"} 2"#,
            "turn_packets_in 2",
            "turn_packets_out 32",
            r#"turn_refused_total{why="stale_nonce"} 1"#,
        ]
    );
}

#[test]
fn refusals_are_counted_by_reason() {
    let counted = counted(|desk| {
        desk.allocate().unwrap();
        desk.permit("192.0.2.55:53").unwrap_err();
        desk.permit("10.0.0.1:53").unwrap_err();
        "wrong".clone_into(&mut desk.browser.password);
        desk.refresh(600).unwrap_err();
    });

    assert_eq!(
        counted,
        [
            "turn_allocations 1",
            r#"turn_refused_total{why="forbidden"} 2"#,
            r#"turn_refused_total{why="stale_nonce"} 1"#,
            r#"turn_refused_total{why="unauthenticated"} 1"#,
        ]
    );
}
