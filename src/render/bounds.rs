//! What one page may cost: bytes that its templates write, numbers that `range` counts, pieces within each other. A template that would never
//! end is an error which names it. Refuses nothing else.

use std::{cell::Cell, io};

use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult};

/// Numbers that the templates of one page may count with `range`.
const COUNTED: usize = 1_000_000;

/// Pieces (`once`, `once_each`) within each other.
const DEPTH: usize = 16;

/// Bytes that most pages don't exceed, and most pieces.
const USUAL: [usize; 2] = [16 * 1024, 512];

thread_local! {
    /// Of the page that this thread renders: what `range` has counted, and the pieces that are open.
    static SPENT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// The bytes of a template, `limit` at most. An error names what was too much.
pub(super) fn render(
    tera: &Tera,
    template: &str,
    context: &Context,
    limit: usize,
) -> TeraResult<Vec<u8>> {
    counting(tera, template, context, limit).map(|(bytes, _)| bytes)
}

/// The same, and how many numbers `range` counted for it. They are on nobody's account yet: each page that shows the piece pays with [`pay`], be it the
/// first or not.
pub(super) fn counting(
    tera: &Tera,
    template: &str,
    context: &Context,
    limit: usize,
) -> TeraResult<(Vec<u8>, usize)> {
    let (outside, depth) = SPENT.get();
    if depth >= DEPTH {
        return Err(Error::message(format!(
            "`{template}` draws in itself, {DEPTH} times over"
        )));
    }
    SPENT.set((0, depth + 1));
    let mut page = Page {
        bytes: Vec::with_capacity(USUAL[usize::from(depth > 0)]),
        limit,
    };
    let outcome = tera.render_to(template, context, &mut page);
    let (counted, _) = SPENT.replace((outside, depth));
    match outcome {
        Ok(()) => Ok((page.bytes, counted)),
        Err(error) if matches!(error.kind(), ErrorKind::Io(_)) => Err(too_much(template, limit)),
        Err(error) => Err(error),
    }
}

/// What is said of a template that writes more than it may.
pub(super) fn too_much(template: &str, limit: usize) -> Error {
    Error::message(format!(
        "`{template}` writes more than {limit} bytes for one page"
    ))
}

/// Puts numbers that `range` counts on the account of the page that is rendered. Refuses more than it may have.
pub(super) fn pay(numbers: usize) -> TeraResult<()> {
    let (counted, depth) = SPENT.get();
    let all = counted.saturating_add(numbers);
    if all > COUNTED {
        return Err(Error::message(format!(
            "`range` would count {all} numbers on one page; {COUNTED} are the most"
        )));
    }
    SPENT.set((all, depth));
    Ok(())
}

/// `range(end=, start=, step_by=)`, as Tera has it, of which a page may have a million numbers in all.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("range", range);
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "Tera calls functions with owned arguments"
)]
fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i64>("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(Error::message(format!(
            "`range` never comes from {start} to {end} in steps of {step}"
        )));
    }
    let numbers = if (step > 0) == (start <= end) {
        start.abs_diff(end).div_ceil(step.unsigned_abs())
    } else {
        0
    };
    pay(usize::try_from(numbers).unwrap_or(usize::MAX))?;
    let mut found = Vec::new();
    let mut at = start;
    while (step > 0 && at < end) || (step < 0 && at > end) {
        found.push(at);
        let Some(next) = at.checked_add(step) else {
            break;
        };
        at = next;
    }
    Ok(found)
}

/// A page that is being written.
struct Page {
    bytes: Vec<u8>,
    limit: usize,
}

impl io::Write for Page {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.limit {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
