use super::*;

fn zone(s: &str, zone: Zone) -> Vec<String> {
    let text = Text::new(s.to_owned());
    layout(&text)
        .blocks
        .iter()
        .filter(|b| b.zone == zone)
        .map(|b| text.slice(b.span).trim().to_owned())
        .collect()
}

const BODY: &str = "The two ministers met in the capital and agreed to open three new crossings before the end of the year.";

#[test]
fn the_headline_is_found_wherever_it_stands() {
    for (top, headline) in [
        (
            "Ministers agree on three crossings\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "MINISTRY OF TRANSPORT\nPress release No. 14/2026\n5 February 2026\n\nMinisters agree on three crossings\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "COMMUNIQUÉ DE PRESSE\n\nTrois nouveaux postes ouvriront avant la fin de l’année\n\n",
            "Trois nouveaux postes ouvriront avant la fin de l’année",
        ),
        (
            "MINISTERS AGREE ON\nTHREE NEW CROSSINGS\n\n",
            "MINISTERS AGREE ON\nTHREE NEW CROSSINGS",
        ),
        (
            "Ministers agree on three crossings\nWork will begin in the spring, says joint commission\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "Ministers agree on the\nthree crossings of the river\n\n",
            "Ministers agree on the\nthree crossings of the river",
        ),
        (
            "Ministers agree on three crossings\n==================================\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "# 15/2026 - Newsletter\n***\nMinisters agree on three crossings\n---\n",
            "Ministers agree on three crossings",
        ),
        (
            "## Ministers agree on three crossings\n",
            "Ministers agree on three crossings",
        ),
        (
            "From: Press Office <press@ministry.example>\nDate: Tue, 27 Jan 2026 10:00:00 +0100\nSubject: release\n\nMinisters agree on three crossings\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "PRESS RELEASE: Ministers agree on three crossings\n\n",
            "Ministers agree on three crossings",
        ),
        (
            "Pressemitteilung\n\nBerlin, 5. Februar 2026\n\nMinister einigen sich auf drei Übergänge\n\n",
            "Minister einigen sich auf drei Übergänge",
        ),
        (
            "ПРЕСС-РЕЛИЗ\nМинистры договорились о трех переходах\n\n",
            "Министры договорились о трех переходах",
        ),
        (
            "بيان صحفي\nالرباط، 5 فبراير 2026\n\nالوزيران يتفقان على فتح ثلاثة معابر\n\n",
            "الوزيران يتفقان على فتح ثلاثة معابر",
        ),
        (
            "新闻稿\n2026年2月5日\n\n两国部长同意开放三个口岸\n\n",
            "两国部长同意开放三个口岸",
        ),
    ] {
        assert_eq!(
            zone(&format!("{top}{BODY}\n"), Zone::Headline),
            [headline],
            "{top}"
        );
    }
}

#[test]
fn prose_from_the_first_line_has_no_headline() {
    for text in [
        BODY.to_owned(),
        format!("{BODY}\n\n{BODY}\n"),
        format!("RABAT, 28 janv. 2026 (APM) – {BODY}\n{BODY}"),
        format!("Rabat, le 28 janvier 2026\n\n{BODY}"),
        "双方签署了合作协议，决定在今年年底前开放三个新的口岸，并将在明年继续谈判。".to_owned(),
    ] {
        assert!(zone(&text, Zone::Headline).is_empty(), "{text}");
    }
}

#[test]
fn datelines_are_cut_off_the_lead() {
    for (dateline, first) in [
        ("RABAT, 28 janv. 2026 (APM) –", "Les ministres"),
        ("Rabat, 27 ene (EFE).-", "El ministro español"),
        ("МОСКВА, 27 января. /ТАСС/.", "Россия и Китай"),
        ("(ANSA) - ROMA, 27 GEN -", "L'Italia"),
        ("الرباط -", "اتفق المغرب"),
        ("WASHINGTON, Jan 27 (Reuters) -", "The United States"),
        ("ABIDJAN, 30 déc. (AFP) -", "La Côte d’Ivoire"),
        ("Berlin (dpa) -", "Die Minister"),
        ("KYIV. March 3 (Interfax-Ukraine) –", "The ministers"),
        ("Варшава, 3 марта 2026 г. –", "Министры"),
        ("BRASÍLIA –", "O governo"),
        ("ATLANTA, Ga. –", "The Authority"),
    ] {
        let text = format!("{dateline} {first} {BODY}");
        assert_eq!(zone(&text, Zone::Dateline), [dateline], "{text}");
        assert!(zone(&text, Zone::Lead)[0].starts_with(first), "{text}");
    }
    let text = "新华社拉巴特1月27日电 中国和摩洛哥签署了合作协议，决定开放三个口岸，并将继续谈判。";
    assert_eq!(zone(text, Zone::Dateline), ["新华社拉巴特1月27日电"]);
}

#[test]
fn a_sentence_with_a_dash_has_no_dateline() {
    for text in [
        "Le Maroc – qui préside le comité cette année – a proposé un calendrier de travail en trois volets.",
        "Marokko – ein Land mit langer Küste – hat am Dienstag einen Plan für die Fischerei vorgelegt.",
        "Der Minister – er kam aus Rabat – hat am Dienstag einen Plan für die Fischerei vorgelegt.",
    ] {
        assert!(zone(text, Zone::Dateline).is_empty(), "{text}");
    }
}

#[test]
fn footers_and_boilerplate_are_no_body() {
    let text = format!(
        "Ministers agree on three crossings\n\n{BODY}\n\n{BODY}\n\nAbout the commission\nThe commission has four members: France, Spain, Italy and Malta, and meets twice a year in Brussels.\n\nMedia contact:\nJane Doe\njane@example.org, +44 20 5550 1200\n\n2\n"
    );
    assert!(zone(&text, Zone::Boilerplate)[0].starts_with("About the commission"));
    let footer = zone(&text, Zone::Footer).join("\n");
    assert!(
        footer.starts_with("Media contact") && footer.ends_with('2'),
        "{footer}"
    );
    let body = zone(&text, Zone::Body).join("\n");
    assert!(!body.contains("Jane") && !body.contains("Malta"), "{body}");
}

#[test]
fn zones_are_in_order_and_on_character_boundaries() {
    let text = Text::new(format!(
        "Été\n\n{BODY} « Très bien. »\n\nContact : é@é.fr\n"
    ));
    let blocks = layout(&text).blocks;
    for pair in blocks.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
    }
    assert!(blocks.iter().all(|b| !text.slice(b.span).is_empty()));
}

#[test]
fn highlights_letters_and_open_ends_are_understood() {
    let text = format!(
        "NOTE DE PRESSE\n\nQuatre ports ouverts dans le nord du pays\n\n• Deux ans de travaux\n• Vingt millions d’euros\n\nParis, 27 janvier 2026 – {BODY}"
    );
    assert_eq!(
        zone(&text, Zone::Headline),
        ["Quatre ports ouverts dans le nord du pays"]
    );
    assert_eq!(zone(&text, Zone::Dateline), ["Paris, 27 janvier 2026 –"]);
    assert!(zone(&text, Zone::Lead)[0].starts_with("The two ministers"));

    let text = format!(
        "Subject: Ports opened\nFrom: Jane Roe <jane@example.org>\n\nDear all,\n\nPlease find below our news.\n\nFour ports opened to ships of all flags\n\n{BODY}"
    );
    assert_eq!(
        zone(&text, Zone::Headline),
        ["Four ports opened to ships of all flags"]
    );
    let text = format!("Subject: Four ports opened\nFrom: Jane Roe <jane@example.org>\n\n{BODY}");
    assert_eq!(zone(&text, Zone::Headline), ["Four ports opened"]);

    let text = format!(
        "Quatre ports ouverts aux navires de tous les pavillons :\nle ministère tient sa promesse\n\n{BODY}"
    );
    assert_eq!(
        zone(&text, Zone::Headline),
        [
            "Quatre ports ouverts aux navires de tous les pavillons :\nle ministère tient sa promesse"
        ]
    );
    assert_eq!(
        zone(
            "（新华社北京1月27日电）交通部26日宣布，四个港口对所有国家的船只开放。部长说，这是美好的一天。",
            Zone::Dateline
        ),
        ["（新华社北京1月27日电）"]
    );
}

#[test]
fn bylines_agencies_and_months_are_told_from_headlines() {
    for (source, headline) in [
        (
            "By Maria Lopez and Tom de Vries\n\nPort strike enters second week\n\nDockers in the harbour stayed away from work again on Monday, their union said.",
            "Port strike enters second week",
        ),
        (
            "Hafenstreik geht in die zweite Woche\nVon Jens Petersen, Nairobi\n\nDie Hafenarbeiter sind am Montag erneut nicht zur Arbeit erschienen, teilte die Gewerkschaft mit.",
            "Hafenstreik geht in die zweite Woche",
        ),
        (
            "Von Berlin nach Paris in sieben Stunden\n\nDer neue Nachtzug verkehrt ab dem Sommer täglich, wie die Bahn am Montag in Berlin mitteilte.",
            "Von Berlin nach Paris in sieben Stunden",
        ),
        (
            "RETAIL SALES, MAY 2026\n\nRetail sales rose by 0.4 per cent in May, the bureau of statistics said on Tuesday.",
            "RETAIL SALES, MAY 2026",
        ),
        (
            "TUNIS (TAP) - 14 janvier 2026\n\nLa cour confirme les peines\n\nLa cour d’appel a confirmé mercredi les peines prononcées contre les trois prévenus.",
            "La cour confirme les peines",
        ),
    ] {
        let text = Text::new(source.to_owned());
        let found = layout(&text).first(Zone::Headline).map(|s| text.slice(s));
        assert_eq!(found, Some(headline), "{source}");
    }
}
