//! Finds payment card numbers: 13 to 19 digits in whole groups, a known network and the check digit of
//! ISO/IEC 7812-1 (Luhn). Phone and bank account numbers stay.

/// Longer runs of digits are bank accounts: a Polish one has 26.
const LONGEST_RUN: usize = 24;
/// Characters between two groups, such as `4111 - 1111`.
const LONGEST_GAP: usize = 3;

/// A digit of the text: where it stands and what it is worth.
#[derive(Clone, Copy)]
struct Digit {
    from: usize,
    to: usize,
    value: u8,
    /// Nothing but separators or the start of the run before it.
    starts_group: bool,
}

/// The text with each card number replaced by its last four digits; `None` if there is no card number in it.
pub(crate) fn redact(text: &str) -> Option<String> {
    let mut redacted = String::new();
    let mut done = 0;
    for run in runs(text) {
        let mut rest = run.as_slice();
        while let [_, after @ ..] = rest {
            let Some(card) = card_at(rest) else {
                rest = after;
                continue;
            };
            if let (Some(first), Some(last)) = (card.first(), card.last()) {
                redacted.push_str(text.get(done..first.from).unwrap_or_default());
                redacted.push_str("[card •••• ");
                redacted.extend(card.iter().skip(card.len() - 4).map(|digit| char::from(b'0' + digit.value)));
                redacted.push(']');
                done = last.to;
            }
            rest = rest.get(card.len()..).unwrap_or_default();
        }
    }
    redacted.push_str(text.get(done..).unwrap_or_default());
    (done > 0).then_some(redacted)
}

/// The longest card number that starts here; it begins and ends with a group.
fn card_at(digits: &[Digit]) -> Option<&[Digit]> {
    if !digits.first()?.starts_group {
        return None;
    }
    (13..=19).rev().filter_map(|length| digits.split_at_checked(length)).find_map(|(card, after)| {
        let ends_group = after.first().is_none_or(|next| next.starts_group);
        (ends_group && is_network(card) && passes_luhn(card)).then_some(card)
    })
}

/// Runs of digits with nothing but separators between them.
fn runs(text: &str) -> Vec<Vec<Digit>> {
    let mut runs: Vec<Vec<Digit>> = Vec::new();
    let mut run: Vec<Digit> = Vec::new();
    let mut gap = LONGEST_GAP;
    for (from, letter) in text.char_indices() {
        if let Some(value) = digit(letter) {
            let starts_group = gap > 0;
            run.push(Digit { from, to: from + letter.len_utf8(), value, starts_group });
            gap = 0;
        } else if is_separator(letter) && gap < LONGEST_GAP {
            gap += 1;
        } else {
            runs.push(std::mem::take(&mut run));
            gap = LONGEST_GAP;
        }
    }
    runs.push(run);
    runs.retain(|run| (13..=LONGEST_RUN).contains(&run.len()));
    runs
}

/// The value of a digit; also full-width and Arabic ones, which phones type.
fn digit(letter: char) -> Option<u8> {
    let zero = match letter {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    u8::try_from(u32::from(letter) - u32::from(zero)).ok()
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '–' | '‑' | '.' | '·' | '_' | '\u{200b}' | '\u{2060}')
}

/// Does a card network issue numbers that begin like this, in this length?
fn is_network(card: &[Digit]) -> bool {
    let prefix = card.iter().take(4).fold(0_u32, |number, digit| number * 10 + u32::from(digit.value));
    match prefix {
        // Visa
        4000..=4999 => matches!(card.len(), 13 | 16 | 19),
        // Mastercard
        5100..=5599 | 2221..=2720 => card.len() == 16,
        // American Express
        3400..=3499 | 3700..=3799 => card.len() == 15,
        // Diners Club
        3000..=3059 | 3095 | 3600..=3699 | 3800..=3999 => (14..=19).contains(&card.len()),
        // JCB
        3528..=3589 => (16..=19).contains(&card.len()),
        // Maestro, Discover, UnionPay
        5000..=5099 | 5600..=5899 | 6000..=6999 => (13..=19).contains(&card.len()),
        _ => false,
    }
}

fn passes_luhn(card: &[Digit]) -> bool {
    let weighed = |(place, digit): (usize, &Digit)| {
        let doubled = u32::from(digit.value) * if place % 2 == 1 { 2 } else { 1 };
        doubled / 10 + doubled % 10
    };
    card.iter().rev().enumerate().map(weighed).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers which the networks publish for tests.
    const CARDS: [&str; 9] = [
        "4111111111111111",
        "4222222222222",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "30569309025904",
        "6011111111111117",
        "3530111333300000",
        "6205500000000000004",
    ];

    #[test]
    fn every_network_is_known() {
        for card in CARDS {
            let last: String = card.chars().skip(card.len() - 4).collect();
            assert_eq!(redact(card), Some(format!("[card •••• {last}]")), "{card}");
        }
    }

    #[test]
    fn separators_and_foreign_digits_do_not_hide_a_number() {
        for text in [
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111 - 1111 - 1111 - 1111",
            "4111.1111.1111.1111",
            "4111\u{a0}1111\u{200b}1111\u{202f}1111",
            "４１１１１１１１１１１１１１１１",
            "٤١١١١١١١١١١١١١١١",
        ] {
            assert_eq!(redact(text).as_deref(), Some("[card •••• 1111]"), "{text}");
        }
    }

    #[test]
    fn the_text_around_stays() {
        assert_eq!(
            redact("pay with 4111 1111 1111 1111, exp 12/27 or 5555555555554444 ok?").as_deref(),
            Some("pay with [card •••• 1111], exp 12/27 or [card •••• 4444] ok?")
        );
    }

    #[test]
    fn a_check_code_behind_the_number_does_not_hide_it() {
        assert_eq!(redact("4111 1111 1111 1111 123").as_deref(), Some("[card •••• 1111] 123"));
        assert_eq!(redact("5 5555 5555 5555 4444").as_deref(), Some("5 [card •••• 4444]"));
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "",
            "call 600 700 800",
            "4111 1111 1111 1112",
            "1234567890123456",
            "PL61 1090 1014 0000 0712 1981 2874",
            "order 94111111111111111",
            "2026-11-23 12:30:15",
        ] {
            assert_eq!(redact(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_digit_is_noticed() {
        for place in 0..16 {
            let mut digits: Vec<u8> = b"4111111111111111".to_vec();
            digits[place] = b'0' + (digits[place] - b'0' + 1) % 10;
            let text = String::from_utf8(digits).unwrap();
            assert_eq!(redact(&text), None, "{text}");
        }
    }
}
