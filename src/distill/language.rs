//! Text → language: script histogram, then a stop-word vote; a crate breaks ties only.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use super::{
    dates::{
        lexicon,
        tokens::{Kind, tokens},
    },
    evidence::{Evidence, Finding, Span},
    text::Text,
};
use crate::model::Lang;

/// Characters that only simplified, and only traditional Chinese writes, of the commonest of news.
const SIMPLIFIED: &str = "这国们来时会说对发经过还进动现实关点没开问书学长门见车东马语话请让认议讨论设计许证识词该谈协约组织给结经济统级练习线红绿纪红纳细终继续维总编绩网罗将军处务动劳势单卖华历厂压参双变号启员响团园围图圆场块坚执扩护报担择击据损换举义乐乡买乱争云亚产亲亿仅从众优传伤伦伟侧债儿兰兴养农冲决况净准减几凤击划创删别剂剑剧办加务励劲匀区医协单卢卫厅历县参吨听启吴员";
const TRADITIONAL: &str = "這國們來時會說對發經過還進動現實關點沒開問書學長門見車東馬語話請讓認議討論設計許證識詞該談協約組織給結經濟統級練習線紅綠紀納細終繼續維總編績網羅將軍處務勞勢單賣華歷廠壓參雙變號啟員響團園圍圖圓場塊堅執擴護報擔擇擊據損換舉義樂鄉買亂爭雲亞產親億僅從眾優傳傷倫偉側債兒蘭興養農衝決況淨準減幾鳳劃創刪別劑劍劇辦勵勁勻區醫盧衛廳縣噸聽吳";

struct Profile {
    code: &'static str,
    script: &'static str,
    letters: Vec<char>,
}

struct Profiles {
    all: Vec<Profile>,
    /// Word → the languages that have it.
    words: HashMap<String, Vec<usize>>,
}

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let mut all = Vec::new();
    let mut words: HashMap<String, Vec<usize>> = HashMap::new();
    let rows = include_str!("lexicon/stop-words.tsv").lines();
    for row in rows.filter(|r| !r.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(code), Some(script), Some(letters), Some(list)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        for word in list.split(' ') {
            let folded = Text::new(word.to_owned()).folded;
            // Elided and compound forms are cut as the text is.
            for token in tokens(&folded).iter().filter(|t| t.kind == Kind::Word) {
                let langs = words.entry(token.text.to_owned()).or_default();
                if !langs.contains(&all.len()) {
                    langs.push(all.len());
                }
            }
        }
        all.push(Profile {
            code,
            script,
            letters: letters.chars().collect(),
        });
    }
    // "jeudi", "вчера" and "januari" tell as much as "the" does.
    for (code, word) in lexicon::telling_words() {
        if let Some(at) = all.iter().position(|p: &Profile| p.code == code) {
            let langs = words.entry(word.to_owned()).or_default();
            if !langs.contains(&at) {
                langs.push(at);
            }
        }
    }
    Profiles { all, words }
});

/// The main language of a text, `und` where nothing can be told. A second language of a bilingual document is noted in the evidence.
pub fn language(text: &Text) -> Finding<Option<Lang>> {
    let Some((script, span)) = main_script(text) else {
        return Finding::default();
    };
    let votes = match script {
        "han" => vec![Vote::of_script(chinese(&text.decoded), "Han characters")],
        "kana" => vec![Vote::of_script("ja", "kana")],
        "hangul" => vec![Vote::of_script("ko", "Hangul")],
        "thai" => vec![Vote::of_script("th", "Thai script")],
        "greek" => vec![Vote::of_script("el", "Greek script")],
        "georgian" => vec![Vote::of_script("ka", "Georgian script")],
        "armenian" => vec![Vote::of_script("hy", "Armenian script")],
        "bengali" => vec![Vote::of_script("bn", "Bengali script")],
        "tamil" => vec![Vote::of_script("ta", "Tamil script")],
        "khmer" => vec![Vote::of_script("km", "Khmer script")],
        "lao" => vec![Vote::of_script("lo", "Lao script")],
        "myanmar" => vec![Vote::of_script("my", "Myanmar script")],
        "ethiopic" => vec![Vote::of_script("am", "Ethiopic script")],
        _ => ballot(text, script),
    };
    let mut found = finding(text, span, votes);
    second(text, &mut found);
    found
}

/// Notes the language of the longest paragraph that is clearly in another one, where it is a good part of the text.
fn second(text: &Text, found: &mut Finding<Option<Lang>>) {
    let Some(main) = found.value.as_ref().map(|l| l.primary().to_owned()) else {
        return;
    };
    // Only where another language or script has a voice at all.
    let rival = found
        .evidence
        .iter()
        .skip(1)
        .any(|e| e.weight * 3.0 > found.evidence[0].weight);
    let foreign = text
        .decoded
        .chars()
        .filter(|c| script(*c) == Some("latin"))
        .count()
        * 5;
    let (low, high) = (
        text.decoded.chars().count(),
        text.decoded.chars().count() * 4,
    );
    if !rival && !(low..high).contains(&foreign) {
        return;
    }
    let mut at = 0;
    let mut best: Option<(usize, Span, Vote)> = None;
    for line in text.decoded.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        if line.chars().count() < 60 || line.len() * 5 < text.decoded.len() {
            continue;
        }
        let part = Text::new(line.to_owned());
        let Some((own, _)) = main_script(&part) else {
            continue;
        };
        let vote = ballot(&part, own).into_iter().next();
        if let Some(vote) = vote.filter(|v| v.code != main && v.score > 3.0)
            && best.as_ref().is_none_or(|(n, ..)| line.len() > *n)
        {
            best = Some((line.len(), Span::new(start, start + line.len()), vote));
        }
    }
    if let Some((_, span, vote)) = best {
        found.evidence.push(Evidence {
            span,
            text: text.slice(span).to_owned(),
            rule: format!("second language: {}", vote.reason),
            weight: vote.score,
            value: vote.code.to_owned(),
            accepted: false,
        });
    }
}

/// What speaks for one language.
struct Vote {
    code: &'static str,
    score: f32,
    reason: String,
}

impl Vote {
    fn of_script(code: &'static str, reason: &str) -> Self {
        Self {
            code,
            score: 1.0,
            reason: reason.to_owned(),
        }
    }
}

fn finding(text: &Text, span: Span, votes: Vec<Vote>) -> Finding<Option<Lang>> {
    let value = votes.first().and_then(|v| v.code.parse::<Lang>().ok());
    let evidence = votes
        .into_iter()
        .enumerate()
        .take(3)
        .map(|(at, vote)| Evidence {
            span,
            text: text.slice(span).to_owned(),
            rule: vote.reason,
            weight: vote.score,
            value: vote.code.to_owned(),
            accepted: at == 0,
        })
        .collect();
    Finding {
        value,
        evidence,
        warnings: Vec::new(),
    }
}

/// The stop words and rare letters of each language of a script, best first.
fn ballot(text: &Text, script: &str) -> Vec<Vote> {
    let profiles = &*PROFILES;
    let candidates: Vec<usize> = (0..profiles.all.len())
        .filter(|&i| profiles.all[i].script == script)
        .collect();
    let mut scores = vec![0.0_f32; profiles.all.len()];
    let mut hits: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); profiles.all.len()];
    let mut words = 0_usize;
    let all = tokens(&text.folded);
    for token in all.iter().filter(|t| t.kind == Kind::Word) {
        words += 1;
        let Some(langs) = profiles.words.get(token.text) else {
            continue;
        };
        let here = langs.iter().filter(|&&i| profiles.all[i].script == script);
        let shared = here.clone().count() as f32;
        for &i in here {
            // A word that many languages have tells little between them.
            scores[i] += if token.text.chars().count() == 1 {
                0.4
            } else {
                1.0
            } / shared.sqrt();
            *hits[i].entry(token.text).or_default() += 1;
        }
    }
    let letters = text
        .folded
        .chars()
        .filter(|c| c.is_alphabetic())
        .count()
        .max(1) as f32;
    for &i in &candidates {
        let rare = &profiles.all[i].letters;
        let seen = text.folded.chars().filter(|c| rare.contains(c)).count() as f32;
        // As much as a stop word for every hundredth of rare letters, a third of the words at most.
        scores[i] += (seen / letters * words as f32).min(words as f32 / 3.0);
        if script == "cyrillic" || script == "arabic" {
            let foreign = candidates
                .iter()
                .filter(|&&o| o != i)
                .flat_map(|&o| &profiles.all[o].letters)
                .filter(|c| !rare.contains(c))
                .collect::<Vec<_>>();
            let strange = text.folded.chars().filter(|c| foreign.contains(&c)).count() as f32;
            scores[i] -= (strange / letters * words as f32).min(words as f32 / 4.0);
        }
    }
    let mut order: Vec<usize> = candidates
        .into_iter()
        .filter(|&i| scores[i] > 0.0)
        .collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let guess = whatlang::detect(&text.decoded).map(|g| g.lang().code());
    let tie = if words < 16 { 0.85 } else { 0.93 };
    let close = order.len() > 1 && scores[order[1]] > scores[order[0]] * tie;
    if close
        && let Some(code) = guess.and_then(short_code)
        && let Some(at) = order
            .iter()
            .take_while(|&&i| scores[i] > scores[order[0]] * tie)
            .position(|&i| profiles.all[i].code == code)
    {
        order[..=at].rotate_right(1);
    }
    let mut votes: Vec<Vote> = order
        .iter()
        .map(|&i| Vote {
            code: profiles.all[i].code,
            score: scores[i],
            reason: reason(profiles.all[i].code, &hits[i], words),
        })
        .collect();
    if votes.is_empty()
        && let Some(code) = guess.and_then(short_code)
    {
        votes.push(Vote {
            code,
            score: 0.5,
            reason: "letter trigrams, for want of common words".to_owned(),
        });
    }
    votes
}

fn reason(code: &str, hits: &BTreeMap<&str, usize>, words: usize) -> String {
    let mut by_count: Vec<(&str, usize)> = hits.iter().map(|(w, n)| (*w, *n)).collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let shown: Vec<&str> = by_count.iter().take(4).map(|(w, _)| *w).collect();
    let total: usize = hits.values().sum();
    format!("{} → {code} {total}/{words} words", shown.join(", "))
}

/// The two-letter code of a language that whatlang names in three letters, where this module knows it.
fn short_code(three: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 40] = [
        ("fra", "fr"),
        ("eng", "en"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("deu", "de"),
        ("nld", "nl"),
        ("pol", "pl"),
        ("tur", "tr"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("hrv", "hr"),
        ("slv", "sl"),
        ("ind", "id"),
        ("cat", "ca"),
        ("vie", "vi"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tgl", "tl"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("bul", "bg"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("bel", "be"),
        ("ara", "ar"),
        ("pes", "fa"),
        ("urd", "ur"),
        ("heb", "he"),
        ("yid", "yi"),
        ("hin", "hi"),
        ("mar", "mr"),
        ("nep", "ne"),
    ];
    CODES
        .iter()
        .find(|(long, _)| *long == three)
        .map(|(_, short)| *short)
}

/// The script of most letters, and the line that shows it first.
fn main_script(text: &Text) -> Option<(&'static str, Span)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for c in text.decoded.chars() {
        if let Some(script) = script(c) {
            // A character of a dense script is worth two or three letters.
            let worth = match script {
                "han" | "hangul" => 3,
                "kana" => 2,
                _ => 1,
            };
            *counts.entry(script).or_default() += worth;
        }
    }
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

fn script(c: char) -> Option<&'static str> {
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

fn chinese(text: &str) -> &'static str {
    let count = |set: &str, other: &str| {
        text.chars()
            .filter(|&c| set.contains(c) && !other.contains(c))
            .count()
    };
    if count(TRADITIONAL, SIMPLIFIED) > count(SIMPLIFIED, TRADITIONAL) {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(s: &str) -> String {
        language(&Text::new(s.to_owned()))
            .value
            .map_or("und".to_owned(), |l| l.as_str().to_owned())
    }

    #[test]
    fn one_sentence_is_enough() {
        let wrong: Vec<_> = [
            (
                "fr",
                "Le ministre a rencontré hier son homologue espagnol à Rabat.",
            ),
            (
                "en",
                "Police in Guinea seized 40 guinea pigs on January 20, 2026.",
            ),
            (
                "es",
                "El ministro se reunió ayer con su homólogo marroquí en Madrid.",
            ),
            ("ar", "اجتمع الوزير أمس مع نظيره الإسباني في الرباط"),
            (
                "de",
                "Der Minister traf gestern in Rabat seinen spanischen Amtskollegen.",
            ),
            (
                "pt",
                "O ministro reuniu-se ontem com o seu homólogo espanhol em Lisboa.",
            ),
            (
                "it",
                "Il ministro ha incontrato ieri a Roma il suo omologo spagnolo.",
            ),
            (
                "ru",
                "Министр встретился вчера в Москве со своим испанским коллегой.",
            ),
            (
                "nl",
                "De minister heeft gisteren in Rabat zijn Spaanse collega ontmoet.",
            ),
            (
                "pl",
                "Minister spotkał się wczoraj w Warszawie ze swoim hiszpańskim odpowiednikiem.",
            ),
            (
                "tr",
                "Bakan dün Ankara'da İspanyol mevkidaşı ile bir araya geldi.",
            ),
            (
                "uk",
                "Міністр зустрівся вчора у Києві зі своїм іспанським колегою.",
            ),
            ("zh-Hans", "部长昨天在拉巴特会见了西班牙外交大臣。"),
            ("zh-Hant", "部長昨天在臺北會見了西班牙外交大臣。"),
            ("ja", "大臣は昨日、ラバトでスペインの外相と会談しました。"),
            (
                "el",
                "Ο υπουργός συναντήθηκε χθες στην Αθήνα με τον Ισπανό ομόλογό του.",
            ),
            ("fa", "وزیر دیروز در تهران با همتای اسپانیایی خود دیدار کرد"),
            ("he", "השר נפגש אתמול בירושלים עם מקבילו הספרדי"),
            (
                "ro",
                "Ministrul s-a întâlnit ieri la București cu omologul său spaniol.",
            ),
            (
                "cs",
                "Ministr se včera v Praze setkal se svým španělským protějškem.",
            ),
            (
                "sk",
                "Minister sa včera v Bratislave stretol so svojím španielskym partnerom.",
            ),
            (
                "sv",
                "Ministern träffade i går sin spanska kollega i Stockholm.",
            ),
            (
                "da",
                "Ministeren mødte i går sin spanske kollega i København, oplyser ministeriet.",
            ),
            (
                "nb",
                "Ministeren møtte i går sin spanske kollega i Oslo, opplyser departementet.",
            ),
            (
                "fi",
                "Ministeri tapasi eilen espanjalaisen kollegansa Helsingissä.",
            ),
            (
                "hu",
                "A miniszter tegnap Budapesten találkozott spanyol kollégájával.",
            ),
            (
                "bg",
                "Министърът се срещна вчера в София със своя испански колега.",
            ),
            (
                "sr",
                "Министар се јуче у Београду састао са шпанским колегом.",
            ),
            (
                "id",
                "Menteri bertemu kemarin di Jakarta dengan mitranya dari Spanyol.",
            ),
            (
                "sw",
                "Waziri alikutana jana mjini Nairobi na mwenzake wa Uhispania.",
            ),
            ("ko", "장관은 어제 서울에서 스페인 외교장관과 회담했다."),
            ("hi", "मंत्री ने कल नई दिल्ली में स्पेन के विदेश मंत्री से मुलाकात की।"),
            ("th", "รัฐมนตรีพบกับรัฐมนตรีต่างประเทศสเปนเมื่อวานนี้ที่กรุงเทพฯ"),
            (
                "ca",
                "El ministre es va reunir ahir amb el seu homòleg a Barcelona amb els presidents.",
            ),
            (
                "vi",
                "Bộ trưởng đã gặp người đồng cấp Tây Ban Nha hôm qua tại Hà Nội.",
            ),
            (
                "ur",
                "وزیر نے کل اسلام آباد میں اپنے ہسپانوی ہم منصب سے ملاقات کی",
            ),
        ]
        .into_iter()
        .filter(|(want, s)| lang(s) != *want)
        .map(|(want, s)| (want, lang(s), s))
        .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(lang("12345 --- 67"), "und");
    }

    #[test]
    fn a_second_language_is_noted() {
        let text = Text::new(
            "Le ministère a ouvert lundi quatre ports dans le nord du pays, et les navires de tous les pavillons pourront y accoster dès le printemps, a dit le ministre lors de la cérémonie à laquelle ont assisté les maires des quatre villes et les pêcheurs de la région.\n\nThe ministry opened four ports in the north of the country on Monday, and ships of all flags may call there in the spring.".to_owned(),
        );
        let found = language(&text);
        assert_eq!(found.value.map(|l| l.to_string()).as_deref(), Some("fr"));
        let second = found.evidence.last().expect("evidence");
        assert!(
            second.rule.starts_with("second language") && second.value == "en" && !second.accepted
        );
    }

    #[test]
    fn the_vote_is_explained() {
        let text = Text::new(
            "Le Maroc et le Danemark ont convenu de poser les bases d’une coopération".to_owned(),
        );
        let found = language(&text);
        let first = &found.evidence[0];
        assert!(
            first.accepted && first.rule.contains("le") && first.rule.contains("→ fr"),
            "{}",
            first.rule
        );
    }
}
