//! The spans of the stages → a table of where the time went, and a trace that a browser's profiler or Perfetto reads. Without `--timings` and
//! `--trace` nothing listens, and a span costs nothing.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tracing::{Subscriber, span};
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

/// Listens until it is dropped; then the trace is whole.
pub struct Timings {
    table: Arc<Mutex<Vec<Stage>>>,
    printed: bool,
    begun: Instant,
    _trace: Option<FlushGuard>,
}

/// What was spent on the spans of one name.
#[derive(Debug)]
struct Stage {
    name: &'static str,
    depth: usize,
    times: usize,
    /// Of all threads together.
    spent: Duration,
}

impl Timings {
    /// Begins to listen: for a table where it is to be `printed`, for a trace where a file is named.
    #[expect(clippy::disallowed_methods, reason = "what takes how long is told")]
    pub fn of(printed: bool, trace: Option<&Path>) -> Self {
        let table = Arc::default();
        let (layer, guard) = trace
            .map(|file| ChromeLayerBuilder::new().file(file).build())
            .unzip();
        if printed || layer.is_some() {
            let listener = printed.then(|| Listener(Arc::clone(&table)));
            // Only a second one could fail.
            let _ = Registry::default().with(listener).with(layer).try_init();
        }
        Self {
            table,
            printed,
            begun: Instant::now(),
            _trace: guard,
        }
    }
}

impl Drop for Timings {
    fn drop(&mut self) {
        if !self.printed {
            return;
        }
        let stages = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        anstream::eprintln!("{:<36}{:>10}{:>14}", "stage", "times", "ms, all cores");
        for stage in stages.iter() {
            let name = format!("{:indent$}{}", "", stage.name, indent = 2 * stage.depth);
            anstream::eprintln!(
                "{name:<36}{:>10}{:>14.1}",
                stage.times,
                milliseconds(stage.spent)
            );
        }
        let all = milliseconds(self.begun.elapsed());
        anstream::eprintln!("{:<46}{all:>14.1}", "by the clock");
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Adds up the spans by their names, in the order in which they first began.
struct Listener(Arc<Mutex<Vec<Stage>>>);

/// When a span was entered.
struct Entered(Instant);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_enter(&self, id: &span::Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let (name, depth) = (span.name(), span.scope().count() - 1);
        let mut stages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !stages.iter().any(|stage| stage.name == name) {
            let parent = span.parent().map(|parent| parent.name());
            let under = stages.iter().rposition(|s| Some(s.name) == parent);
            let after = under.map_or(stages.len(), |at| {
                let inner = stages.iter().skip(at + 1).take_while(|s| s.depth >= depth);
                at + 1 + inner.count()
            });
            stages.insert(
                after,
                Stage {
                    name,
                    depth,
                    times: 0,
                    spent: Duration::ZERO,
                },
            );
        }
        drop(stages);
        #[expect(clippy::disallowed_methods, reason = "what takes how long is told")]
        span.extensions_mut().replace(Entered(Instant::now()));
    }

    fn on_exit(&self, id: &span::Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let entered = span.extensions_mut().remove::<Entered>();
        let spent = entered.map(|Entered(at)| at.elapsed());
        let mut stages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stage = stages.iter_mut().find(|s| s.name == span.name());
        if let (Some(stage), Some(spent)) = (stage, spent) {
            stage.times += 1;
            stage.spent += spent;
        }
    }
}
