#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::*;
use crate::memory::system_clock;

fn opened(address: &str) -> Result<AnyStore, AddressError> {
    AnyStore::open(address, system_clock())
}

#[tokio::test]
async fn an_address_names_its_store_and_one_that_names_none_says_why() {
    assert!(matches!(opened("memory:"), Ok(AnyStore::Memory(_))));
    assert!(matches!(opened("sqlite::memory:"), Ok(AnyStore::Sqlite(_))));
    assert!(matches!(opened("redis://127.0.0.1"), Ok(AnyStore::Redis(_))));
    assert!(matches!(opened("rediss://127.0.0.1"), Ok(AnyStore::Redis(_))));
    for address in
        ["postgres://ada@127.0.0.1/db", "postgresql://ada@127.0.0.1/db?connect_timeout=1"]
    {
        assert!(matches!(opened(address), Ok(AnyStore::Postgres(_))), "{address}");
    }
    assert!(opened("memory:").unwrap().is_of_this_process());
    assert!(!opened("redis://127.0.0.1").unwrap().is_of_this_process());
    for (address, code) in [
        ("", "store_kind"),
        ("mysql://ada@127.0.0.1/db", "store_kind"),
        ("redis://", "store_address"),
        ("postgres://ada@127.0.0.1/db?colour=blue", "store_address"),
        ("sqlite:/nowhere/at/all", "store_file"),
        ("postgres://ada@127.0.0.1/db?sslmode=prefer", "store_sslmode"),
        ("postgres://ada@127.0.0.1/db?sslmode=allow", "store_sslmode"),
        ("postgres://ada@127.0.0.1/db?sslmode=", "store_sslmode"),
        ("postgres://ada@127.0.0.1/db?sslmode=disable&sslmode=require", "store_sslmode"),
    ] {
        assert_eq!(opened(address).unwrap_err().code(), code, "{address}");
    }
}

#[test]
fn every_mode_with_tls_is_the_strictest_and_the_rest_of_the_address_stays() {
    let modes = [
        ("", SslMode::Disable),
        ("sslmode=disable", SslMode::Disable),
        ("sslmode=require", SslMode::Require),
        ("sslmode=verify-ca", SslMode::Require),
        ("sslmode=verify-full", SslMode::Require),
    ];
    for (pair, mode) in modes {
        let (address, found) =
            ssl_mode(&format!("postgres://a/b?connect_timeout=3&{pair}")).unwrap();
        assert_eq!(found, mode, "{pair}");
        assert_eq!(address.trim_end_matches('&'), "postgres://a/b?connect_timeout=3");
    }
    assert_eq!(ssl_mode("postgres://a/b").unwrap().1, SslMode::Disable);
}
