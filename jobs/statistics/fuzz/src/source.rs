//! Numbers, choices and lists out of a fuzzer's bytes.

use arbitrary::{Arbitrary, Unstructured};

/// The fuzzer's bytes, and how wild this case is.
pub struct Source<'a> {
    bytes: Unstructured<'a>,
    /// Of 256 numbers so many are wild.
    wild: u8,
}

const WILD: [f64; 32] = [
    f64::NAN,
    -f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    1e-310,
    f64::MIN_POSITIVE,
    1e-300,
    1e300,
    -1e300,
    f64::MAX,
    f64::MIN,
    1e-100,
    1e100,
    -1e100,
    1e-50,
    1e50,
    1e-16,
    1e16,
    1.0,
    -1.0,
    1.0 - f64::EPSILON,
    1.0 + f64::EPSILON,
    0.5,
    100.0,
    1e-9,
    1e9,
    4_294_967_295.0,
    1e154,
];

impl<'a> Source<'a> {
    /// The first byte says how wild the case is: not at all, one number in fifty, in five, or most.
    pub fn new(data: &'a [u8]) -> Self {
        let mut bytes = Unstructured::new(data);
        let wild = [0, 0, 5, 50, 200][usize::from(u8::arbitrary(&mut bytes).unwrap_or_default() % 5)];
        Self { bytes, wild }
    }

    /// Anything at all; its default where the bytes have ended.
    pub fn any<T: Arbitrary<'a> + Default>(&mut self) -> T {
        T::arbitrary(&mut self.bytes).unwrap_or_default()
    }

    /// A place below `count`, which is above 0.
    pub fn below(&mut self, count: usize) -> usize {
        self.bytes.int_in_range(0..=count - 1).unwrap_or_default()
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// True where this number, or list, is to be wild.
    pub fn is_wild(&mut self) -> bool {
        self.wild > 0 && self.any::<u8>() < self.wild
    }

    /// A number of a range, every other one whole; or a wild one.
    pub fn number(&mut self, low: f64, high: f64) -> f64 {
        if self.is_wild() { self.wild_number() } else { self.plain(low, high) }
    }

    /// A number of a range, every other one whole.
    pub fn plain(&mut self, low: f64, high: f64) -> f64 {
        let share = f64::from(self.any::<u16>()) / f64::from(u16::MAX);
        let value = low + share * (high - low);
        if self.any() { value } else { value.round().clamp(low, high) }
    }

    fn wild_number(&mut self) -> f64 {
        match self.below(4) {
            0 | 1 => self.one(&WILD),
            // any size at all
            2 => 10_f64.powi(self.below(640) as i32 - 320) * (1.0 + f64::from(self.any::<u8>())),
            _ => f64::from_bits(self.any()),
        }
    }

    /// A weight: one, a fraction, a count; or wild.
    pub fn weight(&mut self) -> f64 {
        if self.any() { 1.0 } else { self.number(0.0, 4.0) }
    }

    /// A count: small, or wild with the ends of what it can be.
    pub fn count(&mut self, most: u32) -> u32 {
        if self.is_wild() {
            let any = self.any();
            self.one(&[u32::MAX, u32::MAX - 1, 1 << 31, 5000, any])
        } else {
            self.below(most as usize + 1) as u32
        }
    }

    /// A list of up to `most`; short and empty ones are as likely as long ones.
    pub fn list<T>(&mut self, most: usize, mut each: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let longest = self.one(&[3, most, most]);
        let length = self.below(longest + 1);
        (0..length).map(|_| each(self)).collect()
    }
}
