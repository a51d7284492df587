//! What clients ask of the relay (RFC 8656), who may ask it, and what they are told.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use ring::hmac;

use super::allocation::{ALLOCATION_LIFE, Allocation, CHANNELS, Client};
use super::credentials::{Claim, REALM};
use super::refusal::Refusal;
use super::server::{Effect, Server};
use super::stun::{Message, Transaction, Writer, attribute, kind};

/// Allocations with the same credentials: one by UDP, one by TCP.
const MOST_OF_A_USERNAME: usize = 2;
/// Allocations of one side of a call, whose page may be loaded again and again: the oldest makes room.
const MOST_OF_A_SIDE: usize = 8;
/// UDP: nothing else is relayed.
const UDP: u8 = 17;

/// Attributes a client may demand that we understand.
const UNDERSTOOD: [u16; 13] = [
    attribute::USERNAME,
    attribute::CHANNEL_NUMBER,
    attribute::LIFETIME,
    attribute::XOR_PEER_ADDRESS,
    attribute::DATA,
    attribute::REALM,
    attribute::NONCE,
    attribute::REQUESTED_ADDRESS_FAMILY,
    attribute::EVEN_PORT,
    attribute::REQUESTED_TRANSPORT,
    // No packet of ours leaves the machine, so none is ever fragmented.
    attribute::DONT_FRAGMENT,
    attribute::RESERVATION_TOKEN,
    attribute::MESSAGE_INTEGRITY,
];

/// Who asks, proven by a signature.
#[derive(Clone, Debug)]
pub(super) struct Asker {
    pub(super) username: String,
    pub(super) claim: Claim,
    pub(super) key: hmac::Key,
    pub(super) transaction: Transaction,
}

impl Server {
    pub(super) fn request<'a>(&mut self, from: Client, message: &Message<'_>, now: Instant) -> Effect<'a> {
        if !matches!(message.kind, kind::ALLOCATE | kind::REFRESH | kind::CREATE_PERMISSION | kind::CHANNEL_BIND) {
            return Effect::Nothing;
        }
        let asker = match self.identify(from, message, now) {
            Ok(asker) => asker,
            Err(refusal) => {
                // A browser begins without credentials, and learns here what to sign.
                if message.is_signed() {
                    self.meters.refused(&refusal);
                }
                let nonce = self.credentials.nonce(from.address(), now);
                let answer = refusal
                    .answer(message)
                    .with(attribute::REALM, REALM.as_bytes())
                    .with(attribute::NONCE, nonce.as_bytes());
                return Effect::Answer(answer.unsigned());
            }
        };
        let key = asker.key.clone();
        let answer = self.decide(from, message, asker, now).unwrap_or_else(|refusal| {
            self.meters.refused(&refusal);
            refusal.answer(message)
        });
        Effect::Answer(answer.signed(&key))
    }

    fn identify(&self, from: Client, message: &Message<'_>, now: Instant) -> Result<Asker, Refusal> {
        if !message.is_signed() {
            return Err(Refusal::Unauthenticated);
        }
        let text = |kind| message.text(kind).ok_or(Refusal::Malformed);
        let (username, realm, nonce) = (text(attribute::USERNAME)?, text(attribute::REALM)?, text(attribute::NONCE)?);
        if !self.credentials.is_nonce_good(nonce, from.address(), now) {
            return Err(Refusal::StaleNonce);
        }
        let claim = Claim::read(username).filter(|claim| realm == REALM && self.calls.contains(&claim.call));
        let claim = claim.ok_or(Refusal::Unauthenticated)?;
        let key = self.credentials.key(username);
        if !message.is_signed_with(&key) {
            return Err(Refusal::Unauthenticated);
        }
        Ok(Asker { username: username.to_owned(), claim, key, transaction: message.transaction })
    }

    fn decide(&mut self, from: Client, message: &Message<'_>, asker: Asker, now: Instant) -> Result<Writer, Refusal> {
        let unknown: Vec<u16> =
            message.kinds().filter(|kind| *kind < attribute::OPTIONAL && !UNDERSTOOD.contains(kind)).collect();
        if !unknown.is_empty() {
            return Err(Refusal::Unknown(unknown));
        }
        let success = Writer::new(message.kind | kind::SUCCESS, message.transaction);
        match message.kind {
            kind::ALLOCATE => self.allocate(from, message, asker, now).map(|made| describe(success, made, from)),
            kind::REFRESH => {
                let lifetime = self.refresh(from, message, &asker, now)?;
                Ok(success.with(attribute::LIFETIME, &lifetime.to_be_bytes()))
            }
            kind::CREATE_PERMISSION => self.create_permission(from, message, &asker, now).map(|()| success),
            _ => self.channel_bind(from, message, &asker, now).map(|()| success),
        }
    }

    fn allocate(
        &mut self,
        from: Client,
        message: &Message<'_>,
        asker: Asker,
        now: Instant,
    ) -> Result<&Allocation, Refusal> {
        if let Some(made) = self.allocations.get(&from) {
            // The answer was lost, so it is given again.
            let is_repeated = made.transaction == message.transaction && made.username == asker.username;
            if !is_repeated {
                return Err(Refusal::Mismatch);
            }
        } else {
            self.open_for(from, message, asker, now)?;
        }
        self.allocations.get(&from).ok_or(Refusal::Capacity)
    }

    fn open_for(&mut self, from: Client, message: &Message<'_>, asker: Asker, now: Instant) -> Result<(), Refusal> {
        if self.credentials.is_expired(asker.claim, now) {
            return Err(Refusal::Unauthenticated);
        }
        match message.get(attribute::REQUESTED_TRANSPORT) {
            Some([UDP, _, _, _]) => {}
            Some([_, _, _, _]) => return Err(Refusal::Transport),
            _ => return Err(Refusal::Malformed),
        }
        let reserves_a_pair = message.get(attribute::EVEN_PORT).is_some_and(|value| value.first() >= Some(&0x80));
        if reserves_a_pair || message.get(attribute::RESERVATION_TOKEN).is_some() {
            return Err(Refusal::Capacity);
        }
        let has = |is_ipv6| self.media.iter().any(|address| address.is_ipv6() == is_ipv6);
        let is_ipv6 = match message.get(attribute::REQUESTED_ADDRESS_FAMILY) {
            // It means IPv4 (RFC 8656, 7.2). Browsers never say more, also where the hub has nothing but IPv6.
            None => !has(false),
            Some([1, _, _, _]) => false,
            Some([2, _, _, _]) => true,
            Some(_) => return Err(Refusal::AddressFamily),
        };
        if !has(is_ipv6) {
            return Err(Refusal::AddressFamily);
        }
        self.make_room(&asker)?;
        self.open(from, asker, is_ipv6, now).then_some(()).ok_or(Refusal::Capacity)
    }

    fn make_room(&mut self, asker: &Asker) -> Result<(), Refusal> {
        let of_username = self.allocations.values().filter(|other| other.username == asker.username);
        if of_username.count() >= MOST_OF_A_USERNAME {
            return Err(Refusal::Quota);
        }
        let is_of_side =
            |other: &Allocation| (other.claim.call, other.claim.side) == (asker.claim.call, asker.claim.side);
        let of_side = || self.allocations.iter().filter(|(_, other)| is_of_side(other));
        if of_side().count() >= MOST_OF_A_SIDE
            && let Some(oldest) = of_side().min_by_key(|(_, other)| other.made).map(|(client, _)| *client)
        {
            self.end(oldest);
        }
        Ok(())
    }

    /// Answers with the seconds that are left.
    fn refresh(&mut self, from: Client, message: &Message<'_>, asker: &Asker, now: Instant) -> Result<u32, Refusal> {
        let allocation = self.own_allocation(from, asker, now)?;
        if message.get(attribute::LIFETIME) == Some(&[0; 4]) {
            self.end(from);
            return Ok(0);
        }
        allocation.expires = now + ALLOCATION_LIFE;
        Ok(seconds(ALLOCATION_LIFE))
    }

    fn create_permission(
        &mut self,
        from: Client,
        message: &Message<'_>,
        asker: &Asker,
        now: Instant,
    ) -> Result<(), Refusal> {
        let addresses: Option<Vec<SocketAddr>> =
            message.all(attribute::XOR_PEER_ADDRESS).map(|value| message.address(value)).collect();
        let addresses = addresses.filter(|addresses| !addresses.is_empty()).ok_or(Refusal::Malformed)?;
        for address in &addresses {
            self.check_peer(from, *address, asker, now)?;
        }
        let allocation = self.own_allocation(from, asker, now)?;
        let ips: Vec<IpAddr> = addresses.iter().map(SocketAddr::ip).collect();
        allocation.peers.iter_mut().filter(|peer| ips.contains(&peer.address.ip())).for_each(|peer| peer.permit(now));
        Ok(())
    }

    fn channel_bind(
        &mut self,
        from: Client,
        message: &Message<'_>,
        asker: &Asker,
        now: Instant,
    ) -> Result<(), Refusal> {
        let number = match message.get(attribute::CHANNEL_NUMBER) {
            Some([n0, n1, _, _]) => u16::from_be_bytes([*n0, *n1]),
            _ => return Err(Refusal::Malformed),
        };
        let address = message.get(attribute::XOR_PEER_ADDRESS).and_then(|value| message.address(value));
        let address = address.ok_or(Refusal::Malformed)?;
        self.check_peer(from, address, asker, now)?;
        let allocation = self.own_allocation(from, asker, now)?;
        let is_taken = allocation.peers.iter().any(|peer| {
            let bound = peer.channel(now);
            if peer.address == address { bound.is_some_and(|bound| bound != number) } else { bound == Some(number) }
        });
        if is_taken || !CHANNELS.contains(&number) {
            return Err(Refusal::Malformed);
        }
        let peer = allocation.peers.iter_mut().find(|peer| peer.address == address).ok_or(Refusal::Forbidden)?;
        peer.bind(number, now);
        Ok(())
    }

    /// Only the hub's own media may be spoken to. Addresses are compared as they are, so no other
    /// spelling of one (mapped into IPv6, translated, unspecified) is ever the same.
    fn check_peer(&mut self, from: Client, peer: SocketAddr, asker: &Asker, now: Instant) -> Result<(), Refusal> {
        let relayed = self.own_allocation(from, asker, now)?.relayed;
        // Permissions are for an IP, so a client may leave the port out.
        let is_own = |own: &SocketAddr| own.ip() == peer.ip() && (own.port() == peer.port() || peer.port() == 0);
        if !self.media.iter().any(is_own) {
            return Err(Refusal::Forbidden);
        }
        if peer.is_ipv4() == relayed.is_ipv4() { Ok(()) } else { Err(Refusal::PeerFamily) }
    }

    fn own_allocation(&mut self, from: Client, asker: &Asker, now: Instant) -> Result<&mut Allocation, Refusal> {
        let allocation = self.allocations.get_mut(&from).filter(|allocation| now < allocation.expires);
        let allocation = allocation.ok_or(Refusal::Mismatch)?;
        if allocation.username == asker.username { Ok(allocation) } else { Err(Refusal::OtherCredentials) }
    }
}

fn describe(success: Writer, made: &Allocation, from: Client) -> Writer {
    let address = from.address();
    success
        .with_address(attribute::XOR_RELAYED_ADDRESS, made.relayed)
        .with_address(attribute::XOR_MAPPED_ADDRESS, SocketAddr::new(address.ip().to_canonical(), address.port()))
        .with(attribute::LIFETIME, &seconds(ALLOCATION_LIFE).to_be_bytes())
}

fn seconds(life: std::time::Duration) -> u32 {
    u32::try_from(life.as_secs()).unwrap_or(u32::MAX)
}
