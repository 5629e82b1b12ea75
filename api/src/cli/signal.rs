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
    tokio::spawn(async move {
        signal().await;
        tracing::info!("told to stop; finishing what has begun");
        told.draining.cancel();
        tokio::select! {
            () = signal() => tracing::info!("told to stop at once"),
            () = tokio::time::sleep(GRACE) => tracing::info!("the time to finish is over"),
        }
        told.now.cancel();
    });
    stop
}

/// Resolves on ctrl-c and on SIGTERM.
async fn signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
