//! Transitions: how customers moved from one loyalty type to another since the quarter before, as streams whose width is
//! their number. Who was in no type before and is in none now is left out, and counted below.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::labels::Labels;
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{count, percent};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: 470, top: 300, right: 1130, bottom: 816 };
const NODE: i32 = 22;
const GAP: i32 = 26;
/// A node is at least so high that its name stands beside it.
const LEAST: i32 = 6;
const NAME: Lettering = Lettering::bold(21.0, palette::INK);
const FIGURE: Lettering = Lettering::regular(18.0, palette::MUTED);
const HEADER: Lettering = Lettering::bold(19.0, palette::INK);
const STREAM: Lettering = Lettering::bold(17.0, palette::INK);
/// A stream is at least so wide that its number stands in it.
const LEGIBLE: f64 = 14.0;
const STEPS: i32 = 24;
/// From the best to the worst; what is in no type last.
const TYPES: [&str; 5] = ["loyal", "mercenary", "hostage", "defecting", "unclassified"];
const REST: usize = 4;
const COLORS: [RGBColor; 5] =
    [palette::ACCENT_FILL, palette::HEAT[3], palette::SLATE, palette::CONTRAST, palette::NEUTRAL];
/// How much of what lies below a stream covers that moves.
const COVER: f64 = 0.6;

/// Movements between loyalty types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transitions {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which types are told apart, in the reader's language.
    pub rule: String,
    /// The quarter before, as `2026-Q2`.
    pub before: String,
    /// The movements that happened.
    pub moves: Vec<Move>,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

/// Customers that moved from one type to another, or stayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The type in the quarter before: a type's word, or `new`.
    pub from: String,
    /// The type now.
    pub to: String,
    /// How many.
    pub customers: u64,
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Node {
    top: i32,
    bottom: i32,
    customers: u64,
}

/// From and to, by the place in [`TYPES`].
type Streams = [[u64; 5]; 5];

/// A stream in its place: its upper and lower edge where it starts, and where it ends.
struct Stream {
    from: usize,
    to: usize,
    customers: u64,
    width: f64,
    start: (i32, i32),
    end: (i32, i32),
}

impl Stream {
    fn stays(&self) -> bool {
        self.from == self.to
    }
}

impl Transitions {
    /// The streams; who came new was in no type before.
    fn streams(&self) -> Streams {
        let place = |word: &str| TYPES.iter().position(|one| *one == word).unwrap_or(REST);
        let mut streams = Streams::default();
        for one in &self.moves {
            streams[place(&one.from)][place(&one.to)] += one.customers;
        }
        streams
    }

    /// The streams that are drawn, and who is left out.
    fn drawn(&self) -> (Streams, u64) {
        let mut streams = self.streams();
        let left_out = std::mem::take(&mut streams[REST][REST]);
        (streams, left_out)
    }

    /// Of those who were loyal, how many are now of each type that is not.
    fn kept(&self) -> (u64, u64) {
        let loyal = self.streams()[0];
        (loyal[0], loyal.iter().sum())
    }

    fn n(&self) -> u64 {
        self.moves.iter().map(|one| one.customers).sum()
    }
}

/// The nodes of a side, from the top down, and the pixels of a customer.
fn nodes(sums: [u64; 5], pixels: f64) -> [Node; 5] {
    let mut top = AREA.top;
    sums.map(|customers| {
        let height = ((customers as f64 * pixels).round() as i32).max(LEAST);
        let node = Node { top, bottom: top + height, customers };
        top += height + GAP;
        node
    })
}

/// The streams between the nodes, each below the one before it at both ends.
fn placed(streams: &Streams, (before, now): (&[Node; 5], &[Node; 5]), pixels: f64) -> Vec<Stream> {
    let mut arrived = now.map(|node| f64::from(node.top));
    let mut placed = Vec::new();
    for (from, row) in streams.iter().enumerate() {
        let mut left = f64::from(before[from].top);
        for (to, &customers) in row.iter().enumerate().filter(|(_, customers)| **customers > 0) {
            let width = customers as f64 * pixels;
            let edges = |top: f64| (top.round() as i32, (top + width).round().max(top + 1.0) as i32);
            let (start, end) = (edges(left), edges(arrived[to]));
            placed.push(Stream { from, to, customers, width, start, end });
            left += width;
            arrived[to] += width;
        }
    }
    placed
}

/// The shape of a stream.
fn shape(stream: &Stream) -> Vec<Point> {
    let (from, to) = (AREA.left + NODE, AREA.right - NODE);
    let edge = |a: i32, b: i32| {
        (0..=STEPS).map(move |i| {
            let part = f64::from(i) / f64::from(STEPS);
            let smooth = part * part * (3.0 - 2.0 * part);
            let x = f64::from(from) + f64::from(to - from) * part;
            (x.round() as i32, a + (f64::from(b - a) * smooth).round() as i32)
        })
    };
    let lower = edge(stream.start.1, stream.end.1).collect::<Vec<_>>();
    edge(stream.start.0, stream.end.0).chain(lower.into_iter().rev()).collect()
}

/// Draws who stayed below who moved.
fn draw_streams<DB>(canvas: &Canvas<DB>, streams: &[Stream]) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    for stream in streams.iter().filter(|stream| stream.stays()) {
        canvas.polygon(&shape(stream), palette::STAYED[stream.from])?;
    }
    for stream in streams.iter().filter(|stream| !stream.stays()) {
        canvas.veil(&shape(stream), COLORS[stream.from], COVER)?;
    }
    Ok(())
}

/// Writes the number of each stream at both ends: the widest first, and where two would meet the smaller gives way.
fn write_numbers<DB>(canvas: &Canvas<DB>, streams: &mut [Stream]) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let mut labels = Labels::within(AREA);
    streams.sort_by_key(|stream| std::cmp::Reverse(stream.customers));
    for stream in streams.iter().filter(|stream| stream.width >= LEGIBLE) {
        let middle = |(top, bottom): (i32, i32)| (top + bottom) / 2 + 6;
        let at_start = ((AREA.left + NODE + 12, middle(stream.start)), STREAM);
        let at_end = ((AREA.right - NODE - 12, middle(stream.end)), STREAM.flush_right());
        labels.write(canvas, &count(stream.customers), &[at_start, at_end])?;
    }
    Ok(())
}

impl Transitions {
    /// The nodes of a side with their names and numbers outside of the streams.
    fn draw_nodes<DB>(
        &self,
        canvas: &Canvas<DB>,
        nodes: &[Node; 5],
        left: bool,
        locale: Locale,
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (x, edge) = if left { (AREA.left, AREA.left - 18) } else { (AREA.right - NODE, AREA.right + 18) };
        let set = |lettering: Lettering| if left { lettering.flush_right() } else { lettering };
        let all: u64 = nodes.iter().map(|node| node.customers).sum();
        let mut free = AREA.top - 20;
        for (i, node) in nodes.iter().enumerate() {
            canvas.fill(Area { left: x, right: x + NODE, top: node.top, bottom: node.bottom }, COLORS[i])?;
            let name = match (i == REST, left) {
                (true, true) => locale.text("chart-new-or-unclassified"),
                _ => locale.label("loyalty", TYPES[i]),
            };
            let baseline = ((node.top + node.bottom) / 2 - 2).max(free + 24);
            free = baseline + 24;
            canvas.text(&NAME.fit(&name, AREA.left - PLOT.left - 20), (edge, baseline), set(NAME))?;
            let share = percent(node.customers as f64 / all.max(1) as f64);
            let figure = format!("{} · {share}", count(node.customers));
            canvas.text(&figure, (edge, baseline + 24), set(FIGURE))?;
        }
        Ok(())
    }
}

impl Picture for Transitions {
    const KIND: Kind = Kind::Transitions;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        Some(format!("n = {}", count(self.n())))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let (kept, loyal) = self.kept();
        let found = match loyal {
            _ if self.suppressed => locale.text("chart-base-too-small").into_owned(),
            _ if self.moves.is_empty() => locale.text("chart-no-moves").into_owned(),
            0 => locale.text("chart-none-were-loyal").into_owned(),
            _ => locale
                .say("chart-stayed-loyal", &[("kept", count(kept).into()), ("loyal", count(loyal).into())]),
        };
        Headline { about: locale.text("chart-transitions").into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        let name = |word: &str| match word {
            "new" => locale.text("chart-new"),
            word => locale.label("loyalty", word),
        };
        let sentence =
            |one: &Move| format!("{} → {}: {}", name(&one.from), name(&one.to), count(one.customers));
        self.moves.iter().map(sentence).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (streams, left_out) = self.drawn();
        let sums = |side: fn(&Streams, usize) -> u64| std::array::from_fn(|i| side(&streams, i));
        let from: [u64; 5] = sums(|streams, i| streams[i].iter().sum());
        let to: [u64; 5] = sums(|streams, i| streams.iter().map(|row| row[i]).sum());
        let all: u64 = from.iter().sum();
        if all == 0 || self.suppressed {
            let id = if self.suppressed { "chart-base-too-small" } else { "chart-no-moves" };
            return frame::nothing(canvas, Area { top: 280, ..PLOT }, &locale.text(id));
        }
        let room = AREA.height() - 4 * GAP - 5 * LEAST;
        let pixels = f64::from(room) / all as f64;
        let (before, now) = (nodes(from, pixels), nodes(to, pixels));
        let header = |words: &str, x: i32, set: Lettering| canvas.text(words, (x, AREA.top - 22), set);
        header(&self.before, AREA.left + NODE, HEADER.flush_right())?;
        header(&self.subject.quarter, AREA.right - NODE, HEADER)?;
        let mut streams = placed(&streams, (&before, &now), pixels);
        draw_streams(canvas, &streams)?;
        write_numbers(canvas, &mut streams)?;
        self.draw_nodes(canvas, &before, true, locale)?;
        self.draw_nodes(canvas, &now, false, locale)?;
        match left_out {
            0 => Ok(()),
            n => frame::remark(canvas, &locale.say("chart-moves-left-out", &[("n", count(n).into())])),
        }
    }
}
