//! A server in the middle of a working day: visitors whose chats consultants answer.

use anyhow::{Context as _, Result, bail};

use crate::http;
use crate::people::{People, Person};
use crate::server::{Kind, PASSWORD, Server};
use crate::talk::{Sense, cid};

/// Visitors who wait at the same time: a line like this is long already.
const AT_ONCE: usize = 200;

/// One visitor with a chat.
#[derive(Clone)]
pub(crate) struct Talker {
    /// Name of the socket.
    pub name: usize,
    pub chat: String,
}

/// Everybody of one server.
pub(crate) struct Scene<'a> {
    pub people: People<'a>,
    /// Visitors in the order of their desks: talker `i` is answered at desk `i % desks`.
    pub talkers: Vec<Talker>,
    /// Sockets of the desks.
    pub desks: Vec<usize>,
}

/// How a visitor connects; `token` makes it the visitor of an earlier welcome.
pub(crate) fn visitor(token: Option<&str>) -> Person {
    let token = token.map(|token| format!(r#","tok":"{token}""#)).unwrap_or_default();
    let hello = format!(r#"{{"t":"hello","v":1,"pkg":"demo-en"{token}}}"#);
    Person { path: "/v1/ws/visitor", headers: String::new(), hello }
}

/// How a visitor connects who calls; the package has voice.
pub(crate) fn caller() -> Person {
    let hello = r#"{"t":"hello","v":1,"pkg":"demo-voice"}"#.to_owned();
    Person { path: "/v1/ws/visitor", headers: String::new(), hello }
}

/// How desk number `desk` connects; at the hub it signs in first.
pub(crate) fn desk(server: &Server, desk: usize) -> Result<Person> {
    if !server.kind.is_hub() {
        let hello = format!(r#"{{"t":"hello","v":1,"desk":{desk}}}"#);
        return Ok(Person { path: "/", headers: String::new(), hello });
    }
    let email = email(desk);
    let sign_in = serde_json::json!({ "email": email, "password": PASSWORD }).to_string();
    let cookie = http::post(server.address, "/v1/sign-in", "", &sign_in)?.cookie.context("no cookie was set")?;
    let answer: serde_json::Value =
        serde_json::from_str(&http::post(server.address, "/v1/ticket", &cookie, "{}")?.body)?;
    let ticket = answer.get("ticket").and_then(serde_json::Value::as_str).context("no ticket was given")?;
    let hello = format!(r#"{{"t":"hello","v":1,"ticket":"{ticket}"}}"#);
    Ok(Person { path: "/v1/ws/desk", headers: format!("Cookie: {cookie}\r\n"), hello })
}

/// The demo has two consultants; more are added before the day begins.
const DEMO_CONSULTANTS: [&str; 2] = ["anna", "ben"];

fn email(desk: usize) -> String {
    DEMO_CONSULTANTS
        .get(desk)
        .map_or_else(|| format!("c{desk}@bakery.example"), |name| format!("{name}@bakery.example"))
}

/// Starts a server where this many consultants have accounts.
pub(crate) fn server(kind: Kind, desks: usize) -> Result<Server> {
    let server = Server::start(kind)?;
    if !kind.is_hub() || desks <= DEMO_CONSULTANTS.len() {
        return Ok(server);
    }
    // A SQLite file belongs to one process, so the hub rests while accounts are added.
    let stopped = server.kill()?;
    for desk in DEMO_CONSULTANTS.len()..desks {
        let person = ["--given-name", "Ewa", "--family-name", "Nowak", "--role", "consultant", "--email", &email(desk)];
        stopped.add_account(&person)?;
    }
    stopped.start()
}

impl<'a> Scene<'a> {
    /// Connects desks and visitors, opens a chat for each visitor and has it answered.
    pub(crate) fn set(server: &'a Server, visitors: usize, desks: usize) -> Result<Self> {
        let mut people = People::new(server)?;
        let arriving = (0..desks).map(|number| desk(server, number)).collect::<Result<Vec<_>>>()?;
        people.gather(arriving)?;
        people.gather((0..visitors).map(|_| visitor(None)).collect())?;
        let desks: Vec<usize> = (0..desks).collect();
        let mut scene = Self { people, talkers: Vec::new(), desks };
        while scene.talkers.len() < visitors {
            let opened = scene.talkers.len();
            scene.open_chats(AT_ONCE.min(visitors - opened))?;
            if server.kind.is_hub() {
                scene.claim_from(opened)?;
            }
        }
        scene.people.settle()?;
        Ok(scene)
    }

    /// The desk that answers this talker.
    pub(crate) fn desk_of(&self, talker: usize) -> usize {
        talker % self.desks.len()
    }

    /// Has the next visitors open their chats.
    fn open_chats(&mut self, count: usize) -> Result<()> {
        let opened = self.talkers.len();
        let first = self.desks.len() + opened;
        let open = |number: usize| {
            let (name, desk) = (first + number, self.desk_of(opened + number));
            (name, format!(r#"{{"t":"open","cid":"{}","body":"Good morning","desk":{desk}}}"#, cid(0, name)))
        };
        let said = (0..count).map(open).collect();
        let mut chats = vec![String::new(); count];
        let mut acked = 0;
        let mut refused = None;
        self.people.tell(said, &mut |name, sense| {
            match sense {
                Sense::Ack { chat, .. } => {
                    acked += 1;
                    if let Some(kept) = name.checked_sub(first).and_then(|number| chats.get_mut(number)) {
                        chat.clone_into(kept);
                    }
                }
                Sense::Refused { code } => refused = Some(code.to_owned()),
                _ => {}
            }
            acked == count || refused.is_some()
        })?;
        if let Some(code) = refused {
            bail!("a chat was refused: {code}");
        }
        let talker = |(number, chat)| Talker { name: first + number, chat };
        self.talkers.extend(chats.into_iter().enumerate().map(talker));
        Ok(())
    }

    /// Has the consultants answer every chat from this one on.
    fn claim_from(&mut self, first: usize) -> Result<()> {
        let claim = |(number, talker): (usize, &Talker)| {
            (self.desk_of(number), format!(r#"{{"t":"claim","chat":"{}"}}"#, talker.chat))
        };
        let said: Vec<_> = self.talkers.iter().enumerate().skip(first).map(claim).collect();
        let all = said.len();
        let mut claimed = 0;
        let mut refused = None;
        self.people.tell(said, &mut |_, sense| {
            match sense {
                Sense::Claimed => claimed += 1,
                Sense::Refused { code } => refused = Some(code.to_owned()),
                _ => {}
            }
            claimed == all || refused.is_some()
        })?;
        match refused {
            Some(code) => bail!("a claim was refused: {code}"),
            None => Ok(()),
        }
    }
}
