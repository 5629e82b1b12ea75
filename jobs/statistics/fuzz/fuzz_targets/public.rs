//! The fuzzer's door: libFuzzer's bytes to one case.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    rapport_statistics_fuzz::timed(data);
});
