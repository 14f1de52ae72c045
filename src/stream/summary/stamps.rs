//! Time stamps of the first and the last outcome of each counter, as they were found.

/// Where a pair of stamps stands.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Stamp {
    part: u16,
    at: u16,
}

/// Pairs of time stamps, first and last, written over in place.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    /// Each pair: the room for either, their lengths, their bytes.
    parts: Vec<Vec<u8>>,
}

/// Longer ones are cut.
const LONGEST_STAMP: usize = 64;
const STAMP_PART: usize = 1 << 15;

impl Stamps {
    pub(super) fn new_pair(&mut self, stamp: &[u8]) -> Stamp {
        let bytes = shortened(stamp);
        let room = bytes.len().next_multiple_of(4);
        let need = 3 + 2 * room;
        if self
            .parts
            .last()
            .is_none_or(|part| part.len() + need > STAMP_PART)
        {
            self.parts.push(Vec::with_capacity(STAMP_PART));
        }
        let part_number = self.parts.len() - 1;
        let Some(part) = self.parts.last_mut() else {
            return Stamp::default();
        };
        let at = part.len();
        part.resize(at + need, 0);
        let pair = Stamp {
            part: part_number as u16,
            at: at as u16,
        };
        if let Some([cap, first, last, rest @ ..]) = part.get_mut(at..) {
            *cap = room as u8;
            *first = bytes.len() as u8;
            *last = bytes.len() as u8;
            let (one, two) = rest.split_at_mut(room);
            one[..bytes.len()].copy_from_slice(bytes);
            two[..bytes.len()].copy_from_slice(bytes);
        }
        pair
    }

    pub(super) fn set_last(&mut self, pair: &mut Stamp, stamp: &[u8]) {
        self.set::<true>(pair, stamp);
    }

    pub(super) fn set_first(&mut self, pair: &mut Stamp, stamp: &[u8]) {
        self.set::<false>(pair, stamp);
    }

    fn set<const LAST: bool>(&mut self, pair: &mut Stamp, stamp: &[u8]) {
        let bytes = shortened(stamp);
        let part = self.parts.get_mut(usize::from(pair.part));
        if let Some([cap, first, last, rest @ ..]) =
            part.and_then(|part| part.get_mut(usize::from(pair.at)..))
        {
            let room = usize::from(*cap);
            let from = if LAST { room } else { 0 };
            if bytes.len() <= room
                && let Some(place) = rest.get_mut(from..from + bytes.len())
            {
                place.copy_from_slice(bytes);
                *(if LAST { last } else { first }) = bytes.len() as u8;
                return;
            }
        }
        self.move_pair::<LAST>(pair, stamp);
    }

    /// A longer stamp than there is room for: the pair moves.
    #[cold]
    fn move_pair<const LAST: bool>(&mut self, pair: &mut Stamp, stamp: &[u8]) {
        let (first, last) = self.get(*pair);
        let other = if LAST { first } else { last }.to_vec();
        let longer = if other.len() > stamp.len() {
            &other
        } else {
            stamp
        };
        *pair = self.new_pair(longer);
        if LAST {
            self.set_first(pair, &other);
            self.set_last(pair, stamp);
        } else {
            self.set_first(pair, stamp);
            self.set_last(pair, &other);
        }
    }

    pub(super) fn get(&self, pair: Stamp) -> (&[u8], &[u8]) {
        let part = self.parts.get(usize::from(pair.part));
        let Some([room, first, last, rest @ ..]) =
            part.and_then(|part| part.get(usize::from(pair.at)..))
        else {
            return (&[], &[]);
        };
        let room = usize::from(*room);
        let text = |from: usize, length: u8| {
            rest.get(from..from + usize::from(length))
                .unwrap_or_default()
        };
        (text(0, *first), text(room, *last))
    }
}

/// The stamp's bytes, no more than there may be.
fn shortened(stamp: &[u8]) -> &[u8] {
    stamp.get(..LONGEST_STAMP).unwrap_or(stamp)
}
