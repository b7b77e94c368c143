//! The traits of engines, stores and hosts as objects: a kit has one type, whatever it stands in
//! front of.

use std::{future::Future, pin::Pin};

use countersign::protocol::Realm;
use http::request::Parts;

use crate::{
    describe::{ClientWord, Describe, DescribeContext, ScopeWord, Sessions},
    engine::{
        Ending, Engine, EngineContext, EngineError, Grant, LogoutEnding, LogoutOpened, Narrows,
        Opened, Remembers, Resume,
    },
    model::{Account, BoxError, ClientMetadata, Organization, RequestedScope},
    store::{Store, StoreError},
};

pub(crate) type Later<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Declares a trait with the methods of another one, and implements it for all types of that one:
/// first those that answer at once, then those that answer later.
macro_rules! erase {
    ($erased:ident of $base:ident {
        $(now fn $now:ident($($arg:ident: $type:ty),*) $(-> $answer:ty)?;)*
        $(fn $later:ident($($name:ident: $of:ty),*) -> Later<$ok:ty, $error:ty>;)*
    }) => {
        pub(crate) trait $erased: Send + Sync {
            $(fn $now(&self, $($arg: $type),*) $(-> $answer)?;)*
            $(fn $later<'a>(&'a self, $($name: $of),*) -> Later<'a, $ok, $error>;)*
        }

        impl<T: $base> $erased for T {
            $(fn $now(&self, $($arg: $type),*) $(-> $answer)? { $base::$now(self, $($arg),*) })*
            $(fn $later<'a>(&'a self, $($name: $of),*) -> Later<'a, $ok, $error> {
                Box::pin($base::$later(self, $($name),*))
            })*
        }
    };
}

erase!(AnyEngine of Engine {
    now fn name() -> &str;
    now fn narrows() -> Narrows;
    now fn remembers() -> Remembers;
    now fn origins() -> &[String];
    now fn posts() -> bool;
    now fn issuer() -> Option<&str>;
    now fn signs_out() -> bool;
    fn open(query: &'a str, context: &'a EngineContext<'a>) -> Later<Opened, EngineError>;
    fn allow(resume: &'a Resume, grant: &'a Grant, context: &'a EngineContext<'a>) -> Later<Ending, EngineError>;
    fn deny(resume: &'a Resume, context: &'a EngineContext<'a>) -> Later<Ending, EngineError>;
    fn open_logout(query: &'a str, context: &'a EngineContext<'a>) -> Later<LogoutOpened, EngineError>;
    fn sign_out(resume: &'a Resume, context: &'a EngineContext<'a>) -> Later<LogoutEnding, EngineError>;
});

erase!(AnyStore of Store {
    fn claim(key: &'a str, value: &'a str, seconds: u64) -> Later<Option<String>, StoreError>;
    fn get(key: &'a str) -> Later<Option<String>, StoreError>;
    fn set(key: &'a str, value: &'a str, seconds: u64) -> Later<(), StoreError>;
    fn delete(key: &'a str) -> Later<(), StoreError>;
    fn count(key: &'a str, seconds: u64) -> Later<u64, StoreError>;
});

erase!(AnySessions of Sessions {
    fn account(request: &'a Parts) -> Later<Option<Account>, BoxError>;
});

erase!(AnyDescribe of Describe {
    now fn site_name() -> Option<&str>;
    now fn has_organizations() -> bool;
    now fn takes_approvals() -> bool;
    now fn registrable_domain(host: &str) -> Option<String>;
    fn client(client: &'a ClientMetadata, realm: Realm) -> Later<ClientWord, BoxError>;
    fn scope(scope: &'a RequestedScope, context: &'a DescribeContext<'a>) -> Later<Option<ScopeWord>, BoxError>;
    fn resource(resource: &'a str, context: &'a DescribeContext<'a>) -> Later<Option<String>, BoxError>;
    fn organizations(account: &'a Account, client: &'a ClientMetadata) -> Later<Vec<Organization>, BoxError>;
    fn request_approval(account: &'a Account, client: &'a ClientMetadata, organization: &'a Organization) -> Later<(), BoxError>;
});
