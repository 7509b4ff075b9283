//! A gateway of text messages for tests: reads one HTTP request a connection, answers with the status it was told, and keeps
//! every byte.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

/// The gateway.
pub struct Gateway {
    pub port: u16,
    got: Arc<Mutex<Vec<String>>>,
    status: Arc<Mutex<u16>>,
}

impl Gateway {
    /// Listens on a free port of this machine.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (got, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(200)));
        let (all, says) = (got.clone(), status.clone());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
                while !whole(&bytes) {
                    match stream.read(&mut part) {
                        Ok(0) | Err(_) => break,
                        Ok(n) => bytes.extend_from_slice(&part[..n]),
                    }
                }
                all.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(String::from_utf8_lossy(&bytes).into_owned());
                let status: u16 = *says.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
            }
        });
        Self { port, got, status }
    }

    pub fn says(&self, status: u16) {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = status;
    }

    /// The requests, whole.
    pub fn got(&self) -> Vec<String> {
        self.got.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether head and body are here.
fn whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")?.parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}
