//! What lines look like but for the names in them. A line of a known shape is told by comparing whole stretches of its
//! words with those of the lines before; only the names between them are looked at.
//!
//! The shapes are a tree: from a node a stretch leads to the next node, past the name behind it.

use super::runs::starts_with;
use crate::diagnose::folding::Mask;
use crate::diagnose::memo::{ODD, fold, number};
use crate::diagnose::tokens::Token;
use std::ops::Range;

/// Gives the mask of a name, if it is one that decides nothing.
pub(super) trait Masks {
    /// How a token is masked.
    fn mask(&mut self, token: &Token<'_>) -> Option<Mask>;
}

/// A name in a text: what of it is masked, how many bytes of its token stand in front of that, and the mark.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) masked: Range<usize>,
    pub(super) before: usize,
    pub(super) mark: u8,
}

/// What a line begins with that is never masked: the first letter of its format, and up to 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Begin {
    bytes: [u64; 2],
    length: u8,
    format: u8,
}

impl Begin {
    /// `None` where it is longer.
    pub(super) fn new(format: &str, kind: &[u8]) -> Option<Self> {
        let (first, second) = kind.split_at_checked(8).unwrap_or((kind, b""));
        (second.len() <= 8).then_some(Begin {
            bytes: [number(first), number(second)],
            length: kind.len() as u8,
            format: *format.as_bytes().first()?,
        })
    }

    fn hash(&self) -> usize {
        let [first, second] = self.bytes;
        (fold(first ^ ODD[0], second ^ ODD[1]) >> 32) as usize
    }
}

/// The tree.
pub(super) struct Shapes<T> {
    /// All stretches, one behind the other.
    text: Vec<u8>,
    edges: Vec<Edge>,
    /// The edges by what their stretches begin with, [`WAYS`] for each hash.
    slots: Vec<Slot>,
    nodes: Vec<Node>,
    /// The first nodes, each with what a line begins with that is never masked.
    roots: Vec<(Begin, u32)>,
    /// By the hash of a beginning, where among the roots one was that has it: mostly it is still that one.
    begun: [u8; BEGUN],
    told: Vec<T>,
}

/// Where an edge is found.
#[derive(Clone, Copy, Default, Debug)]
struct Slot {
    /// One more than its place.
    edge: u16,
    /// More of its hash: most others are told by that.
    tag: u16,
}

/// A place that stretches lead away from.
#[derive(Clone, Copy, Default, Debug)]
struct Node {
    /// Which kinds of stretches: a bit for each of [`FRONTS`].
    kinds: u16,
    /// One more than the place of the edge that was gone along the last time; most nodes have only one.
    last: u16,
}

/// A stretch, and where it leads.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: u32,
    to: u32,
    /// Where the stretch stands in the text.
    at: u32,
    length: u16,
    /// How many of its last bytes belong to the token behind it.
    before: u16,
    /// The mark of the name behind it; [`END`] where the text is over.
    mark: u8,
}

/// No name follows.
const END: u8 = 0;
/// More beginnings than this are not kept.
const ROOTS: usize = 64;
const BEGUN: usize = 256;
/// How much is kept; beyond that all is learned anew.
const MOST_TEXT: usize = 2 << 20;
const MOST_EDGES: usize = 1 << 15;
const SLOTS: usize = 1 << 15;
const WAYS: usize = 8;
/// Of a stretch so many bytes are hashed: as many as it has at least, of one shorter than eight all.
const FRONTS: [usize; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 48, 64, 96];

/// Which of [`FRONTS`] a stretch of this length has.
fn kind_of(length: usize) -> usize {
    let longer = FRONTS.iter().position(|front| *front > length);
    longer.unwrap_or(FRONTS.len()) - 1
}

/// The hash of what stretches from a node begin with, extended from one kind to the next.
#[derive(Clone, Copy)]
struct Front {
    hash: u64,
    /// How many bytes are in it, if eight or more.
    done: usize,
}

impl Front {
    const fn of(node: u32) -> Self {
        Front {
            hash: fold(node as u64 ^ ODD[0], ODD[1]),
            done: 0,
        }
    }

    /// The slots and the tag of the stretches of a kind that begin as the text does; kinds are asked for in their order.
    #[inline]
    fn slots(&mut self, text: &[u8], kind: usize) -> Option<(Range<usize>, u16)> {
        let length = *FRONTS.get(kind)?;
        let text = text.get(..length)?;
        let hash = if length < 8 {
            fold(self.hash ^ number(text), length as u64 ^ ODD[0])
        } else {
            for eight in text.get(self.done..)?.as_chunks::<8>().0 {
                self.hash = fold(self.hash ^ u64::from_le_bytes(*eight), ODD[0]);
            }
            self.done = length;
            self.hash
        };
        let first = hash as usize % SLOTS / WAYS * WAYS;
        Some((first..first + WAYS, (hash >> 48) as u16))
    }
}

impl<T> Default for Shapes<T> {
    fn default() -> Self {
        Shapes {
            text: Vec::new(),
            edges: Vec::new(),
            slots: vec![Slot::default(); SLOTS],
            nodes: Vec::new(),
            roots: Vec::new(),
            begun: [0; BEGUN],
            told: Vec::new(),
        }
    }
}

impl<T> Shapes<T> {
    fn clear(&mut self) {
        self.text.clear();
        self.edges.clear();
        self.slots.fill(Slot::default());
        self.nodes.clear();
        self.roots.clear();
        self.told.clear();
    }

    /// What was told of a line that begins so and goes on with the shape of these parts.
    pub(super) fn get(
        &mut self,
        begin: Begin,
        parts: [&[u8]; 2],
        masks: &mut impl Masks,
    ) -> Option<&T> {
        let number = self.find(begin, parts, masks)?;
        self.told(number)
    }

    /// The number of what was told of a line that begins so and goes on with the shape of these parts.
    pub(super) fn find(
        &mut self,
        begin: Begin,
        parts: [&[u8]; 2],
        masks: &mut impl Masks,
    ) -> Option<u32> {
        let mut node = self.root(begin)?;
        for part in parts {
            let mut rest = Some(part);
            while let Some(text) = rest {
                (node, rest) = self.step(node, text, masks)?;
            }
        }
        Some(node)
    }

    /// What was told, by its number.
    pub(super) fn told(&self, number: u32) -> Option<&T> {
        self.told.get(number as usize)
    }

    /// The node of a beginning.
    fn root(&mut self, begin: Begin) -> Option<u32> {
        let seen = self.begun.get_mut(begin.hash() % BEGUN)?;
        if let Some((known, node)) = self.roots.get(usize::from(*seen))
            && *known == begin
        {
            return Some(*node);
        }
        let at = self.roots.iter().position(|(known, _)| *known == begin)?;
        *seen = at as u8;
        self.roots.get(at).map(|(_, node)| *node)
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        self.nodes.len() as u32 - 1
    }

    /// Where the rest of a part leads, and what that leaves of it; `None` where it is over.
    #[inline]
    fn step<'t>(
        &mut self,
        from: u32,
        rest: &'t [u8],
        masks: &mut impl Masks,
    ) -> Option<(u32, Option<&'t [u8]>)> {
        let Node { mut kinds, last } = *self.nodes.get(from as usize)?;
        if let Some(found) = self.along(last, from, rest, masks) {
            return Some(found);
        }
        let mut front = Front::of(from);
        while kinds != 0 {
            let (slots, tag) = front.slots(rest, kinds.trailing_zeros() as usize)?;
            kinds &= kinds - 1;
            for slot in self.slots.get(slots)? {
                if slot.tag == tag
                    && slot.edge != last
                    && let Some(found) = self.along(slot.edge, from, rest, masks)
                {
                    self.nodes.get_mut(from as usize)?.last = slot.edge;
                    return Some(found);
                }
            }
        }
        None
    }

    /// Where an edge leads that is one from this node, if the text goes along it. `edge`: one more than its place.
    fn along<'t>(
        &self,
        edge: u16,
        from: u32,
        text: &'t [u8],
        masks: &mut impl Masks,
    ) -> Option<(u32, Option<&'t [u8]>)> {
        let edge = self.edges.get(usize::from(edge.checked_sub(1)?))?;
        let goes = edge.from == from && starts_with(text, stretch(&self.text, edge));
        let left = goes.then(|| past(edge, text, masks))??;
        Some((edge.to, left))
    }

    /// Remembers what was told of a line with these parts and the names in them.
    pub(super) fn add(&mut self, begin: Begin, parts: [(&[u8], &[Name]); 2], told: T) {
        if self.text.len() > MOST_TEXT || self.edges.len().max(self.told.len()) > MOST_EDGES {
            self.clear();
        }
        let root = match self.root(begin) {
            Some(root) => root,
            None if self.roots.len() == ROOTS => return,
            None => {
                let root = self.new_node();
                self.roots.push((begin, root));
                root
            }
        };
        let [first, second] = parts;
        let node = self.way(root, first.0, first.1, None);
        let end = self.told.len() as u32;
        self.told.push(told);
        self.way(node, second.0, second.1, Some(end));
    }

    /// Goes from a node along a part, and makes what is missing of the way. `end`: where it is to lead, if not to a node.
    fn way(&mut self, mut node: u32, text: &[u8], names: &[Name], end: Option<u32>) -> u32 {
        let mut done = 0;
        for name in names {
            let edge = Edge {
                before: name.before as u16,
                mark: name.mark,
                ..Edge::from(node)
            };
            let stretch = text.get(done..name.masked.start).unwrap_or_default();
            node = self.edge(edge, stretch, None);
            done = name.masked.end;
        }
        self.edge(Edge::from(node), text.get(done..).unwrap_or_default(), end)
    }

    /// Where an edge with this stretch leads; a new one leads to `end` or to a new node.
    fn edge(&mut self, new: Edge, words: &[u8], end: Option<u32>) -> u32 {
        let kind = kind_of(words.len());
        let (slots, tag) = Front::of(new.from).slots(words, kind).unwrap_or_default();
        let known = self.slots.get(slots.clone()).unwrap_or_default();
        let same = known.iter().find_map(|slot| {
            let edge = self.edges.get(usize::from(slot.edge).checked_sub(1)?)?;
            let same = edge.from == new.from
                && (edge.mark, edge.before) == (new.mark, new.before)
                && stretch(&self.text, edge) == words;
            same.then_some(edge.to)
        });
        if let Some(to) = same {
            return to;
        }
        let to = end.unwrap_or_else(|| self.new_node());
        let (Ok(length), Ok(place)) = (
            u16::try_from(words.len()),
            u16::try_from(self.edges.len() + 1),
        ) else {
            // What is so long is not found again.
            return to;
        };
        if let Some(node) = self.nodes.get_mut(new.from as usize) {
            node.kinds |= 1 << kind;
            node.last = place;
        }
        self.edges.push(Edge {
            to,
            at: self.text.len() as u32,
            length,
            ..new
        });
        self.text.extend_from_slice(words);
        if let Some(slots) = self.slots.get_mut(slots) {
            // The oldest makes room.
            slots.rotate_right(1);
            if let Some(newest) = slots.first_mut() {
                *newest = Slot { edge: place, tag };
            }
        }
        to
    }
}

impl Edge {
    /// One from a node to the end of a part.
    const fn from(node: u32) -> Self {
        Edge {
            from: node,
            to: 0,
            at: 0,
            length: 0,
            before: 0,
            mark: END,
        }
    }
}

fn stretch<'t>(text: &'t [u8], edge: &Edge) -> &'t [u8] {
    let at = edge.at as usize;
    let stretch = text.get(at..at + usize::from(edge.length));
    stretch.unwrap_or_default()
}

/// What an edge leaves of a text that begins with its stretch; the inner `None` where the text is over. The name there must
/// have the edge's mark.
#[inline]
fn past<'t>(edge: &Edge, text: &'t [u8], masks: &mut impl Masks) -> Option<Option<&'t [u8]>> {
    let length = usize::from(edge.length);
    if edge.mark == END {
        return (text.len() == length).then_some(None);
    }
    let token = Token::first(text.get(length.checked_sub(edge.before.into())?..)?);
    let (before, mark, after) = masks.mask(&token)?;
    let masked = token.text.len() - before - after;
    let same = before == usize::from(edge.before) && mark == edge.mark;
    same.then_some(Some(text.get(length + masked..)?))
}
