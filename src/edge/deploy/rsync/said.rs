//! What rsync says → what it means: the names of a listing, and whether there is no such folder. Any other failure is one, whatever words it has.

/// The status of rsync where a file it was to send is not there.
const PARTIAL: i32 = 23;

/// The names of a listing, links among them, without folders.
pub(super) fn names(listing: &[u8]) -> impl Iterator<Item = String> + '_ {
    let lines = listing.split(|byte| *byte == b'\n');
    let files = lines.filter(|line| !line.starts_with(b"d"));
    // Rights, size, day, time, name.
    files.filter_map(|line| {
        let line = plain(line);
        let mut rest = line.as_str();
        for _ in 0..4 {
            rest = rest.trim_start().split_once(' ')?.1;
        }
        Some(rest.to_owned())
    })
}

/// Whether all that went wrong is that the folder `to` is not there.
pub(super) fn is_absent(to: &str, status: Option<i32>, said: &[u8]) -> bool {
    let said = String::from_utf8_lossy(said);
    let mut errors = said.lines().filter(|line| line.starts_with("rsync: "));
    let (Some(error), None) = (errors.next(), errors.next()) else {
        return false;
    };
    status == Some(PARTIAL) && named(error).is_some_and(|folder| is_same(&folder, to))
}

/// The folder that an error says is not there.
fn named(error: &str) -> Option<String> {
    let (_, rest) = ["change_dir \"", "link_stat \""]
        .iter()
        .find_map(|what| error.split_once(what))?;
    // A daemon adds the name of its module.
    let (folder, why) = rest.split_once('"')?;
    let (_, why) = why.split_once("failed: ")?;
    why.starts_with("No such file or directory")
        .then(|| plain(folder.as_bytes()))
}

/// Whether a full path is the one of a destination, which may count from the home of who logs in or from a daemon's module.
fn is_same(folder: &str, to: &str) -> bool {
    let bare = |path: &str| {
        path.trim_end_matches("/.")
            .trim_end_matches('/')
            .trim_start_matches("./")
            .to_owned()
    };
    let daemon = |rest: &str| {
        rest.split_once('/')
            .map(|(_, path)| path.trim_start_matches('/').to_owned())
    };
    let wanted = if let Some(rest) = to.strip_prefix("rsync://") {
        rest.split_once('/').and_then(|(_, rest)| daemon(rest))
    } else if let Some((_, rest)) = to.split_once("::") {
        daemon(rest)
    } else {
        // What stands before a colon is a machine, unless a folder does.
        let path = match to.split_once(':') {
            Some((machine, path)) if !machine.contains('/') => path,
            _ => to,
        };
        Some(path.trim_start_matches("~/").to_owned())
    };
    let Some(wanted) = wanted.map(|path| bare(&path)) else {
        return false;
    };
    let folder = bare(folder);
    if wanted.starts_with('/') {
        folder == wanted
    } else {
        !wanted.is_empty() && format!("/{folder}").ends_with(&format!("/{wanted}"))
    }
}

/// Text without rsync's `\#ooo`, which stands for a byte that its locale can't show.
fn plain(said: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(said.len());
    let mut rest = said;
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.strip_prefix(b"#").and_then(|after| {
            let digits = std::str::from_utf8(after.get(..3)?).ok()?;
            let byte = u8::from_str_radix(digits, 8).ok()?;
            Some((byte, after.get(3..)?))
        });
        match escaped {
            Some((byte, after)) if *first == b'\\' => {
                bytes.push(byte);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whatever_the_locale() {
        let listing = "drwxr-xr-x          4,096 2026/11/27 18:03:28 .\n\
            -rw-r--r--              0 2026/11/27 18:03:28 b\\#134#303\n\
            -rw-r--r--          1,000 2026/11/27 18:03:28 caf\\#303\\#251.txt\n\
            lrwxrwxrwx              9 2026/11/27 18:03:28 link\n\
            -rw-r--r--              0 2026/11/27 18:03:28  a b\n\
            -rw-r--r--              0 2026/11/27 18:03:28 été\\x\n";
        let names: Vec<String> = names(listing.as_bytes()).collect();
        assert_eq!(names, ["b\\#303", "café.txt", "link", " a b", "été\\x"]);
    }

    #[test]
    fn only_a_folder_that_is_not_there_is_an_empty_place() {
        let end = "rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394) [sender=3.5.0]";
        let absent = |to: &str, error: &str, status: i32| {
            is_absent(to, Some(status), format!("{error}\n{end}\n").as_bytes())
        };
        let gone = |path: &str| {
            format!("rsync: [sender] change_dir \"{path}\" failed: No such file or directory (2)")
        };
        for (to, path) in [
            ("/var/www/", "/var/www"),
            ("u@h:/var/www/", "/var/www"),
            ("u@h:www/", "/home/u/www"),
            ("h:~/www/", "/home/u/www"),
            ("h:/a/caf\u{e9}/", "/a/caf\\#303\\#251"),
            ("./a:b/", "/home/u/a:b"),
        ] {
            assert!(absent(to, &gone(path), 23), "{to}");
        }
        let module =
            "rsync: [sender] change_dir \"/new\" (in www) failed: No such file or directory (2)";
        assert!(absent("h::www/new/", module, 23));
        assert!(absent("rsync://h:873/www/new/", module, 23));
        let stat = "rsync: link_stat \"/var/www/.\" failed: No such file or directory (2)";
        assert!(absent("h:/var/www/", stat, 23));
        for (error, status) in [
            (
                "Warning: Identity file /k not accessible: No such file or directory.",
                255,
            ),
            (
                "Warning: Identity file /k not accessible: No such file or directory.",
                23,
            ),
            (
                "rsync: [sender] opendir \"/var/www/a\" failed: No such file or directory (2)",
                23,
            ),
            (
                "rsync: [sender] change_dir \"/var/www\" failed: Permission denied (13)",
                23,
            ),
        ] {
            assert!(!absent("h:/var/www/", error, status), "{error}");
        }
        assert!(!absent("h:/var/www/", &gone("/var/www"), 12));
        assert!(!absent("h:/var/www/", &gone("/var/www/a"), 23));
        let two = format!("{}\n{}", gone("/var/www"), gone("/var/www/a"));
        assert!(!absent("h:/var/www/", &two, 23));
    }
}
