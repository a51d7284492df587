//! Tests of the configuration: slips are named, secrets are masked, every key is documented.

use figment::Figment;
use figment::providers::{Format as _, Serialized, Toml};
use secrecy::{ExposeSecret as _, SecretString};

use super::*;

fn load(toml: &str) -> Result<Config, String> {
    let figment = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(toml));
    Config::finish(figment, &Overrides::default()).map_err(|error| error.to_string())
}

fn refusal(toml: &str) -> String {
    load(toml).expect_err(toml)
}

#[test]
fn without_a_file_the_defaults_work() {
    let config = load("").unwrap();

    assert_eq!(config.http.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.storage.target().expose_secret(), "data/hub.db");
}

#[test]
fn an_unknown_key_is_named() {
    assert!(refusal("[http]\nbin = 1").contains("bin"), "{}", refusal("[http]\nbin = 1"));
    assert!(refusal("[htp]\nbind = 1").contains("htp"));
}

#[test]
fn a_bad_value_names_its_key() {
    let cases = [
        ("[http]\nbind = \"nowhere\"", "bind"),
        ("[http]\ntrusted_proxies = [\"10.0.0.0/33\"]", "http.trusted_proxies"),
        ("[http]\npublic_url = \"ftp://chat.example.com\"", "http.public_url"),
        ("[http]\npublic_url = \"http://chat.example.com\"", "http.public_url"),
        ("[http]\npublic_url = \"https://chat.example.com/hub\"", "http.public_url"),
        ("[http]\nbind = \"0.0.0.0:8080\"", "http.public_url"),
        ("[chat]\nsilence_minutes = 0", "chat.silence_minutes"),
        ("[chat]\nsilence_minutes = \"long\"", "silence_minutes"),
        ("[chat]\nwaiting_per_package = 0", "chat.waiting_per_package"),
        ("[limits]\nburst = 0", "limits.burst"),
        ("[limits]\nsockets_per_prefix = -1", "sockets_per_prefix"),
        ("[limits]\nimages_per_hour = 0", "limits.images_per_hour"),
        ("[limits]\ncalls_per_minute_per_prefix = 0", "limits.calls_per_minute_per_prefix"),
        ("[media]\nbind = \"voice.example.com:8089\"", "bind"),
        ("[media]\naddresses = [\"voice.example.com\"]", "addresses"),
        ("[media]\naddresses = [\"0.0.0.0\"]", "media.addresses"),
        ("[media]\nthreads = 0", "media.threads"),
        ("[media]\nbind = \"0.0.0.0:65535\"\nthreads = 1", "media.bind"),
        ("[media]\ncalls = 0", "media.calls"),
        ("[media]\ncalls_per_package = 0", "media.calls_per_package"),
        ("[media]\nring_seconds = 0", "media.ring_seconds"),
        ("[media]\nlongest_call_minutes = 10000", "media.longest_call_minutes"),
        ("[egress]\nallow_private = [\"intranet:80\"]", "allow_private"),
        ("[drain]\ndeadline_seconds = 100000", "drain.deadline_seconds"),
        ("[log]\nlevel = \"hub=loudly\"", "log.level"),
        ("[log]\nformat = \"xml\"", "format"),
    ];

    for (toml, key) in cases {
        assert!(refusal(toml).contains(key), "{toml:?} gave {:?}", refusal(toml));
    }
}

#[test]
fn the_command_line_outweighs_the_file() {
    let figment = Figment::from(Serialized::defaults(Config::default()))
        .merge(Toml::string("[http]\nbind = \"127.0.0.1:1\"\n[storage]\ndata = \"file\""));
    let overrides = Overrides {
        data: Some("line".into()),
        bind: Some("127.0.0.1:2".parse().unwrap()),
        media_bind: Some("127.0.0.1:3".parse().unwrap()),
        ..Overrides::default()
    };

    let config = Config::finish(figment, &overrides).unwrap();

    assert_eq!((config.http.bind.port(), config.media.bind.port()), (2, 3));
    assert_eq!(config.storage.target().expose_secret(), "line/hub.db");
}

#[test]
fn a_hub_on_a_free_port_has_its_voice_on_a_free_port() {
    let bind = |toml: &str| load(toml).unwrap().media.bind.to_string();

    assert_eq!(bind(""), "0.0.0.0:8089");
    assert_eq!(bind("[http]\nbind = \"127.0.0.1:0\""), "127.0.0.1:0");
    assert_eq!(bind("[http]\nbind = \"127.0.0.1:0\"\n[media]\nbind = \"0.0.0.0:9000\""), "0.0.0.0:9000");
}

#[test]
fn a_password_in_the_storage_address_is_never_shown() {
    for url in [
        "postgres://hub:canary@db.example/hub",
        "postgres://db.example/hub?user=hub&password=canary",
        "postgres://hub:canary@[broken/hub",
    ] {
        let config = load(&format!("[storage]\nurl = {url:?}")).unwrap();

        assert!(!config.effective().contains("canary"), "{url}");
        assert!(!format!("{config:?}").contains("canary"), "{url}");
        assert_eq!(config.storage.target().expose_secret(), url);
    }
}

#[test]
fn a_sqlite_path_starts_in_the_data_folder() {
    let target = |url: &str| {
        let storage = StorageConfig {
            url: SecretString::from(url.to_owned()),
            data: "/srv/hub".into(),
            ..StorageConfig::default()
        };
        storage.target().expose_secret().to_owned()
    };

    assert_eq!(target(""), "/srv/hub/hub.db");
    assert_eq!(target("chats.db"), "/srv/hub/chats.db");
    assert_eq!(target("sqlite:///var/chats.db"), "/var/chats.db");
}

#[test]
fn what_is_printed_can_be_read_back() {
    let config = load("[http]\npublic_url = \"https://chat.example.com\"\ntrusted_proxies = [\"10.0.0.0/8\"]").unwrap();

    assert_eq!(load(&config.effective()).unwrap().effective(), config.effective());
}

#[test]
fn the_public_origin_follows_the_bound_port_until_it_is_set() {
    let bound = "127.0.0.1:4321".parse().unwrap();

    assert_eq!(load("").unwrap().http.public_origin(bound), "http://127.0.0.1:4321");
    let set = load("[http]\npublic_url = \"https://chat.example.com/\"").unwrap();
    assert_eq!(set.http.public_origin(bound), "https://chat.example.com");
}

#[test]
fn every_key_is_described_with_its_default() {
    let page = include_str!("../../../docs/running/configure.md");
    let serde_json::Value::Object(sections) = serde_json::to_value(Config::default()).unwrap() else {
        panic!("the configuration is a table of sections");
    };

    for (section, keys) in sections {
        let serde_json::Value::Object(keys) = keys else { panic!("{section} is a table") };
        let (_, rest) =
            page.split_once(&format!("## `[{section}]`")).unwrap_or_else(|| panic!("[{section}] is missing"));
        let chapter = rest.split("\n## ").next().unwrap();
        for (key, default) in keys {
            let row = format!("| `{key}` | `{default}` |");
            assert!(chapter.contains(&row), "[{section}] lacks the row {row}");
        }
        for line in chapter.lines().filter_map(|line| line.strip_prefix("| `")) {
            let key = line.split('`').next().unwrap();
            assert!(load(&format!("[{section}]\n{key} = [[]]")).is_err_and(|e| !e.contains("unknown field")), "{key}");
        }
    }
}
