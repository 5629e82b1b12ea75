//! The server as it is started and stopped: pages, probes, pictures, and a clean end.

use std::process::Command;

use rapport_tests::{Server, on_both, shop};

on_both!(
    /// What a manager and a probe ask for is there; told to stop, the server ends well.
    served_and_stopped,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close"]);
        let mut server = Server::start(world, &[]);
        for probe in ["/healthz", "/readyz"] {
            assert!(server.get(probe).0.starts_with("HTTP/1.1 200"), "{probe}");
        }
        for (locale, words) in [("en", "Satisfaction"), ("zh", "满意度")] {
            let (head, body) = server.get(&format!("/?locale={locale}"));
            assert!(head.starts_with("HTTP/1.1 200") && head.to_lowercase().contains("content-security-policy"));
            let page = String::from_utf8(body).unwrap();
            assert!(page.contains("2026-Q1") && page.contains(words), "{page}");
            assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "nothing comes from elsewhere");
        }
        let (head, png) = server.get("/charts/2026-Q1/loyalty-matrix.png");
        assert!(head.contains("image/png") && png.starts_with(b"\x89PNG"), "{head}");
        let (head, svg) = server.get("/charts/2026-Q1/nps.svg?locale=zh&segment=region:east");
        assert!(head.contains("image/svg+xml") && String::from_utf8(svg).unwrap().contains("华东"), "{head}");
        for (path, status) in [("/charts/2026-Q1/pie.png", "404"), ("/charts/2031-Q1/nps.png", "404"), ("/charts/x/nps.png", "400")] {
            assert!(server.get(path).0.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {}", server.get(path).0);
        }
        let stop = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
        assert!(stop.success());
        assert_eq!(server.process.wait().unwrap().code(), Some(0));
    }
);
