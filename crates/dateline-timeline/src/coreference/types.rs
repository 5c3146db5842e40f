//! Which PLOVER types may be two readings of one deed.

use dateline_model::Plover::{self, *};

/// Pairs of types that reports use of the same deed, with how readily (0 to 1). From PLOVER's codebook and the readings
/// that it leaves open: a signed truce is SUPPORT, AGREE or RETREAT; a pull-out agreed on is CONCEDE or RETREAT; land taken
/// by force is ASSAULT or COERCE.
const READINGS: &[(Plover, Plover, f64)] = &[
    (Agree, Support, 0.8),
    (Agree, Concede, 0.6),
    (Agree, Consult, 0.5),
    (Agree, Cooperate, 0.6),
    (Agree, Retreat, 0.5),
    (Support, Concede, 0.6),
    (Support, Retreat, 0.6),
    (Support, Consult, 0.4),
    (Support, Cooperate, 0.5),
    (Support, Aid, 0.5),
    (Concede, Retreat, 0.8),
    (Consult, Cooperate, 0.5),
    (Consult, Request, 0.4),
    (Cooperate, Aid, 0.6),
    (Aid, Mobilize, 0.6),
    (Assault, Coerce, 0.8),
    (Assault, Threaten, 0.3),
    (Coerce, Mobilize, 0.4),
    (Coerce, Sanction, 0.6),
    (Coerce, Threaten, 0.5),
    (Sanction, Reject, 0.6),
    (Sanction, Retreat, 0.5),
    (Sanction, Assault, 0.3),
    (Reject, Accuse, 0.5),
    (Reject, Protest, 0.5),
    (Threaten, Request, 0.4),
    (Threaten, Accuse, 0.4),
];

/// How readily two types are one deed: 1 where equal, `None` where never.
pub(super) fn readings(a: Plover, b: Plover) -> Option<f64> {
    if a == b {
        return Some(1.0);
    }
    READINGS
        .iter()
        .find(|(x, y, _)| (*x, *y) == (a, b) || (*x, *y) == (b, a))
        .map(|(.., share)| *share)
}

/// One does it to another, and not the other way round.
pub(super) fn directed(event: Plover) -> bool {
    matches!(
        event,
        Aid | Concede | Request | Accuse | Reject | Threaten | Sanction | Coerce | Assault
    )
}

/// Both sides do it together: who is named first says nothing.
pub(super) fn mutual(event: Plover) -> bool {
    matches!(event, Agree | Consult | Support | Cooperate)
}
