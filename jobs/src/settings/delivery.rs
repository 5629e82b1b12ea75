//! How deliveries are tried, and the mail server they go through.

use std::time::Duration;

use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Secret, SettingsError};

/// How deliveries are tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverySettings {
    /// Attempts until one is given up; the longest wait between two is an hour.
    pub attempts: u32,
    /// Attempts where the receiver refuses what it is given, instead of failing.
    pub refused_attempts: u32,
    /// Seconds before the second attempt; they double with each, up to an hour.
    pub backoff_seconds: f64,
    /// Seconds a receiver may take.
    pub timeout_seconds: f64,
    /// An alert older than this goes to no new subscription; what is queued for one that is gone waits as long.
    pub catch_up_days: u32,
    /// Subscribers served at a time.
    pub at_a_time: usize,
}

/// The mail server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// `smtps://USER:PASSWORD@HOST` or `smtp://USER:PASSWORD@HOST?tls=required`.
    pub url: Option<Secret>,
    /// Who mails are from.
    pub from: Option<String>,
    /// Under which address readers find the pages; mails link to what they do not show.
    pub site: Option<Url>,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        Self {
            attempts: 80,
            refused_attempts: 8,
            backoff_seconds: 15.0,
            timeout_seconds: 20.0,
            catch_up_days: 7,
            at_a_time: 8,
        }
    }
}

impl DeliverySettings {
    /// What a receiver may take.
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs_f64(self.timeout_seconds)
    }

    /// Fails at the first setting that cannot be.
    pub(super) fn validate(&self) -> Result<(), SettingsError> {
        let checks = [
            ("attempts", f64::from(self.attempts), 1.0, 10_000.0, "1 to 10,000"),
            ("refused_attempts", f64::from(self.refused_attempts), 1.0, 10_000.0, "1 to 10,000"),
            ("backoff_seconds", self.backoff_seconds, 0.0, 3_600.0, "0 to 3,600"),
            ("timeout_seconds", self.timeout_seconds, 0.1, 300.0, "0.1 to 300"),
            ("at_a_time", self.at_a_time as f64, 1.0, 64.0, "1 to 64"),
        ];
        match checks.into_iter().find(|(_, value, low, high, _)| !(*low..=*high).contains(value)) {
            Some((name, value, _, _, expected)) => {
                Err(SettingsError::Delivery { name, why: format!("is {value}; it must be {expected}") })
            }
            None => Ok(()),
        }
    }
}

impl MailSettings {
    /// Server and sender; what is missing, in words. The words never hold the URL, which has a password.
    pub(crate) fn read(&self) -> Result<(Url, Mailbox), SettingsError> {
        let wrong = |name, why: &str| SettingsError::Mail { name, why: why.to_owned() };
        let text =
            self.url.as_ref().ok_or_else(|| wrong("url", "is missing; subscriptions by mail need it"))?;
        let scheme = "must be smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST?tls=required";
        let url = Url::parse(text.reveal()).map_err(|_| wrong("url", scheme))?;
        let encrypted = match url.scheme() {
            "smtps" => true,
            "smtp" => url.query_pairs().any(|(name, _)| name == "tls"),
            _ => return Err(wrong("url", scheme)),
        };
        if !encrypted && !is_loopback(&url) {
            let why = "would send in the clear; use smtps:// or add ?tls=required (or, where the server may have no \
                       TLS, ?tls=opportunistic)";
            return Err(wrong("url", why));
        }
        let from = self.from.as_deref().ok_or_else(|| wrong("from", "is missing; mails need a sender"))?;
        if self.site.as_ref().is_some_and(|site| !matches!(site.scheme(), "http" | "https")) {
            return Err(wrong(
                "site",
                "must be the address of the pages, such as https://rapport.example.com",
            ));
        }
        let from = from.parse().map_err(|_| wrong("from", "must be written as `Name <name@example.com>`"))?;
        Ok((url, from))
    }
}

/// True of addresses that no other machine can see.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}
