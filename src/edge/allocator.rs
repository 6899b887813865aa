//! The allocator's settings for programs that end by themselves. It reads them from the environment before `main`, so a program that wants others
//! has to begin again.

/// The allocator's delay in milliseconds before it gives memory back that is free; -1 is never.
#[cfg(unix)]
const DELAY: &str = "MIMALLOC_PURGE_DELAY";

/// Has the allocator keep what it has until the program ends; by default it gives back what was free for a second, and with each piece breaks one of
/// the large pages that the system had given: a build of 10,000 seeds has 12,000 page faults in place of 1,000. The program takes its own place,
/// as the same process; where that can't be, it goes on as it is. Does nothing where the environment says how long to wait.
pub fn keep() {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let mut words = std::env::args_os();
        let (Some(name), Ok(program), None) = (
            words.next(),
            std::env::current_exe(),
            std::env::var_os(DELAY),
        ) else {
            return;
        };
        // Comes back only where it failed.
        let _failed = std::process::Command::new(program)
            .arg0(name)
            .args(words)
            .env(DELAY, "-1")
            .exec();
    }
}
