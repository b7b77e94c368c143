#!/bin/sh
# `sh small.sh trunk build --release`: a release whose standard library is compiled together with the app and for size, and in which a
# panic is a bare trap without its text; `{:?}` writes nothing. Cargo and rustc call these options unstable, so the stable compiler (1.92 or newer, with
# "rustup component add rust-src") is told to accept them, for this command alone.
set -eu
export RUSTC_BOOTSTRAP=1 COUNTERSIGN_SMALL=1
export CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
# The last one is what countersign-shrink needs, to tell functions apart that do the same.
export RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Zmerge-functions=disabled ${RUSTFLAGS:-}"
exec "$@"
