//! One target of `src/lib.rs`, which says what must hold.
#![no_main]
#![allow(unsafe_code, reason = "the macro exports a function by its bare name")]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| depeche_fuzz::from_mail(bytes));
