//! The files of one folder, and none beyond it.

use std::{
    io::{Error, ErrorKind, Result},
    path::{Component, Path, PathBuf},
};

use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

/// The one name with a leading dot that is meant for visitors ([RFC 8615](https://www.rfc-editor.org/rfc/rfc8615)).
const WELL_KNOWN: &str = ".well-known";

/// The files of a folder, as they are served. A symbolic link that leads out of it, and whatever has a dot file or a
/// dot folder on its way, is not found: the folder of a shop often holds `.git` and `.env` as well.
#[derive(Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: PathBuf) -> Self {
        Folder { root }
    }

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// `NotFound` where the file must not be served, and what the disk reports.
    pub async fn read(&self, name: &str) -> Result<Vec<u8>> {
        tokio::fs::read(self.real(&self.root.join(name)).await?).await
    }

    /// The path of a file or folder without any symbolic link in it.
    async fn real(&self, path: &Path) -> Result<PathBuf> {
        let root = tokio::fs::canonicalize(&self.root).await?;
        let real = tokio::fs::canonicalize(path).await?;
        let is_open = |from: &Path, path: &Path| path.strip_prefix(from).is_ok_and(has_no_dot_name);
        // A link may have a dot name, and so may what it leads to.
        if is_open(&self.root, path) && is_open(&root, &real) {
            Ok(real)
        } else {
            Err(Error::from(ErrorKind::NotFound))
        }
    }
}

fn has_no_dot_name(path: &Path) -> bool {
    path.components().all(|component| match component {
        Component::Normal(name) => name == WELL_KNOWN || !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    })
}

impl Backend for Folder {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = <TokioBackend as Backend>::OpenFuture;
    type MetadataFuture = <TokioBackend as Backend>::MetadataFuture;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let folder = self.clone();
        Box::pin(async move { TokioBackend.open(folder.real(&path).await?).await })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let folder = self.clone();
        Box::pin(async move { TokioBackend.metadata(folder.real(&path).await?).await })
    }
}
