//! Links and second factors over time, on a real store and a clock turned by hand.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::HeaderMap;
use actors::moment::Moment;
use actors::ports::Clock as _;
use actors::ports::fakes::HandClock;
use hub_store::{Account, By, Language, NewAccount, Role, Store};
use secrecy::{ExposeSecret as _, SecretString};
use totp_rs::{Builder, Secret};

use super::first_start::FirstStart;
use super::hasher::Hasher;
use super::{Credentials, Parts, SignInError, SignIns};
use crate::client_address::{ClientIp, Prefix, TrustedProxies};
use crate::config::LimitsConfig;
use crate::vault::Vault;

const PASSWORD: &str = "fresh bread daily";
/// Some time in 2026, in the middle of a step of thirty seconds.
const NOON: Moment = Moment::from_millis(1_790_000_000_000 - 1_790_000_000_000 % 30_000 + 15_000);
const STEP: Duration = Duration::from_secs(30);

/// A hub with the accounts of the bakery.
struct Bakery {
    store: Store,
    clock: Arc<HandClock>,
    sign_ins: SignIns,
    olga: Account,
    anna: Account,
    _folder: tempfile::TempDir,
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn prefix() -> Prefix {
    let peer = std::net::SocketAddr::from(([192, 0, 2, 7], 1));
    ClientIp::of(Some(peer), &HeaderMap::new(), &TrustedProxies::default()).prefix()
}

/// The six digits an authenticator shows.
fn digits(base32: &str, now: Moment) -> SecretString {
    let bits = base32.bytes().flat_map(|letter| {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
        (0..5).rev().map(move |place| u8::try_from(value >> place & 1).unwrap())
    });
    let bits: Vec<u8> = bits.collect();
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    let totp = Builder::new().with_secret(Secret::new_stack(bytes.try_into().unwrap())).build().unwrap();
    SecretString::from(totp.generate(u64::try_from(now.millis() / 1_000).unwrap()).to_string())
}

impl Bakery {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("hub.db").to_str().unwrap()).await.unwrap();
        let hasher = Hasher::start().unwrap();
        let business = store.create_business("Bakery", By::hub(NOON).at).await.unwrap();
        let mut made = Vec::new();
        for (name, password) in [("olga", Some(hasher.hash(secret(PASSWORD)).await.unwrap())), ("anna", None)] {
            let account = NewAccount {
                email: format!("{name}@bakery.example"),
                given_name: name.to_owned(),
                family_name: "Nowak".to_owned(),
                role: Role::Owner,
                password,
                takes_calls: true,
                sends_transcripts: false,
                photo: None,
                language: Language::En,
            };
            let id = store.create_account(business, account, By::hub(NOON)).await.unwrap();
            made.push(store.account(business, id).await.unwrap());
        }
        let clock = HandClock::at(NOON);
        let vault = Arc::new(Vault::open(&folder.path().join("hub.key")).unwrap());
        let (first_start, _) = FirstStart::begin(&store, folder.path(), NOON).await.unwrap();
        let parts = Parts { store: store.clone(), clock: clock.clone(), hasher, vault };
        let sign_ins = SignIns::new(parts, first_start, &LimitsConfig::default(), "http://127.0.0.1:8080");
        let anna = made.pop().unwrap();
        Self { store, clock, sign_ins, olga: made.pop().unwrap(), anna, _folder: folder }
    }

    async fn link(&self, account: &Account) -> SecretString {
        self.sign_ins.make_link(account, By::account(self.olga.id, self.clock.now())).await.unwrap().secret
    }

    async fn olga_now(&self) -> Account {
        self.store.account(self.olga.business, self.olga.id).await.unwrap()
    }

    async fn sign_in(&self, code: Option<SecretString>) -> Result<Account, SignInError> {
        let told = Credentials { email: self.olga.email.clone(), password: secret(PASSWORD), code };
        self.sign_ins.check(told, prefix()).await
    }

    /// Gives olga a second factor; its secret and the recovery codes.
    async fn enrolled(&self) -> (String, Vec<SecretString>) {
        let enrolment = self.sign_ins.enrol(&self.olga, secret(PASSWORD)).await.unwrap();
        let base32 = enrolment.secret.expose_secret().to_owned();
        let first = digits(&base32, self.clock.now());
        let codes = self.sign_ins.confirm(&self.olga, &enrolment.draft, &first).await.unwrap();
        (base32, codes)
    }
}

#[actix_web::test]
async fn a_link_is_worth_something_until_its_time_and_no_longer() {
    let bakery = Bakery::open().await;
    let minute = Duration::from_mins(1);
    for (account, minutes) in [(&bakery.anna, 7 * 24 * 60), (&bakery.olga, 30)] {
        let link = bakery.link(account).await;

        bakery.clock.turn(minute * (minutes - 1));
        let before = bakery.sign_ins.look_at_link(&link, prefix()).await;
        bakery.clock.turn(minute);
        let after = bakery.sign_ins.look_at_link(&link, prefix()).await;
        let used = bakery.sign_ins.use_link(&link, secret("stale bread weekly")).await;

        assert_eq!(before.unwrap().account.id, account.id);
        assert!(matches!(after, Err(SignInError::UnknownLink)), "{after:?}");
        assert!(matches!(used, Err(SignInError::UnknownLink)), "{used:?}");
    }
}

#[actix_web::test]
async fn only_the_newest_link_of_an_account_works_and_only_once() {
    let bakery = Bakery::open().await;
    let older = bakery.link(&bakery.anna).await;
    let newer = bakery.link(&bakery.anna).await;

    let by_older = bakery.sign_ins.use_link(&older, secret(PASSWORD)).await;
    let by_newer = bakery.sign_ins.use_link(&newer, secret(PASSWORD)).await;
    let again = bakery.sign_ins.use_link(&newer, secret(PASSWORD)).await;

    assert!(matches!(by_older, Err(SignInError::UnknownLink)), "{by_older:?}");
    assert!(by_newer.unwrap().has_joined);
    assert!(matches!(again, Err(SignInError::UnknownLink)), "{again:?}");
}

#[actix_web::test]
async fn a_draft_is_worth_something_for_ten_minutes_and_one_account() {
    let bakery = Bakery::open().await;
    let enrolment = bakery.sign_ins.enrol(&bakery.olga, secret(PASSWORD)).await.unwrap();
    let base32 = enrolment.secret.expose_secret();
    let of_another = bakery.sign_ins.confirm(&bakery.anna, &enrolment.draft, &digits(base32, bakery.clock.now())).await;

    bakery.clock.turn(Duration::from_mins(10));
    let late = bakery.sign_ins.confirm(&bakery.olga, &enrolment.draft, &digits(base32, bakery.clock.now())).await;

    assert!(matches!(of_another, Err(SignInError::Draft)));
    assert!(matches!(late, Err(SignInError::Draft)));
    assert!(!bakery.olga_now().await.has_second_factor);
}

#[actix_web::test]
async fn each_code_signs_in_once() {
    let bakery = Bakery::open().await;
    let (base32, _) = bakery.enrolled().await;
    let first = digits(&base32, bakery.clock.now());

    assert!(matches!(bakery.sign_in(None).await, Err(SignInError::NeedsCode)));
    assert!(matches!(bakery.sign_in(Some(first)).await, Err(SignInError::WrongCode)), "it added the second factor");
    bakery.clock.turn(STEP);
    let second = digits(&base32, bakery.clock.now());
    assert!(bakery.sign_in(Some(second.clone())).await.is_ok());
    assert!(matches!(bakery.sign_in(Some(second)).await, Err(SignInError::WrongCode)));
    let ahead = digits(&base32, bakery.clock.now().after(STEP));
    assert!(bakery.sign_in(Some(ahead)).await.is_ok(), "a phone may be half a minute ahead");
}

#[actix_web::test]
async fn of_many_at_once_with_the_same_code_one_gets_in() {
    let bakery = Bakery::open().await;
    let (base32, _) = bakery.enrolled().await;
    bakery.clock.turn(STEP);
    let code = digits(&base32, bakery.clock.now());

    let tried = futures_util::future::join_all((0..5).map(|_| bakery.sign_in(Some(code.clone())))).await;

    assert_eq!(tried.iter().filter(|tried| tried.is_ok()).count(), 1);
}

#[actix_web::test]
async fn a_recovery_code_signs_in_once() {
    let bakery = Bakery::open().await;
    let (_, codes) = bakery.enrolled().await;

    for code in codes.iter().take(3) {
        assert!(bakery.sign_in(Some(code.clone())).await.is_ok());
        assert!(matches!(bakery.sign_in(Some(code.clone())).await, Err(SignInError::WrongCode)));
    }
}

#[actix_web::test]
async fn new_recovery_codes_make_the_former_ones_worthless() {
    let bakery = Bakery::open().await;
    let (_, former) = bakery.enrolled().await;
    let olga = bakery.olga_now().await;
    let fresh = bakery.sign_ins.new_recovery_codes(&olga, secret(PASSWORD)).await.unwrap();

    assert!(matches!(bakery.sign_in(Some(former[0].clone())).await, Err(SignInError::WrongCode)));
    assert!(bakery.sign_in(Some(fresh[0].clone())).await.is_ok());
}

#[actix_web::test]
async fn after_six_wrong_codes_the_right_one_has_to_wait_as_well() {
    let bakery = Bakery::open().await;
    let (_, codes) = bakery.enrolled().await;
    for number in 0..6 {
        let tried = bakery.sign_in(Some(secret(&format!("00000{number}")))).await;
        assert!(matches!(tried, Err(SignInError::WrongCode)), "{tried:?}");
    }

    assert!(matches!(bakery.sign_in(Some(codes[0].clone())).await, Err(SignInError::TooMany(_))));
}

#[actix_web::test]
async fn another_password_by_link_does_not_skip_the_second_factor() {
    let bakery = Bakery::open().await;
    bakery.enrolled().await;
    let link = bakery.link(&bakery.olga_now().await).await;

    bakery.sign_ins.use_link(&link, secret(PASSWORD)).await.unwrap();

    assert!(matches!(bakery.sign_in(None).await, Err(SignInError::NeedsCode)));
}

#[actix_web::test]
async fn who_takes_the_second_factor_off_proves_both() {
    let bakery = Bakery::open().await;
    let (_, codes) = bakery.enrolled().await;
    let olga = bakery.olga_now().await;
    let remove = async |password: &str, code: &SecretString| {
        bakery.sign_ins.remove_second_factor(&olga, secret(password), code).await
    };

    assert!(matches!(remove("stale bread weekly", &codes[0]).await, Err(SignInError::Wrong)));
    assert!(matches!(remove(PASSWORD, &secret("000000")).await, Err(SignInError::WrongCode)));
    remove(PASSWORD, &codes[0]).await.unwrap();
    assert!(bakery.sign_in(None).await.is_ok());
}

#[actix_web::test]
async fn an_authenticator_is_not_replaced_behind_its_back() {
    let bakery = Bakery::open().await;
    let enrolment = bakery.sign_ins.enrol(&bakery.olga, secret(PASSWORD)).await.unwrap();
    bakery.enrolled().await;
    let olga = bakery.olga_now().await;
    let code = digits(enrolment.secret.expose_secret(), bakery.clock.now());

    assert!(matches!(bakery.sign_ins.enrol(&olga, secret(PASSWORD)).await, Err(SignInError::HasSecondFactor)));
    assert!(matches!(bakery.sign_ins.confirm(&olga, &enrolment.draft, &code).await, Err(SignInError::HasSecondFactor)));
}
