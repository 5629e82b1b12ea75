//! Who is told what, in which language, and with which rights.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use lettre::Address;
use rapport_entities::{AlertRule, Role};
use rapport_messages::Locale;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use super::{MailSettings, Secret, SettingsError, delivery::is_loopback};

/// Who is told what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// Names it in the ledger of deliveries: another name is another subscription.
    pub name: String,
    /// What it is told.
    pub on: Vec<Topic>,
    /// Of which rules the alerts are; of all if none is named.
    #[serde(default)]
    pub rules: Vec<AlertRule>,
    /// What it may see: a viewer aggregates, an analyst customers by code, an operator failed jobs too.
    #[serde(default = "viewer")]
    pub role: Role,
    /// `en` or `zh`.
    #[serde(default, serialize_with = "locale_out", deserialize_with = "locale_in")]
    pub locale: Locale,
    /// A segment, as `DIMENSION:CODE`; all customers if none.
    pub segment: Option<String>,
    /// `mailto:ADDRESS`, or the address of a webhook.
    pub to: Destination,
    /// What a webhook's signature is made with: `whsec_` and 24 to 64 bytes in base64.
    pub secret: Option<Secret>,
}

/// What can be subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What is alarming, as it is found.
    Alerts,
    /// The figures of a quarter when it is final, and when it is restated.
    Reports,
}

/// Where something is delivered.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Destination {
    /// To a mailbox.
    Mail(Address),
    /// To a webhook.
    Web(Url),
}

const PREFIX: &str = "whsec_";

impl Subscription {
    /// The key of a webhook's signatures; none if there is no proper secret.
    pub(crate) fn key(&self) -> Option<Vec<u8>> {
        let key = STANDARD.decode(self.secret.as_ref()?.reveal().strip_prefix(PREFIX)?).ok()?;
        (24..=64).contains(&key.len()).then_some(key)
    }

    /// The segment it is about, as dimension and code; none of all customers.
    pub(crate) fn place(&self) -> Option<(&str, &str)> {
        self.segment.as_deref().and_then(|segment| segment.split_once(':'))
    }

    /// True if it is told of alerts by this rule, and may be.
    pub(crate) fn hears(&self, rule: AlertRule) -> bool {
        let least = match rule {
            AlertRule::IndexFell | AlertRule::SharePassed => Role::Viewer,
            AlertRule::ComplaintOverdue | AlertRule::CustomerDefecting | AlertRule::ActionOverdue => {
                Role::Analyst
            }
            AlertRule::JobGaveUp => Role::Operator,
        };
        self.on.contains(&Topic::Alerts)
            && self.role >= least
            && (self.rules.is_empty() || self.rules.contains(&rule))
    }

    /// Fails and says what is missing; neither secret nor address is in the words.
    pub(super) fn validate(&self, mail: &MailSettings) -> Result<(), SettingsError> {
        let wrong =
            |why: &str| Err(SettingsError::Subscription { name: self.name.clone(), why: why.to_owned() });
        if self.name.trim().is_empty() {
            return wrong("name is empty; deliveries are told apart by it");
        }
        if self.on.is_empty() {
            return wrong("on is empty; name \"alerts\", \"reports\" or both");
        }
        if self.segment.is_some() && self.place().is_none() {
            return wrong("segment must be written as DIMENSION:CODE, such as region:north");
        }
        match &self.to {
            Destination::Mail(_) => mail.read().map(|_| ()),
            Destination::Web(url) if url.scheme() == "http" && !is_loopback(url) => {
                wrong("to is http://, which sends in the clear; use https://")
            }
            Destination::Web(_) if self.key().is_none() => wrong(
                "a webhook needs a secret: whsec_ and 24 to 64 random bytes in base64, \
                 as `echo whsec_$(openssl rand -base64 32)` makes one",
            ),
            Destination::Web(_) => Ok(()),
        }
    }
}

impl Destination {
    /// The machine or mailbox, without what an address may hold of secrets.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Mail(address) => address.to_string(),
            Self::Web(url) => url.host_str().unwrap_or_default().to_owned(),
        }
    }
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let what = "to must be mailto:ADDRESS or the https:// address of a webhook";
        if let Some(address) = text.strip_prefix("mailto:") {
            return address.parse().map(Self::Mail).map_err(|_| what.to_owned());
        }
        let url = Url::parse(text).map_err(|_| what.to_owned())?;
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if web { Ok(Self::Web(url)) } else { Err(what.to_owned()) }
    }
}

impl TryFrom<String> for Destination {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// A webhook's path and query are often its password: they are not shown.
impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(address) => write!(f, "mailto:{address}"),
            Self::Web(url) => write!(f, "{}/{}", url.origin().ascii_serialization(), super::secret::HIDDEN),
        }
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Destination {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn viewer() -> Role {
    Role::Viewer
}

fn locale_out<S: Serializer>(locale: &Locale, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(locale.as_str())
}

fn locale_in<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Locale, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}
