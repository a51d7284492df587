//! Packages, their versions, and what becomes of a deleted one.

use actors::ids::PackageId;
use actors::moment::Moment;
use actors::ports::PublicKey;
use futures_util::future::join_all;
use hub_store::{
    By, Color, FieldKind, FormField, NewPackage, Package, PackageChange, PackageSettings, StoreError, VERSIONS_KEPT,
};

use crate::bakery::{Bakery as Shop, HUB, NOON, at, package, text};

fn named(company: &str) -> PackageSettings {
    PackageSettings { company: company.to_owned(), ..PackageSettings::default() }
}

fn change(company: &str, version: i32) -> PackageChange {
    PackageChange { name: company.to_owned(), settings: named(company), version }
}

async fn save(bakery: &Shop, company: &str, version: i32) -> Result<Package, StoreError> {
    bakery.store.save_package(bakery.business, bakery.package, change(company, version), bakery.by_olga()).await
}

fn key(key: &str) -> PublicKey {
    PublicKey(key.to_owned())
}

on_both_engines! {
    async fn a_package_keeps_its_settings(bakery) {
        let mut settings = named("Piekarnia Żytnia");
        settings.button.color = Color::Orange;
        settings.consultants = Some(vec![bakery.anna.id]);
        let new = NewPackage { settings: settings.clone(), ..package("second") };

        let made = bakery.store.create_package(bakery.business, new, bakery.by_olga()).await.unwrap();

        let kept = bakery.store.package_by_key(&key("second")).await.unwrap().unwrap();
        assert_eq!(kept, made);
        assert_eq!((kept.business, kept.version, kept.updated_at), (bakery.business, 1, NOON));
        assert_eq!(kept.settings, settings);
        assert_eq!(bakery.store.package(bakery.business, made.id).await.unwrap(), made);
        assert_eq!(bakery.store.packages(bakery.business).await.unwrap().len(), 2);
        assert_eq!(bakery.store.package_by_key(&key("third")).await.unwrap(), None);
    }

    async fn a_public_key_is_taken_once_also_by_a_deleted_package(bakery) {
        let taken = bakery.store.create_package(bakery.business, package("bakery"), HUB).await;
        bakery.store.delete_package(bakery.business, bakery.package, HUB).await.unwrap();
        let still = bakery.store.create_package(bakery.business, package("bakery"), HUB).await;

        for refused in [taken, still] {
            assert!(matches!(&refused, Err(StoreError::Conflict { table }) if table == "packages"), "{refused:?}");
        }
    }

    async fn each_change_is_a_version(bakery) {
        let by = By::account(bakery.olga.id, at(5));
        let saved = bakery.store.save_package(bakery.business, bakery.package, change("Rye", 1), by).await.unwrap();

        let versions = bakery.store.package_versions(bakery.business, bakery.package).await.unwrap();
        let first = bakery.store.package_version(bakery.business, bakery.package, 1).await.unwrap();
        let second = bakery.store.package_version(bakery.business, bakery.package, 2).await.unwrap();
        let third = bakery.store.package_version(bakery.business, bakery.package, 3).await;

        assert_eq!((saved.version, saved.name.as_str(), saved.updated_at), (2, "Rye", at(5)));
        assert_eq!(bakery.store.package(bakery.business, bakery.package).await.unwrap(), saved);
        assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((versions[0].saved_by, versions[0].saved_at), (Some(bakery.olga.id), at(5)));
        assert_eq!(versions[0].saved_by_name.as_deref(), Some("olga Baker"));
        assert_eq!((versions[1].saved_by, versions[1].saved_by_name.as_deref()), (None, None));
        assert_eq!((first.0.name.as_str(), first.1), ("Shop", PackageSettings::default()));
        assert_eq!((second.0, second.1.company.as_str()), (versions[0].clone(), "Rye"));
        assert!(matches!(third, Err(StoreError::NotFound)), "{third:?}");
    }

    async fn a_stale_change_is_refused(bakery) {
        save(&bakery, "Rye", 1).await.unwrap();

        for version in [1, 3] {
            let refused = save(&bakery, "Spelt", version).await;
            assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
        }

        assert_eq!(bakery.store.package(bakery.business, bakery.package).await.unwrap().name, "Rye");
        assert_eq!(bakery.store.package_versions(bakery.business, bakery.package).await.unwrap().len(), 2);
    }

    async fn of_owners_who_save_at_once_exactly_one_wins(bakery) {
        for version in 1..=10 {
            let names = ["Rye", "Spelt", "Wheat", "Oat"];

            let saved = join_all(names.map(|name| save(&bakery, name, version))).await;

            let (won, lost): (Vec<_>, Vec<_>) = saved.into_iter().partition(Result::is_ok);
            assert_eq!(won.len(), 1, "{won:?}");
            assert!(lost.iter().all(|lost| matches!(lost, Err(StoreError::Stale))), "{lost:?}");
        }
        let versions = bakery.store.package_versions(bakery.business, bakery.package).await.unwrap();
        assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), (1..=11).rev().collect::<Vec<_>>());
        assert_eq!(bakery.times("package.saved").await, 10);
    }

    async fn only_so_many_versions_are_kept(bakery) {
        for version in 1..=VERSIONS_KEPT {
            save(&bakery, "Rye", version).await.unwrap();
        }

        let versions = bakery.store.package_versions(bakery.business, bakery.package).await.unwrap();

        assert_eq!(i32::try_from(versions.len()).unwrap(), VERSIONS_KEPT);
        assert_eq!((versions[0].version, versions.last().unwrap().version), (VERSIONS_KEPT + 1, 2));
        let oldest = bakery.store.package_version(bakery.business, bakery.package, 1).await;
        assert!(matches!(oldest, Err(StoreError::NotFound)), "{oldest:?}");
    }

    async fn a_deleted_package_is_unknown_but_its_chats_stay(bakery) {
        let chat = bakery.open().await;
        let (store, business, id) = (&bakery.store, bakery.business, bakery.package);

        store.delete_package(business, id, bakery.by_olga()).await.unwrap();

        assert_eq!(store.package_by_key(&key("bakery")).await.unwrap(), None);
        assert_eq!(store.packages(business).await.unwrap(), []);
        for refused in [
            store.package(business, id).await.err(),
            store.package_versions(business, id).await.err(),
            store.package_version(business, id, 1).await.err(),
            store.identity_secret(business, id).await.err(),
            store.set_identity_secret(business, id, vec![1], HUB).await.err(),
            save(&bakery, "Rye", 1).await.err(),
            store.delete_package(business, id, HUB).await.err(),
        ] {
            assert!(matches!(refused, Some(StoreError::NotFound)), "{refused:?}");
        }
        assert_eq!(store.load_chat(chat, 10).await.unwrap().package, id);
        let record = store.business_record(business).await.unwrap();
        assert_eq!((record.packages.len(), record.packages[0].is_deleted), (1, true));
        assert_eq!(record.open_chats[0].id, chat);
    }

    async fn the_actors_get_the_live_part_of_a_package(bakery) {
        let mut settings = named("Rye");
        settings.consultants = Some(vec![bakery.ben.id, bakery.anna.id]);
        settings.zone = "Europe/Warsaw".into();
        settings.form.consent = "I agree".into();
        let field = |id: &str, kind| FormField { id: id.into(), kind, label: format!("Your {id}"), is_required: true };
        settings.form.fields = vec![field("name", FieldKind::Name), field("number", FieldKind::Text)];
        let change = PackageChange { name: "Shop".into(), settings: settings.clone(), version: 1 };
        bakery.store.save_package(bakery.business, bakery.package, change, HUB).await.unwrap();
        bakery.store.set_identity_secret(bakery.business, bakery.package, vec![7; 40], HUB).await.unwrap();

        let record = bakery.store.business_record(bakery.business).await.unwrap().packages.remove(0);

        assert_eq!((record.version, record.is_deleted, record.needs_consent), (2, false, true));
        assert_eq!((record.consultants, record.hours), (settings.consultants, settings.hours));
        assert_eq!(record.zone, actors::hours::Zone::named("Europe/Warsaw").unwrap());
        assert_eq!(record.identity_secret, Some(vec![7; 40]));
        let labels: Vec<_> = record.fields.iter().map(|field| (field.label.clone(), field.is_name)).collect();
        assert_eq!(labels, [(text("Your name"), true), (text("Your number"), false)]);
    }

    async fn an_unknown_zone_becomes_utc_for_the_actors(bakery) {
        let settings = PackageSettings { zone: "Mars/Olympus".into(), ..PackageSettings::default() };
        let change = PackageChange { name: "Shop".into(), settings, version: 1 };
        bakery.store.save_package(bakery.business, bakery.package, change, HUB).await.unwrap();

        let record = bakery.store.business_record(bakery.business).await.unwrap();

        assert_eq!(record.packages[0].zone, actors::hours::Zone::named("UTC").unwrap());
    }

    async fn the_secret_of_identities_is_replaced(bakery) {
        let (store, business, id) = (&bakery.store, bakery.business, bakery.package);

        assert_eq!(store.identity_secret(business, id).await.unwrap(), None);
        store.set_identity_secret(business, id, vec![1, 2], HUB).await.unwrap();
        store.set_identity_secret(business, id, vec![3], bakery.by_olga()).await.unwrap();

        assert_eq!(store.identity_secret(business, id).await.unwrap(), Some(vec![3]));
        assert_eq!(store.package(business, id).await.unwrap().version, 1, "settings are what they were");
    }

    async fn a_package_nobody_made_is_unknown(bakery) {
        let unknown = PackageId::mint(Moment::from_millis(1));

        let refused = bakery.store.save_package(bakery.business, unknown, change("Rye", 1), HUB).await;

        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}
