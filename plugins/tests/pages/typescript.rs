//! Writes the types of `plugin.wit` in TypeScript, as `componentize-qjs` passes them.

use std::collections::BTreeMap;
use std::fmt::Write;

use wit_parser::{Function, Resolve, Type, TypeDef, TypeDefKind, TypeId, TypeOwner};

const HEAD: &str = "/**
 * The types of `plugin.wit`; written by a test from there. Functions that return a `result` in WIT return its value
 * or throw its error.
 */

export type Result<T, E> = { tag: 'ok'; val: T } | { tag: 'err'; val: E };
";

/// The whole file.
pub(super) fn types(resolve: &Resolve) -> String {
    let writer = Writer { resolve, names: names(resolve) };
    let mut text = HEAD.to_owned();
    for (_, interface) in &resolve.interfaces {
        for id in interface.types.values() {
            let definition = &resolve.types[*id];
            if writer.names.contains_key(id) {
                text.push_str(&comment(definition.docs.contents.as_deref(), ""));
                text.push_str(&writer.definition(*id, definition));
            }
        }
        let name = pascal(interface.name.as_deref().unwrap());
        if interface.functions.is_empty() || name == "Host" {
            continue;
        }
        text.push_str(&comment(interface.docs.contents.as_deref(), ""));
        writeln!(text, "export interface {name} {{").unwrap();
        for function in interface.functions.values() {
            text.push_str(comment(function.docs.contents.as_deref(), "  ").trim_start_matches('\n'));
            writeln!(text, "  {};", writer.function(function)).unwrap();
        }
        text.push_str("}\n");
    }
    text
}

/// A name for each type that is defined and not only used; with its interface where two have the same.
fn names(resolve: &Resolve) -> BTreeMap<TypeId, String> {
    let mut owners: BTreeMap<String, Vec<(TypeId, String)>> = BTreeMap::new();
    for (_, interface) in &resolve.interfaces {
        for (name, id) in &interface.types {
            let is_used_only = matches!(resolve.types[*id].kind, TypeDefKind::Type(Type::Id(_)));
            if !is_used_only {
                owners.entry(pascal(name)).or_default().push((*id, pascal(interface.name.as_deref().unwrap())));
            }
        }
    }
    let mut names = BTreeMap::new();
    for (name, same) in owners {
        let is_unique = same.len() == 1;
        for (id, interface) in same {
            names.insert(id, if is_unique { name.clone() } else { format!("{interface}{name}") });
        }
    }
    names
}

struct Writer<'a> {
    resolve: &'a Resolve,
    names: BTreeMap<TypeId, String>,
}

impl Writer<'_> {
    fn definition(&self, id: TypeId, definition: &TypeDef) -> String {
        let name = &self.names[&id];
        match &definition.kind {
            TypeDefKind::Record(record) => {
                let mut text = format!("export interface {name} {{\n");
                for field in &record.fields {
                    text.push_str(comment(field.docs.contents.as_deref(), "  ").trim_start_matches('\n'));
                    writeln!(text, "  {}: {};", camel(&field.name), self.of(&field.ty)).unwrap();
                }
                text + "}\n"
            }
            TypeDefKind::Enum(cases) => {
                let cases: Vec<String> = cases.cases.iter().map(|case| format!("'{}'", case.name)).collect();
                format!("export type {name} = {};\n", cases.join(" | "))
            }
            TypeDefKind::Variant(variant) => {
                let mut text = format!("export type {name} =");
                for case in &variant.cases {
                    text.push_str(&comment(case.docs.contents.as_deref(), "  ").replacen("\n\n", "\n", 1));
                    let value = case.ty.as_ref().map_or(String::new(), |ty| format!("; val: {}", self.of(ty)));
                    let line = if text.ends_with('\n') { "" } else { "\n" };
                    write!(text, "{line}  | {{ tag: '{}'{value} }}", case.name).unwrap();
                }
                text + ";\n"
            }
            TypeDefKind::Type(alias) => format!("export type {name} = {};\n", self.of(alias)),
            other => panic!("no TypeScript for {}", other.as_str()),
        }
    }

    fn function(&self, function: &Function) -> String {
        let params: Vec<String> =
            function.params.iter().map(|param| format!("{}: {}", camel(&param.name), self.of(&param.ty))).collect();
        let result = function.result.as_ref().map_or("void".to_owned(), |result| self.returned(result));
        format!("{}({}): {result}", camel(&function.name), params.join(", "))
    }

    /// What a function returns; the error of a result is thrown.
    fn returned(&self, result: &Type) -> String {
        if let Type::Id(id) = result
            && let TypeDefKind::Result(result) = &self.resolve.types[*id].kind
        {
            return result.ok.as_ref().map_or("void".to_owned(), |ok| self.of(ok));
        }
        self.of(result)
    }

    fn of(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "boolean".to_owned(),
            Type::String | Type::Char => "string".to_owned(),
            Type::Id(id) => self.by_id(*id),
            _ => "number".to_owned(),
        }
    }

    fn by_id(&self, id: TypeId) -> String {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let optional = |ty: &Option<Type>| ty.as_ref().map_or("undefined".to_owned(), |ty| self.of(ty));
        match &self.resolve.types[id].kind {
            TypeDefKind::Type(ty) => self.of(ty),
            TypeDefKind::Option(ty) => format!("{} | null", self.of(ty)),
            TypeDefKind::List(Type::U8) => "Uint8Array".to_owned(),
            TypeDefKind::List(ty) => format!("{}[]", bracketed(self.of(ty))),
            TypeDefKind::Result(result) => format!("Result<{}, {}>", optional(&result.ok), optional(&result.err)),
            other => panic!("no TypeScript for {}", other.as_str()),
        }
    }
}

fn bracketed(ty: String) -> String {
    if ty.contains(" | ") { format!("({ty})") } else { ty }
}

fn comment(docs: Option<&str>, indent: &str) -> String {
    let Some(docs) = docs else { return if indent.is_empty() { "\n".to_owned() } else { String::new() } };
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    match lines.as_slice() {
        [line] => format!("\n{indent}/** {line} */\n"),
        lines => format!("\n{indent}/**\n{indent} * {}\n{indent} */\n", lines.join(&format!("\n{indent} * "))),
    }
}

fn pascal(name: &str) -> String {
    name.split('-').map(capitalized).collect()
}

fn camel(name: &str) -> String {
    let (first, rest) = name.split_once('-').unwrap_or((name, ""));
    format!("{first}{}", pascal(rest))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[test]
fn a_type_of_the_same_name_is_told_apart_by_its_interface() {
    let resolve = super::interfaces();
    let names = names(&resolve);
    let owner = |id: &TypeId| match resolve.types[*id].owner {
        TypeOwner::Interface(owner) => resolve.interfaces[owner].name.clone(),
        TypeOwner::World(_) | TypeOwner::None => None,
    };
    let plans: Vec<_> = names.iter().filter(|(_, name)| name.ends_with("Plan")).collect();

    assert_eq!(plans.len(), 2);
    for (id, name) in plans {
        assert_eq!(format!("{}Plan", pascal(&owner(id).unwrap())), *name);
    }
}
