//! A glyph's text → the characters that texts have: fonts also have ligatures, Arabic letters by their place in a word, and radicals in place of
//! Chinese characters that look the same. Refuses nothing.

use unicode_normalization::UnicodeNormalization;

/// The text of a glyph as it is read.
pub(super) fn read(text: &str) -> String {
    let form = |c: char| matches!(c, '\u{2F00}'..='\u{2FD5}' | '\u{FB00}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}');
    let radical = |c: char| matches!(c, '\u{2E80}'..='\u{2EF3}');
    let text = text.replace('\0', "");
    if text.chars().any(radical) {
        text.chars().map(character).collect()
    } else if text.chars().any(form) {
        text.nfkc().collect()
    } else {
        text
    }
}

/// Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt (Unicode License v3): radicals, each before its character.
const RADICALS: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母\
    ⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑\
    ⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风\
    ⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

fn character(radical: char) -> char {
    let mut all = RADICALS.chars();
    while let (Some(from), Some(to)) = (all.next(), all.next()) {
        if from == radical {
            return to;
        }
    }
    radical
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn forms_are_read_as_letters() {
        for (form, text) in [
            ("ﬁ", "fi"),
            ("ﻼ", "لا"),
            ("⽇", "日"),
            ("⺠", "民"),
            ("⻓", "长"),
            ("é", "é"),
        ] {
            assert_eq!(read(form), text);
        }
    }
}
