//! A service → the pipeline that builds, checks, previews and publishes a site there, also in a site that exists. Refuses to replace a file.

use std::{io::ErrorKind, path::Path};

use clap::ValueEnum;

use crate::{diagnostic::Diagnostic, edge::import::put};

/// A service that runs pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// GitHub Actions, to GitHub Pages
    Github,
    /// GitLab CI, to GitLab Pages
    Gitlab,
    /// Forgejo Actions, to the place that `deploy` in site.yaml names
    Forgejo,
    /// Netlify
    Netlify,
}

impl Ci {
    /// Where the pipeline lies, from the site's folder.
    pub fn file(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/site.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Forgejo => ".forgejo/workflows/site.yml",
            Self::Netlify => "netlify.toml",
        }
    }

    /// The pipeline, for this version of Dépêche.
    pub fn pipeline(self) -> String {
        let text = match self {
            Self::Github => include_str!("github.yml"),
            Self::Gitlab => include_str!("gitlab.yml"),
            Self::Forgejo => include_str!("forgejo.yml"),
            Self::Netlify => include_str!("netlify.toml"),
        };
        text.replace("@VERSION@", env!("CARGO_PKG_VERSION"))
    }

    /// What a new site's settings say of where it goes.
    pub(super) fn settings(self) -> &'static str {
        match self {
            Self::Github => {
                "# What the host needs: https://docs.github.com/pages\nhosts: [github-pages]\n"
            }
            Self::Gitlab => {
                "# What the host needs.\nhosts: { for: [gitlab-pages], compressed: [gzip, brotli] }\n"
            }
            Self::Forgejo => {
                "# Where `depeche deploy` puts the site.\ndeploy:\n  production: { to: \"s3://my-bucket\", endpoint: \"https://s3.example.org\", region: us-east-1 }\n"
            }
            Self::Netlify => "# What the host needs.\nhosts: [netlify]\n",
        }
    }

    /// What is left to do by hand.
    pub(super) fn left_to_do(self) -> &'static str {
        match self {
            Self::Github => {
                "choose GitHub Actions as source under Settings → Pages, set `base_url`, and `hosts: [github-pages]` in site.yaml"
            }
            Self::Gitlab => {
                "add an hourly pipeline schedule for embargoes, set `base_url`, and `hosts: [gitlab-pages]` in site.yaml"
            }
            Self::Forgejo => {
                "set the secrets DEPLOY_KEY_ID and DEPLOY_SECRET, and `base_url` and `deploy` in site.yaml"
            }
            Self::Netlify => {
                "make a build hook that a scheduler asks for each hour, for embargoes, and set `hosts: [netlify]` in site.yaml"
            }
        }
    }

    /// Writes the pipeline into a site's folder.
    pub(super) fn write(self, folder: &Path) -> Result<(), Diagnostic> {
        let path = folder.join(self.file());
        let name = path.display().to_string();
        put(&path, &self.pipeline(), true).map_err(|error| {
            if error.kind() == ErrorKind::AlreadyExists {
                Diagnostic::error(name, "this file is there already; nothing was changed")
                    .help("move it away, or take from a new site's pipeline what you need")
            } else {
                Diagnostic::error(name, format!("the pipeline can't be written: {error}"))
                    .help("give a folder that you may write to")
            }
        })
    }
}
