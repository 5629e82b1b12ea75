//! Where the boxes of a path model stand: causes left of their effects, on rows chosen so that lines neither run through
//! boxes nor cross more than they must. The same model always has the same places.

use crate::canvas::{Area, Point};

/// The rows a box may stand on, from the top down.
const ROWS: i32 = 5;
/// How often every box tries every row.
const ROUNDS: usize = 4;
/// The rows that boxes begin on, over and over.
const STARTS: [[i32; 3]; 4] = [[2, 0, 4], [2, 4, 0], [3, 0, 2], [0, 2, 4]];
/// A line this short would have no room for its figure.
const SHORT: f64 = 130.0;

/// The middles of so many boxes, joined from cause to effect.
pub(crate) fn places(boxes: usize, joined: &[(usize, usize)], area: Area, size: (i32, i32)) -> Vec<Point> {
    let columns = columns(boxes, joined);
    let last = columns.iter().copied().max().unwrap_or(0).max(1);
    let across = f64::from(area.width() - size.0) / last as f64;
    let down = f64::from(area.height() - size.1) / f64::from(ROWS - 1);
    let at = |column: usize, row: i32| {
        (
            area.left + size.0 / 2 + (across * column as f64).round() as i32,
            area.top + size.1 / 2 + (down * f64::from(row)).round() as i32,
        )
    };
    let placed =
        |rows: &[i32]| -> Vec<Point> { columns.iter().zip(rows).map(|(c, row)| at(*c, *row)).collect() };
    let trouble = |rows: &Vec<i32>| cost(&placed(rows), joined, size);
    let tried = STARTS.map(|start| improved((0..boxes).map(|i| start[i % 3]).collect(), trouble));
    let best = tried.into_iter().min_by(|a, b| trouble(a).total_cmp(&trouble(b)));
    placed(&best.unwrap_or_default())
}

/// The rows after every box, in turn, has taken the row that is best for all.
fn improved(mut rows: Vec<i32>, trouble: impl Fn(&Vec<i32>) -> f64) -> Vec<i32> {
    for _ in 0..ROUNDS {
        for i in 0..rows.len() {
            let with = |row: i32| {
                let mut rows = rows.clone();
                rows[i] = row;
                trouble(&rows)
            };
            let troubles = (0..ROWS).map(|row| (with(row), row));
            rows[i] = troubles.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(rows[i], |(_, row)| row);
        }
    }
    rows
}

/// The longest way to each box from one that nothing leads to; a circle ends at the number of boxes.
pub(crate) fn columns(boxes: usize, joined: &[(usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0; boxes];
    for _ in 0..boxes {
        for (from, to) in joined {
            columns[*to] = columns[*to].max(columns[*from] + 1).min(boxes.saturating_sub(1));
        }
    }
    columns
}

/// How bad the places are: boxes on one another, lines through boxes, lines that cross, and the way of the lines.
fn cost(at: &[Point], joined: &[(usize, usize)], (width, height): (i32, i32)) -> f64 {
    let room = |i: usize| Area::new(at[i].0 - width / 2, at[i].1 - height / 2, width, height).grown(14);
    let mut cost = 0.0;
    for i in 0..at.len() {
        cost += (0..i).filter(|other| room(i).meets(room(*other))).count() as f64 * 10_000.0;
    }
    // the whole picture is used
    let rows = at.iter().map(|point| point.1);
    cost -= f64::from(rows.clone().max().unwrap_or(0) - rows.min().unwrap_or(0)) * 0.2;
    for (k, (from, to)) in joined.iter().enumerate() {
        let (a, b) = (at[*from], at[*to]);
        let others = (0..at.len()).filter(|i| i != from && i != to);
        cost += others.filter(|i| runs_through(a, b, room(*i))).count() as f64 * 1_000.0;
        let crossed = joined[..k].iter().filter(|(c, d)| {
            [c, d].iter().all(|end| *end != from && *end != to) && cross(a, b, at[*c], at[*d])
        });
        cost += crossed.count() as f64 * 120.0;
        // what is seen of the line, between the edges of its boxes
        let (across, down) = (f64::from((b.0 - a.0).abs()), f64::from((b.1 - a.1).abs()));
        let hidden = (f64::from(width) / across.max(1.0)).min(f64::from(height) / down.max(1.0)).min(1.0);
        let seen = across.hypot(down) * (1.0 - hidden);
        cost += down * 0.05 + (SHORT - seen).max(0.0) * 4.0;
    }
    cost
}

/// Whether a line runs through a room: whether some stretch of it lies between both pairs of its walls.
fn runs_through(a: Point, b: Point, room: Area) -> bool {
    let across = between(a.0, b.0, room.left, room.right);
    let down = between(a.1, b.1, room.top, room.bottom);
    across.0.max(down.0) < across.1.min(down.1)
}

/// From which part of a line on, and up to which, it lies between two walls; none of it if it ends before it begins.
fn between(from: i32, to: i32, wall: i32, other: i32) -> (f64, f64) {
    if from == to {
        return if from > wall && from < other { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let at = |wall: i32| f64::from(wall - from) / f64::from(to - from);
    (at(wall).min(at(other)).max(0.0), at(wall).max(at(other)).min(1.0))
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| {
        i64::from(q.0 - p.0) * i64::from(r.1 - p.1) - i64::from(q.1 - p.1) * i64::from(r.0 - p.0)
    };
    let parted = |p, q, r, s| (side(p, q, r) > 0) != (side(p, q, s) > 0);
    parted(a, b, c, d) && parted(c, d, a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_runs_through_a_box_of_the_usual_model() {
        let joined = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 4), (3, 5), (4, 5)];
        let at = places(6, &joined, Area::new(0, 0, 1456, 560), (200, 104));
        assert!(cost(&at, &joined, (200, 104)) < 1_000.0, "{at:?}");
    }

    #[test]
    fn lines_through_rooms() {
        let room = Area::new(10, 10, 20, 20);
        let through = [((0, 0), (40, 40)), ((0, 20), (40, 20)), ((20, 40), (20, 0)), ((20, 20), (21, 21))];
        let past = [
            ((0, 0), (5, 5)),
            ((0, 10), (40, 10)),
            ((0, 40), (40, 31)),
            ((5, 20), (0, 20)),
            ((0, 12), (12, 0)),
        ];
        assert!(through.iter().all(|(a, b)| runs_through(*a, *b, room)));
        assert!(!past.iter().any(|(a, b)| runs_through(*a, *b, room)));
    }

    #[test]
    fn a_circle_has_places_too() {
        let at = places(3, &[(0, 1), (1, 2), (2, 0)], Area::new(0, 0, 1456, 560), (200, 104));
        assert_eq!(at.len(), 3);
        assert!(places(0, &[], Area::new(0, 0, 10, 10), (2, 2)).is_empty());
    }
}
