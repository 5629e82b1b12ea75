//! By mail: reports whole and in the subscriber's language, alerts with their numbers, from a server that fails and
//! comes back.

use std::collections::BTreeSet;

use mail_parser::{MessageParser, MimeHeaders};
use rapport_jobs::charts::Kind;
use rapport_tests::{World, on_both};

use super::{
    closed, deliver_until, deliveries, patient,
    post::{Mood, PostOffice},
    settings,
};

/// The board's reports by mail.
pub fn board(office: &PostOffice, locale: &str) -> String {
    format!(
        "[mail]\nurl = \"{}\"\nsite = \"https://rapport.example.com/\"\nfrom = \"客户之声 Rapport <rapport@example.com>\"\n\
         [[subscriptions]]\nname = \"board\"\non = [\"reports\", \"alerts\"]\nlocale = \"{locale}\"\n\
         rules = [\"share_passed\"]\nto = \"mailto:board@example.com\"\n",
        office.url()
    )
}

on_both!(
    /// A mail server that puts off, breaks off, hangs and dies: the report arrives once it is back, under the
    /// Message-ID of its first attempt, with the quarter's charts within and its tables attached, in Chinese.
    a_report_by_mail,
    |world| {
        let mut office = PostOffice::new();
        settings(world, &[&board(&office, "zh").replace("\"reports\", \"alerts\"", "\"reports\"")]);
        patient(world, 3.0);
        closed(world);
        let states = || deliveries(world).iter().map(|row| row["stateCode"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        for (mood, why) in [
            (Mood::PutsOff, "cannot take the mail now (451)"),
            (Mood::BreaksOff, "broke the connection off"),
            (Mood::Refuses, "refused the mail (550)"),
            (Mood::Hangs, "in time"),
        ] {
            office.is(mood);
            deliver_until(world, || {
                deliveries(world).iter().all(|row| row["lastError"].as_str().is_some_and(|error| {
                    error.contains(why) || mood == Mood::Hangs && error.contains("within")
                }))
            });
            assert_eq!(states(), ["QUEUED"], "{mood:?}");
        }
        office.dies();
        deliver_until(world, || deliveries(world)[0]["lastError"].as_str().unwrap().contains("cannot be reached"));
        office.come_back();
        office.is(Mood::Takes);
        deliver_until(world, || states() == ["DELIVERED"]);
        let mails = office.seen();
        let read = |mail: &Vec<u8>| MessageParser::default().parse(mail).unwrap().into_owned();
        let messages: BTreeSet<String> = mails.iter().map(|mail| read(mail).message_id().unwrap().to_owned()).collect();
        let id = deliveries(world)[0]["deliveryId"].as_str().unwrap().to_owned();
        assert_eq!(messages, BTreeSet::from([format!("{id}@example.com")]));
        is_the_report(world, &read(mails.last().unwrap()));
    }
);

/// The mail is the report of the shop's first quarter, whole and in Chinese.
fn is_the_report(world: &World, mail: &mail_parser::Message<'_>) {
    assert_eq!(mail.subject().unwrap(), "客户满意度报告 2026-Q1：全部客户");
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!((from.name().unwrap(), from.address().unwrap()), ("客户之声 Rapport", "rapport@example.com"));
    assert_eq!(mail.to().unwrap().first().unwrap().address().unwrap(), "board@example.com");
    assert_eq!(mail.header_raw("Auto-Submitted").unwrap().trim(), "auto-generated");
    let (html, text) = (mail.body_html(0).unwrap(), mail.body_text(0).unwrap());
    let score = &world
        .rows("{ scoreRows(quarter: \"2026-Q1\", dimension: \"all\", metric: \"CSAT\") { value n } }")[0];
    let value = format!("{:.1}", score["value"].as_f64().unwrap());
    for body in [&html, &text] {
        for words in ["东方 Trading", "2026-Q1", "忠诚型", "总体满意度", &value, "样本量 40"] {
            assert!(body.contains(words), "`{words}` is missing in {body}");
        }
    }
    let parts: Vec<_> = mail.parts.iter().collect();
    let charts: Vec<_> =
        parts.iter().filter(|part| part.content_type().is_some_and(|one| one.ctype() == "image")).collect();
    assert_eq!(charts.len(), 5, "what a reader needs first");
    for body in [&html, &text] {
        let links = body.matches("https://rapport.example.com/charts/2026-Q1/").count();
        assert_eq!(links, Kind::ALL.len() - 5, "the other charts are linked");
    }
    for chart in charts {
        let cid = chart.content_id().unwrap();
        assert!(html.contains(&format!("cid:{cid}")), "{cid} is shown nowhere");
        assert!(chart.contents().starts_with(b"\x89PNG"));
        assert_eq!(chart.content_disposition().unwrap().ctype(), "inline");
    }
    let tables: Vec<_> = mail
        .attachments()
        .filter(|part| part.attachment_name().is_some_and(|name| name.ends_with(".csv")))
        .collect();
    assert_eq!(tables.len(), 2);
    for table in tables {
        let bytes = table.contents();
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "a spreadsheet must know it for UTF-8");
        let words = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(
            words.contains("季度") && words.contains("2026-Q1") && words.contains("East 华东"),
            "{words}"
        );
    }
    assert!(!html.contains("src=\"http") && !html.contains("url("), "nothing is fetched from elsewhere");
}

on_both!(
    /// An alert by mail says what happened with its numbers, and shows the chart.
    an_alert_by_mail,
    |world| {
        let office = PostOffice::new();
        settings(world, &[&board(&office, "en").replace("\"reports\", \"alerts\"", "\"alerts\"")]);
        closed(world);
        deliver_until(world, || !deliveries(world).is_empty() && deliveries(world).iter().all(|row| row["stateCode"] == "DELIVERED"));
        let mails: Vec<_> = office.seen();
        let subject = "Alert: Defecting customers are 35.0% of all customers in 2026-Q1";
        let parse = |mail| MessageParser::default().parse(mail).unwrap();
        let mail = mails.iter().map(parse).find(|mail| mail.subject() == Some(subject));
        let mail = mail.unwrap_or_else(|| panic!("{:?}", mails.iter().map(|mail| parse(mail).subject().map(str::to_owned)).collect::<Vec<_>>()));
        let html = mail.body_html(0).unwrap();
        for words in ["35.0%", "30.0%", "14", "40", "cid:loyalty-matrix@rapport"] {
            assert!(html.contains(words), "`{words}` is missing in {html}");
        }
        assert_eq!(mails.len(), deliveries(world).len());
    }
);
