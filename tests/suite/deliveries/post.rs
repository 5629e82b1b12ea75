//! A real mail server, which can take, put off, refuse, hang and die, and come back on the same port. The conversation
//! is mailin's.

use std::{
    io::{BufRead, BufReader, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use mailin::{Action, Handler, Response, SessionBuilder, response};

/// What it does with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 451: try again.
    PutsOff,
    /// 550: never.
    Refuses,
    /// Says nothing at all.
    Hangs,
    /// Breaks the line off when it has the whole mail.
    BreaksOff,
}

#[derive(Clone)]
struct Office(Arc<Mutex<(Mood, Vec<Vec<u8>>)>>);

/// The mail server.
pub struct PostOffice {
    address: SocketAddr,
    office: Office,
    open: Arc<AtomicBool>,
}

impl PostOffice {
    /// One that takes everything.
    pub fn new() -> Self {
        let mut office = Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            office: Office(Arc::new(Mutex::new((Mood::Takes, Vec::new())))),
            open: Arc::default(),
        };
        office.come_back();
        office
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on.
    pub fn is(&self, mood: Mood) {
        self.office.0.lock().unwrap().0 = mood;
    }

    /// The mails that came in whole, taken or not.
    pub fn seen(&self) -> Vec<Vec<u8>> {
        self.office.0.lock().unwrap().1.clone()
    }

    /// Nobody listens any more.
    pub fn dies(&mut self) {
        self.open.store(false, Ordering::SeqCst);
        while TcpStream::connect(self.address).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Listens again, where it did before.
    pub fn come_back(&mut self) {
        let listener = TcpListener::bind(self.address).unwrap();
        self.address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        self.open = Arc::new(AtomicBool::new(true));
        let (open, office) = (self.open.clone(), self.office.clone());
        std::thread::spawn(move || {
            while open.load(Ordering::SeqCst) {
                match listener.accept() {
                    Ok((stream, _)) => {
                        let office = office.clone();
                        std::thread::spawn(move || converse(stream, office));
                    }
                    Err(_) => std::thread::sleep(Duration::from_millis(2)),
                }
            }
        });
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.open.store(false, Ordering::SeqCst);
    }
}

/// One conversation.
fn converse(stream: TcpStream, office: Office) -> std::io::Result<()> {
    stream.set_nonblocking(false)?;
    let mood = office.0.lock().unwrap().0;
    if mood == Mood::Hangs {
        std::thread::sleep(Duration::from_secs(60));
        return Ok(());
    }
    let begin = || {
        let clerk = Clerk { mood, mail: Vec::new(), office: office.clone() };
        SessionBuilder::new("post.test").build(IpAddr::V4(Ipv4Addr::LOCALHOST), clerk)
    };
    let mut session = begin();
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    session.greeting().write_to(&mut out)?;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let answer = session.process(&line);
        if mood == Mood::BreaksOff && answer.code == response::TRANSACTION_FAILED.code {
            return Ok(());
        }
        answer.write_to(&mut out)?;
        out.flush()?;
        if answer.action == Action::Close {
            return Ok(());
        }
        // after a mail that was not taken mailin would wait for more of it, where RFC 5321 begins anew
        if answer.is_error {
            session = begin();
        }
        line.clear();
    }
    Ok(())
}

struct Clerk {
    mood: Mood,
    mail: Vec<u8>,
    office: Office,
}

impl Handler for Clerk {
    fn rcpt(&mut self, _: &str) -> Response {
        if self.mood == Mood::Refuses { response::NO_MAILBOX } else { response::OK }
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.mail.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.office.0.lock().unwrap().1.push(std::mem::take(&mut self.mail));
        match self.mood {
            Mood::PutsOff => response::INTERNAL_ERROR,
            Mood::BreaksOff => response::TRANSACTION_FAILED,
            _ => response::OK,
        }
    }
}
