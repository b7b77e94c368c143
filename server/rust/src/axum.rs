//! The mount as a router of axum.

use ::axum::Router;

use crate::{page::Page, service::Countersign};

impl Countersign {
    /// Routes for the paths of the mount, to be merged into those of the host.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let calls = format!("{}{{*path}}", self.0.base);
        let pages = self.0.pages.iter().flat_map(Page::paths);
        pages.fold(Router::new().route_service(&calls, self.clone()), |router, path| {
            router.route_service(path, self.clone())
        })
    }
}
