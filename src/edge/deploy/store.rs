//! A place that `object_store` reaches: a store that speaks S3, or a folder. Credentials come from the environment and go nowhere else.

use std::{
    collections::BTreeMap,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use futures_util::TryStreamExt;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutOptions,
    PutPayload, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, memory::InMemory,
    path::Path,
};
use tokio::{
    runtime::{Builder, Runtime},
    task::JoinSet,
};

use walkdir::{DirEntry, WalkDir};

use super::{Etag, Progress, read};
use crate::{
    config::deploy::Target,
    deploy::{Known, LIST, Local},
    diagnostic::Diagnostic,
    edge::tls,
};

/// Files that are on their way at once.
const AT_ONCE: usize = 16;

/// Where short-lived credentials come from, in place of a key and its secret.
const LENT: [&str; 3] = [
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// A store and where in it the site lies.
pub(super) struct Store {
    objects: Arc<dyn ObjectStore>,
    prefix: Path,
    name: String,
    /// The folder; none of a bucket, which keeps what kind of file each is.
    folder: Option<PathBuf>,
    runtime: Runtime,
}

impl Store {
    /// A bucket.
    pub(super) fn s3(bucket: &str, prefix: &str, target: &Target) -> Result<Self, Diagnostic> {
        tls::choose();
        let name = target.to.to_string();
        #[expect(clippy::disallowed_methods, reason = "this is the edge")]
        let is_set = |name: &&str| std::env::var(*name).is_ok_and(|value| !value.is_empty());
        let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
            .iter()
            .all(&is_set);
        if !keys && !LENT.iter().any(&is_set) {
            return Err(Diagnostic::error(name, "there are no credentials in the environment")
                .help("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they are never written anywhere"));
        }
        let retry = RetryConfig {
            max_retries: 5,
            retry_timeout: std::time::Duration::from_mins(1),
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(retry)
            .with_client_options(ClientOptions::default());
        if let Some(region) = &target.region {
            builder = builder.with_region(region);
        }
        if let Some(endpoint) = &target.endpoint {
            builder = builder
                .with_endpoint(endpoint.as_str())
                .with_allow_http(endpoint.is_plain());
        }
        let store = builder
            .build()
            .map_err(|error| failed(&name, "it can't be reached", &error))?;
        Self::new(Arc::new(store), prefix, name, None)
    }

    /// A folder, made where it is not there and this is no dry run.
    pub(super) fn folder(folder: &FilePath, dry_run: bool) -> Result<Self, Diagnostic> {
        let name = folder.display().to_string();
        let own = Some(folder.to_owned());
        if dry_run && !folder.exists() {
            return Self::new(Arc::new(InMemory::new()), "", name, own);
        }
        #[expect(clippy::disallowed_methods, reason = "this is the edge")]
        std::fs::create_dir_all(folder).map_err(|e| Diagnostic::error(&name, e.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| failed(&name, "it can't be used", &error))?
            .with_automatic_cleanup(true);
        Self::new(Arc::new(store), "", name, own)
    }

    fn new(
        store: Arc<dyn ObjectStore>,
        prefix: &str,
        name: String,
        folder: Option<PathBuf>,
    ) -> Result<Self, Diagnostic> {
        let prefix = Path::parse(prefix)
            .map_err(|error| Diagnostic::error(&name, format!("the prefix is no path: {error}")))?;
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self {
            runtime: runtime.map_err(|e| Diagnostic::error(&name, e.to_string()))?,
            objects: store,
            prefix,
            name,
            folder,
        })
    }

    /// Whether a file there can't have others below its path.
    pub(super) fn has_folders(&self) -> bool {
        self.folder.is_some()
    }

    fn path(&self, file: &str) -> Result<Path, Diagnostic> {
        let whole = if self.prefix.as_ref().is_empty() {
            file.to_owned()
        } else {
            format!("{}/{file}", self.prefix)
        };
        Path::parse(whole).map_err(|error| {
            Diagnostic::error(file, format!("a store takes no file of this name: {error}"))
                .help("give it another name in content/")
        })
    }

    /// What we put there, by the list of ours.
    pub(super) fn known(&self) -> Result<Known, Diagnostic> {
        let path = self.path(LIST)?;
        let got = self.runtime.block_on(async {
            let found = self.objects.get(&path).await?;
            found.bytes().await
        });
        match got {
            Ok(bytes) => Known::parse(&bytes).map_err(|why| {
                let message = format!("the list of what was deployed can't be read: {why}");
                Diagnostic::error(format!("{}/{LIST}", self.name), message)
                    .help("use the version of Dépêche that wrote it, or deploy to another place")
            }),
            Err(error) => Err(failed(&self.name, "it can't be read", &error)),
        }
    }

    /// All files there with their versions. Of a folder, links without one, and nothing that is reached through a link.
    pub(super) fn there(&self) -> Result<BTreeMap<String, Etag>, Diagnostic> {
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let listed = self
            .runtime
            .block_on(self.objects.list(prefix).try_collect::<Vec<_>>());
        let listed = listed.map_err(|error| failed(&self.name, "it can't be listed", &error))?;
        let files = listed.into_iter().filter_map(|meta| {
            let mut parts = meta.location.prefix_match(&self.prefix)?;
            let first = parts.next()?.as_ref().to_owned();
            let file = parts.fold(first, |path, part| path + "/" + part.as_ref());
            Some((file, meta.e_tag))
        });
        let mut there: BTreeMap<String, Etag> = files.collect();
        if let Some(folder) = &self.folder {
            for link in links(folder) {
                let below = format!("{link}/");
                there.retain(|file, _| !file.starts_with(&below));
                there.insert(link, None);
            }
        }
        Ok(there)
    }

    /// Puts files, several at once; those that are there now with their versions, and what went wrong first.
    pub(super) fn put(
        &self,
        output: &FilePath,
        files: &[(&str, &Local)],
        progress: &Progress,
    ) -> (Vec<(String, Etag)>, Option<Diagnostic>) {
        let mut put = Vec::new();
        let mut wrong = None;
        self.runtime.block_on(async {
            let mut left = files.iter();
            let mut under_way = JoinSet::new();
            loop {
                while wrong.is_none() && under_way.len() < AT_ONCE {
                    let Some((file, local)) = left.next() else {
                        break;
                    };
                    match self.one(output, file, local) {
                        Ok(one) => {
                            under_way.spawn(one);
                        }
                        Err(error) => wrong = Some(error),
                    }
                }
                let Some(done) = under_way.join_next().await else {
                    break;
                };
                match done {
                    Ok((file, Ok(etag))) => {
                        progress.step();
                        put.push((file, etag));
                    }
                    Ok((file, Err(error))) => {
                        let place = format!("{}/{file}", self.name);
                        wrong.get_or_insert(failed(&place, "it can't be put there", &error));
                    }
                    Err(error) => {
                        wrong.get_or_insert(Diagnostic::error(&self.name, error.to_string()));
                    }
                }
            }
        });
        (put, wrong)
    }

    /// One file on its way.
    fn one(
        &self,
        output: &FilePath,
        file: &str,
        local: &Local,
    ) -> Result<impl Future<Output = (String, Result<Etag, Error>)> + use<>, Diagnostic> {
        let bytes = read(&output.join(file))?;
        let path = self.path(file)?;
        let mut attributes = Attributes::new();
        if self.folder.is_none() {
            attributes.insert(Attribute::ContentType, local.kind.clone().into());
            attributes.insert(Attribute::CacheControl, local.cache.clone().into());
        }
        let options = PutOptions {
            attributes,
            ..PutOptions::default()
        };
        let store = Arc::clone(&self.objects);
        let file = file.to_owned();
        Ok(async move {
            let put = store
                .put_opts(&path, PutPayload::from(bytes), options)
                .await;
            (file, put.map(|put| put.e_tag))
        })
    }

    /// Deletes files, one after the other; what is gone already is no fault.
    pub(super) fn delete(&self, files: &[&str]) -> Result<(), Diagnostic> {
        for file in files {
            let path = self.path(file)?;
            match self.runtime.block_on(self.objects.delete(&path)) {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => {
                    let place = format!("{}/{file}", self.name);
                    return Err(failed(&place, "it can't be deleted", &error));
                }
            }
        }
        Ok(())
    }

    /// Writes the list of what is ours.
    pub(super) fn save(&self, known: &Known) -> Result<(), Diagnostic> {
        let path = self.path(LIST)?;
        let payload = PutPayload::from(known.to_json());
        let put = self.runtime.block_on(self.objects.put(&path, payload));
        put.map(|_| ()).map_err(|error| {
            failed(
                &self.name,
                "the list of what was deployed can't be written",
                &error,
            )
        })
    }
}

/// The links below a folder, by their paths from there. What can't be looked at is not listed either.
fn links(folder: &FilePath) -> Vec<String> {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().flatten();
    let links = entries.filter(DirEntry::path_is_symlink);
    links
        .filter_map(|link| {
            let path = link.path().strip_prefix(folder).ok()?.to_str()?;
            Some(path.replace(std::path::MAIN_SEPARATOR, "/"))
        })
        .collect()
}

/// An error of the library, on one line.
fn failed(place: &str, what: &str, error: &Error) -> Diagnostic {
    let said = error.to_string();
    let said: Vec<&str> = said.split_whitespace().collect();
    Diagnostic::error(place, format!("{what}: {}", said.join(" "))).help(
        "look at the bucket's name, its region and `endpoint`, and what the credentials may do",
    )
}
