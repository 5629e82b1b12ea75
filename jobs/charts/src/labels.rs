//! Labels that never overlap: each takes the first of its places that is free, or none.

use crate::Error;
use crate::canvas::{Area, Canvas, Lettering, Point};
use plotters::prelude::DrawingBackend;

/// Between two labels, and between a label and the edge.
const APART: i32 = 4;

/// The room that is taken in a frame.
pub(crate) struct Labels {
    frame: Area,
    taken: Vec<Area>,
}

impl Labels {
    /// In a frame that no label leaves.
    pub(crate) fn within(frame: Area) -> Labels {
        Labels { frame, taken: Vec::new() }
    }

    /// Keeps a room free of labels.
    pub(crate) fn keep_free(&mut self, room: Area) {
        self.taken.push(room);
    }

    /// Keeps the room of a dot free.
    pub(crate) fn keep_dot(&mut self, (x, y): Point, radius: i32) {
        self.keep_free(Area::new(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /// The first of the places at which the text is free of all others.
    pub(crate) fn find(&self, text: &str, places: &[(Point, Lettering)]) -> Option<(Point, Lettering)> {
        let free = |(at, lettering): &(Point, Lettering)| {
            let room = lettering.room(text, *at).grown(APART);
            room.within(self.frame) && !self.taken.iter().any(|taken| taken.meets(room))
        };
        places.iter().copied().find(free)
    }

    /// Writes the text at the first of the places that is free; false if none is.
    pub(crate) fn write<DB>(
        &mut self,
        canvas: &Canvas<DB>,
        text: &str,
        places: &[(Point, Lettering)],
    ) -> Result<bool, Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let Some((at, lettering)) = self.find(text, places) else { return Ok(false) };
        self.taken.push(lettering.room(text, at).grown(APART));
        canvas.text(text, at, lettering)?;
        Ok(true)
    }
}

/// The places of a label around a dot: right, left, above, below, and aslant.
pub(crate) fn around((x, y): Point, radius: i32, lettering: Lettering) -> [(Point, Lettering); 8] {
    let (step, rise) = (radius + 7, (lettering.size * 0.36) as i32);
    let up = y - radius - 8;
    let down = y + radius + (lettering.size * 0.9) as i32 + 4;
    let (right, left) = (lettering.flush_left(), lettering.flush_right());
    [
        ((x + step, y + rise), right),
        ((x - step, y + rise), left),
        ((x, up), lettering.centred()),
        ((x, down), lettering.centred()),
        ((x + step - 4, up + 4), right),
        ((x + step - 4, down - 4), right),
        ((x - step + 4, up + 4), left),
        ((x - step + 4, down - 4), left),
    ]
}
