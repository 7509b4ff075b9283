//! A mail server for tests: a real SMTP conversation over TCP, with STARTTLS. It keeps every byte it got, in the order they
//! came, for whoever looks for words in them. Its key is public and good for nothing else.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Offers STARTTLS and takes mail.
    Takes,
    /// Offers no STARTTLS.
    Bare,
    /// Busy: says so before anything.
    Busy,
    /// Takes the whole message and goes away without a word.
    Silent,
    /// Knows no such address.
    Unknown,
}

/// What it got.
#[derive(Clone, Debug, Default)]
pub struct Got {
    /// Every byte, in clear.
    pub bytes: Vec<u8>,
    /// The messages it answered for.
    pub mails: Vec<String>,
    /// The messages that arrived whole, answered for or not.
    pub arrived: Vec<String>,
}

/// The server.
pub struct Sink {
    pub port: u16,
    pub got: Arc<Mutex<Got>>,
    manner: Arc<Mutex<Manner>>,
}

impl Sink {
    /// Listens on a free port of this machine; a thread serves one connection after the other.
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (got, manner) = (Arc::new(Mutex::new(Got::default())), Arc::new(Mutex::new(manner)));
        let (all, how) = (got.clone(), manner.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manner = *how.lock().unwrap_or_else(PoisonError::into_inner);
                // Whoever hangs up in the middle has said what it had to say.
                let _ = serve(stream, manner, &all);
            }
        });
        Self { port, got, manner }
    }

    pub fn now(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    pub fn got(&self) -> Got {
        self.got.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(mut stream: TcpStream, manner: Manner, got: &Mutex<Got>) -> std::io::Result<()> {
    if manner == Manner::Busy {
        return stream.write_all(b"421 busy\r\n");
    }
    stream.write_all(b"220 sink\r\n")?;
    if talk(&mut stream, manner, manner != Manner::Bare, got)? {
        let connection = ServerConnection::new(config()).map_err(std::io::Error::other)?;
        talk(&mut StreamOwned::new(connection, stream), manner, false, got)?;
    }
    Ok(())
}

/// One conversation; true when the line is to be protected now.
fn talk<S: Read + Write>(
    stream: &mut S,
    manner: Manner,
    offers: bool,
    got: &Mutex<Got>,
) -> std::io::Result<bool> {
    let mut lines = BufReader::new(stream);
    let (mut line, mut data) = (String::new(), None::<String>);
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let mut got = got.lock().unwrap_or_else(PoisonError::into_inner);
        got.bytes.extend_from_slice(line.as_bytes());
        if let Some(mail) = &mut data {
            if line != ".\r\n" {
                mail.push_str(&line);
                continue;
            }
            got.arrived.push(mail.clone());
            if manner == Manner::Silent {
                return Ok(false);
            }
            got.mails.extend(data.take());
            lines.get_mut().write_all(b"250 taken\r\n")?;
            continue;
        }
        let said = line.to_ascii_uppercase();
        let answer: &[u8] = match said.split(' ').next().map(str::trim) {
            Some("EHLO") if offers => b"250-sink\r\n250 STARTTLS\r\n",
            Some("STARTTLS") if offers => {
                lines.get_mut().write_all(b"220 go on\r\n")?;
                return Ok(true);
            }
            Some("RCPT") if manner == Manner::Unknown => b"550 nobody of that name, and I say it: zqecho\r\n",
            Some("DATA") => {
                data = Some(String::new());
                b"354 go on\r\n"
            }
            Some("QUIT") => {
                lines.get_mut().write_all(b"221 bye\r\n")?;
                return Ok(false);
            }
            _ => b"250 well\r\n",
        };
        lines.get_mut().write_all(answer)?;
    }
}

fn config() -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("mail/server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("mail/server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap())
}
