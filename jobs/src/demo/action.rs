//! What the company did about what happened to it: the plan of its improvement actions.

use serde::Serialize;

use super::Error;
use super::calendar::Calendar;
use super::files::Files;
use super::market::{EAST, PLANS, PLUS, REGIONS};
use super::story::Plot;

/// One line of the file.
#[derive(Serialize)]
struct ActionRow<'a> {
    code: &'a str,
    title: &'a str,
    owner: &'a str,
    due: String,
    metric: &'a str,
    dimension: &'a str,
    segment: &'a str,
    effect_from: String,
    expected: Option<f64>,
    state: &'a str,
    origin: &'a str,
    origin_quarter: String,
    origin_code: &'a str,
}

/// Writes what was done where the service failed, from the quarter after, and against the price war, which no other plans
/// can be held against; and what should have been done and was not.
pub(super) fn tell(plot: &Plot, calendar: &Calendar, files: &mut Files) -> Result<(), Error> {
    let next = plot.failure + 1;
    let after_failure = |row: ActionRow<'static>| ActionRow {
        due: calendar.last_day(next),
        effect_from: calendar.name(next),
        origin_quarter: calendar.name(plot.failure),
        dimension: "region",
        segment: REGIONS[EAST].code,
        ..row
    };
    let row = |code, title, owner| ActionRow {
        code,
        title,
        owner,
        due: String::new(),
        metric: "csi",
        dimension: "",
        segment: "",
        effect_from: String::new(),
        expected: None,
        state: "done",
        origin: "index",
        origin_quarter: String::new(),
        origin_code: "csi",
    };
    let rebuilt = row("ACT-1", "Service desk rebuilt in the East 重建华东服务团队", "Chen Jing 陈静");
    let answered = row("ACT-2", "A loyalty price for the Plus plan 进阶版老客户优惠", "Liu Yang 刘洋");
    let called = row("ACT-3", "Call back within a day 投诉一日内回电", "Zhao Min 赵敏");
    files.actions.write(after_failure(ActionRow { expected: Some(8.0), ..rebuilt }))?;
    files.actions.write(ActionRow {
        due: calendar.last_day(plot.price_war.start + 1),
        effect_from: calendar.name(plot.price_war.start + 1),
        origin_quarter: calendar.name(plot.price_war.start),
        metric: "nps",
        dimension: "plan",
        segment: PLANS[PLUS].code,
        origin: "segment",
        origin_code: "",
        state: "in_work",
        ..answered
    })?;
    let planned = ActionRow { metric: "complaint_rate", state: "planned", ..called };
    files.actions.write(after_failure(ActionRow {
        origin: "complaint",
        origin_code: "functional",
        ..planned
    }))
}
