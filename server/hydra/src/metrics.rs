//! Counts and times in the text format of Prometheus.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use countersign_hydra::http::Target;
use countersign_server::LogEvent;
use http::StatusCode;

/// The bounds of the times, in thousandths of a second.
const BOUNDS: [u64; 9] = [5, 10, 25, 50, 100, 250, 500, 1000, 5000];

/// The labels of a series, as they are written.
type Labels = String;

/// Times of one kind.
#[derive(Default)]
struct Times {
    /// How many are within each bound.
    within: [u64; BOUNDS.len()],
    count: u64,
    milliseconds: u64,
}

impl Times {
    fn add(&mut self, milliseconds: u64) {
        for (count, bound) in self.within.iter_mut().zip(BOUNDS) {
            *count += u64::from(milliseconds <= bound);
        }
        self.count += 1;
        self.milliseconds = self.milliseconds.saturating_add(milliseconds);
    }
}

#[derive(Default)]
struct All {
    calls: BTreeMap<Labels, u64>,
    errors: BTreeMap<Labels, u64>,
    requests: BTreeMap<Labels, u64>,
    call_times: BTreeMap<Labels, Times>,
    request_times: BTreeMap<Labels, Times>,
}

/// What the program has counted since it began.
#[derive(Default)]
pub struct Metrics(Mutex<All>);

/// Seconds of so many thousandths.
fn seconds(milliseconds: u64) -> String {
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}

fn write_counts(text: &mut String, name: &str, help: &str, counts: &BTreeMap<Labels, u64>) {
    // A text can always be written to.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter");
    for (labels, count) in counts {
        let _ = writeln!(text, "{name}{{{labels}}} {count}");
    }
}

fn write_times(text: &mut String, name: &str, help: &str, all: &BTreeMap<Labels, Times>) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} histogram");
    for (labels, times) in all {
        for (count, bound) in times.within.iter().zip(BOUNDS) {
            let bound = seconds(bound);
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
        }
        let Times { count, milliseconds, .. } = times;
        let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {count}");
        let _ = writeln!(text, "{name}_sum{{{labels}}} {}", seconds(*milliseconds));
        let _ = writeln!(text, "{name}_count{{{labels}}} {count}");
    }
}

impl Metrics {
    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call that was answered. All values are names of our own: none is from a request.
    pub fn call(&self, event: &LogEvent) {
        let path = event.path;
        let outcome = event.code.or(event.outcome.as_deref()).unwrap_or("page");
        let mut all = self.all();
        let labels = format!("path=\"{path}\",status=\"{}\",outcome=\"{outcome}\"", event.status);
        *all.calls.entry(labels).or_default() += 1;
        if let Some(error) = event.error {
            *all.errors.entry(format!("path=\"{path}\",error=\"{error}\"")).or_default() += 1;
        }
        let took = u64::try_from(event.took).unwrap_or_default();
        all.call_times.entry(format!("path=\"{path}\"")).or_default().add(took);
    }

    /// Counts a call of another program.
    pub fn request(&self, target: Target, status: Option<StatusCode>, took: Duration) {
        let name = target.name();
        let status = status.map_or_else(|| "none".to_owned(), |status| status.as_u16().to_string());
        let mut all = self.all();
        let labels = format!("target=\"{name}\",status=\"{status}\"");
        *all.requests.entry(labels).or_default() += 1;
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        all.request_times.entry(format!("target=\"{name}\"")).or_default().add(took);
    }

    /// All of it, as a text.
    pub fn text(&self) -> String {
        let (all, mut text) = (self.all(), String::new());
        let version = env!("CARGO_PKG_VERSION");
        let name = "countersign_build_info";
        let _ = writeln!(text, "# HELP {name} The version of the program.\n# TYPE {name} gauge");
        let _ = writeln!(text, "{name}{{version=\"{version}\"}} 1");
        write_counts(&mut text, "countersign_calls_total", "Calls and pages.", &all.calls);
        write_counts(&mut text, "countersign_errors_total", "What failed.", &all.errors);
        let help = "Calls of Hydra's admin API and of the host.";
        write_counts(&mut text, "countersign_requests_total", help, &all.requests);
        let help = "How long calls and pages took.";
        write_times(&mut text, "countersign_call_seconds", help, &all.call_times);
        let help = "How long Hydra and the host took.";
        write_times(&mut text, "countersign_request_seconds", help, &all.request_times);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_counts_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        for (status, took) in [(Some(StatusCode::OK), 7), (Some(StatusCode::OK), 260), (None, 9000)]
        {
            metrics.request(Target::Hydra, status, Duration::from_millis(took));
        }
        let text = metrics.text();
        for line in [
            "# TYPE countersign_requests_total counter",
            "countersign_requests_total{target=\"hydra\",status=\"200\"} 2",
            "countersign_requests_total{target=\"hydra\",status=\"none\"} 1",
            "# TYPE countersign_request_seconds histogram",
            "countersign_request_seconds_bucket{target=\"hydra\",le=\"0.005\"} 0",
            "countersign_request_seconds_bucket{target=\"hydra\",le=\"0.010\"} 1",
            "countersign_request_seconds_bucket{target=\"hydra\",le=\"0.500\"} 2",
            "countersign_request_seconds_bucket{target=\"hydra\",le=\"+Inf\"} 3",
            "countersign_request_seconds_sum{target=\"hydra\"} 9.267",
            "countersign_request_seconds_count{target=\"hydra\"} 3",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
    }
}
