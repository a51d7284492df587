//! The demo business: something to try a minute after the download. It never touches a business that exists.

use actors::ids::BusinessId;
use actors::moment::Moment;
use actors::ports::PublicKey;
use anyhow::Context as _;
use hub_store::{Button, By, Color, Language, Mode, NewAccount, NewPackage, PackageSettings, Reveal, Role, Store};
use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::say;
use crate::config::environment_secret;
use crate::sign_in::hasher::Hasher;
use crate::sign_in::secret::Purpose;

const BUSINESS: &str = "Bakery";
const PASSWORD_VARIABLE: &str = "HUB_DEMO_PASSWORD";
/// The packages of the demo, known to its pages.
const ENGLISH_KEY: &str = "demo-en";
const POLISH_KEY: &str = "demo-pl";
const VOICE_KEY: &str = "demo-voice";
/// Letters of a made-up password: 96 random bits that one can still type.
const PASSWORD_LETTERS: usize = 16;

/// Someone of the demo.
struct Member {
    name: &'static str,
    family_name: &'static str,
    role: Role,
    language: Language,
}

const MEMBERS: [Member; 3] = [
    Member { name: "Olga", family_name: "Nowak", role: Role::Owner, language: Language::Pl },
    Member { name: "Anna", family_name: "Baker", role: Role::Consultant, language: Language::En },
    Member { name: "Ben", family_name: "Miller", role: Role::Consultant, language: Language::En },
];

/// Adds the business with its people and packages, unless its key is taken.
pub(crate) async fn fill(store: &Store, hasher: &Hasher, now: Moment) -> anyhow::Result<()> {
    if store.package_by_key(&PublicKey(ENGLISH_KEY.to_owned())).await?.is_some() {
        say("the demo exists already; its accounts keep their password");
        return Ok(());
    }
    let password = match environment_secret(PASSWORD_VARIABLE) {
        Some(password) => password,
        None => made_up()?,
    };
    let hash = hasher.hash(password.clone()).await?;
    let business = store.create_business(BUSINESS, now).await?;
    for member in &MEMBERS {
        store.create_account(business, account(member, &hash), By::hub(now)).await?;
    }
    // The packages come last: as long as they are missing, a start that was cut short begins again.
    add_package(store, business, VOICE_KEY, voice(), now).await?;
    add_package(store, business, POLISH_KEY, polish(), now).await?;
    add_package(store, business, ENGLISH_KEY, english(), now).await?;
    for member in &MEMBERS {
        say(&format!("demo account {} (password {})", email(member), told(&password)));
    }
    Ok(())
}

fn account(member: &Member, password: &str) -> NewAccount {
    NewAccount {
        email: email(member),
        given_name: member.name.to_owned(),
        family_name: member.family_name.to_owned(),
        role: member.role,
        password: Some(password.to_owned()),
        takes_calls: member.role == Role::Consultant,
        sends_transcripts: false,
        photo: Some(format!("/demo/faces/{}.svg", member.name.to_lowercase())),
        language: member.language,
    }
}

async fn add_package(
    store: &Store,
    business: BusinessId,
    key: &str,
    settings: PackageSettings,
    now: Moment,
) -> anyhow::Result<()> {
    let name = settings.company.clone();
    let package = NewPackage { key: PublicKey(key.to_owned()), name, settings };
    store.create_package(business, package, By::hub(now)).await?;
    Ok(())
}

fn english() -> PackageSettings {
    PackageSettings {
        company: BUSINESS.to_owned(),
        button: Button { label: "Chat with us".to_owned(), color: Color::Blue, ..Button::default() },
        ..PackageSettings::default()
    }
}

fn polish() -> PackageSettings {
    let button = Button {
        label: "Porozmawiajmy".to_owned(),
        color: Color::Green,
        reveal: Reveal::Always,
        mode: Mode::ChatAndVoice,
        ..Button::default()
    };
    let zone = "Europe/Warsaw".to_owned();
    PackageSettings {
        company: "Piekarnia".to_owned(),
        language: Language::Pl,
        zone,
        button,
        ..PackageSettings::default()
    }
}

fn voice() -> PackageSettings {
    let button = Button { label: "Call us".to_owned(), color: Color::Violet, mode: Mode::Voice, ..Button::default() };
    PackageSettings { company: "Bakery by phone".to_owned(), button, ..PackageSettings::default() }
}

fn email(member: &Member) -> String {
    format!("{}@bakery.example", member.name.to_lowercase())
}

fn made_up() -> anyhow::Result<SecretString> {
    let secret = Purpose::SignIn.make()?;
    let (_, letters) = secret.expose_secret().split_once('_').context("cannot make a password")?;
    Ok(SecretString::from(letters.chars().take(PASSWORD_LETTERS).collect::<String>()))
}

/// A password somebody chose is not repeated on a screen.
fn told(password: &SecretString) -> &str {
    if environment_secret(PASSWORD_VARIABLE).is_some() { "of HUB_DEMO_PASSWORD" } else { password.expose_secret() }
}
