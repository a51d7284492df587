//! Describes each hook in the form that ends up in a plugin's custom sections. `export!` links the ones a plugin
//! has, and the hub reads from them which hooks there are.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use wit_component::StringEncoding;
use wit_parser::Resolve;

/// One world for each piece. A bot shares the type of a message with the filter, so it exists in two forms:
/// the filter is in the plugin too, or only its type is known.
const WORLDS: &str = "
package click2callme:sdk@1.0.0;
world base { include click2callme:plugin/plugin@1.0.0; }
world routing { export click2callme:plugin/routing@1.0.0; }
world working-hours { export click2callme:plugin/working-hours@1.0.0; }
world notifications { export click2callme:plugin/notifications@1.0.0; }
world messages { export click2callme:plugin/messages@1.0.0; }
world bot { export click2callme:plugin/bot@1.0.0; }
world bot-and-messages { export click2callme:plugin/messages@1.0.0; export click2callme:plugin/bot@1.0.0; }
world pre-chat { export click2callme:plugin/manifest@1.0.0; export click2callme:plugin/pre-chat@1.0.0; }
world enrichment { export click2callme:plugin/enrichment@1.0.0; }
";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=wit/plugin.wit");
    let mut resolve = Resolve::default();
    resolve.push_file("wit/plugin.wit")?;
    let package = resolve.push_str("worlds.wit", WORLDS)?;
    let folder = env::var("OUT_DIR")?;
    let worlds = resolve.packages.get(package).map(|package| package.worlds.clone()).unwrap_or_default();
    let mut source = String::new();
    for (name, world) in worlds {
        let section = wit_component::metadata::encode(&resolve, world, StringEncoding::UTF8, None)?;
        let constant = name.replace('-', "_").to_uppercase();
        let length = section.len();
        let bytes = format!("*include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
        writeln!(source, "pub const {constant}: [u8; {length}] = {bytes};")?;
        fs::write(Path::new(&folder).join(name), section)?;
    }
    fs::write(Path::new(&folder).join("sections.rs"), source)?;
    Ok(())
}
