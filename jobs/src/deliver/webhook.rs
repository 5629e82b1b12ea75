//! Webhooks, signed as the Standard Webhooks specification says (<https://www.standardwebhooks.com>): the receiver
//! knows by `webhook-id` what it has had before, and by the signature who sent it.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use rapport_entities::clock;
use reqwest::{Client, Response, StatusCode, header, redirect};
use sha2::Sha256;
use url::Url;

use super::outcome::{Outcome, is_untrusted};
use crate::settings::{DeliverySettings, Subscription};

/// Posts to webhooks.
pub struct Poster {
    /// Or why there is none.
    client: Result<Client, String>,
    timeout: Duration,
}

const CONNECT: Duration = Duration::from_secs(5);

impl Poster {
    /// A poster that follows no redirect, since that would give the message to another.
    pub fn new(rules: &DeliverySettings) -> Self {
        // the provider that the database's connections use; a second start changes nothing
        let _ = rustls::crypto::ring::default_provider().install_default();
        let timeout = rules.timeout();
        let client = Client::builder()
            .connect_timeout(CONNECT.min(timeout))
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("Rapport/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("connections cannot be made: {error}"));
        Self { client, timeout }
    }

    /// Posts a message once.
    pub async fn post(&self, url: &Url, subscription: &Subscription, id: &str, body: String) -> Outcome {
        let client = match &self.client {
            Ok(client) => client,
            Err(why) => return Outcome::failed(why.clone()),
        };
        // the moment of this attempt, by which receivers tell a message from one that is played back
        let at = clock::now().timestamp();
        let Some(signature) = signature(subscription, id, at, &body) else {
            return Outcome::Refused { why: "the subscription has no proper secret".to_owned() };
        };
        let sent = client
            .post(url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", signature)
            .body(body)
            .send()
            .await;
        let host = subscription.to.shown();
        match sent {
            Ok(response) => judge(&host, &response),
            Err(error) => self.failed(&host, &error),
        }
    }

    /// What a failure means; the error's own words would hold the address.
    fn failed(&self, host: &str, error: &reqwest::Error) -> Outcome {
        Outcome::failed(if error.is_timeout() {
            format!("{host} did not answer within {} s", self.timeout.as_secs_f64())
        } else if is_untrusted(error) {
            format!("the certificate of {host} is not to be trusted")
        } else if error.is_connect() {
            format!("{host} cannot be reached")
        } else {
            format!("{host} broke the connection off")
        })
    }
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
fn signature(subscription: &Subscription, id: &str, at: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&subscription.key()?).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// What an answer means. Nobody reads its body.
fn judge(host: &str, response: &Response) -> Outcome {
    let status = response.status();
    let why = format!("{host} answered {status}");
    match status {
        status if status.is_success() => Outcome::Delivered,
        StatusCode::GONE => Outcome::Pointless { why: format!("{why}: it wants no more") },
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Failed { why, after: retry_after(response) }
        }
        status if status.is_client_error() => Outcome::Refused { why },
        status if status.is_redirection() => {
            Outcome::Refused { why: format!("{why}; redirects are not followed, give the new address") }
        }
        _ => Outcome::Failed { why, after: retry_after(response) },
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
