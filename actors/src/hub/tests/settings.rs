//! Stories of settings: what changes for whom when an owner changes them.

use std::time::Duration;

use super::office::{BAKERY, KEY, Office, hello, shop, text};
use super::waiting;
use crate::hours::{Day, Interval};
use crate::hub::FilledForm;
use crate::ids::{AccountId, BusinessId, PackageId};
use crate::ports::{FormFieldRecord, PackageRecord, PublicKey};
use crate::protocol::{Cid, CloseCode, Code, IdentityClaim, VisitorHello};
use crate::text::PlainText;
use crate::visitor::signature;

const SECRET: &[u8] = b"c2ci_secret";

/// Open from 16:30 to 18:00. The office opens its doors on a Monday at 16:13.
fn afternoons() -> PackageRecord {
    let mut package = shop();
    let interval = Interval { from: "16:30".parse().unwrap(), to: "18:00".parse().unwrap() };
    package.hours.week.mon = Day::Hours { intervals: vec![interval] };
    package.hours.week.tue = Day::Closed;
    package
}

fn asking() -> PackageRecord {
    let label = PlainText::line("Your name", 60).unwrap();
    let name = FormFieldRecord { id: "name".to_owned(), label, is_required: true, is_name: true };
    PackageRecord { fields: vec![name], needs_consent: true, ..shop() }
}

fn identity(email: &str, is_signed: bool) -> IdentityClaim {
    let signature = is_signed.then(|| signature("1790003600", email, SECRET));
    let name = Some("Vera".to_owned());
    IdentityClaim { name, email: Some(email.to_owned()), signature, ..IdentityClaim::default() }
}

#[actix_rt::test]
async fn a_closed_package_opens_and_closes_by_itself() {
    let office = Office::open(1);
    office.change(|bakery| bakery.packages = vec![afternoons()]).await;
    let _anna = office.desk(1).await;
    let vera = office.vera().await;
    assert!(!vera.welcome.open && !vera.welcome.hours.is_open, "Anna is there, but it is too early");

    office.pass(vera.welcome.hours.until.unwrap().since(office.clock_now()) + Duration::from_secs(1)).await;
    let opened = vera.frames.of("presence").last().unwrap().clone();
    assert_eq!((opened["open"].as_bool(), opened["hours"]["is_open"].as_bool()), (Some(true), Some(true)));
    assert_eq!(vera.frames.of("settings").len(), 1, "the button may be another one now");

    office.pass(Duration::from_hours(2)).await;
    let closed = vera.frames.of("presence").last().unwrap().clone();
    assert_eq!((closed["open"].as_bool(), closed["hours"]["is_open"].as_bool()), (Some(false), Some(false)));
}

#[actix_rt::test]
async fn visitors_see_those_who_serve_their_package_in_its_order() {
    let office = Office::open(3);
    office.desk(1).await;
    let chosen = |ids: &[i64]| Some(ids.iter().map(|id| AccountId::from(*id)).collect());
    office.change(|bakery| bakery.packages = vec![PackageRecord { consultants: chosen(&[3, 2]), ..shop() }]).await;

    let vera = office.vera().await;

    let names: Vec<_> = vera.welcome.team.iter().map(|member| member.face.name.clone()).collect();
    assert_eq!(names, ["Consultant 3", "Consultant 2"]);
    assert!(!vera.welcome.open, "only the first consultant is there, who does not serve this package");
}

#[actix_rt::test]
async fn a_saved_change_reaches_open_pages_of_that_package_only() {
    let office = Office::open(1);
    let other = PackageRecord { id: PackageId::from(2), key: PublicKey("other".to_owned()), ..shop() };
    office.change(|bakery| bakery.packages.push(other)).await;
    let vera = office.vera().await;
    let ola = office.greet(hello("other")).await.unwrap();

    office.change(|bakery| bakery.packages[0].version = 2).await;

    assert_eq!((vera.frames.of("settings").len(), ola.frames.of("settings").len()), (1, 0));
}

#[actix_rt::test]
async fn a_package_is_there_once_it_is_made_and_gone_once_it_is_deleted() {
    let office = Office::open(1);
    office.vera().await;
    assert_eq!(office.greet(hello("fresh")).await.err(), Some(CloseCode::UnknownPackage));
    let fresh = PackageRecord { id: PackageId::from(2), key: PublicKey("fresh".to_owned()), ..shop() };

    // The browser may be sooner than the word that the package was made.
    office.store.change(BusinessId::from(BAKERY), |bakery| bakery.packages.push(fresh));
    assert!(office.greet(hello("fresh")).await.is_ok());

    office.change(|bakery| bakery.packages[1].is_deleted = true).await;
    assert_eq!(office.greet(hello("fresh")).await.err(), Some(CloseCode::UnknownPackage));
}

#[actix_rt::test]
async fn an_account_that_is_deleted_gives_its_chats_back_at_once() {
    let office = Office::open(2);
    let (vera, chat) = waiting(&office).await;
    let anna = office.desk(1).await;
    let ben = office.desk(2).await;
    anna.line.claim(chat).await.unwrap();
    office.calm().await;

    office.change(|bakery| bakery.accounts.retain(|account| account.id == AccountId::from(2))).await;

    let last = vera.frames.of("ev").last().unwrap().clone();
    assert_eq!(last["k"], "returned");
    let lists = ben.frames.of("lists").last().unwrap().clone();
    assert_eq!(lists["team"].as_array().unwrap().len(), 1);
    ben.line.claim(chat).await.unwrap();
}

#[actix_rt::test]
async fn what_was_changed_past_the_hub_is_found_by_the_reconciler() {
    let office = Office::open(2);
    let anna = office.desk(1).await;
    office.vera().await;

    office.store.change(BusinessId::from(BAKERY), |bakery| bakery.accounts[1].given_name = "Ben".to_owned());
    office.pass(Duration::from_secs(11)).await;

    let lists = anna.frames.of("lists").last().unwrap().clone();
    assert_eq!(lists["team"][1]["name"], "Ben");
}

#[actix_rt::test]
async fn the_form_comes_before_the_first_message() {
    let office = Office::open(1);
    office.change(|bakery| bakery.packages = vec![asking()]).await;
    let anna = office.desk(1).await;
    let vera = office.vera().await;
    let open = |cid: &str, form| vera.line.open(Cid::new(cid).unwrap(), text("Hello"), form);

    let refused = open("c1", FilledForm::default()).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Empty, Some("answers/name")));
    let answers = [("name".to_owned(), "Vera".to_owned())].into();
    let refused = open("c1", FilledForm { answers, consented: false }).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Empty, Some("consented")));

    let answers = [("name".to_owned(), " Vera ".to_owned())].into();
    let chat = open("c1", FilledForm { answers, consented: true }).await.unwrap().ack.chat;
    office.calm().await;
    let waits = anna.frames.of("delta").last().unwrap().clone();
    assert_eq!(waits["change"]["visitor"]["name"], "Vera");

    anna.line.claim(chat).await.unwrap();
    office.calm().await;
    let shown = anna.frames.of("chat").last().unwrap().clone();
    assert_eq!(shown["visitor"]["answers"][0]["label"], "Your name");
    assert_eq!(shown["visitor"]["answers"][0]["value"], "Vera");
}

#[actix_rt::test]
async fn answers_stay_when_the_visitor_goes_to_another_page() {
    let office = Office::open(1);
    office.change(|bakery| bakery.packages = vec![asking()]).await;
    let vera = office.vera().await;
    let answers = [("name".to_owned(), "Vera".to_owned())].into();
    let form = FilledForm { answers, consented: true };
    let chat = vera.line.open(Cid::new("c1").unwrap(), text("Hello"), form).await.unwrap().ack.chat;

    let _next_page = office.visitor(Some(&vera.welcome.tok), &[(chat, 1)]).await.unwrap();
    let anna = office.desk(1).await;
    anna.line.claim(chat).await.unwrap();
    office.calm().await;

    assert_eq!(anna.frames.of("chat").last().unwrap()["visitor"]["answers"][0]["value"], "Vera");
}

#[actix_rt::test]
async fn a_signed_identity_is_verified_and_reaches_the_desk_also_later() {
    let office = Office::open(1);
    let signing = PackageRecord { identity_secret: Some(SECRET.to_vec()), ..shop() };
    office.change(|bakery| bakery.packages = vec![signing]).await;
    let anna = office.desk(1).await;
    let claim = Some(identity("vera@example.com", true));
    let vera = office.greet(VisitorHello { identity: claim, ..hello(KEY) }).await.unwrap();
    let chat = vera.open("c1").await.unwrap().chat;
    office.calm().await;
    anna.line.claim(chat).await.unwrap();
    office.calm().await;
    let shown = anna.frames.of("chat").last().unwrap()["visitor"]["identity"].clone();
    assert_eq!((shown["email"].as_str(), shown["is_verified"].as_bool()), (Some("vera@example.com"), Some(true)));

    vera.line.identify(identity("olga@example.com", false));
    office.calm().await;

    let changed = anna.frames.of("visitor").last().unwrap()["visitor"]["identity"].clone();
    assert_eq!((changed["email"].as_str(), changed["is_verified"].as_bool()), (Some("olga@example.com"), Some(false)));
}

#[actix_rt::test]
async fn a_new_callback_order_reaches_every_desk() {
    let office = Office::open(1);
    let anna = office.desk(1).await;

    office.hub.orders_changed(BusinessId::from(BAKERY));
    office.calm().await;

    assert_eq!(anna.frames.of("delta").last().unwrap()["change"]["what"], "orders");
}
