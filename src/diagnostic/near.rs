//! A name that is not known → the known one that was meant, where one is near. Refuses nothing.

/// The nearest of the known names, where it differs by a letter in three at most, three in all; the end of a file's name does not count.
pub fn near<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters = |name: &str| name.chars().take_while(|c| *c != '.').count();
    let far = |known: &str| (letters(unknown).max(letters(known)) / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|known| (strsim::osa_distance(unknown, known), known))
        .filter(|(distance, known)| *distance <= far(known))
        .min()
        .map(|(_, known)| known)
}
