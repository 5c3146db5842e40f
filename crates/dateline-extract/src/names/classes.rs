//! The classes of words that the room of names asks for.
//!
//! Takes: a vocabulary. Gives: ids of classes. Never: reads a text.

use dateline_lang::{ClassId, Vocabulary};

/// Classes of the packs' words that this room reads, and those that it adds to a text for its rules.
#[derive(Debug)]
pub(super) struct Classes {
    pub actor: ClassId,
    pub title: ClassId,
    pub honorific: ClassId,
    pub org_word: ClassId,
    pub org_head: ClassId,
    pub name_word: ClassId,
    /// Bodies of provinces, towns and districts.
    pub local_body: ClassId,
    /// Common words that newspapers are called by.
    pub paper_words: ClassId,
    /// Behind them stands who told it, also a newspaper: "theo", "ảnh".
    pub paper_cue: ClassId,
    /// Behind them stands a club: "trận đấu của".
    pub club_cue: ClassId,
    /// Behind them stands a person: "bắt".
    pub seizes: ClassId,
    pub place_head: ClassId,
    pub unit_place: ClassId,
    pub particle: ClassId,
    pub not_name: ClassId,
    pub start_word: ClassId,
    pub surname: ClassId,
    /// Titles that are seldom surnames: before a capital they are titles.
    pub rare_surname: ClassId,
    pub locative: ClassId,
    pub says: ClassId,
    pub before_verb: ClassId,
    pub event_head: ClassId,
    pub vehicle: ClassId,
    /// Warships, which bear the names of towns.
    pub ship: ClassId,
    /// Words that begin like the name of a state or town.
    pub common: ClassId,
    /// A side and its direction.
    pub bearing: ClassId,
    /// Words that begin a person's name before a capital, be there a town of that name or not.
    pub opener: ClassId,
    pub event_word: ClassId,
    pub group_word: ClassId,
    pub unit_head: ClassId,
    pub takes: ClassId,
    pub moves: ClassId,
    pub to_whom: ClassId,
    pub given: ClassId,
    pub alias_cue: ClassId,
    pub tied: ClassId,
    pub tense: ClassId,
    pub held_when: ClassId,
    pub foreign_org: ClassId,
    pub join: ClassId,
    pub site_head: ClassId,
    pub capital_acts: ClassId,
    pub named_head: ClassId,
    pub determiner: ClassId,
    pub pair_state: ClassId,
    pub force_head: ClassId,
    pub pronoun: ClassId,
    pub plural: ClassId,
    pub state: ClassId,
    pub area: ClassId,
    pub body: ClassId,
    pub run: ClassId,
    pub tail: ClassId,
    pub org_run: ClassId,
    pub unit_run: ClassId,
    /// A number in words.
    pub number: ClassId,
    /// "and", by which two names are two.
    pub and: ClassId,
    /// "in", behind which a place is no part of a body's name.
    pub within: ClassId,
    /// "of", behind which only a known name goes on with it.
    pub of: ClassId,
    /// "northern", before the name of what it is a part of.
    pub compass: ClassId,
    /// What an office is for: "Humanitarian Affairs".
    pub portfolio: ClassId,
    /// "the", before no person.
    pub article: ClassId,
    /// Behind the name of who rules: "administration".
    pub person_tail: ClassId,
    /// Begins the names of armed groups: "Jaysh", "Harakat".
    pub group_lead: ClassId,
    /// Begins the names of places: "Mount", "Deir".
    pub place_lead: ClassId,
    /// "son", "wife", "con trai của": two persons, also where they have one name.
    pub kin: ClassId,
}

impl Classes {
    /// A word of this class stands before a name and is, in a run of capitals, no part of it.
    pub(super) fn leads(&self, class: ClassId) -> bool {
        [
            self.unit_place,
            self.place_head,
            self.site_head,
            self.org_word,
            self.org_head,
            self.group_word,
        ]
        .contains(&class)
    }

    /// Asks a vocabulary for them; a class that a pack lacks has no word.
    pub(super) fn of(v: &mut Vocabulary) -> Classes {
        for class in [
            "group-head",
            "people-head",
            "side-word",
            "compass",
            "compass-name",
            "unit-kind",
            "bare-org",
            "crowd-head",
        ] {
            v.class(class);
        }
        Classes {
            actor: v.class(super::actors::CLASS),
            title: v.class("title"),
            honorific: v.class("honorific"),
            org_word: v.class("org-word"),
            org_head: v.class("org-head"),
            name_word: v.class("name-word"),
            local_body: v.class("local-body"),
            paper_words: v.class("paper-words"),
            paper_cue: v.class("paper-cue"),
            club_cue: v.class("club-cue"),
            seizes: v.class("seizes-person"),
            place_head: v.class("place-head"),
            unit_place: v.class("unit-place"),
            particle: v.class("particle"),
            not_name: v.class("not-name"),
            start_word: v.class("start-word"),
            surname: v.class("surname"),
            rare_surname: v.class("rare-surname"),
            locative: v.class("locative"),
            says: v.class("says"),
            before_verb: v.class("acts-before-verb"),
            event_head: v.class("event-head"),
            vehicle: v.class("vehicle"),
            ship: v.class("ship"),
            common: v.class("common-word"),
            bearing: v.class("bearing"),
            opener: v.class("name-opener"),
            event_word: v.class("event-word"),
            group_word: v.class("group-word"),
            unit_head: v.class("unit-head"),
            takes: v.class("takes-place"),
            moves: v.class("moves"),
            to_whom: v.class("to-whom"),
            given: v.class("given-name"),
            alias_cue: v.class("alias-cue"),
            tied: v.class("particle-tied"),
            tense: v.class("title-tense"),
            held_when: v.class("held-when"),
            foreign_org: v.class("foreign-org-word"),
            join: v.class("name-join"),
            site_head: v.class("site-head"),
            capital_acts: v.class("capital-acts"),
            named_head: v.class("named-head"),
            determiner: v.class("determiner"),
            pair_state: v.class("pair-state"),
            force_head: v.class("force-head"),
            pronoun: v.class("pronoun"),
            plural: v.class("plural"),
            state: v.class("state"),
            area: v.class("area"),
            body: v.class("body"),
            run: v.class("run"),
            tail: v.class("org-tail"),
            org_run: v.class("org-run"),
            unit_run: v.class("unit-run"),
            number: v.class("number"),
            and: v.class("and-mark"),
            within: v.class("name-in"),
            of: v.class("name-of"),
            compass: v.class("compass"),
            portfolio: v.class("portfolio"),
            article: v.class("article"),
            person_tail: v.class("person-tail"),
            group_lead: v.class("group-lead"),
            place_lead: v.class("place-lead"),
            kin: v.class("kin"),
        }
    }
}
