//! More consultants than the demo has, added with `hub account add`.

use super::hub::Hub;
use super::setup::PASSWORD;

/// E-mail of the added consultant with this number.
pub fn email(number: usize) -> String {
    format!("consultant{number}@bakery.example")
}

/// Adds this many consultants to the demo business; the hub must not run on SQLite meanwhile.
pub fn add_accounts(hub: &Hub, count: usize) {
    for number in 0..count {
        let (status, said) = add(hub, &email(number), "consultant");
        assert!(status.success(), "cannot add an account: {said}");
    }
}

/// Adds one account to the demo business.
pub fn add(hub: &Hub, email: &str, role: &str) -> (std::process::ExitStatus, String) {
    let arguments = [
        "account",
        "add",
        "--business",
        "Bakery",
        "--email",
        email,
        "--role",
        role,
        "--given-name",
        "Cora",
        "--family-name",
        "Crumb",
    ];
    hub.tool(&arguments, &format!("{PASSWORD}\n"))
}
