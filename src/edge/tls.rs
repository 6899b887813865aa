//! Who does TLS for whatever asks a server: rustls with ring, and the roots of the platform.

use std::sync::Once;

/// Makes the choice, once.
pub(super) fn choose() {
    static TLS: Once = Once::new();
    TLS.call_once(|| {
        // Another one is there only where this has been called before.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
