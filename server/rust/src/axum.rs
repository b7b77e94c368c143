//! The mount as a router of axum.

use ::axum::Router;

use crate::service::Countersign;

impl Countersign {
    /// Routes for the paths of the mount, to be merged into those of the host.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new().route_service(&format!("{}{{*path}}", self.0.base), self.clone())
    }
}
