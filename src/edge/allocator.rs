//! The allocator's settings for programs that end by themselves. It reads them from the environment before `main`, so a program that wants others
//! has to begin again.

/// The allocator's delay in milliseconds before it gives memory back that is free; -1 is never.
#[cfg(unix)]
const DELAY: &str = "MIMALLOC_PURGE_DELAY";

/// Has the allocator keep what it has until the program ends; by default it gives back what was free for a second, and with each piece breaks one of
/// the large pages that the system had given: a build of 10,000 seeds has 12,000 page faults in place of 1,000. The program takes its own place,
/// as the same process. It goes on as it is where the environment says how long to wait, and where it was not started under its own name: by a
/// loader, whose place it would take.
pub fn keep() {
    #[cfg(unix)]
    {
        use std::{env, os::unix::process::CommandExt, path::Path, process::Command};
        let mut words = env::args_os();
        let (Some(name), Ok(program), None) =
            (words.next(), env::current_exe(), env::var_os(DELAY))
        else {
            return;
        };
        if program.is_file() && program.file_name() == Path::new(&name).file_name() {
            // Comes back only where it failed.
            let _failed = Command::new(program)
                .arg0(name)
                .args(words)
                .env(DELAY, "-1")
                .exec();
        }
    }
}
