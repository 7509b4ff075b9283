//! Text messages: one JSON POST to a gateway, over hyper's own connection.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use ceiba_programme::contact::outbox::{Letter, Undelivered};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{is_here, secret, text};

/// `[sms]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Where messages are posted. Without TLS on this machine only.
    pub url: String,
    /// A file with the token that the gateway gave.
    pub token_file: Option<PathBuf>,
    /// The sender's name: as neutral as what is sent.
    #[serde(default = "name")]
    pub name: String,
    /// What goes before a number that has no country.
    #[serde(default = "country")]
    pub country: String,
    /// The certificate of the authority that vouches for the gateway, as PEM; without it those this machine trusts.
    pub ca: Option<PathBuf>,
}

fn name() -> String {
    "Avisos".to_owned()
}

fn country() -> String {
    "+502".to_owned()
}

/// What is posted. `id` stands in `Idempotency-Key` too.
#[derive(Serialize)]
struct Body<'a> {
    id: String,
    from: &'a str,
    to: String,
    text: String,
}

/// The gateway.
pub struct Sender {
    uri: Uri,
    host: String,
    port: u16,
    token: Option<String>,
    name: String,
    country: String,
    tls: Option<TlsConnector>,
}

impl Sender {
    pub(super) fn new(gateway: &Gateway) -> anyhow::Result<Self> {
        let uri: Uri = gateway.url.parse().context("`url` is not an address")?;
        let host = uri.host().context("`url` names no server")?.to_owned();
        let tls = match uri.scheme_str() {
            Some("https") => Some(connector(gateway)?),
            Some("http") if is_here(&host) => None,
            _ => bail!("`url` must begin with https; http is for a gateway on this machine only"),
        };
        let port = uri.port_u16().unwrap_or(if tls.is_some() { 443 } else { 80 });
        let token = secret(gateway.token_file.as_ref())?;
        let (name, country) = (gateway.name.clone(), gateway.country.clone());
        Ok(Self { uri, host, port, token, name, country, tls })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let body = Body {
            id: letter.id.to_string(),
            from: &self.name,
            to: number(letter.to(), &self.country),
            text: text(letter),
        };
        let body = serde_json::to_string(&body).map_err(|_| Undelivered::Refused)?;
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let stream = TcpStream::connect((host, self.port)).await.map_err(|_| Undelivered::Later)?;
        let status = match &self.tls {
            None => self.post(stream, letter, body).await?,
            Some(tls) => {
                let name = ServerName::try_from(host.to_owned()).map_err(|_| Undelivered::Later)?;
                let stream = tls.connect(name, stream).await.map_err(|_| Undelivered::Later)?;
                self.post(stream, letter, body).await?
            }
        };
        match status {
            s if s.is_success() => Ok(()),
            // Said before, and taken then.
            StatusCode::CONFLICT => Ok(()),
            // Only what is about this message is final.
            StatusCode::BAD_REQUEST | StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY => {
                Err(Undelivered::Refused)
            }
            _ => Err(Undelivered::Later),
        }
    }

    async fn post<S>(&self, stream: S, letter: &Letter, body: String) -> Result<StatusCode, Undelivered>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let shaken = http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.map_err(|_| Undelivered::Later)?;
        let path = self.uri.path_and_query().map_or("/", |p| p.as_str());
        let mut request = Request::post(path)
            .header(HOST, format!("{}:{}", self.host, self.port))
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", letter.id.to_string());
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).map_err(|_| Undelivered::Later)?;
        // The connection is driven beside the request, and ends with it.
        let driven = tokio::spawn(async move { drop(connection.await) });
        let answer: Result<Response<Incoming>, _> = sender.send_request(request).await;
        driven.abort();
        Ok(answer.map_err(|_| Undelivered::Later)?.status())
    }
}

/// A number as gateways want it: digits only, with its country.
fn number(typed: &str, country: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.trim_start().starts_with('+') {
        format!("+{digits}")
    } else if digits.len() > 8 {
        format!("+{}", digits.trim_start_matches('0'))
    } else {
        format!("{country}{digits}")
    }
}

fn connector(gateway: &Gateway) -> anyhow::Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    match &gateway.ca {
        Some(ca) => {
            for certificate in CertificateDer::pem_file_iter(ca).context("`ca` cannot be read")? {
                roots.add(certificate.context("`ca` is not a certificate")?)?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        bail!("this machine trusts no authority: name one in `ca`");
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
