//! Pure codecs: JSON texts to models and back, checked on arrival.

mod authorize;
mod logout;
mod parties;
pub(crate) mod problem;
pub(crate) mod reader;
pub(crate) mod writer;

pub use authorize::{read_outcome, write_start, write_submit};
pub use logout::{read_logout_outcome, write_logout_start, write_logout_submit};
pub use problem::read_problem;
pub use reader::{WireError, WireProblem};
