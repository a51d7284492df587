//! The command line: what can be asked of the program, and which part answers.

mod accounts;
mod check;
mod plugins;
mod rescue;
mod speak;
mod upkeep;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rustix::fs::Mode;
use rustix::process::umask;

pub(crate) use speak::say;

use crate::config::{Config, Overrides};

/// The word that makes the program the process in which plugins are compiled.
pub(crate) const COMPILE: &str = "plugin-compile";

/// How the program ends when it was asked something it cannot understand; clap ends it so too.
const MISUSE: u8 = 2;

/// Visitors of a web site talk to people.
#[derive(Debug, Parser)]
#[command(name = "hub", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the hub.
    Serve(ServeArgs),
    /// Bring the database up to date and end.
    Migrate(Place),
    /// Read the configuration, print what is in effect and try the storage.
    CheckConfig(Place),
    /// Look whether browsers can reach what they need, and say what to do where they cannot.
    Doctor(DoctorArgs),
    /// Manage accounts.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Copy the database into a new file; the hub may run.
    Backup(FileArgs),
    /// Put a copy in the place of the database; the hub must not run.
    Restore(FileArgs),
    /// Check and try plugins, without a running hub.
    #[command(subcommand)]
    Plugin(plugins::PluginCommand),
    /// Started by the hub itself, for each upload.
    #[command(name = COMPILE, hide = true)]
    PluginCompile,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Add an account; its password is read from standard input or `HUB_PASSWORD`.
    Add(AccountArgs),
    /// Print a link by which an account chooses another password, for when no owner can sign in.
    ResetPassword(RescueArgs),
    /// Take the second factor of an account off, for when its phone and its recovery codes are lost.
    ResetSecondFactor(RescueArgs),
}

/// Where the configuration and the data are.
#[derive(Args, Clone, Debug)]
struct Place {
    /// The configuration file (default: hub.toml, if there is one).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct ServeArgs {
    #[command(flatten)]
    place: Place,
    /// Add the business "Bakery" with a demo shop, unless it exists.
    #[arg(long)]
    demo: bool,
    /// Address for visitors and consultants.
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<SocketAddr>,
    /// Address for health and metrics.
    #[arg(long, value_name = "ADDRESS")]
    ops_bind: Option<SocketAddr>,
    /// Address for the voice of calls, UDP and TCP.
    #[arg(long, value_name = "ADDRESS")]
    media_bind: Option<SocketAddr>,
}

#[derive(Args, Debug)]
struct DoctorArgs {
    #[command(flatten)]
    place: Place,
    /// The address of the voice, where `hub serve` was given one.
    #[arg(long, value_name = "ADDRESS")]
    media_bind: Option<SocketAddr>,
}

#[derive(Args, Debug)]
struct FileArgs {
    #[command(flatten)]
    place: Place,
    /// The copy.
    file: PathBuf,
}

#[derive(Args, Debug)]
struct AccountArgs {
    #[command(flatten)]
    place: Place,
    /// Used to sign in.
    #[arg(long)]
    email: String,
    /// First name; visitors see it.
    #[arg(long)]
    given_name: String,
    /// Last name.
    #[arg(long)]
    family_name: String,
    /// What the account may do.
    #[arg(long, value_enum)]
    role: RoleArg,
    /// The business; made when there is none of this name. Needed unless there is exactly one.
    #[arg(long, value_name = "NAME")]
    business: Option<String>,
    /// Language of the admin.
    #[arg(long, value_enum, default_value = "en")]
    language: LanguageArg,
}

#[derive(Args, Debug)]
struct RescueArgs {
    #[command(flatten)]
    place: Place,
    /// The account's e-mail.
    email: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleArg {
    Owner,
    Consultant,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageArg {
    Pl,
    En,
}

impl Place {
    fn load(&self) -> anyhow::Result<Config> {
        let overrides = Overrides { file: self.config.clone(), data: self.data.clone(), ..Overrides::default() };
        Ok(Config::load(&overrides)?)
    }
}

impl ServeArgs {
    fn load(&self) -> anyhow::Result<Config> {
        let overrides = Overrides {
            file: self.place.config.clone(),
            data: self.place.data.clone(),
            bind: self.bind,
            ops_bind: self.ops_bind,
            media_bind: self.media_bind,
        };
        Ok(Config::load(&overrides)?)
    }
}

impl DoctorArgs {
    fn load(&self) -> anyhow::Result<Config> {
        let overrides = Overrides {
            file: self.place.config.clone(),
            data: self.place.data.clone(),
            media_bind: self.media_bind,
            ..Overrides::default()
        };
        Ok(Config::load(&overrides)?)
    }
}

/// Does what was asked; a failure is told on standard error.
pub(crate) fn run(cli: Cli) -> ExitCode {
    // Databases and copies hold chats: files the hub makes are for its own account only.
    umask(Mode::RWXG | Mode::RWXO);
    match answer(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            speak::complain(&error);
            if error.is::<plugins::Misuse>() { ExitCode::from(MISUSE) } else { ExitCode::FAILURE }
        }
    }
}

fn answer(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(args) => crate::app::serve(args.load()?, args.demo),
        Command::Migrate(place) => upkeep::migrate(&place.load()?),
        Command::CheckConfig(place) => check::check_config(&place.load()?),
        Command::Doctor(args) => crate::doctor::run(&args.load()?),
        Command::Account(AccountCommand::Add(args)) => accounts::add(&args.place.load()?, &args),
        Command::Account(AccountCommand::ResetPassword(args)) => {
            rescue::reset_password(&args.place.load()?, &args.email)
        }
        Command::Account(AccountCommand::ResetSecondFactor(args)) => {
            rescue::reset_second_factor(&args.place.load()?, &args.email)
        }
        Command::Backup(args) => upkeep::backup(&args.place.load()?, &args.file),
        Command::Restore(args) => upkeep::restore(&args.place.load()?, &args.file),
        Command::Plugin(command) => plugins::answer(&command),
        Command::PluginCompile => plugins::compile(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_bad_address_is_refused_before_anything_starts() {
        let refused = Cli::try_parse_from(["hub", "serve", "--bind", "nowhere"]).unwrap_err();

        assert!(refused.to_string().contains("--bind"), "{refused}");
    }
}
