//! Packages as owners keep them: settings and their limits, versions, who may see them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::packages::{FIONA, make, path, save, start, two_businesses};
use crate::harness::team::{ask, id_of};
use crate::harness::web::{ANNA, BEN, Browser, OLGA};

#[tokio::test]
async fn an_owner_makes_copies_and_deletes_packages() {
    let (hub, olga) = start().await;

    let shop = make(&olga, " Shop ").await;

    assert_eq!((&shop["name"], &shop["version"]), (&json!("Shop"), &json!(1)));
    assert_eq!(shop["settings"]["zone"], "Europe/Warsaw");
    let key = shop["key"].as_str().unwrap();
    assert_eq!(shop["call_page"], format!("{}/p/{key}", hub.door.http()));
    assert_eq!(shop["snippet"], format!("<script async src=\"{}/w/{key}.js\"></script>", hub.door.http()));
    let (_, saved) = save(&olga, &shop, "/button/label", json!("Call us")).await;
    let (status, copy) = ask(&olga, Method::POST, &path(&shop, "/copies"), &json!({ "name": "Second" })).await;
    assert_eq!((status, &copy["name"], &copy["settings"]), (201, &json!("Second"), &saved["settings"]));
    assert!(copy["key"] != shop["key"] && copy["id"] != shop["id"] && copy["version"] == 1, "{copy}");
    let names = |list: Value| -> Vec<String> {
        let packages = list["packages"].as_array().unwrap().clone();
        packages.iter().map(|package| package["name"].as_str().unwrap().to_owned()).collect()
    };
    let listed = names(olga.read("/v1/packages").await);
    assert_eq!(listed[listed.len() - 2..], ["Shop", "Second"]);

    assert_eq!(ask(&olga, Method::DELETE, &path(&shop, ""), &Value::Null).await.0, 204);

    assert!(!names(olga.read("/v1/packages").await).contains(&"Shop".to_owned()));
    let (status, problem) = ask(&olga, Method::GET, &path(&shop, ""), &Value::Null).await;
    assert_eq!((status, &problem["code"]), (404, &json!("unknown_package")));
}

#[tokio::test]
async fn a_former_version_can_be_looked_at_and_restored() {
    let (_hub, olga) = start().await;
    let first = make(&olga, "Shop").await;
    let (_, second) = save(&olga, &first, "/page/heading", json!("Call us")).await;
    let (_, third) = save(&olga, &second, "/page/heading", json!("Ring us")).await;

    let versions = olga.read(&path(&first, "/versions")).await;
    let listed: Vec<_> = versions["versions"].as_array().unwrap().iter().map(|line| line["version"].clone()).collect();
    assert_eq!(listed, [json!(3), json!(2), json!(1)]);
    assert_eq!(versions["versions"][0]["saved_by_name"], "Olga Nowak");
    let looked = olga.read(&path(&first, "/versions/2")).await;
    assert_eq!((&looked["version"], &looked["settings"]), (&json!(2), &second["settings"]));

    let restore = async |version: i32| {
        let body = json!({ "version": version });
        ask(&olga, Method::POST, &path(&first, "/versions/2/restore"), &body).await
    };
    let (status, problem) = restore(2).await;
    assert_eq!((status, &problem["code"]), (409, &json!("stale")), "the page was loaded before the last save");
    let (status, restored) = restore(3).await;
    assert_eq!((status, &restored["version"]), (200, &json!(4)));
    assert_eq!(restored["settings"], second["settings"]);
    assert_ne!(restored["settings"], third["settings"]);
    for unknown in ["0", "5", "-1", "x", "99999999999"] {
        let (status, problem) =
            ask(&olga, Method::GET, &path(&first, &format!("/versions/{unknown}")), &json!(null)).await;
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_version")), "{unknown}");
    }
}

#[tokio::test]
async fn the_second_of_two_owners_is_told_that_somebody_saved() {
    let (hub, olga) = start().await;
    let package = make(&olga, "Shop").await;
    let tab = Browser::signed_in(&hub.door, OLGA).await;

    let (first, _) = save(&olga, &package, "/company", json!("Olga's")).await;
    let (second, problem) = save(&tab, &package, "/company", json!("Nobody's")).await;

    assert_eq!((first, second, &problem["code"]), (200, 409, &json!("stale")));
    assert_eq!(olga.read(&path(&package, "")).await["settings"]["company"], "Olga's");
}

#[tokio::test]
async fn a_wrong_setting_is_named_and_nothing_is_saved() {
    let (_hub, olga) = start().await;
    let package = make(&olga, "Shop").await;
    let refused = async |body: Value| {
        let (status, problem) = ask(&olga, Method::PUT, &path(&package, ""), &body).await;
        assert_eq!((status, &problem["code"]), (400, &json!("invalid")), "{body} gave {problem}");
        problem["pointer"].as_str().unwrap_or_default().to_owned()
    };
    let with = |settings: Value| json!({ "name": "Shop", "version": 1, "settings": settings });

    for (settings, pointer) in [
        (json!({ "button": { "label": "x".repeat(61) } }), "/settings/button/label"),
        (json!({ "button": { "colour": "blue" } }), "/settings/button/colour"),
        (json!({ "button": { "color": "red" } }), "/settings/button/color"),
        (json!({ "button": { "reveal_seconds": -1 } }), "/settings/button/reveal_seconds"),
        (json!({ "zone": "Mars/Olympus" }), "/settings/zone"),
        (json!({ "web_address": "javascript:alert(1)" }), "/settings/web_address"),
        (json!({ "consultants": ["7ZZZZZZZZZZZZ"] }), "/settings/consultants/0"),
        (json!({ "logo": "https://evil.example/logo.png" }), "/settings/logo"),
        (json!({ "logo": format!("/i/{}.png", "a".repeat(64)) }), "/settings/logo"),
        (
            json!({ "form": { "fields": [{ "id": "a", "kind": "text", "label": "A" }] } }),
            "/settings/form/fields/0/is_required",
        ),
        (json!([]), "/settings"),
        (json!(7), "/settings"),
    ] {
        assert_eq!(refused(with(settings.clone())).await, pointer, "{settings}");
    }
    assert_eq!(refused(json!({ "name": "x".repeat(26), "version": 1, "settings": {} })).await, "/name");
    assert_eq!(refused(json!({ "name": "Shop", "version": "1", "settings": {} })).await, "/version");
    assert_eq!(refused(json!({ "name": "Shop", "settings": {} })).await, "/version");
    assert_eq!(refused(json!({ "name": "Shop", "version": 1, "settings": {}, "key": "mine" })).await, "/key");
    let huge = with(json!({ "company": "x".repeat(300_000) }));
    assert_eq!(ask(&olga, Method::PUT, &path(&package, ""), &huge).await.0, 413);
    assert_eq!(olga.read(&path(&package, "")).await, package);
}

#[tokio::test]
async fn consultants_are_of_the_business_and_go_with_their_account() {
    let (hub, olga, fiona) = two_businesses().await;
    let package = make(&olga, "Shop").await;
    let (anna, ben) = (id_of(&olga, ANNA).await, id_of(&olga, BEN).await);
    let stranger = id_of(&fiona, FIONA).await;

    let (status, problem) = save(&olga, &package, "/consultants", json!([anna, stranger])).await;
    assert_eq!((status, &problem["pointer"]), (400, &json!("/settings/consultants/1")));
    let (status, package) = save(&olga, &package, "/consultants", json!([ben, anna])).await;
    assert_eq!((status, &package["settings"]["consultants"]), (200, &json!([ben, anna])));

    let deleted = ask(&olga, Method::DELETE, &format!("/v1/accounts/{ben}"), &Value::Null).await;
    assert_eq!(deleted.0, 204, "{}", deleted.1);
    let package = olga.read(&path(&package, "")).await;
    assert_eq!(package["settings"]["consultants"], json!([anna]), "nobody saves a name that is gone");
    drop(hub);
}

#[tokio::test]
async fn only_owners_of_the_business_see_its_packages() {
    let (hub, olga, fiona) = two_businesses().await;
    let package = make(&olga, "Shop").await;
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let unknown = json!({ "id": "7ZZZZZZZZZZZZ" });

    for rest in ["", "/versions", "/versions/1", "/hours", "/qr", "/identity-secret"] {
        let (status, problem) = ask(&anna, Method::GET, &path(&package, rest), &Value::Null).await;
        assert_eq!((status, &problem["code"]), (403, &json!("owners_only")), "{rest}");
        let foreign = ask(&fiona, Method::GET, &path(&package, rest), &Value::Null).await;
        assert_eq!(foreign.0, 404, "{rest}");
        assert_eq!(foreign, ask(&fiona, Method::GET, &path(&unknown, rest), &Value::Null).await, "{rest}");
    }
    assert_eq!(fiona.read("/v1/packages").await, json!({ "packages": [] }));
    assert_eq!(save(&fiona, &package, "/company", json!("Florist")).await.0, 404);
    assert_eq!(ask(&fiona, Method::DELETE, &path(&package, ""), &Value::Null).await.0, 404);
    assert_eq!(olga.read(&path(&package, "")).await, package);
}

#[tokio::test]
async fn a_secret_for_identities_is_made_on_demand_and_rotates() {
    let (hub, olga) = start().await;
    let package = make(&olga, "Shop").await;
    let address = path(&package, "/identity-secret");
    assert_eq!(olga.read(&address).await, json!({ "secret": null }));

    let (status, first) = ask(&olga, Method::POST, &address, &json!({})).await;
    let (_, second) = ask(&olga, Method::POST, &address, &json!({})).await;

    assert_eq!((status, first["secret"].as_str().unwrap().len()), (200, 43));
    assert_ne!(first, second);
    assert_eq!(olga.read(&address).await, second);
    assert!(!hub.log().contains(second["secret"].as_str().unwrap()));
    let audit = olga.read("/v1/audit").await.to_string();
    assert!(!audit.contains(second["secret"].as_str().unwrap()), "{audit}");
}

#[tokio::test]
async fn an_owner_sees_when_a_package_is_open() {
    let (_hub, olga) = start().await;
    let package = make(&olga, "Shop").await;
    let exception = json!({
        "date": "2027-03-28", "note": "the clock changes",
        "day": { "open": "hours", "intervals": [{ "from": "01:00", "to": "04:00" }] },
    });
    let (status, _) = save(&olga, &package, "/hours/exceptions", json!([exception])).await;
    assert_eq!(status, 200);

    let days = olga.read(&path(&package, "/hours?from=2027-03-28&days=1")).await;

    // 01:00 in Warsaw is midnight UTC; of the three hours on the clock one is skipped.
    let windows = days["days"][0]["windows"].as_array().unwrap().clone();
    let special = windows.iter().find(|window| window["opens"] == 1_806_192_000_000_u64);
    assert_eq!(special.unwrap_or_else(|| panic!("{days}"))["closes"], 1_806_199_200_000_u64);
    for wrong in ["?days=0", "?days=63", "?from=x", "?until=2027-01-01"] {
        let (status, _) = ask(&olga, Method::GET, &path(&package, &format!("/hours{wrong}")), &Value::Null).await;
        assert_eq!(status, 400, "{wrong}");
    }
}
