//! The page's files: what lies in the folder and nothing else. Names that begin with a dot are not the page's, and a link
//! that leads out of the folder leads nowhere.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tower_http::services::ServeDir;

use crate::errors::ProxyError;

/// The longest name of a file that systems know.
const LONGEST_NAME: usize = 255;

/// The longest path.
const LONGEST_PATH: usize = 2_048;

/// What may begin with a dot: what the world's registries agreed on.
const WELL_KNOWN: &str = ".well-known";

/// Serves a folder; what is not in it gets the proxy's 404. The error is one sentence.
pub fn files(folder: &Path) -> Result<Router, String> {
    let root = folder.canonicalize().map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let root: Arc<PathBuf> = Arc::new(root);
    let served = ServeDir::new(root.as_path()).fallback(axum::routing::any(async || ProxyError::NotFound));
    Ok(Router::new().fallback_service(served).layer(from_fn(move |request: Request, next: Next| {
        let root = Arc::clone(&root);
        async move {
            match inside(&root, request.uri().path()).await {
                Some(()) => next.run(request).await,
                None => not_found(),
            }
        }
    })))
}

fn not_found() -> Response {
    ProxyError::NotFound.into_response()
}

/// Whether a path leads to a file in the folder, with all links followed.
async fn inside(root: &Path, path: &str) -> Option<()> {
    if path.len() > LONGEST_PATH {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = Path::new(path.trim_start_matches('/'));
    for component in path.components() {
        let Component::Normal(name) = component else {
            return None;
        };
        let name = name.to_str()?;
        let is_hidden = name.starts_with('.') && name != WELL_KNOWN;
        if is_hidden || name.len() > LONGEST_NAME || name.contains(['\0', '\\']) {
            return None;
        }
    }
    let found = tokio::fs::canonicalize(root.join(path)).await.ok()?;
    found.starts_with(root).then_some(())
}
