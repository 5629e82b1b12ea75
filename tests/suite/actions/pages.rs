//! Actions by the forms of the pages.

use rapport_tests::{Server, on_both};

use super::closed;

on_both!(
    /// An action is opened from an index, taken up and noted of by the forms of the pages, from these pages alone.
    by_the_forms_of_actions,
    |world| {
        closed(world);
        let server = Server::start(world, &["--without-schedule"]);
        let own: &[&str] = &["Sec-Fetch-Site: same-origin"];
        let page = |path: &str| String::from_utf8(server.get(path).1).unwrap();
        let index = page("/indexes?locale=en&metric=CSAT&segment=region:east");
        let link = index.split('"').find(|part| part.starts_with("/actions?") && part.contains("origin=")).unwrap().replace("&amp;", "&").replace("&#38;", "&");
        let form = page(&link);
        for filled in ["<option value=\"csat\" selected>", "<option value=\"index\" selected>", "<option value=\"region:east\" selected>", "value=\"2026-Q2\""] {
            assert!(form.contains(filled), "{filled} is not in {form}");
        }
        let sent = "title=Call+back&owner=Chen&due=2026-06-30&place=region%3Aeast&metric=csat&effect_from=2026-Q2&expected=2.5&origin=index&reference=CSAT&origin_quarter=2026-Q1&note=soon";
        let (head, _) = server.post_form("/actions?locale=en", sent, &["Sec-Fetch-Site: cross-site"]);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        let (head, body) = server.post_form("/actions?locale=en", &sent.replace("owner=Chen", "owner=+"), own);
        assert!(head.starts_with("HTTP/1.1 400") && String::from_utf8_lossy(&body).contains("it has no owner"), "{head}");
        assert!(page("/actions?locale=en").contains("No actions yet"));
        let (head, body) = server.post_form("/actions?locale=en", sent, own);
        assert!(head.starts_with("HTTP/1.1 303"), "{head} {}", String::from_utf8_lossy(&body));
        let place = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().trim().to_owned();
        assert!(page(&place).contains("value=\"IN_WORK\"") && page(&place).contains("Chen"), "{}", page(&place));
        let act = |form: &str| server.post_form(&place, form, own);
        assert!(act("from=PLANNED&to=IN_WORK&note=").0.starts_with("HTTP/1.1 303"));
        let (head, body) = act("from=PLANNED&to=IN_WORK&note=");
        assert!(head.starts_with("HTTP/1.1 409") && String::from_utf8_lossy(&body).contains("is in_work now"), "{head}");
        assert!(act("from=IN_WORK&to=&note=half+way").0.starts_with("HTTP/1.1 303"));
        assert!(act("from=IN_WORK&to=&note=").0.starts_with("HTTP/1.1 400"));
        assert!(page(&place).contains("half way") && page(&place).contains("value=\"DONE\""));
        assert!(page("/actions?locale=zh-CN").contains("已逾期"));
        assert!(page("/?locale=en").contains("Call back"), "the overview tells what is overdue");
        assert!(server.get("/actions/nothing?locale=en").0.starts_with("HTTP/1.1 404"));
    }
);
