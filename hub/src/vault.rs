//! The vault: seals secrets the hub must be able to read again, such as those of second factors.
//!
//! The database alone opens none of them: the key stands in a file of its own.
//! What is sealed for one row opens for that row only.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use actors::ids::{AccountId, PackageId, PluginId};
use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use secrecy::SecretSlice;
use thiserror::Error;
use tracing::info;

const KEY_BYTES: usize = 32;
/// Random nonces of this size never meet, however much is sealed.
const NONCE_BYTES: usize = 24;
/// The first byte of what is sealed, so that another cipher can come after this one.
const FORM: u8 = 1;
const ONLY_MINE: u32 = 0o600;
/// Others may do nothing with the key and the group may not change it. It may read it: containers mount secrets so.
const TOO_OPEN: u32 = 0o027;

/// The row a secret belongs to, and what it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The secret an account's codes are made of.
    SecondFactor(AccountId),
    /// The same before its first code was typed; it stands in no row, but belongs to one account.
    Enrolment(AccountId),
    /// What a site signs the identity of its visitors with.
    Identity(PackageId),
    /// The secrets among the settings of a plugin, by the keys of their fields.
    PluginSecrets(PluginId),
}

/// Why nothing was sealed or opened.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum VaultError {
    #[error("cannot seal a secret")]
    Seal,
    /// Sealed with another key, for another place, or changed since.
    #[error("cannot open a sealed secret: is the key the one of this database?")]
    Open,
}

/// The key, ready to be used.
pub(crate) struct Vault {
    cipher: XChaCha20Poly1305,
    key: [u8; KEY_BYTES],
}

impl Place {
    /// What is authenticated along with the secret.
    fn name(self) -> String {
        match self {
            Self::SecondFactor(account) => format!("second factor of {account}"),
            Self::Enrolment(account) => format!("enrolment of {account}"),
            Self::Identity(package) => format!("identity secret of {package}"),
            Self::PluginSecrets(plugin) => format!("secrets of plugin {plugin}"),
        }
    }
}

impl Vault {
    /// Reads the key of this file; the first start makes it.
    pub(crate) fn open(file: &Path) -> anyhow::Result<Self> {
        let key = match fs::read_to_string(file) {
            Ok(text) => {
                let mode = fs::metadata(file)?.permissions().mode();
                if mode & TOO_OPEN != 0 {
                    bail!("others can read or change the key {}; set its rights to 600", file.display());
                }
                parse(&text).with_context(|| format!("{} holds no key", file.display()))?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let key = make(file).with_context(|| format!("cannot make the key {}", file.display()))?;
                info!(file = %file.display(), "made the key of this hub; it belongs to every backup");
                key
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read the key {}", file.display())),
        };
        Ok(Self { cipher: XChaCha20Poly1305::new(&Key::from(key)), key })
    }

    /// The key itself, for a part that makes a key of its own out of it.
    pub(crate) fn key(&self) -> [u8; KEY_BYTES] {
        self.key
    }

    /// Seals a secret for its place.
    pub(crate) fn seal(&self, place: Place, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_cause| VaultError::Seal)?;
        let name = place.name();
        let payload = Payload { msg: secret, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_cause| VaultError::Seal)?;
        Ok([&[FORM], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for this place.
    pub(crate) fn unseal(&self, place: Place, sealed: &[u8]) -> Result<SecretSlice<u8>, VaultError> {
        let (form, rest) = sealed.split_first().ok_or(VaultError::Open)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Open)?;
        if *form != FORM {
            return Err(VaultError::Open);
        }
        let name = place.name();
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        let secret = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_cause| VaultError::Open)?;
        Ok(SecretSlice::from(secret))
    }
}

fn parse(text: &str) -> anyhow::Result<[u8; KEY_BYTES]> {
    // The cause would repeat a part of the key.
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_cause| anyhow::anyhow!("it is not base64url"))?;
    bytes.try_into().map_err(|_cause| anyhow::anyhow!("it must be {KEY_BYTES} bytes"))
}

fn make(file: &Path) -> anyhow::Result<[u8; KEY_BYTES]> {
    let mut key = [0_u8; KEY_BYTES];
    getrandom::fill(&mut key)?;
    // Under its name stands a whole key or none: a start that is cut short must not leave half of one.
    let unfinished = file.with_extension("key.unfinished");
    let mut written =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(ONLY_MINE).open(&unfinished)?;
    writeln!(written, "{}", URL_SAFE_NO_PAD.encode(key))?;
    written.sync_all()?;
    fs::rename(&unfinished, file)?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn anna() -> Place {
        Place::SecondFactor(1.into())
    }

    fn vault() -> (tempfile::TempDir, Vault) {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("hub.key")).unwrap();
        (folder, vault)
    }

    #[test]
    fn a_secret_opens_in_its_place_only() {
        let (_folder, vault) = vault();
        let sealed = vault.seal(anna(), b"yeast").unwrap();

        assert_eq!(vault.unseal(anna(), &sealed).unwrap().expose_secret(), b"yeast");
        for other in [Place::SecondFactor(2.into()), Place::Identity(1.into()), Place::PluginSecrets(1.into())] {
            assert_eq!(vault.unseal(other, &sealed).unwrap_err(), VaultError::Open, "{other:?}");
        }
    }

    #[test]
    fn a_changed_secret_does_not_open() {
        let (_folder, vault) = vault();
        let sealed = vault.seal(anna(), b"yeast").unwrap();

        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.unseal(anna(), &changed).is_err(), "byte {at}");
            assert!(vault.unseal(anna(), &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        let (_folder, vault) = vault();

        assert_ne!(vault.seal(anna(), b"yeast"), vault.seal(anna(), b"yeast"));
    }

    #[test]
    fn the_key_outlives_a_restart_and_is_only_mine() {
        let (folder, vault) = vault();
        let sealed = vault.seal(anna(), b"yeast").unwrap();
        let file = folder.path().join("hub.key");

        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, ONLY_MINE);
        assert!(Vault::open(&file).unwrap().unseal(anna(), &sealed).is_ok());
        fs::remove_file(&file).unwrap();
        assert!(Vault::open(&file).unwrap().unseal(anna(), &sealed).is_err());
    }

    #[test]
    fn a_key_others_can_read_is_refused() {
        let (folder, _vault) = vault();
        let file = folder.path().join("hub.key");
        for (mode, is_fine) in [(0o600, true), (0o400, true), (0o440, true), (0o644, false), (0o660, false)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();

            assert_eq!(Vault::open(&file).is_ok(), is_fine, "{mode:o}");
        }
    }

    #[test]
    fn a_broken_key_is_refused_and_not_repeated() {
        let (folder, _vault) = vault();
        let file = folder.path().join("hub.key");
        for text in ["", "canary!", "Y2FuYXJ5"] {
            fs::write(&file, text).unwrap();
            let refusal = format!("{:#}", Vault::open(&file).err().unwrap());

            assert!(!refusal.contains("canary") && refusal.contains("holds no key"), "{refusal}");
        }
    }
}
