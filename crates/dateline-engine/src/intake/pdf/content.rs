//! What a page shows: its content stream, run as far as letters need it.

use super::fonts::Font;
use super::streams::unpacked;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Instructions of one file that are run. Chosen, not measured: a dense page has some ten thousand.
pub(super) const MOST_STEPS: usize = 20_000_000;

/// Bytes of content that are unpacked for one file.
const MOST_BYTES: usize = 256 << 20;

/// Instructions that one form counts for: it is unpacked and set up each time that it is shown.
const FORM_STEPS: usize = 1_000;

/// Instructions that a part of a page counts for, a picture that is shown, and a font that is set up.
const PART_STEPS: usize = 100;
const FONT_STEPS: usize = 100;

/// Bytes of a dictionary or a list that count for one instruction: they are read anew each time.
const BYTES_PER_STEP: usize = 16;

/// Forms inside forms, and states kept at once.
const DEEPEST_FORM: usize = 8;
const MOST_STATES: usize = 256;

/// An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Copy)]
struct Map([f64; 6]);

impl Map {
    const NONE: Map = Map([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this one, then `next`.
    fn then(self, next: Map) -> Map {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Map([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    fn moved(x: f64, y: f64) -> Map {
        Map([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn of(numbers: &[f64]) -> Option<Map> {
        Some(Map(numbers.try_into().ok()?))
    }
}

/// A letter or several, where a page shows them. Lengths are in points, y grows upwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    /// How far the writing goes on, along both axes.
    pub(super) step: (f64, f64),
    /// Height of the letters.
    pub(super) size: f64,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    /// Shapes of which nobody says which letter they are.
    pub(super) unknown: usize,
    /// It has pictures.
    pub(super) pictures: bool,
}

/// What is left to spend on a file, and the fonts that it paid for.
pub(super) struct Budget {
    steps: usize,
    bytes: usize,
    text: usize,
    /// By the number of the object.
    fonts: HashMap<(u32, i32), Rc<Font>>,
}

impl Budget {
    /// For so many instructions and bytes of text.
    pub(super) fn new(steps: usize, text: usize) -> Budget {
        Budget {
            steps,
            bytes: MOST_BYTES,
            text,
            fonts: HashMap::new(),
        }
    }

    pub(super) fn spent(&self) -> bool {
        self.steps == 0 || self.bytes == 0 || self.text == 0
    }

    pub(super) fn spend(&mut self, steps: usize) {
        self.steps = self.steps.saturating_sub(steps);
    }

    /// Pays for reading what is written in so many bytes.
    pub(super) fn spend_on(&mut self, written: &[u8]) {
        self.spend(written.len() / BYTES_PER_STEP);
    }

    /// The bytes of a stream, paid for; nothing where nothing is left.
    pub(super) fn take(&mut self, stream: &Stream<'_>) -> Vec<u8> {
        if self.spent() {
            return Vec::new();
        }
        let bytes = unpacked(stream);
        self.bytes = self.bytes.saturating_sub(bytes.len() + 1);
        bytes
    }
}

#[derive(Clone)]
struct State {
    map: Map,
    font: Option<Rc<Font>>,
    size: f64,
    letters: f64,
    words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Runs the content of a page.
pub(super) fn page(page: &Page<'_>, budget: &mut Budget) -> Shown {
    let mut bytes = Vec::new();
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => bytes = budget.take(&stream),
        Some(Object::Array(parts)) => {
            for part in parts.iter::<Stream<'_>>() {
                if budget.spent() {
                    break;
                }
                budget.spend(PART_STEPS);
                bytes.extend(budget.take(&part));
                bytes.push(b'\n');
            }
        }
        _ => {}
    }
    let mut run = Run {
        shown: Shown::default(),
        budget,
        state: State {
            map: Map::NONE,
            font: None,
            size: 0.0,
            letters: 0.0,
            words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        line: Map::NONE,
        text: Map::NONE,
    };
    run.content(&bytes, page.resources(), 0);
    run.shown
}

struct Run<'b> {
    shown: Shown,
    budget: &'b mut Budget,
    state: State,
    /// Where the line of text began, and where the next letter goes.
    line: Map,
    text: Map,
}

impl Run<'_> {
    fn content(&mut self, bytes: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut steps = UntypedIter::new(bytes);
        let mut states: Vec<State> = Vec::new();
        let mut numbers = Vec::new();
        let mut fonts = HashMap::new();
        let mut pictures: HashSet<Vec<u8>> = HashSet::new();
        while let Some(step) = steps.next() {
            if self.budget.spent() {
                return;
            }
            self.budget.spend(1);
            numbers.clear();
            let (mut name, mut string, mut array) = (None, None, None);
            for operand in step.operands() {
                match operand {
                    Object::Number(n) => numbers.push(n.as_f64()),
                    Object::Name(n) => name = Some(n),
                    Object::String(s) => string = Some(s),
                    Object::Array(a) => array = Some(a),
                    _ => {}
                }
            }
            let one = numbers.last().copied();
            match &**step.operator {
                b"q" if states.len() < MOST_STATES => states.push(self.state.clone()),
                b"Q" => {
                    if let Some(state) = states.pop() {
                        self.state = state;
                    }
                }
                b"cm" => {
                    if let Some(map) = Map::of(&numbers) {
                        self.state.map = map.then(self.state.map);
                    }
                }
                b"BT" => (self.line, self.text) = (Map::NONE, Map::NONE),
                b"Tf" => {
                    self.state.size = one.unwrap_or(self.state.size);
                    self.state.font = name.and_then(|n| self.font(n, resources, &mut fonts));
                }
                b"Tc" => self.state.letters = one.unwrap_or(0.0),
                b"Tw" => self.state.words = one.unwrap_or(0.0),
                b"Tz" => self.state.stretch = one.unwrap_or(100.0) / 100.0,
                b"TL" => self.state.leading = one.unwrap_or(0.0),
                b"Ts" => self.state.rise = one.unwrap_or(0.0),
                b"Td" | b"TD" => {
                    if let [.., x, y] = numbers[..] {
                        if &**step.operator == b"TD" {
                            self.state.leading = -y;
                        }
                        self.next_line(x, y);
                    }
                }
                b"Tm" => {
                    if let Some(map) = Map::of(&numbers) {
                        (self.line, self.text) = (map, map);
                    }
                }
                b"T*" => self.next_line(0.0, -self.state.leading),
                b"Tj" => self.show(string.map(|s| s.as_bytes())),
                b"'" | b"\"" => {
                    if let [.., words, letters] = numbers[..] {
                        (self.state.words, self.state.letters) = (words, letters);
                    }
                    self.next_line(0.0, -self.state.leading);
                    self.show(string.map(|s| s.as_bytes()));
                }
                b"TJ" => {
                    if let Some(parts) = array {
                        self.show_parts(parts);
                    }
                }
                b"Do" => {
                    let new = name.filter(|n| !pictures.contains(&***n));
                    if let Some((name, form)) = new.and_then(|n| Some((n, resources.get_x_object(n)?))) {
                        self.budget.spend(PART_STEPS);
                        self.budget.spend_on(form.dict().data());
                        if !self.form(&form, resources, depth) {
                            pictures.insert(name.to_vec());
                        }
                    }
                }
                b"BI" | b"EI" | b"ID" => self.shown.pictures = true,
                _ => {}
            }
        }
    }

    /// Shows a form; `false`: it is a picture.
    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: usize) -> bool {
        let kind = form.dict().get::<Name<'_>>("Subtype");
        if kind.as_deref() != Some(b"Form") {
            self.shown.pictures = true;
            return false;
        }
        if depth >= DEEPEST_FORM {
            return true;
        }
        self.budget.spend(FORM_STEPS);
        let bytes = self.budget.take(form);
        let before = self.state.clone();
        let matrix: Vec<f64> = form
            .dict()
            .get::<Array<'_>>("Matrix")
            .map(|m| m.iter::<f64>().take(7).collect())
            .unwrap_or_default();
        if let Some(map) = Map::of(&matrix) {
            self.state.map = map.then(self.state.map);
        }
        match form.dict().get::<Dict<'_>>("Resources") {
            Some(own) => self.content(&bytes, &Resources::new(own), depth + 1),
            None => self.content(&bytes, outer, depth + 1),
        }
        self.state = before;
        true
    }

    /// The font of a name; `here` are those that this content named before, also in vain.
    fn font(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'_>,
        here: &mut HashMap<Vec<u8>, Option<Rc<Font>>>,
    ) -> Option<Rc<Font>> {
        if let Some(known) = here.get(&**name) {
            return known.clone();
        }
        let key = resources.fonts.get_ref(name).map(|r| (r.obj_number, r.gen_number));
        let known = key.and_then(|k| self.budget.fonts.get(&k)).cloned();
        let font = known.or_else(|| {
            self.budget.spend(FONT_STEPS);
            let font = resources.get_font(name)?;
            self.budget.spend_on(font.data());
            let font = Rc::new(Font::of(&font, self.budget));
            if let Some(key) = key {
                self.budget.fonts.insert(key, Rc::clone(&font));
            }
            Some(font)
        });
        here.insert(name.to_vec(), font.clone());
        font
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Map::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_parts(&mut self, parts: &Array<'_>) {
        for part in parts.iter::<Object<'_>>() {
            if self.budget.spent() {
                return;
            }
            self.budget.spend(1);
            match part {
                Object::String(s) => self.show(Some(s.as_bytes())),
                Object::Number(n) => {
                    let back = -n.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Map::moved(back, 0.0).then(self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: Option<&[u8]>) {
        let (Some(bytes), Some(font)) = (bytes, self.state.font.clone()) else {
            return;
        };
        let state = &self.state;
        let (map, size, stretch) = (state.map, state.size, state.stretch);
        let (letters, words, rise) = (state.letters, state.words, state.rise);
        let mut rest = bytes;
        while let Some((code, next)) = font.next(rest) {
            if self.budget.spent() {
                return;
            }
            self.budget.spend(1);
            rest = next;
            let space = if code.is_space { words } else { 0.0 };
            let forward = (code.width * size + letters + space) * stretch;
            let here = Map([size * stretch, 0.0, 0.0, size, 0.0, rise])
                .then(self.text)
                .then(map);
            let [_, _, up_x, up_y, x, y] = here.0;
            // Letters that are set apart are no words.
            let shape = Map::moved((code.width * size + letters) * stretch, rise)
                .then(self.text)
                .then(map)
                .0;
            self.text = Map::moved(forward, 0.0).then(self.text);
            let height = up_x.hypot(up_y);
            if ![x, y, shape[4], shape[5], height]
                .iter()
                .all(|n| n.is_finite() && n.abs() < 1e7)
            {
                continue;
            }
            match code.text {
                Some(text) => {
                    self.budget.text = self.budget.text.saturating_sub(text.len());
                    self.shown.glyphs.push(Glyph {
                        text,
                        x,
                        y,
                        step: (shape[4] - x, shape[5] - y),
                        size: height,
                    });
                }
                None => self.shown.unknown += 1,
            }
        }
    }
}
