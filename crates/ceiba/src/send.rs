//! What carries messages out of the house. Nothing configured: nothing is carried.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use ceiba_programme::contact::outbox::{Carried, Carrier, Letter, Text, Undelivered, Wire};
use ceiba_web::{Lang, Words};
use serde::Deserialize;

#[path = "send/sms.rs"]
pub mod sms;
#[path = "send/smtp.rs"]
pub mod smtp;

/// A server may take so long. A message that takes longer comes again.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// What is set up: `[mail]` and `[sms]` of the configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// An SMTP server.
    pub mail: Option<smtp::Mail>,
    /// A gateway of text messages.
    pub sms: Option<sms::Gateway>,
}

/// Everything that carries.
struct Senders {
    mail: Option<smtp::Sender>,
    sms: Option<sms::Sender>,
}

/// Puts together what is set up; none when nothing is.
///
/// # Errors
/// A line that says what in the configuration is not as it must be.
pub fn carrier(messages: &Messages) -> anyhow::Result<Option<Arc<dyn Carrier>>> {
    let mail = messages.mail.as_ref().map(smtp::Sender::new).transpose().context("[mail]")?;
    let sms = messages.sms.as_ref().map(sms::Sender::new).transpose().context("[sms]")?;
    if mail.is_none() && sms.is_none() {
        return Ok(None);
    }
    Ok(Some(Arc::new(Senders { mail, sms })))
}

impl Carrier for Senders {
    fn carries(&self, wire: Wire) -> bool {
        match wire {
            Wire::Email => self.mail.is_some(),
            Wire::Sms => self.sms.is_some(),
        }
    }

    fn carry<'a>(&'a self, letter: &'a Letter) -> Carried<'a> {
        Box::pin(async move {
            let carried = async {
                match (letter.wire, &self.mail, &self.sms) {
                    (Wire::Email, Some(mail), _) => mail.send(letter).await,
                    (Wire::Sms, _, Some(sms)) => sms.send(letter).await,
                    _ => Err(Undelivered::Later),
                }
            };
            tokio::time::timeout(PATIENCE, carried).await.unwrap_or(Err(Undelivered::Later))
        })
    }
}

/// The whole text of a letter: the sentence of its kind, and nothing else.
pub fn text(letter: &Letter) -> String {
    let words = Words::new(Lang::from_code(&letter.language).unwrap_or_default());
    say(&words, letter.text, letter.code.as_deref())
}

/// The sentence of a kind.
pub fn say(words: &Words, text: Text, code: Option<&str>) -> String {
    match text {
        Text::Task => words.t("message-task"),
        Text::Code => words.with("message-code", &[("code", code.unwrap_or_default().into())]),
    }
}

/// Whether a name is this machine's: what goes there needs no TLS.
fn is_here(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host)
}

/// A secret from a file of its own, so that the configuration can be shown.
fn secret(file: Option<&PathBuf>) -> anyhow::Result<Option<String>> {
    let Some(path) = file else { return Ok(None) };
    Ok(Some(read(path)?.trim_end_matches(['\r', '\n']).to_owned()))
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
