//! A running server, as a client sees it.

use std::{
    fs::File,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Stdio},
    time::Duration,
};

use crate::World;

/// A running server; killed with the test. Its log is `serve.log` in the world's folder.
#[derive(Debug)]
pub struct Server {
    address: String,
    /// The process.
    pub process: Child,
}

impl Server {
    /// Starts one in this world, with these arguments, and waits until it listens.
    #[must_use]
    pub fn start(world: &World, arguments: &[&str]) -> Self {
        Self::start_at(world, "127.0.0.1", arguments)
    }

    /// As [`Self::start`], listening on this interface.
    #[must_use]
    pub fn start_at(world: &World, interface: &str, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let log = File::create(world.folder().join("serve.log")).unwrap();
        let process = world
            .command(&[&["serve", "--address", &format!("{interface}:{port}")], arguments].concat())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        for _ in 0..500 {
            if TcpStream::connect(&address).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { address, process }
    }

    /// Its address as a URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Status line with headers, and body.
    #[must_use]
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.get_as(path, "")
    }

    /// The same with this header `Authorization`; without one if it is empty.
    #[must_use]
    pub fn get_as(&self, path: &str, authorization: &str) -> (String, Vec<u8>) {
        let header = header(authorization);
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}Connection: close\r\n\r\n"))
    }

    /// The same with this header.
    #[must_use]
    pub fn get_with(&self, path: &str, header: &str) -> (String, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n"))
    }

    /// Sends a JSON body; status line with headers, and body.
    #[must_use]
    pub fn post(&self, path: &str, body: &str) -> (String, Vec<u8>) {
        self.post_as(path, body, "")
    }

    /// The same with this header `Authorization`; without one if it is empty.
    #[must_use]
    pub fn post_as(&self, path: &str, body: &str, authorization: &str) -> (String, Vec<u8>) {
        let (header, length) = (header(authorization), body.len());
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             {header}Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    /// Sends a form, with these headers.
    #[must_use]
    pub fn post_form(&self, path: &str, body: &str, headers: &[&str]) -> (String, Vec<u8>) {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn send(&self, request: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let body = &bytes[end + 4..];
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        (head, if chunked { joined(body) } else { body.to_vec() })
    }
}

/// A body that was sent in chunks; one that broke off in the middle is an error.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&chunks[end + 2..end + 2 + size]);
        chunks = &chunks[end + 4 + size..];
    }
}

fn header(authorization: &str) -> String {
    if authorization.is_empty() { String::new() } else { format!("Authorization: {authorization}\r\n") }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
