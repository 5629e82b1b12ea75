//! Mails: text and HTML, charts within, tables attached. Their Message-ID is the delivery's, so that a repeat is known
//! for one.

use std::time::{Duration, SystemTime};

use askama::Template;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp,
};
use rapport_entities::delivery;

use super::{
    letter::{HtmlLetter, Letter, TextLetter},
    outcome::{Outcome, is_untrusted},
};
use crate::settings::{DeliverySettings, MailSettings};

/// Sends mails.
pub struct Mailer {
    server: Option<Server>,
    timeout: Duration,
}

struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    host: String,
    from: Mailbox,
}

impl Mailer {
    /// Of the settings; without a server every mail fails and says so.
    pub fn new(mail: &MailSettings, rules: &DeliverySettings) -> Self {
        let timeout = rules.timeout();
        let server = mail.read().ok().and_then(|(url, from)| {
            let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).ok()?;
            let host = url.host_str().unwrap_or_default().to_owned();
            Some(Server { transport: builder.timeout(Some(timeout)).build(), host, from })
        });
        Self { server, timeout }
    }

    /// Sends a letter once.
    pub async fn send(&self, to: &Address, delivery: &delivery::Model, letter: Letter) -> Outcome {
        let Some(server) = &self.server else {
            return Outcome::failed("there is no mail server in the settings".to_owned());
        };
        let message = match compose(&server.from, to, delivery, letter) {
            Ok(message) => message,
            Err(why) => return Outcome::Refused { why: format!("the mail cannot be written: {why}") },
        };
        match tokio::time::timeout(self.timeout, server.transport.send(message)).await {
            Ok(Ok(_)) => Outcome::Delivered,
            Ok(Err(error)) => server.failed(&error),
            Err(_) => Outcome::failed(format!(
                "{} did not take the mail within {} s",
                server.host,
                self.timeout.as_secs_f64()
            )),
        }
    }
}

impl Server {
    /// What a failure means. The server's own words are left out: they may hold what it was sent.
    fn failed(&self, error: &smtp::Error) -> Outcome {
        let host = &self.host;
        match error.status() {
            Some(code) if error.is_permanent() => {
                Outcome::Refused { why: format!("{host} refused the mail ({code})") }
            }
            Some(code) => Outcome::failed(format!("{host} cannot take the mail now ({code})")),
            None if error.is_timeout() => Outcome::failed(format!("{host} did not answer in time")),
            None if is_untrusted(error) => {
                Outcome::failed(format!("the certificate of {host} is not to be trusted"))
            }
            None if error.is_tls() => Outcome::failed(format!("{host} cannot be reached safely (TLS)")),
            None => Outcome::failed(format!("{host} cannot be reached, or broke the connection off")),
        }
    }
}

/// The mail of a letter, the same at every attempt.
fn compose(
    from: &Mailbox,
    to: &Address,
    delivery: &delivery::Model,
    letter: Letter,
) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
    let html = SinglePart::html(HtmlLetter { letter: &letter }.render()?);
    let mut within = MultiPart::related().singlepart(html);
    for picture in &letter.pictures {
        let png = Body::new(picture.png.clone());
        let inline = Attachment::new_inline_with_name(picture.cid.clone(), picture.file.clone());
        within = within.singlepart(inline.body(png, ContentType::parse("image/png")?));
    }
    let text = SinglePart::plain(TextLetter { letter: &letter }.render()?);
    let told = MultiPart::alternative().singlepart(text).multipart(within);
    let mut whole = MultiPart::mixed().multipart(told);
    for table in letter.attachments {
        let attachment = Attachment::new(table.file);
        whole =
            whole.singlepart(attachment.body(table.bytes, ContentType::parse("text/csv; charset=utf-8")?));
    }
    let id = format!("<{}@{}>", delivery.delivery_id, from.email.domain());
    let automatic =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
    Ok(Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(letter.subject)
        .date(SystemTime::from(*delivery.created_at))
        .message_id(Some(id))
        .raw_header(automatic)
        .multipart(whole)?)
}
