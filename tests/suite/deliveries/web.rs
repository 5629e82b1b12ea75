//! A real receiver of webhooks, which can take, refuse, fail, hang and die, and come back on the same port.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use serde_json::Value;

/// What it does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Answers with this status.
    Says(u16),
    /// Never answers.
    Hangs,
}

/// A message as it came in.
#[derive(Clone, Debug)]
pub struct Message {
    pub headers: HeaderMap,
    pub body: Bytes,
    /// It was answered with a 2xx.
    pub taken: bool,
}

#[derive(Clone, Default)]
struct Desk(Arc<Mutex<(Option<Mood>, Vec<Message>)>>);

/// The receiver.
pub struct Receiver {
    address: SocketAddr,
    desk: Desk,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Receiver {
    /// One that takes everything.
    pub fn new() -> Self {
        let mut receiver =
            Self { address: SocketAddr::from(([127, 0, 0, 1], 0)), desk: Desk::default(), runtime: None };
        receiver.come_back();
        receiver
    }

    /// Its address, with something in it that nobody else may see.
    pub fn url(&self) -> String {
        format!("http://{}/hook-password", self.address)
    }

    /// From now on.
    pub fn is(&self, mood: Mood) {
        self.desk.0.lock().unwrap().0 = Some(mood);
    }

    /// Everything that came in, taken or not.
    pub fn seen(&self) -> Vec<Message> {
        self.desk.0.lock().unwrap().1.clone()
    }

    /// What it took.
    pub fn taken(&self) -> Vec<Message> {
        self.seen().into_iter().filter(|message| message.taken).collect()
    }

    /// Nobody listens any more.
    pub fn dies(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        while std::net::TcpStream::connect(self.address).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Listens again, where it did before.
    pub fn come_back(&mut self) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let desk = self.desk.clone();
        let take = move |headers: HeaderMap, body: Bytes| answer(desk.clone(), headers, body);
        let router = Router::new().fallback(take);
        let listener = runtime.block_on(tokio::net::TcpListener::bind(self.address)).unwrap();
        self.address = listener.local_addr().unwrap();
        runtime.spawn(async move { axum::serve(listener, router).await });
        self.runtime = Some(runtime);
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn answer(desk: Desk, headers: HeaderMap, body: Bytes) -> StatusCode {
    let status = {
        let mut desk = desk.0.lock().unwrap();
        let mood = desk.0.unwrap_or(Mood::Says(204));
        let status = match mood {
            Mood::Says(status) => Some(StatusCode::from_u16(status).unwrap()),
            Mood::Hangs => None,
        };
        desk.1.push(Message { headers, body, taken: status.is_some_and(|status| status.is_success()) });
        status
    };
    match status {
        Some(status) => status,
        None => std::future::pending().await,
    }
}

impl Message {
    /// The id that is the same at every attempt.
    pub fn id(&self) -> String {
        self.headers["webhook-id"].to_str().unwrap().to_owned()
    }

    /// What it says.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
