//! Line 37: the surroundings of a process.

use std::{
    fs,
    process::Command,
    time::{Duration, SystemTime},
};

use crate::support::{Site, Tree, ran};

/// A site's files, made in an order, with times, in surroundings; its output and content/.
struct Way {
    surroundings: &'static [(&'static str, &'static str)],
    umask: &'static str,
    from_root: bool,
    backwards: bool,
    written: u64,
}

const FILES: [(&str, &str); 8] = [
    (
        "site.yaml",
        "title: Two processes\nlanguages: [en, fr, ar]\npaginate_by: 1\n",
    ),
    (
        "seeds/2026-01-28_ports.txt",
        "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n",
    ),
    (
        "seeds/2026-01-30_peche.txt",
        "Rabat et Madrid relancent la pêche\n\nRABAT, 28 janvier 2026 – Le Maroc et l’Espagne ont relancé mercredi la pêche, a dit M. Karim Alaoui, ministre.\n",
    ),
    (
        "content/late.md",
        "---\ntitle: Late in the evening\ndate: 2026-01-27T23:30:00-05:00\n---\n\nText.\n",
    ),
    ("content/docs/_index.md", "---\ntitle: Docs\n---\n"),
    (
        "content/docs/use.md",
        "---\ntitle: Use\n---\n\nTo [late](@/late.md).\n",
    ),
    ("content/a.csv", "a,b\n1,2\n"),
    (
        "themes/default/templates/404.html",
        "{{ now() }} {{ format_date(date=\"2026-01-27\", lang=lang) }}",
    ),
];

fn built(way: &Way) -> (Tree, Tree) {
    let site = Site::new(&[]);
    let mut files = FILES.to_vec();
    if way.backwards {
        files.reverse();
    }
    for (path, text) in files {
        site.write(path, text);
        let file = fs::File::options()
            .append(true)
            .open(site.path(path))
            .expect("open");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(way.written))
            .expect("set");
    }
    let root = site.root().to_str().expect("UTF-8").to_owned();
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("umask {}; exec \"$0\" \"$@\"", way.umask)])
        .arg(env!("CARGO_BIN_EXE_depeche"));
    if way.from_root {
        command.current_dir("/").args(["--root", &root]);
    } else {
        command.current_dir(site.root());
    }
    command
        .args(["build", "--base-url", "https://example.org/a/"])
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(way.surroundings.iter().copied());
    ran(command.output().expect("sh")).well();
    (site.tree("public"), site.tree("content"))
}

const PLAIN: Way = Way {
    surroundings: &[],
    umask: "022",
    from_root: false,
    backwards: false,
    written: 1_000_000_000,
};

#[test]
fn line_37_no_surroundings_reach_the_site() {
    let one = built(&Way {
        surroundings: &[
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "ar_MA.UTF-8"),
            ("LC_ALL", "ar_MA.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
        ],
        ..PLAIN
    });
    assert!(one.0.len() > 40, "{}", one.0.len());
    let others = [
        Way {
            surroundings: &[
                ("TZ", "Pacific/Pago_Pago"),
                ("LANG", "C"),
                ("LC_ALL", "C"),
                ("HOME", "/nowhere"),
                ("TERM", "dumb"),
                ("RAYON_NUM_THREADS", "7"),
            ],
            umask: "077",
            from_root: true,
            backwards: true,
            written: 2_000_000_000,
        },
        Way {
            surroundings: &[
                ("TZ", ""),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("USER", "x"),
                ("COLUMNS", "40"),
                ("NO_COLOR", "1"),
            ],
            backwards: true,
            written: 1,
            ..PLAIN
        },
    ];
    for other in others {
        let other = built(&other);
        for (path, bytes) in &one.0 {
            assert!(other.0.get(path) == Some(bytes), "public/{path}");
        }
        assert_eq!(one.0.len(), other.0.len());
        assert_eq!(one.1, other.1);
    }
}

#[test]
fn line_37_source_date_epoch_is_the_only_clock() {
    let dated = |epoch| {
        built(&Way {
            surroundings: epoch,
            ..PLAIN
        })
        .0
    };
    let (early, late, none) = (
        dated(&[("SOURCE_DATE_EPOCH", "1800000000")]),
        dated(&[("SOURCE_DATE_EPOCH", "1900000000")]),
        dated(&[]),
    );
    let differ = |a: &Tree, b: &Tree| -> Vec<String> {
        assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
        a.iter()
            .filter(|(path, bytes)| b.get(*path) != Some(bytes))
            .map(|(path, _)| path.clone())
            .collect()
    };
    // The one template that asks for `now()`.
    assert_eq!(differ(&early, &late), ["404.html"]);
    assert_eq!(differ(&early, &none), ["404.html"]);
}
