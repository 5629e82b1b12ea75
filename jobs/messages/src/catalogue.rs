//! The catalogue: Fluent messages, read once from the binary. An id that is nowhere stands for itself, so that a page
//! is never lost for a word; a test finds such an id first.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber};
use unic_langid::{LanguageIdentifier, langid};

use crate::{Locale, number};

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        langid!("en"),
        &[
            include_str!("../messages/en/labels.ftl"),
            include_str!("../messages/en/charts.ftl"),
            include_str!("../messages/en/pages.ftl"),
            include_str!("../messages/en/report.ftl"),
            include_str!("../messages/en/mails.ftl"),
            include_str!("../messages/en/cases.ftl"),
            include_str!("../messages/en/comments.ftl"),
            include_str!("../messages/en/actions.ftl"),
            include_str!("../messages/en/playbooks.ftl"),
            include_str!("../messages/en/care.ftl"),
            include_str!("../messages/en/losses.ftl"),
            include_str!("../messages/en/people.ftl"),
        ],
    )
});

static ZH: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        langid!("zh-CN"),
        &[
            include_str!("../messages/zh-CN/labels.ftl"),
            include_str!("../messages/zh-CN/charts.ftl"),
            include_str!("../messages/zh-CN/pages.ftl"),
            include_str!("../messages/zh-CN/report.ftl"),
            include_str!("../messages/zh-CN/mails.ftl"),
            include_str!("../messages/zh-CN/cases.ftl"),
            include_str!("../messages/zh-CN/comments.ftl"),
            include_str!("../messages/zh-CN/actions.ftl"),
            include_str!("../messages/zh-CN/playbooks.ftl"),
            include_str!("../messages/zh-CN/care.ftl"),
            include_str!("../messages/zh-CN/losses.ftl"),
            include_str!("../messages/zh-CN/people.ftl"),
        ],
    )
});

fn bundle(language: LanguageIdentifier, texts: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(FluentNumber { value, .. }) => Some(number::decimal(*value, 0)),
        _ => None,
    }));
    for text in texts {
        // what could be read is used; the test of the catalogue refuses the rest
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn of(locale: Locale) -> &'static Bundle {
    match locale {
        Locale::En => &EN,
        Locale::Zh => &ZH,
    }
}

/// A message or an attribute; none if there is none.
pub fn known(locale: Locale, id: &str) -> Option<Cow<'static, str>> {
    formatted(locale, id, None)
}

/// A message without variables.
pub fn text(locale: Locale, id: &str) -> Cow<'static, str> {
    known(locale, id).unwrap_or_else(|| Cow::Owned(id.to_owned()))
}

/// A message with variables.
pub fn say(locale: Locale, id: &str, variables: &[(&'static str, FluentValue<'_>)]) -> String {
    let mut arguments = FluentArgs::with_capacity(variables.len());
    for (name, value) in variables {
        arguments.set(*name, value.clone());
    }
    formatted(locale, id, Some(&arguments)).unwrap_or_else(|| Cow::Owned(id.to_owned())).into_owned()
}

fn formatted(locale: Locale, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
    let bundle = of(locale);
    let (message, attribute) = id.split_once('.').map_or((id, None), |(id, name)| (id, Some(name)));
    let message = bundle.get_message(message)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut errors = Vec::new();
    match arguments {
        None => Some(bundle.format_pattern(pattern, None, &mut errors)),
        Some(_) => {
            let text = bundle.format_pattern(pattern, arguments, &mut errors);
            Some(Cow::Owned(text.into_owned()))
        }
    }
}
