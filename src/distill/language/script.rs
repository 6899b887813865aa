//! Text → the script of most of its letters; for Chinese, simplified or traditional.

use std::collections::BTreeMap;

use crate::distill::{evidence::Span, text::Text};

/// Characters that only simplified, and only traditional Chinese writes, of the commonest of news.
const SIMPLIFIED: &str = "这国们来时会说对发经过还进动现实关点没开问书学长门见车东马语话请让认议讨论设计许证识词该谈协约组织给结经济统级练习线红绿纪红纳细终继续维总编绩网罗将军处务动劳势单卖华历厂压参双变号启员响团园围图圆场块坚执扩护报担择击据损换举义乐乡买乱争云亚产亲亿仅从众优传伤伦伟侧债儿兰兴养农冲决况净准减几凤击划创删别剂剑剧办加务励劲匀区医协单卢卫厅历县参吨听启吴员";
const TRADITIONAL: &str = "這國們來時會說對發經過還進動現實關點沒開問書學長門見車東馬語話請讓認議討論設計許證識詞該談協約組織給結經濟統級練習線紅綠紀納細終繼續維總編績網羅將軍處務勞勢單賣華歷廠壓參雙變號啟員響團園圍圖圓場塊堅執擴護報擔擇擊據損換舉義樂鄉買亂爭雲亞產親億僅從眾優傳傷倫偉側債兒蘭興養農衝決況淨準減幾鳳劃創刪別劑劍劇辦勵勁勻區醫盧衛廳縣噸聽吳";

/// The script of most letters, and the line that shows it first.
pub(super) fn main_script(text: &Text) -> Option<(&'static str, Span)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    // Letters of one script come in runs: a run is counted at once.
    let mut run = ("", 0);
    for script in text.decoded.chars().filter_map(script) {
        // A character of a dense script is worth two or three letters.
        let worth = match script {
            "han" | "hangul" => 3,
            "kana" => 2,
            _ => 1,
        };
        if script != run.0 {
            *counts.entry(run.0).or_default() += run.1;
            run = (script, 0);
        }
        run.1 += worth;
    }
    *counts.entry(run.0).or_default() += run.1;
    counts.remove("");
    let take = |counts: &BTreeMap<&str, usize>, s: &str| counts.get(s).copied().unwrap_or(0);
    let (han, kana, hangul) = (
        take(&counts, "han"),
        take(&counts, "kana"),
        take(&counts, "hangul"),
    );
    for script in ["han", "kana", "hangul"] {
        counts.remove(script);
    }
    // Japanese and Korean mix Han with their own: a little of it is enough, but not a brand name in a Chinese text.
    let (own, main) = if hangul * 3 > han {
        (hangul + han, "hangul")
    } else if kana * 12 > han + kana {
        (han + kana, "kana")
    } else {
        (han + kana, "han")
    };
    counts.insert(main, own);
    let main = counts
        .iter()
        .filter(|(_, n)| **n > 0)
        .max_by_key(|(_, n)| **n)
        .map(|(s, _)| *s)?;
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
            return Some((main, Span::new(start, start + shown)));
        }
    }
    None
}

/// The script of a letter that tells one.
pub(super) fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => "latin",
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "greek",
        '\u{400}'..='\u{52F}' => "cyrillic",
        '\u{530}'..='\u{58F}' => "armenian",
        '\u{590}'..='\u{5FF}' => "hebrew",
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
            if c.is_alphabetic() =>
        {
            "arabic"
        }
        '\u{900}'..='\u{97F}' => "devanagari",
        '\u{980}'..='\u{9FF}' => "bengali",
        '\u{B80}'..='\u{BFF}' => "tamil",
        '\u{E00}'..='\u{E7F}' => "thai",
        '\u{E80}'..='\u{EFF}' => "lao",
        '\u{1000}'..='\u{109F}' => "myanmar",
        '\u{10A0}'..='\u{10FF}' => "georgian",
        '\u{1200}'..='\u{137F}' => "ethiopic",
        '\u{1780}'..='\u{17FF}' => "khmer",
        '\u{3041}'..='\u{30FF}' => "kana",
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => "han",
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => "hangul",
        _ => return None,
    })
}

/// Simplified or traditional, by the characters that only one of them writes.
pub(super) fn chinese(text: &str) -> &'static str {
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| *c >= '\u{3400}') {
        match (SIMPLIFIED.contains(c), TRADITIONAL.contains(c)) {
            (true, false) => simplified += 1,
            (false, true) => traditional += 1,
            _ => {}
        }
    }
    if traditional > simplified {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}
