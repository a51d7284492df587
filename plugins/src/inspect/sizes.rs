//! How much a component asks for before it has done anything.

use wasmparser::{Parser, Payload};

use crate::limits::{self, Limits};
use crate::refusal::Refusal;

/// Bytes of a page of linear memory.
const PAGE: u64 = 64 << 10;

#[derive(Default)]
struct Sizes {
    modules: u64,
    memories: u64,
    memory: u64,
    tables: u64,
    elements: u64,
}

/// Are the initial sizes of all its modules together allowed?
pub(super) fn check(component: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let sizes = Sizes::of(component).map_err(|error| Refusal::invalid(&error.to_string()))?;
    let most = [
        ("modules", sizes.modules, u64::from(limits::CORE_INSTANCES)),
        ("memories", sizes.memories, u64::from(limits::MEMORIES)),
        ("tables", sizes.tables, u64::from(limits::TABLES)),
    ];
    if let Some((what, asked, allowed)) = most.into_iter().find(|(_, asked, allowed)| asked > allowed) {
        return Err(Refusal::TooMany { what: what.to_owned(), asked, allowed });
    }
    if sizes.memory > limits.memory as u64 {
        return Err(Refusal::Memory { asked: sizes.memory, allowed: limits.memory as u64 });
    }
    if sizes.elements > limits::TABLE_ELEMENTS as u64 {
        return Err(Refusal::Table { asked: sizes.elements, allowed: limits::TABLE_ELEMENTS as u64 });
    }
    Ok(())
}

impl Sizes {
    fn of(component: &[u8]) -> Result<Self, wasmparser::BinaryReaderError> {
        let mut sizes = Self::default();
        for payload in Parser::new(0).parse_all(component) {
            match payload? {
                Payload::ModuleSection { .. } => sizes.modules += 1,
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        sizes.memories += 1;
                        sizes.memory = sizes.memory.saturating_add(memory?.initial.saturating_mul(PAGE));
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        sizes.tables += 1;
                        sizes.elements = sizes.elements.saturating_add(table?.ty.initial);
                    }
                }
                _ => {}
            }
        }
        Ok(sizes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<(), Refusal> {
        check(&wat::parse_str(text).unwrap(), &Limits::default())
    }

    #[test]
    fn initial_sizes_are_added_up() {
        checked("(component (core module (memory 256)) (core module (memory 256)))").unwrap();
        let refusal = checked("(component (core module (memory 256)) (core module (memory 257)))").unwrap_err();
        assert_eq!(refusal, Refusal::Memory { asked: 513 * PAGE, allowed: 32 << 20 });
        let refusal = checked("(component (core module (table 10000000 funcref)))").unwrap_err();
        assert_eq!(refusal, Refusal::Table { asked: 10_000_000, allowed: 20_000 });
    }

    #[test]
    fn a_crowd_is_refused() {
        let crowd = |part: &str, count: usize| format!("(component (core module {}))", part.repeat(count));
        checked(&crowd("(table 1 funcref)", 8)).unwrap();
        assert!(matches!(checked(&crowd("(table 1 funcref)", 9)), Err(Refusal::TooMany { asked: 9, .. })));
        assert!(matches!(checked(&crowd("(memory 1)", 5)), Err(Refusal::TooMany { asked: 5, .. })));
        let modules = format!("(component {})", "(core module)".repeat(65));
        assert!(matches!(checked(&modules), Err(Refusal::TooMany { asked: 65, .. })));
    }
}
