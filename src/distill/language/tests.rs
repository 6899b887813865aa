//! What the language is, of sentences, headlines and bilingual texts.

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
    assert!(second.rule.starts_with("second language") && second.value == "en" && !second.accepted);
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
