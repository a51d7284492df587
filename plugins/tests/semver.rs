//! Versions of the interface: what was built once runs for ever, what is newer
//! than the hub is refused with the version it needs.

use plugins::Refusal;
use plugins::fakes::{Text, newer_wit};

use crate::{Shelf, route};

fn built_against(version: &str) -> Vec<u8> {
    let wit = if version == "1.0.0" { Text::default().wit } else { newer_wit(version) };
    Text { wit, version: version.to_owned(), ..Text::default() }.upload()
}

#[test]
fn a_plugin_for_the_first_version_runs() {
    let shelf = Shelf::new();
    assert!(route(&shelf.load(&built_against("1.0.0"))).answer.is_ok());
}

#[test]
fn a_correction_of_the_interface_runs_too() {
    let shelf = Shelf::new();
    assert!(route(&shelf.load(&built_against("1.0.3"))).answer.is_ok());
}

#[test]
fn a_newer_interface_is_refused_with_its_version() {
    for version in ["1.1.0", "2.0.0"] {
        let refusal = Shelf::new().library.load(&built_against(version)).unwrap_err();
        let Refusal::NewerInterface { needed, present, .. } = &refusal else { panic!("{refusal:?}") };
        assert_eq!((needed.as_str(), present.as_str()), (version, "1.0.0"));
        assert!(refusal.to_string().contains("update the hub"), "{refusal}");
    }
}

#[test]
fn an_interface_from_before_the_first_is_refused() {
    let refusal = Shelf::new().library.load(&built_against("0.9.0")).unwrap_err();
    assert!(matches!(refusal, Refusal::OtherVersion { .. }), "{refusal:?}");
}

#[test]
fn every_world_of_the_package_can_be_a_plugin() {
    let worlds: Vec<String> = Text::default()
        .wit
        .lines()
        .filter_map(|line| line.strip_prefix("world ")?.split([' ', '{']).next().map(str::to_owned))
        .collect();
    assert!(worlds.contains(&"everything".to_owned()), "{worlds:?}");
    for world in worlds {
        let upload = plugins::fakes::dummy(&world);
        let refusal = Shelf::new().library.load(&upload).unwrap_err();
        // It has all functions; each of them falls, `describe` is only the first.
        let Refusal::Describe { failure } = refusal else { panic!("{world}: {refusal:?}") };
        assert!(failure.to_string().contains("unreachable"), "{world}: {failure}");
    }
}
