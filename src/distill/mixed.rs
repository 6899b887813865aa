//! The words of data files → texts that mix them with signs, numbers and prefixes: what the shortcuts of the stages are held to. For tests.

/// Texts of so many phrases, always the same. `words` are rows of data: what stands side by side there does so here, too.
pub(crate) fn mixed(words: &str, texts: usize) -> impl Iterator<Item = String> {
    const BEFORE: [&str; 14] = [
        "", "", "", "", "", "", "ال", "و", "وال", "ל", "l'", "d’", "al-", "x",
    ];
    const BEHIND: [&str; 14] = [
        "", "", "", "", "", "", "s", "a", "’s", "ом", "ın", "en", "人", "-made",
    ];
    const GAPS: [&str; 14] = [
        " ", " ", " ", " ", " ", " ", " ", "  ", "\n", "\n\n", "-", ", ", ". ", "",
    ];
    const NUMBERS: [&str; 7] = ["12", "3", "2026", "two", "deux", "27.", "viii"];
    let words: Vec<String> = words
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(['\t', ' ', '|', ',', '*', '!', '=', ':']))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut random = fastrand::Rng::with_seed(words.len() as u64);
    (0..texts).map(move |_| {
        let mut text = String::new();
        for _ in 0..120 {
            let mut pick =
                |from: &[&'static str]| random.choice(from.iter().copied()).unwrap_or_default();
            let (before, behind, gap) = (pick(&BEFORE), pick(&BEHIND), pick(&GAPS));
            let number = pick(&NUMBERS);
            text.push_str(before);
            let from = random.usize(..words.len());
            for (nth, word) in words.iter().skip(from).take(random.usize(1..4)).enumerate() {
                text.push_str(if nth > 0 { " " } else { "" });
                if random.bool() {
                    text.extend(word.chars().take(1).flat_map(char::to_uppercase));
                    text.extend(word.chars().skip(1));
                } else {
                    text.push_str(word);
                }
            }
            text.push_str(behind);
            text.push_str(gap);
            if random.u8(..4) == 0 {
                text.push_str(number);
                text.push(' ');
            }
        }
        text
    })
}
