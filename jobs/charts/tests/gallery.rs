//! Every picture of the gallery, in both languages: the right size, not blank, its words inside the frame, apart from
//! one another, and drawn with glyphs that exist.

mod samples;

use rapport_charts::{Error, HEIGHT, Kind, Theme, WIDTH, missing_glyphs, png, undrawable};
use rapport_messages::Locale;
use resvg::usvg::{self, fontdb};
use sha2::Digest;
use std::sync::{Arc, OnceLock};

/// A text of a picture, with the room its strokes take.
struct Words {
    text: String,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

fn pictures() -> &'static [(String, String)] {
    static PICTURES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PICTURES.get_or_init(|| {
        let both = |sample: &samples::Sample| {
            Locale::ALL.map(|locale| {
                let drawing = sample.chart.svg(locale, Theme::Light).expect("a drawing");
                (format!("{}-{locale}", sample.name), drawing)
            })
        };
        samples::all().iter().flat_map(both).collect()
    })
}

fn tree(svg: &str) -> usvg::Tree {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(include_bytes!("../fonts/NotoSansSC-Regular.otf").to_vec());
        fonts.load_font_data(include_bytes!("../fonts/NotoSansSC-Bold.otf").to_vec());
        Arc::new(fonts)
    });
    let options = usvg::Options { fontdb: Arc::clone(fonts), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).expect("valid SVG")
}

fn words(group: &usvg::Group, found: &mut Vec<Words>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => words(group, found),
            usvg::Node::Text(text) => {
                let room = text.flattened().abs_bounding_box();
                let text = text.chunks().iter().map(|chunk| chunk.text()).collect();
                let (left, top, right, bottom) = (room.left(), room.top(), room.right(), room.bottom());
                found.push(Words { text, left, top, right, bottom });
            }
            _ => {}
        }
    }
}

fn words_of(svg: &str) -> Vec<Words> {
    let mut found = Vec::new();
    words(tree(svg).root(), &mut found);
    found
}

fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    (info.width, info.height, pixels)
}

#[test]
fn pictures_have_their_size_and_are_not_blank() {
    for (i, (name, svg)) in pictures().iter().enumerate() {
        // every other one in the greys of print, which are the same drawing
        let theme = Theme::ALL[i / 2 % 2];
        let (width, height, pixels) = decode(&png(&theme.apply(svg), 0.5).expect("pixels"));
        assert_eq!((width, height), (WIDTH / 2, HEIGHT / 2), "{name}");
        let inked = pixels.chunks_exact(3).filter(|pixel| *pixel != [255; 3]).count();
        assert!(inked > 4_000, "{name} is nearly blank: {inked} pixels");
        let is_grey = |pixel: &[u8]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
        assert_eq!(pixels.chunks_exact(3).all(is_grey), theme == Theme::Print, "the colours of {name}");
    }
}

#[test]
fn a_light_drawing_recoloured_is_the_drawing_in_that_theme() {
    for (sample, (name, svg)) in samples::all().iter().zip(pictures().iter().step_by(2)) {
        let printed = sample.chart.svg(Locale::En, Theme::Print).expect("a drawing");
        assert_eq!(Theme::Print.apply(svg), printed, "{name}");
    }
}

/// The drawings as they were looked at: `RAPPORT_REWRITE=1` writes them down again, once they were looked at anew.
#[test]
fn drawings_are_those_that_were_looked_at() {
    let digest = |svg: &str| {
        let bytes = sha2::Sha256::digest(svg);
        bytes[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let lines = pictures().iter().map(|(name, svg)| format!("{} {name}\n", digest(svg)));
    let (path, lines) =
        (concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery.sha256"), lines.collect::<String>());
    if std::env::var_os("RAPPORT_REWRITE").is_some() {
        std::fs::write(path, &lines).expect("a place to write");
    }
    let known = std::fs::read_to_string(path).expect("the digests");
    let changed: Vec<&str> =
        lines.lines().filter(|line| !known.lines().any(|known| known == *line)).collect();
    assert!(
        changed.is_empty() && known.lines().count() == lines.lines().count(),
        "not looked at: {changed:#?}"
    );
}

#[test]
fn every_kind_has_its_cases() {
    for kind in Kind::ALL {
        let cases = samples::all().iter().filter(|sample| sample.chart.kind() == kind).count();
        assert!(cases >= 3 + samples::NAMES.len(), "{kind} has {cases} cases");
    }
}

#[test]
fn twice_the_scale_is_twice_the_pixels() {
    let (_, svg) = &pictures()[0];
    let (width, height, _) = decode(&png(svg, 2.0).expect("pixels"));
    assert_eq!((width, height), (2 * WIDTH, 2 * HEIGHT));
    for scale in [0.0, -1.0, f32::NAN, 1e9] {
        assert!(matches!(png(svg, scale), Err(Error::ScaleOutOfRange(_))));
    }
    assert!(matches!(png("no picture", 1.0), Err(Error::NotAnSvg(_))));
}

#[test]
fn words_stay_inside_the_frame() {
    for (name, svg) in pictures() {
        let found = words_of(svg);
        assert!(found.len() >= 5, "{name} says too little");
        for Words { text, left, top, right, bottom } in found {
            let inside =
                left >= 60.0 && top >= 40.0 && right <= WIDTH as f32 - 60.0 && bottom <= HEIGHT as f32 - 8.0;
            assert!(inside, "{name}: \"{text}\" leaves the frame: {left} {top} {right} {bottom}");
        }
    }
}

#[test]
fn words_keep_apart() {
    let mut overlaps = Vec::new();
    for (name, svg) in pictures() {
        let found = words_of(svg);
        for (i, one) in found.iter().enumerate() {
            for other in &found[i + 1..] {
                let apart = one.right + 2.0 <= other.left
                    || other.right + 2.0 <= one.left
                    || one.bottom <= other.top
                    || other.bottom <= one.top;
                if !apart {
                    overlaps.push(format!("{name}: \"{}\" and \"{}\"", one.text, other.text));
                }
            }
        }
    }
    assert!(overlaps.is_empty(), "words overlap: {overlaps:#?}");
}

#[test]
fn every_sign_has_a_glyph() {
    for (name, svg) in pictures().iter().filter(|(name, _)| !name.contains("emoji") && !name.contains("rtl"))
    {
        for Words { text, .. } in words_of(svg) {
            assert_eq!(missing_glyphs(&text), Vec::<char>::new(), "{name}: \"{text}\"");
        }
    }
    assert_eq!(missing_glyphs(samples::EMOJI).first(), Some(&'⭐'));
    assert_eq!(missing_glyphs(samples::LONG_CHINESE), Vec::<char>::new());
}

#[test]
fn a_sign_that_no_font_has_is_told_and_stands_as_geta() {
    let drawing = |text: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\">\
             <text x=\"9\" y=\"90\" font-size=\"80\" font-family=\"Noto Sans SC, Noto Sans CJK SC\">{text}</text></svg>"
        )
    };
    let nowhere = '\u{0378}';
    assert_eq!(undrawable(&format!("a{nowhere}客🙂")), [nowhere]);
    let pixels = |text: &str| png(&drawing(text), 0.5).expect("pixels");
    assert_eq!(pixels(&format!("a{nowhere}")), pixels("a〓"));
    assert_ne!(pixels("a〓"), pixels("a"));
}

#[test]
fn chinese_is_drawn_and_not_boxed() {
    let svg = |name: &str| &pictures().iter().find(|(found, _)| found == name).expect("a picture").1;
    let ink = |text: &str| {
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\">\
             <text x=\"9\" y=\"90\" font-size=\"80\" font-family=\"Noto Sans SC, Noto Sans CJK SC\">{text}</text></svg>"
        );
        decode(&png(&drawing, 0.5).expect("pixels")).2
    };
    assert_ne!(ink("忠"), ink("诚"));
    assert!(svg("loyalty-matrix-usual-zh").contains("忠诚型"));
}

#[test]
fn names_are_escaped_and_kept_whole_in_the_words() {
    for (name, svg) in pictures().iter().filter(|(name, _)| name.contains("markup")) {
        let document = usvg::roxmltree::Document::parse(svg).expect("well-formed XML");
        let words =
            document.descendants().find(|node| node.has_tag_name("desc")).and_then(|node| node.text());
        assert!(words.is_some_and(|words| words.contains(samples::MARKUP)), "{name}");
        assert!(document.descendants().all(|node| !node.has_tag_name("b")), "{name}");
    }
}

#[test]
fn a_suppressed_value_is_nowhere_in_the_picture() {
    let (_, svg) =
        pictures().iter().find(|(name, _)| name == "index-trend-suppressed-en").expect("a picture");
    for words in ["76.5", "78.7", "74.5"] {
        assert!(!svg.contains(words), "{words} was suppressed");
    }
    assert!(svg.contains("base too small"));
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    for (sample, (name, svg)) in samples::all().iter().zip(pictures().iter().step_by(2)) {
        assert_eq!(&sample.chart.svg(Locale::En, Theme::Light).expect("a drawing"), svg, "{name}");
    }
}

#[test]
fn names_are_read_back() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse::<Kind>().expect("a kind"), kind);
    }
    for (tag, locale) in
        [("en", Locale::En), ("en-US", Locale::En), ("zh_CN", Locale::Zh), ("ZH-Hans", Locale::Zh)]
    {
        assert_eq!(tag.parse::<Locale>().expect("a locale"), locale);
    }
    let error = "pie".parse::<Kind>().expect_err("no pies");
    assert!(error.to_string().contains("nps"), "{error}");
    assert!("fr".parse::<Locale>().is_err());
}
