//! `write_tree FROM TO THREADS`: how fast can this machine merely write a finished site? Reads all files of FROM into memory, writes them under TO
//! and prints the seconds that the writing took. No generator can be faster than that.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark that can't read or write stops"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

#[derive(Default)]
struct Tree {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, threads] = &arguments[..] else {
        eprintln!("write_tree FROM TO THREADS");
        std::process::exit(2);
    };
    let (from, to) = (Path::new(from), Path::new(to));
    let threads: usize = threads.parse().expect("a number of threads");
    let mut tree = Tree::default();
    read(from, from, &mut tree);
    let start = Instant::now();
    fs::create_dir_all(to).expect("the folder is made");
    for folder in &tree.folders {
        fs::create_dir(to.join(folder)).expect("a folder is made");
    }
    let share = tree.files.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        for part in tree.files.chunks(share) {
            scope.spawn(move || {
                for (path, bytes) in part {
                    fs::write(to.join(path), bytes).expect("a file is written");
                }
            });
        }
    });
    println!("{:.4}", start.elapsed().as_secs_f64());
}

fn read(top: &Path, folder: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder).expect("the folder is read") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(top).expect("it is below").to_path_buf();
        if path.is_dir() {
            tree.folders.push(name);
            read(top, &path, tree);
        } else {
            let bytes = fs::read(&path).expect("a file is read");
            tree.files.push((name, bytes));
        }
    }
}
