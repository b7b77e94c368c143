//! From the settings to a mount of the kit.

use std::{io, sync::Arc};

use countersign_hydra::{
    Hydra,
    http::{HttpClient, HttpError},
};
use countersign_server::{
    Countersign, OptionsError,
    memory::system_clock,
    page::{Files, Page},
    stores::any::{AddressError, AnyStore},
};
use http::request::Parts;

use crate::{config::Config, log, metrics::Metrics, sign_in::HostSignIn, words::Words};

/// The page's files, if they were there when the program was compiled.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// What the page begins with.
const ENTRY: &str = "register.js";

/// Why the program cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error(
        "page.files: this program was compiled without the page's files. Name the folder \"dist\" of the npm package countersign, or compile it after \"npm run pack\""
    )]
    NoFiles,
    #[error("page.files: the folder cannot be read: {0}")]
    Unreadable(io::Error),
    #[error(
        "page.files: the folder has no {ENTRY}; it must be \"dist\" of the npm package countersign"
    )]
    OtherFolder,
    #[error("store: {0}")]
    Store(#[from] AddressError),
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error(transparent)]
    Options(#[from] OptionsError),
}

/// What the program serves, and what it asks how it is.
pub struct Site {
    pub mount: Countersign,
    pub http: HttpClient,
    pub sign_in: HostSignIn,
    pub store: AnyStore,
    pub metrics: Arc<Metrics>,
}

/// The page's files: those of the folder that the settings name, else those in the program.
fn files(config: &Config) -> Result<Files, SiteError> {
    let Some(folder) = &config.pages.files else {
        let files = Files::new(EMBEDDED.iter().copied());
        return if files.has(ENTRY) { Ok(files) } else { Err(SiteError::NoFiles) };
    };
    let files = Files::read_folder(folder).map_err(SiteError::Unreadable)?;
    if files.has(ENTRY) { Ok(files) } else { Err(SiteError::OtherFolder) }
}

/// The address of a browser: the last one in the header that the site's own proxy sets.
fn address_of(config: &Config) -> impl Fn(&Parts) -> Option<String> + Send + Sync + 'static {
    let name = config.bounds.address_header.clone();
    move |request| {
        let line = request.headers.get_all(name.as_ref()?).iter().next_back()?;
        let last = line.to_str().ok()?.rsplit(',').next()?.trim();
        (!last.is_empty()).then(|| last.to_owned())
    }
}

impl Site {
    /// # Errors
    /// [`SiteError`].
    pub fn new(config: &Config) -> Result<Self, SiteError> {
        let metrics = Arc::new(Metrics::default());
        let counted = Arc::clone(&metrics);
        let http = HttpClient::new(config.needs_tls())?.observed_by(Arc::new(
            move |target, status, took| counted.request(target, status, took),
        ));
        let sign_in = HostSignIn::new(http.clone(), &config.sign_in, config.bounds.timeout);
        let engine = Hydra::with_host(config.hydra.clone(), http.clone(), sign_in.clone());
        let store = AnyStore::open(&config.store, system_clock())?;
        let page = Page::new(files(config)?)
            .realm(config.realm)
            .authorize(&config.pages.authorize)
            .logout(&config.pages.logout)
            .login_url(&config.sign_in.url);
        let (site_name, realm, texts) =
            (config.site_name.clone(), config.realm, config.texts.clone());
        let counted = Arc::clone(&metrics);
        let builder = Countersign::builder(engine, sign_in.clone())
            .origin(&config.origin)
            .describe(Words { site_name, realm, texts })
            .store(store.clone())
            .realms([config.realm])
            .timeout(config.bounds.timeout)
            .limits(config.bounds.calls)
            .address_of(address_of(config))
            .page(page)
            .log(move |event| {
                counted.call(event);
                log::call(event);
            });
        let secrets = config.secrets.iter();
        let mount = secrets.fold(builder, |builder, secret| builder.secret(secret)).build()?;
        Ok(Self { mount, http, sign_in, store, metrics })
    }
}
