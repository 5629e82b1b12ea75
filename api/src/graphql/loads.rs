//! The loader's work, done in turn with the execution that asks for it. It begins once no resolver can go on: what they
//! asked for by then is one statement, however many they are, and nobody waits for a clock.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::{Stream, future::BoxFuture, stream::FuturesUnordered};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::unconstrained,
};

/// A piece of the loader's work.
pub type Work = BoxFuture<'static, ()>;

/// What the loader has to do for a request.
pub struct Loads {
    asked: UnboundedReceiver<Work>,
    begun: FuturesUnordered<Work>,
}

impl Loads {
    /// Nothing yet, and where to put it.
    pub fn new() -> (UnboundedSender<Work>, Self) {
        let (sender, asked) = unbounded_channel();
        (sender, Self { asked, begun: FuturesUnordered::new() })
    }

    /// Executes a request to its end.
    pub async fn serve<T>(mut self, execution: impl Future<Output = T>) -> T {
        // with a budget it would pause among its resolvers
        let mut execution = pin!(unconstrained(execution));
        poll_fn(|context| {
            let turn = Arc::new(Turn { goes_on: AtomicBool::new(false), task: context.waker().clone() });
            let waker = Waker::from(turn.clone());
            loop {
                if let Poll::Ready(answer) = execution.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(answer);
                }
                // of many resolvers some pause for the others' sake: they have not asked yet
                if turn.goes_on.swap(false, Ordering::AcqRel) {
                    continue;
                }
                while let Ok(work) = self.asked.try_recv() {
                    self.begun.push(work);
                }
                match pin!(&mut self.begun).poll_next(context) {
                    Poll::Ready(Some(())) => {}
                    Poll::Ready(None) | Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await
    }
}

/// Whether the execution can go on at once; wakes the request's task as well.
struct Turn {
    goes_on: AtomicBool,
    task: Waker,
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.goes_on.store(true, Ordering::Release);
        self.task.wake_by_ref();
    }
}
