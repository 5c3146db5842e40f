//! How names sound, so coarsely that a spelling by sound and the original agree.

/// Whether two sounds of names may be one name's.
///
/// A sound is made by the names room from the packs' tables: parts parted by spaces; of each syllable the class of the last
/// consonant before its vowel (`-` where there is none) and the class of the vowel (`*`: any), then `?` where the
/// syllable may be silent; an initial is its class and a stop ("V. Barsova": `V. BaSoVa`). The last parts must agree, and
/// each part before them with one of the other name's, in order, where both have it. All consonants must be the same, two
/// at least, and at least half of the vowels.
pub fn sounds_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let mut heard = Heard::default();
    let (Some((last, before)), Some((other, rest))) = (short.split_last(), long.split_last()) else {
        return false;
    };
    if !heard.part(last, other) {
        return false;
    }
    let mut rest = rest.iter();
    before.iter().all(|part| rest.any(|other| heard.part(part, other))) && heard.is_enough()
}

/// The consonants of a name's last part, those that may be silent left out: what names that sound alike share, up to silent ones.
/// Keys for looking them up: one or two, none of a name without consonants.
pub fn sound_keys(sound: &str) -> impl Iterator<Item = String> {
    let last = sound.rsplit(' ').next().unwrap_or_default();
    let all = syllables(last).filter(|s| s.consonant != '-');
    let (mut whole, mut sure) = (String::new(), String::new());
    for syllable in all {
        whole.push(syllable.consonant);
        if !syllable.silent {
            sure.push(syllable.consonant);
        }
    }
    let sure = (sure != whole).then_some(sure);
    std::iter::once(whole).chain(sure).filter(|key| !key.is_empty())
}

#[derive(Clone, Copy)]
struct Syllable {
    consonant: char,
    vowel: char,
    silent: bool,
}

/// Syllables of one part; none of an initial.
fn syllables(part: &str) -> impl Iterator<Item = Syllable> + '_ {
    let mut chars = part.chars().peekable();
    std::iter::from_fn(move || {
        let (consonant, vowel) = (chars.next()?, chars.next()?);
        let silent = chars.next_if_eq(&'?').is_some();
        (vowel != '.').then_some(Syllable {
            consonant,
            vowel,
            silent,
        })
    })
}

/// What two names were found to share.
#[derive(Default)]
struct Heard {
    consonants: usize,
    vowels: usize,
    same_vowels: usize,
}

impl Heard {
    fn is_enough(&self) -> bool {
        self.consonants >= 2 && self.same_vowels * 2 >= self.vowels
    }

    /// Whether two parts agree; counts what they share.
    fn part(&mut self, a: &str, b: &str) -> bool {
        let initial = |p: &str| p.strip_suffix('.').and_then(|p| p.chars().next());
        if let Some(letter) = initial(a).or_else(|| initial(b)) {
            return [a, b].iter().all(|p| p.starts_with(letter));
        }
        let (a, b): (Vec<Syllable>, Vec<Syllable>) = (syllables(a).collect(), syllables(b).collect());
        self.walk(&a, &b)
    }

    fn walk(&mut self, a: &[Syllable], b: &[Syllable]) -> bool {
        let same = |x: char, y: char| x == y || x == '%' && "SD".contains(y) || y == '%' && "SD".contains(x);
        let (mut i, mut k) = (0, 0);
        let mut found = Heard::default();
        while i < a.len() || k < b.len() {
            match (a.get(i), b.get(k)) {
                (Some(x), Some(y)) if same(x.consonant, y.consonant) => {
                    found.consonants += usize::from(x.consonant != '-');
                    found.vowels += 1;
                    found.same_vowels += usize::from(x.vowel == y.vowel || x.vowel == '*' || y.vowel == '*');
                    (i, k) = (i + 1, k + 1);
                }
                (Some(x), _) if x.silent => i += 1,
                (_, Some(y)) if y.silent => k += 1,
                _ => return false,
            }
        }
        self.consonants += found.consonants;
        self.vowels += found.vowels;
        self.same_vowels += found.same_vowels;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_consonants_and_half_of_the_vowels() {
        assert!(sounds_alike("SeLeKe", "VoLoDeMe SeLeKe"));
        assert!(sounds_alike("V. SeLeKe", "VoLoDeMe SeLeKe"));
        assert!(!sounds_alike("B. SeLeKe", "VoLoDeMe SeLeKe"));
        assert!(sounds_alike("PoTe", "PoTe"));
        assert!(!sounds_alike("PoTe", "PaTa"), "no vowel");
        assert!(!sounds_alike("Bo", "Bo"), "one consonant");
        assert!(sounds_alike("BaDe%*?", "BaDe"));
        assert!(sounds_alike("%eLeKe", "SeLeKe"));
        assert!(!sounds_alike("BaSa SaDa", "SaDa BaSa"));
        let keys = |sound| sound_keys(sound).collect::<Vec<String>>();
        assert_eq!(keys("V. BaDeR*?"), ["BDR", "BD"]);
        assert_eq!(keys("BaDe"), ["BD"]);
        assert!(keys("-a-o").is_empty(), "vowels only");
    }
}
