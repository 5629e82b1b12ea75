//! How a process is told to stop: once, and it begins nothing new and finishes what it has within a grace period;
//! twice, and it gives back at once what it has.

use std::time::Duration;

use rapport_jobs::worker::Stop;

/// What is at work may go on so long.
const GRACE: Duration = Duration::from_secs(20);

/// Listens for ctrl-c and SIGTERM from now on.
pub fn listen() -> Stop {
    let stop = Stop::default();
    let told = stop.clone();
    let mut signals = Signals::new();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("told to stop; finishing what has begun");
        told.draining.cancel();
        tokio::select! {
            () = signals.next() => tracing::info!("told to stop at once"),
            () = tokio::time::sleep(GRACE) => tracing::info!("the time to finish is over"),
        }
        told.now.cancel();
    });
    stop
}

/// The signals that stop a process; none that comes after the first is missed.
#[cfg(unix)]
struct Signals {
    interrupt: Option<tokio::signal::unix::Signal>,
    terminate: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            interrupt: signal(SignalKind::interrupt()).ok(),
            terminate: signal(SignalKind::terminate()).ok(),
        }
    }

    async fn next(&mut self) {
        tokio::select! {
            () = one(&mut self.interrupt) => {}
            () = one(&mut self.terminate) => {}
        }
    }
}

/// The next of a signal; never, where the system does not let us listen.
#[cfg(unix)]
async fn one(signal: &mut Option<tokio::signal::unix::Signal>) {
    let heard = match signal {
        Some(signal) => signal.recv().await,
        None => None,
    };
    if heard.is_none() {
        std::future::pending::<()>().await;
    }
}

/// Ctrl-c, where there are no other signals.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
