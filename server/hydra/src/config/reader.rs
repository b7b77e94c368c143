//! Settings by their names, from the environment and from a file. What is wrong is collected, so that
//! all of it can be said at once. No text has a value in it: it may be a secret.

use std::{collections::BTreeSet, fmt};

use serde_json::Value;
use url::Url;

/// What the names of variables begin with.
const PREFIX: &str = "COUNTERSIGN_";

/// A setting that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the setting.
    pub member: String,
    /// What it must be.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.member, self.text)
    }
}

/// The variable of a setting: `COUNTERSIGN_HYDRA_ADMIN` for `hydra.admin`.
pub fn variable(member: &str) -> String {
    format!("{PREFIX}{}", member.replace('.', "_").to_ascii_uppercase())
}

/// The environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

pub struct Reader<'a> {
    file: Value,
    environment: Environment<'a>,
    known: BTreeSet<String>,
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub fn new(file: Value, environment: Environment<'a>) -> Self {
        Self { file, environment, known: BTreeSet::new(), problems: Vec::new() }
    }

    /// Notes that a setting is wrong.
    pub fn wrong(&mut self, member: &str, text: impl Into<String>) {
        self.problems.push(Problem { member: member.to_owned(), text: text.into() });
    }

    /// The value in the file, which is then known.
    pub fn in_file(&mut self, member: &str) -> Option<Value> {
        self.known.insert(member.to_owned());
        let mut value = &self.file;
        for name in member.split('.') {
            value = value.get(name)?;
        }
        Some(value.clone())
    }

    /// The value: that of the environment comes first.
    fn value(&mut self, member: &str) -> Option<Value> {
        let in_file = self.in_file(member);
        (self.environment)(&variable(member))
            .filter(|text| !text.is_empty())
            .map(Value::from)
            .or(in_file)
    }

    /// A value as something else, or a problem.
    fn read<T>(
        &mut self,
        member: &str,
        must_be: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(member)?;
        let found = read(&value);
        if found.is_none() {
            self.wrong(member, format!("must be {must_be}"));
        }
        found
    }

    pub fn text(&mut self, member: &str) -> Option<String> {
        let text =
            |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        self.read(member, "a text", text)
    }

    pub fn number(&mut self, member: &str) -> Option<u64> {
        let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
        self.read(member, "a whole number that is not negative", number)
    }

    pub fn flag(&mut self, member: &str) -> Option<bool> {
        self.read(member, "true or false", |value| match value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    /// Several texts. In the environment they are separated by spaces.
    pub fn texts(&mut self, member: &str) -> Option<Vec<String>> {
        self.read(member, "a list of texts", |value| match value {
            Value::String(text) => Some(text.split_whitespace().map(str::to_owned).collect()),
            Value::Array(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
            _ => None,
        })
    }

    /// An address of the web.
    pub fn address(&mut self, member: &str) -> Option<Url> {
        let address = |value: &Value| {
            let url = Url::parse(value.as_str()?).ok()?;
            (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
        };
        self.read(member, "an address, such as http://127.0.0.1:4445", address)
    }

    /// A path of the site.
    pub fn path(&mut self, member: &str, usual: &str) -> String {
        let path =
            |value: &Value| value.as_str().filter(|path| path.starts_with('/')).map(str::to_owned);
        self.read(member, "a path, such as /oauth/authorize", path)
            .unwrap_or_else(|| usual.to_owned())
    }

    /// One of several names.
    pub fn choice<T: Copy>(&mut self, member: &str, all: &[(&str, T)]) -> Option<T> {
        let names = all.iter().map(|(name, _)| format!("{name:?}")).collect::<Vec<_>>();
        self.read(member, &names.join(" or "), |value| {
            let chosen = value.as_str()?;
            all.iter().find(|(name, _)| *name == chosen).map(|(_, found)| *found)
        })
    }

    /// A setting that there has to be.
    pub fn needed<T>(&mut self, member: &str, found: Option<T>) -> Option<T> {
        let is_named = self.problems.iter().any(|problem| problem.member == member);
        if found.is_none() && !is_named {
            let text = format!("is missing (in the file, or as {})", variable(member));
            self.wrong(member, text);
        }
        found
    }

    /// Notes every setting of the file that nothing has read.
    pub fn finish(mut self) -> Vec<Problem> {
        let file = std::mem::take(&mut self.file);
        self.check_known(&file, "");
        self.problems
    }

    fn check_known(&mut self, value: &Value, at: &str) {
        if self.known.contains(at) {
            return;
        }
        let prefix = format!("{at}.");
        let is_group = at.is_empty() || self.known.iter().any(|name| name.starts_with(&prefix));
        match value {
            Value::Object(members) if is_group => {
                for (name, value) in members {
                    let member = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                    self.check_known(value, &member);
                }
            }
            _ if is_group => self.wrong(at, "must be a table"),
            _ => self.wrong(at, "is no setting"),
        }
    }
}
