//! TLS to databases, by `rustls`. Names and certificates are always checked, by the authorities that
//! this machine trusts; `SSL_CERT_FILE` names others.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Why there can be no TLS.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The certificates of this machine cannot be read.
    #[error("the certificates of this machine cannot be read: {0}")]
    Certificates(String),
    /// There is no protocol that both sides could speak.
    #[error("TLS cannot be set up: {0}")]
    Protocol(#[from] rustls::Error),
}

/// The authorities that this machine trusts.
///
/// # Errors
/// [`TlsError::Certificates`], if there are none.
pub fn machine_roots() -> Result<RootCertStore, TlsError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let texts = found.errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        return Err(TlsError::Certificates(texts.join(", ")));
    }
    Ok(roots)
}

/// The settings of a client with these authorities.
///
/// # Errors
/// [`TlsError::Protocol`].
pub fn client_config(roots: RootCertStore) -> Result<ClientConfig, TlsError> {
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// A connector for a pool of connections to PostgreSQL, whose `Config` says `SslMode::Require`.
///
/// ```no_run
/// use countersign_server::stores::tls::postgres_connector;
/// use deadpool_postgres::{Manager, Pool, tokio_postgres::Config};
///
/// let config = "host=db.example user=site dbname=site sslmode=require".parse::<Config>()?;
/// let pool = Pool::builder(Manager::new(config, postgres_connector()?)).max_size(8).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`TlsError`].
pub fn postgres_connector() -> Result<MakeRustlsConnect, TlsError> {
    Ok(MakeRustlsConnect::new(client_config(machine_roots()?)?))
}

/// Names the cryptography of this process, if nobody has: the client of Redis needs it, and cannot
/// choose if the program has several.
#[cfg(feature = "redis")]
pub(super) fn name_provider() {
    if CryptoProvider::get_default().is_none() {
        // Another thread may have been first.
        let _ = ring::default_provider().install_default();
    }
}
