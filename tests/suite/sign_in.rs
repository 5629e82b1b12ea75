//! Signing in with a browser: one cookie for every replica, that ends when it should, and that no other site can use.

use rapport_entities::connect;
use rapport_tests::{Server, World, on_both, shop};
use sea_orm::ConnectionTrait;

/// What a browser says of a form of our own page.
const OWN: &str = "Origin: http://localhost";
/// What a browser says of a form of another's.
const FOREIGN: &str = "Sec-Fetch-Site: cross-site";

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A token's secret, and its cookie after signing in.
fn signed_in(world: &World, server: &Server, name: &str) -> String {
    let secret = world.ok(&["token", "create", name, "--role", "viewer"]).out.trim().to_owned();
    let (head, _) = server.post_form("/sign-in", &format!("token={secret}&next=%2Fvalue"), &[OWN]);
    assert_eq!((status(&head), header(&head, "location")), (303, Some("/value")), "{head}");
    let cookie = header(&head, "set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains(&secret) && !cookie.contains("Secure"), "{cookie}");
    format!("Cookie: other=1; {}", cookie.split(';').next().unwrap())
}

/// As a browser asks for a page.
fn page(server: &Server, path: &str, cookie: &str) -> u16 {
    let (head, _) = server.get_with(path, &format!("Accept: text/html\r\n{cookie}"));
    match status(&head) {
        303 => {
            assert!(header(&head, "location").unwrap().starts_with("/sign-in?next=%2F"), "{head}");
            303
        }
        status => status,
    }
}

fn sql(world: &World, text: &str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        database.execute_unprepared(text).await.unwrap();
        database.close().await.unwrap();
    });
}

on_both!(
    /// In every replica, until it is ended: by signing out, with the token, or with time.
    a_cookie_opens_every_replica_until_it_ends,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let one = Server::start(world, &["--without-schedule"]);
        let other = Server::start(world, &["--without-schedule"]);
        let (first, second, third) =
            (signed_in(world, &one, "first"), signed_in(world, &one, "second"), signed_in(world, &other, "third"));
        for cookie in [&first, &second, &third] {
            assert_eq!([page(&one, "/", cookie), page(&other, "/", cookie)], [200, 200]);
        }
        // the role is the token's
        assert_eq!(page(&one, "/customers", &first), 403);
        let (head, _) = one.post_form("/sign-out", "", &[OWN, &first]);
        assert_eq!((status(&head), header(&head, "location")), (303, Some("/sign-in")));
        assert!(header(&head, "set-cookie").unwrap().contains("Max-Age=0"), "{head}");
        world.ok(&["token", "revoke", "second"]);
        sql(world, "UPDATE session SET expires_at = 1 WHERE hash IN (SELECT hash FROM session)");
        for cookie in [&first, &second, &third] {
            assert_eq!([page(&one, "/", cookie), page(&other, "/", cookie)], [303, 303]);
            // who wants no page is told what is missing
            let (head, _) = one.get_with("/graphql?query=%7B__typename%7D", cookie);
            assert_eq!(status(&head), 401, "{head}");
        }
    }
);

on_both!(
    /// What is refused says so in the audit trail; what comes from elsewhere changes nothing.
    strangers_and_other_sites_are_kept_out,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let server = Server::start(world, &["--without-schedule"]);
        let cookie = signed_in(world, &server, "board");
        let (head, body) = server.post_form("/sign-in", "token=rapport_nobody&locale=zh-CN", &[OWN]);
        let body = String::from_utf8(body).unwrap();
        assert!(status(&head) == 401 && header(&head, "set-cookie").is_none(), "{head}");
        assert!(body.contains("该令牌无效") && !body.contains("rapport_nobody"), "{body}");
        for (path, form) in [("/sign-in", "token=x"), ("/sign-out", ""), ("/jobs", "job=prune")] {
            let (head, _) = server.post_form(path, form, &[FOREIGN, &cookie]);
            assert_eq!(status(&head), 403, "{path}: {head}");
        }
        assert_eq!(page(&server, "/", &cookie), 200, "another site signed us out");
        // nobody is sent elsewhere
        for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%0D%0AX%3A1"] {
            let secret = world.ok(&["token", "create", next, "--role", "viewer"]).out.trim().to_owned();
            let (head, _) = server.post_form("/sign-in", &format!("token={secret}&next={next}"), &[OWN]);
            assert_eq!(header(&head, "location"), Some("/"), "{next}");
        }
        // a link of elsewhere is asked for again from within, so that the cookie comes along
        let (head, body) = server.get_with("/value?quarter=2026-Q1", &format!("Accept: text/html\r\n{FOREIGN}"));
        let body = String::from_utf8(body).unwrap();
        assert!(status(&head) == 200 && body.contains("0;url=/value?quarter=2026-Q1"), "{head} {body}");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let told = world.ok(&["audit"]).out;
        assert!(told.contains("POST /sign-in") && told.contains("sign in"), "{told}");
    }
);
