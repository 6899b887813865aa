//! Text → the script of most of its letters; for Chinese, simplified or traditional.

use std::sync::LazyLock;

use crate::distill::{evidence::Span, text::Text};

/// Characters that only simplified, and only traditional Chinese writes, of the commonest of news.
const SIMPLIFIED: &str = "这国们来时会说对发经过还进动现实关点没开问书学长门见车东马语话请让认议讨论设计许证识词该谈协约组织给结经济统级练习线红绿纪红纳细终继续维总编绩网罗将军处务动劳势单卖华历厂压参双变号启员响团园围图圆场块坚执扩护报担择击据损换举义乐乡买乱争云亚产亲亿仅从众优传伤伦伟侧债儿兰兴养农冲决况净准减几凤击划创删别剂剑剧办加务励劲匀区医协单卢卫厅历县参吨听启吴员";
const TRADITIONAL: &str = "這國們來時會說對發經過還進動現實關點沒開問書學長門見車東馬語話請讓認議討論設計許證識詞該談協約組織給結經濟統級練習線紅綠紀納細終繼續維總編績網羅將軍處務勞勢單賣華歷廠壓參雙變號啟員響團園圍圖圓場塊堅執擴護報擔擇擊據損換舉義樂鄉買亂爭雲亞產親億僅從眾優傳傷倫偉側債兒蘭興養農衝決況淨準減幾鳳劃創刪別劑劍劇辦勵勁勻區醫盧衛廳縣噸聽吳";

/// A script that tells something of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Tamil,
    Thai,
    Lao,
    Myanmar,
    Georgian,
    Ethiopic,
    Khmer,
    Kana,
    Han,
    Hangul,
}

/// The scripts as the data files name them, in the order of [`Script`].
const NAMES: [&str; 18] = [
    "latin",
    "greek",
    "cyrillic",
    "armenian",
    "hebrew",
    "arabic",
    "devanagari",
    "bengali",
    "tamil",
    "thai",
    "lao",
    "myanmar",
    "georgian",
    "ethiopic",
    "khmer",
    "kana",
    "han",
    "hangul",
];

impl Script {
    /// As the data files name it.
    pub(super) fn name(self) -> &'static str {
        NAMES[self as usize]
    }
}

/// How many letters of each script a text has.
#[derive(Default)]
pub(super) struct Letters([usize; NAMES.len()]);

impl Letters {
    /// Counts the letters of a decoded text.
    pub(super) fn of(decoded: &str) -> Self {
        let mut all = Self::default();
        let latin = decoded.bytes().filter(u8::is_ascii_alphabetic).count();
        all.0[Script::Latin as usize] = latin;
        let others = decoded.chars().filter(|c| !c.is_ascii());
        for script in others.filter_map(script) {
            all.0[script as usize] += 1;
        }
        all
    }

    /// Those of one script.
    pub(super) fn count(&self, script: Script) -> usize {
        self.0[script as usize]
    }

    /// Those of all scripts.
    pub(super) fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// The script of most of the text.
    pub(super) fn main(&self) -> Option<Script> {
        // A character of a dense script is worth two or three letters.
        let (han, kana, hangul) = (
            self.count(Script::Han) * 3,
            self.count(Script::Kana) * 2,
            self.count(Script::Hangul) * 3,
        );
        // Japanese and Korean mix Han with their own: a little of it is enough, but not a brand name in a Chinese text.
        let (dense, own) = if hangul * 3 > han {
            (Script::Hangul, hangul + han)
        } else if kana * 12 > han + kana {
            (Script::Kana, han + kana)
        } else {
            (Script::Han, han + kana)
        };
        SPACED
            .iter()
            .map(|script| (*script, self.count(*script)))
            .chain([(dense, own)])
            .filter(|(_, n)| *n > 0)
            .max_by_key(|(_, n)| *n)
            .map(|(script, _)| script)
    }
}

/// The scripts of which a letter is worth one.
const SPACED: [Script; 15] = [
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Armenian,
    Script::Hebrew,
    Script::Arabic,
    Script::Devanagari,
    Script::Bengali,
    Script::Tamil,
    Script::Thai,
    Script::Lao,
    Script::Myanmar,
    Script::Georgian,
    Script::Ethiopic,
    Script::Khmer,
];

/// The line that shows a script first.
pub(super) fn shown(text: &Text, main: Script) -> Span {
    let mut at = 0;
    for line in text.decoded.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if line.chars().any(|c| script(c) == Some(main)) {
            let shown: usize = line
                .trim()
                .char_indices()
                .nth(60)
                .map_or(line.trim().len(), |(i, _)| i);
            return Span::new(start, start + shown);
        }
    }
    Span::new(0, 0)
}

/// The script of a letter that tells one.
fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{530}'..='\u{58F}' => Script::Armenian,
        '\u{590}'..='\u{5FF}' => Script::Hebrew,
        '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' => Script::Arabic,
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
            if c.is_alphabetic() =>
        {
            Script::Arabic
        }
        '\u{900}'..='\u{97F}' => Script::Devanagari,
        '\u{980}'..='\u{9FF}' => Script::Bengali,
        '\u{B80}'..='\u{BFF}' => Script::Tamil,
        '\u{E00}'..='\u{E7F}' => Script::Thai,
        '\u{E80}'..='\u{EFF}' => Script::Lao,
        '\u{1000}'..='\u{109F}' => Script::Myanmar,
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{1200}'..='\u{137F}' => Script::Ethiopic,
        '\u{1780}'..='\u{17FF}' => Script::Khmer,
        '\u{3041}'..='\u{30FF}' => Script::Kana,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Script::Han
        }
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        _ => return None,
    })
}

/// The characters that only one of the two writes, in order, each with whether it is the simplified one.
static TELLING: LazyLock<Vec<(char, bool)>> = LazyLock::new(|| {
    let simplified = SIMPLIFIED.chars().filter(|c| !TRADITIONAL.contains(*c));
    let traditional = TRADITIONAL.chars().filter(|c| !SIMPLIFIED.contains(*c));
    let mut all: Vec<(char, bool)> = simplified
        .map(|c| (c, true))
        .chain(traditional.map(|c| (c, false)))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
});

/// Simplified or traditional, by the characters that only one of them writes.
pub(super) fn chinese(text: &str) -> &'static str {
    let telling = &*TELLING;
    let mut traditional = 0_i32;
    for c in text.chars().filter(|c| *c >= '\u{3400}') {
        if let Ok(at) = telling.binary_search_by_key(&c, |(c, _)| *c) {
            traditional += if telling[at].1 { -1 } else { 1 };
        }
    }
    if traditional > 0 {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}
