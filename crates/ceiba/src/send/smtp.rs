//! E-mail: one SMTP conversation a message.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};
use ceiba_programme::contact::outbox::{Letter, Undelivered};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use serde::Deserialize;

use super::{PATIENCE, is_here, read, secret, text};

/// `[mail]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The server's name.
    pub server: String,
    /// Its port; the usual one when it is not given.
    pub port: Option<u16>,
    /// How the line is protected.
    #[serde(default)]
    pub line: Line,
    /// The sender's address.
    pub from: String,
    /// The sender's name: as neutral as what is sent.
    #[serde(default = "name")]
    pub name: String,
    /// Whom the server knows us as.
    pub user: Option<String>,
    /// A file with the password.
    pub password_file: Option<PathBuf>,
    /// The certificate of the authority that vouches for the server, as PEM; without it those this machine trusts.
    pub ca: Option<PathBuf>,
}

/// How the line is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS. A server that does not offer it gets nothing.
    #[default]
    Starttls,
    /// None: to this machine only.
    Plain,
}

fn name() -> String {
    "Avisos".to_owned()
}

/// The SMTP server.
pub struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Sender {
    pub(super) fn new(mail: &Mail) -> anyhow::Result<Self> {
        let from: Address = mail.from.parse().context("`from` is not an address")?;
        let (tls, usual) = match mail.line {
            Line::Tls => (Tls::Wrapper(parameters(mail)?), 465),
            Line::Starttls => (Tls::Required(parameters(mail)?), 587),
            Line::Plain if is_here(&mail.server) => (Tls::None, 25),
            Line::Plain => bail!("`line = \"plain\"` is for a server on this machine only"),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.server)
            .port(mail.port.unwrap_or(usual))
            .tls(tls)
            .timeout(Some(PATIENCE));
        match (&mail.user, secret(mail.password_file.as_ref())?) {
            (Some(user), Some(password)) => {
                transport = transport.credentials(Credentials::new(user.clone(), password));
            }
            (None, None) => {}
            _ => bail!("`user` and `password_file` go together"),
        }
        Ok(Self { transport: transport.build(), from: Mailbox::new(Some(mail.name.clone()), from) })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let to: Address = letter.to().parse().map_err(|_| Undelivered::Refused)?;
        let text = text(letter);
        let micros = u64::try_from(letter.at).unwrap_or(0);
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&text)
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            // The same message again has the same name, so that the other side can tell.
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(format!("{text}\n"))
            .map_err(|_| Undelivered::Refused)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // Only what is about this address is final. A wrong password, a full disk, a line that broke: later.
            Err(e) if e.status().is_some_and(|c| about_her(&c.to_string())) => Err(Undelivered::Refused),
            Err(_) => Err(Undelivered::Later),
        }
    }
}

/// Codes by which a server says that it will never take mail for this address (RFC 5321, 4.2.3).
fn about_her(code: &str) -> bool {
    ["550", "551", "553"].contains(&code)
}

fn parameters(mail: &Mail) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(mail.server.clone());
    if let Some(ca) = &mail.ca {
        let pem = read(ca)?;
        let certificate = Certificate::from_pem(pem.as_bytes()).context("`ca` is not a certificate")?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build_rustls().context("TLS cannot be set up")
}
