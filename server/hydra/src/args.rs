//! The command line.

use std::path::PathBuf;

pub const HELP: &str = "\
The login and consent app of Ory Hydra: the consent page, its calls, sign-in and sign-out.

Usage: countersign-hydra [COMMAND] [--config FILE]

Commands:
  serve         Serves the site until SIGTERM (the default)
  check-config  Says everything that is wrong about the settings, and whether Hydra,
                the host's account endpoint and the store answer
  migrate       Makes the tables of the store, if that is PostgreSQL. Can be repeated

Options:
  --config FILE  The settings, in TOML, or in JSON if the name ends so. COUNTERSIGN_CONFIG
                 names the file, too
  --help         This text
  --version      The version

Every setting but tables of texts is also read from the environment, which comes first:
hydra.admin is COUNTERSIGN_HYDRA_ADMIN. server/hydra/README.md describes them all.
";

/// What the program is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Serve,
    CheckConfig,
    Migrate,
    Help,
    Version,
}

/// The command line as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub command: Command,
    pub config: Option<PathBuf>,
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// What is wrong about it.
pub fn read(args: impl IntoIterator<Item = String>) -> Result<Args, String> {
    let (mut command, mut config) = (None, None);
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let found = match arg.as_str() {
            "serve" => Command::Serve,
            "check-config" => Command::CheckConfig,
            "migrate" => Command::Migrate,
            "--help" | "-h" | "help" => Command::Help,
            "--version" | "-V" => Command::Version,
            "--config" | "-c" => {
                config = Some(args.next().ok_or("--config needs the name of a file")?);
                continue;
            }
            other => match other.strip_prefix("--config=") {
                Some(name) => {
                    config = Some(name.to_owned());
                    continue;
                }
                None => return Err(format!("there is no command or option {other:?}")),
            },
        };
        let is_more = command.replace(found).is_some();
        if is_more {
            return Err("there can be one command only".to_owned());
        }
    }
    Ok(Args { command: command.unwrap_or(Command::Serve), config: config.map(PathBuf::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_read_as_a_whole_or_refused() {
        let of = |line: &str| read(line.split_whitespace().map(str::to_owned));
        let args =
            |command, config: Option<&str>| Ok(Args { command, config: config.map(Into::into) });
        assert_eq!(of(""), args(Command::Serve, None));
        assert_eq!(of("--config a.toml"), args(Command::Serve, Some("a.toml")));
        assert_eq!(of("check-config -c a"), args(Command::CheckConfig, Some("a")));
        assert_eq!(of("--config=a serve"), args(Command::Serve, Some("a")));
        assert_eq!(of("--help"), args(Command::Help, None));
        assert_eq!(of("-V"), args(Command::Version, None));
        for wrong in ["--config", "start", "serve serve", "--conf=a"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
