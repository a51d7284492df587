//! Every limit at its edge, and every rule once broken.

use serde_json::{Value, json};

use super::*;

/// The settings with this value at `pointer`, checked.
fn with(pointer: &str, value: Value) -> Result<PackageSettings, Wrong> {
    let mut document = serde_json::to_value(PackageSettings::default()).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    settings(serde_json::from_value(document).unwrap())
}

/// Where it is refused.
fn refused(pointer: &str, value: Value) -> String {
    with(pointer, value).unwrap_err().pointer
}

fn chars(count: usize) -> String {
    "ż".repeat(count)
}

#[test]
fn the_defaults_are_fine() {
    assert_eq!(settings(PackageSettings::default()), Ok(PackageSettings::default()));
}

#[test]
fn a_text_has_up_to_its_limit() {
    for (pointer, most) in [
        ("/company", 100),
        ("/button/label", 60),
        ("/page/heading", 50),
        ("/page/subheading", 200),
        ("/form/consent", 500),
        ("/message/text", 200),
    ] {
        assert!(with(pointer, json!(chars(most))).is_ok(), "{pointer} takes {most}");
        assert_eq!(refused(pointer, json!(chars(most + 1))), pointer);
        assert!(with(pointer, json!("")).is_ok(), "{pointer} may be empty");
    }
}

#[test]
fn the_name_of_a_package_has_one_to_twenty_five_characters() {
    assert_eq!(name(" Shop\n1 ").unwrap(), "Shop 1");
    assert_eq!(name(&chars(25)).unwrap(), chars(25));
    for text in ["", " ", "\u{202E}", &chars(26)] {
        assert!(matches!(name(text), Err(ApiError::Invalid { pointer, .. }) if pointer == "/name"), "{text}");
    }
}

#[test]
fn texts_are_kept_without_controls_and_bidi_marks() {
    let kept = with("/page/heading", json!(" Call\u{202E}\u{0} \nus\u{2066}!\t")).unwrap();

    assert_eq!(kept.page.heading, "Call  us!");
}

#[test]
fn the_web_address_is_http_or_https() {
    let longest = format!("https://bakery.example/{}", "x".repeat(100 - 23));
    for address in ["", "http://bakery.example", "https://bakery.example/shop?a=b#c", &longest] {
        assert_eq!(with("/web_address", json!(address)).unwrap().web_address, address);
    }
    for address in [
        "bakery.example",
        "javascript:alert(1)",
        "ftp://bakery.example",
        "https://",
        "https://olga:secret@bakery.example",
        "data:text/html,x",
        "//bakery.example",
        &format!("{longest}x"),
    ] {
        assert_eq!(refused("/web_address", json!(address)), "/web_address", "{address}");
    }
}

#[test]
fn a_zone_is_known_or_refused() {
    for zone in ["Europe/Warsaw", "UTC", "America/Argentina/ComodRivadavia", "Asia/Kathmandu"] {
        assert!(with("/zone", json!(zone)).is_ok(), "{zone}");
    }
    for zone in ["", "Mars/Olympus", "../../etc/passwd", "Europe/Warsaw\u{0}", &"x".repeat(4_000)] {
        assert_eq!(refused("/zone", json!(zone)), "/zone", "{zone}");
    }
}

#[test]
fn sites_are_origins_and_stand_once() {
    let kept = with("/sites", json!(["https://Bakery.example/", "http://localhost:8080", "https://żółw.example"]));
    let kept = kept.unwrap().sites;
    assert_eq!(kept, ["https://bakery.example", "http://localhost:8080", "https://xn--w-uga1v8h.example"]);

    for site in ["https://bakery.example/shop", "https://bakery.example/?a", "*", "ws://bakery.example", "bakery", ""] {
        assert_eq!(refused("/sites", json!(["https://a.example", site])), "/sites/1", "{site}");
    }
    assert_eq!(refused("/sites", json!(["https://a.example", "https://A.example:443/"])), "/sites/1");
    let many: Vec<_> = (0..21).map(|at| format!("https://s{at}.example")).collect();
    assert!(with("/sites", json!(many[..20])).is_ok());
    assert_eq!(refused("/sites", json!(many)), "/sites");
}

#[test]
fn patterns_begin_at_the_root_or_anywhere() {
    for list in ["/button/show_on", "/button/hide_on"] {
        let longest = format!("/{}", "x".repeat(199));
        assert!(with(list, json!(["/", "/shop/*", "*.html", longest])).is_ok());
        for pattern in ["", "shop", "https://bakery.example/", &format!("{longest}x")] {
            assert_eq!(refused(list, json!(["/a", pattern])), format!("{list}/1"), "{pattern}");
        }
        assert_eq!(refused(list, json!(["/a", "/a"])), format!("{list}/1"));
        let many: Vec<_> = (0..21).map(|at| format!("/{at}")).collect();
        assert!(with(list, json!(many[..20])).is_ok());
        assert_eq!(refused(list, json!(many)), list);
    }
}

#[test]
fn the_label_shows_itself_within_an_hour() {
    for seconds in [1, 3_600] {
        assert!(with("/button/reveal_seconds", json!(seconds)).is_ok());
    }
    for seconds in [0, 3_601] {
        assert_eq!(refused("/button/reveal_seconds", json!(seconds)), "/button/reveal_seconds");
    }
}

#[test]
fn a_brand_is_a_color() {
    assert_eq!(with("/button/brand", json!("#1763E0")).unwrap().button.brand.as_deref(), Some("#1763e0"));
    for brand in ["", "#fff", "red", "#1763e0;", "1763e0"] {
        assert_eq!(refused("/button/brand", json!(brand)), "/button/brand", "{brand}");
    }
}

#[test]
fn consultants_are_named_once() {
    let (anna, ben) = ("0000000000001", "0000000000002");
    assert!(with("/consultants", json!([anna, ben])).is_ok());
    assert!(with("/consultants", Value::Null).is_ok());
    assert_eq!(refused("/consultants", json!([anna, ben, anna])), "/consultants/2");
    assert_eq!(refused("/consultants", json!([])), "/consultants");
}

#[test]
fn a_day_has_up_to_six_intervals_in_order() {
    let day = |intervals: Value| json!({ "open": "hours", "intervals": intervals });
    let hour = |from: u8| json!({ "from": format!("{from:02}:00"), "to": format!("{:02}:00", from + 1) });
    let hours = |count: u8| day((0..count).map(hour).collect());
    let interval = |from: &str, to: &str| json!({ "from": from, "to": to });
    let monday = "/hours/week/mon";

    assert!(with(monday, hours(6)).is_ok());
    assert_eq!(refused(monday, hours(7)), "/hours/week/mon/intervals");
    assert_eq!(refused(monday, day(json!([]))), "/hours/week/mon/intervals");
    assert!(with(monday, day(json!([interval("08:00", "12:00"), interval("22:00", "02:00")]))).is_ok());
    assert!(with(monday, day(json!([interval("23:30", "24:00")]))).is_ok());
    for wrong in [
        day(json!([interval("08:00", "12:00"), interval("11:30", "13:00")])),
        day(json!([interval("12:00", "13:00"), interval("08:00", "09:00")])),
        day(json!([interval("22:00", "02:00"), interval("23:00", "23:30")])),
    ] {
        assert_eq!(refused(monday, wrong), "/hours/week/mon/intervals/1/from");
    }
    assert_eq!(refused(monday, day(json!([interval("24:00", "02:00")]))), "/hours/week/mon/intervals/0/from");
}

#[test]
fn each_date_has_one_exception_and_they_are_kept_in_order() {
    let exception = |date: String| json!({ "date": date, "day": { "open": "closed" } });
    let year = |count: u16| -> Value { (0..count).map(|at| exception(format!("{}-01-01", 2030 + at))).collect() };
    let list = "/hours/exceptions";

    assert!(with(list, year(200)).is_ok());
    assert_eq!(refused(list, year(201)), list);
    let twice = json!([exception("2026-12-24".into()), exception("2026-12-24".into())]);
    assert_eq!(refused(list, twice), "/hours/exceptions/1/date");
    let note = |length| json!([{ "date": "2026-12-24", "note": chars(length), "day": { "open": "closed" } }]);
    assert!(with(list, note(60)).is_ok());
    assert_eq!(refused(list, note(61)), "/hours/exceptions/0/note");
    let wrong = json!([{ "date": "2026-12-24", "day": { "open": "hours", "intervals": [] } }]);
    assert_eq!(refused(list, wrong), "/hours/exceptions/0/day/intervals");

    let kept = with(list, json!([exception("2026-12-25".into()), exception("2026-12-24".into())])).unwrap();
    let dates: Vec<_> = kept.hours.exceptions.iter().map(|exception| exception.date.to_string()).collect();
    assert_eq!(dates, ["2026-12-24", "2026-12-25"]);
}

#[test]
fn a_form_has_up_to_eight_fields_with_ids_of_their_own() {
    let field = |id: &str, label: &str| json!({ "id": id, "kind": "text", "label": label, "is_required": true });
    let fields = |count: usize| -> Value { (0..count).map(|at| field(&format!("f{at}"), "Label")).collect() };
    let list = "/form/fields";

    assert!(with(list, fields(8)).is_ok());
    assert_eq!(refused(list, fields(9)), list);
    assert!(with(list, json!([field(&"a".repeat(20), &chars(60))])).is_ok());
    for id in ["", &"a".repeat(21), "A", "a-b", "ż", "a b"] {
        assert_eq!(refused(list, json!([field(id, "Label")])), "/form/fields/0/id", "{id}");
    }
    for label in ["", " ", &chars(61)] {
        assert_eq!(refused(list, json!([field("a", label)])), "/form/fields/0/label", "{label}");
    }
    assert_eq!(refused(list, json!([field("a", "One"), field("a", "Two")])), "/form/fields/1/id");
}
