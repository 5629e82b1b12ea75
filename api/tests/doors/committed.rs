//! What is committed matches the code: the schema's SDL and the sample of the settings.

use std::path::Path;

use rapport::Settings;

/// Set `RAPPORT_REWRITE=1` to write the schema anew.
#[test]
fn the_schema_is_the_committed_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let schema = rapport::graphql::sdl();
    if std::env::var_os("RAPPORT_REWRITE").is_some() {
        std::fs::write(&file, &schema).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap();
    assert!(
        committed == schema,
        "api/schema.graphql differs from the code; run the tests with RAPPORT_REWRITE=1"
    );
}

#[test]
fn the_sample_of_the_settings_holds_the_defaults() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rapport.example.toml");
    let sample = Settings::layered(Some(&file), std::iter::empty()).unwrap();
    assert_eq!(sample, Settings::default());
}

#[test]
fn the_environment_beats_the_file_and_only_settings_count() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rapport.example.toml");
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let environment = [
        set("RAPPORT_DATABASE", "postgres://db/rapport"),
        set("RAPPORT_SERVE__ADDRESS", "127.0.0.1:9000"),
        set("RAPPORT_RULES__MINIMUM_BASE", "50"),
        set("RAPPORT_PORT", "tcp://10.0.0.1:8000"),
    ];
    let settings = Settings::layered(Some(&file), environment.into_iter()).unwrap();
    assert_eq!(settings.database, "postgres://db/rapport");
    assert_eq!(settings.serve.address.port(), 9000);
    assert_eq!(settings.rules.minimum_base, 50);
    let wrong = [set("RAPPORT_RULES__MINIMUM_BSE", "50")];
    assert!(
        Settings::layered(Some(&file), wrong.into_iter()).unwrap_err().to_string().contains("minimum_bse")
    );
}
