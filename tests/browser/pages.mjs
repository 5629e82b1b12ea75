// The managers' pages in Chromium: every page in both languages, wide and narrow, by keyboard, with a reader's rights.
// node pages.mjs URL QUARTER '{"viewer":SECRET,"analyst":SECRET,"operator":SECRET}' [FOLDER FOR PICTURES]
import { chromium } from "playwright-core";
import axe from "axe-core";
import { mkdir, readFile } from "node:fs/promises";

const [url, quarter, given, pictures] = process.argv.slice(2);
const secrets = JSON.parse(given);
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };
const everyone = ["/", "/indexes", "/loyalty", "/value", "/drivers", "/comments", "/complaints", "/lost", "/actions", "/playbooks", "/playbooks/loyalty/hostage", "/segments", "/people", "/methods"];
const pages = { viewer: everyone, analyst: [...everyone, "/customers", "/care"], operator: [...everyone, "/customers", "/care", "/jobs"] };
const languages = { en: "en", "zh-CN": "zh-CN" };

const browser = await chromium.launch({
  executablePath: process.env.RAPPORT_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
if (pictures) await mkdir(pictures, { recursive: true });

function hold(what, ...told) {
  if (!what) throw new Error(told.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(" "));
}

/** A browser of its own, whose requests and complaints are watched. */
async function open(size = sizes.wide) {
  const context = await browser.newContext({ viewport: size, acceptDownloads: true, locale: "en-US" });
  const page = await context.newPage();
  const wrong = [];
  context.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith(url) && !to.startsWith("data:")) wrong.push(`a request leaves the server: ${to}`);
  });
  page.on("console", (message) => {
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !expected) wrong.push(`the console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`a script failed: ${error}`));
  return { context, page, wrong };
}

async function signIn(page, role, next = "/") {
  await page.goto(`${url}${next}`);
  hold(new URL(page.url()).pathname === "/sign-in", "a stranger is not asked to sign in at", next, page.url());
  await page.fill("#token", secrets[role]);
  await page.keyboard.press("Enter");
  await page.waitForURL((there) => there.pathname !== "/sign-in");
}

/** Nothing that axe knows of stands in anybody's way, and nothing is wider than the screen. */
async function hasNoBarrier(page, what) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  const told = found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
  hold(told.length === 0, what, told.join("\n"));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  hold(wide <= 0, what, `is ${wide} pixels wider than the screen`);
}

const checks = {
  async "sign-in"() {
    const { context, page, wrong } = await open();
    await page.goto(`${url}/value?quarter=${quarter}&locale=en`);
    hold(new URL(page.url()).pathname === "/sign-in", page.url());
    await hasNoBarrier(page, "the form of signing in");
    await page.fill("#token", "rapport_of-nobody");
    await page.click("form.sign-in button");
    hold((await page.textContent("[role=alert]")).length > 10, "a wrong token is not told");
    await hasNoBarrier(page, "the form after a wrong token");
    await page.fill("#token", secrets.viewer);
    await page.click("form.sign-in button");
    const there = new URL(page.url());
    hold(there.pathname === "/value" && there.searchParams.get("quarter") === quarter, page.url());
    const [cookie, ...others] = await context.cookies();
    hold(others.length === 0 && cookie.httpOnly && cookie.sameSite === "Strict", cookie);
    hold(!cookie.value.includes(secrets.viewer), "the cookie is the secret");
    await page.click("form[action='/sign-out'] button");
    hold(new URL(page.url()).pathname === "/sign-in", page.url());
    await context.addCookies([cookie]);
    await page.goto(`${url}/`);
    hold(new URL(page.url()).pathname === "/sign-in", "the cookie still opens after signing out");
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "every page"() {
    for (const [width, size] of Object.entries(sizes)) {
      const { context, page, wrong } = await open(size);
      await signIn(page, "operator");
      const customer = await firstCustomer(page);
      const complaint = await firstCase(page);
      const action = await firstAction(page);
      for (const [locale, lang] of Object.entries(languages)) {
        for (const path of [...pages.operator, customer, complaint, action]) {
          const response = await page.goto(`${url}${path}?quarter=${quarter}&locale=${locale}`);
          const what = `${path} in ${locale}, ${width}`;
          hold(response.status() === 200, what, response.status());
          hold((await page.getAttribute("html", "lang")) === lang, what, "has another language");
          const headings = await page.locator("h1").count();
          hold(headings === 1, what, "has", headings, "titles");
          hold(!(await page.textContent("body")).includes("undefined"), what);
          const weight = (await response.body()).length;
          hold(weight <= 300_000, what, `weighs ${weight}`);
          for (const image of await page.locator("main img").all()) {
            hold((await image.getAttribute("alt")).length > 10, what, "a picture without words");
            await image.scrollIntoViewIfNeeded();
            hold(await image.evaluate(async (one) => (await one.decode(), one.naturalWidth > 0)), what, "no picture");
          }
          await hasNoBarrier(page, what);
          if (pictures) {
            const named = { [customer]: "customer", [complaint]: "case", [action]: "action" };
            const name = named[path] ?? (path.slice(1).replaceAll("/", "-") || "overview");
            await page.screenshot({ path: `${pictures}/${name}-${locale}-${width}.png`, fullPage: true });
          }
        }
      }
      hold(wrong.length === 0, wrong);
      await context.close();
    }
  },

  async "paper"() {
    const { context, page, wrong } = await open();
    await signIn(page, "operator");
    const customer = await firstCustomer(page);
    const complaint = await firstCase(page);
    const action = await firstAction(page);
    // what A4 leaves between its margins
    const sheet = { width: 688, height: 1008 };
    for (const path of [...pages.operator, customer, complaint, action]) {
      await page.setViewportSize(sheet);
      await page.emulateMedia({ media: "print" });
      await page.goto(`${url}${path}?quarter=${quarter}&locale=en`);
      const left = await page.locator("nav, form, button, select, .downloads, .files, summary").evaluateAll((all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80)),
      );
      hold(left.length === 0, path, "prints what cannot be pressed:", left);
      const cut = await page.locator("figure, .scroll, .figures, .types, .matrix, h1, h2:not(.hidden)").evaluateAll((all, width) =>
        all.filter((one) => {
          const box = one.getBoundingClientRect();
          return one.checkVisibility() && (box.left < -1 || box.right > width + 1 || one.scrollWidth > one.clientWidth + 1);
        }).map((one) => one.outerHTML.slice(0, 80)), sheet.width);
      hold(cut.length === 0, path, "is cut at the edge of the paper:", cut);
      const broken = await page.locator("figure").evaluateAll((all, height) =>
        all.filter((one) => getComputedStyle(one).breakInside !== "avoid" || one.offsetHeight > height).length, sheet.height);
      hold(broken === 0, path, "breaks", broken, "charts over two pages");
    }
    await page.emulateMedia({ media: null });
    const paper = await page.pdf({ preferCSSPageSize: true });
    hold(paper.subarray(0, 5).toString() === "%PDF-", "the page cannot be printed");
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "keyboard"() {
    const { context, page, wrong } = await open();
    await signIn(page, "analyst", `/loyalty?quarter=${quarter}&locale=en`);
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => [document.activeElement.className, document.activeElement.getAttribute("href")]);
    hold(first[0] === "skip" && first[1] === "#main", "the first stop is", first);
    await page.keyboard.press("Enter");
    hold(await page.evaluate(() => document.activeElement.id === "main"), "the content is not skipped to");
    let links = 0;
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one);
        return { tag: one.tagName, seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, href: one.getAttribute("href") };
      });
      if (at.tag === "BODY") break;
      hold(at.seen, "the focus cannot be seen at", at);
      links += Number(at.tag === "A");
    }
    hold(links >= 8, "only", links, "links were reached");
    await page.focus("main a[href*='type=LOYAL']");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\?/);
    await page.focus("select[name=type]");
    await page.keyboard.press("End");
    await page.keyboard.press("Tab");
    await page.focus("form.filter button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/type=UNCLASSIFIED/);
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "drill-down"() {
    const { context, page, wrong } = await open();
    await signIn(page, "analyst");
    let followed = 0;
    for (const place of ["", ...(await someSegments(page))]) {
      for (const path of ["/", "/loyalty", "/value", "/complaints", "/playbooks"]) {
        await page.goto(`${url}${path}?quarter=${quarter}&locale=en${place}`);
        const links = await page.locator("main a[href^='/customers?']").evaluateAll((all) =>
          all.map((one) => [one.getAttribute("href"), one.querySelector("data").getAttribute("value")]),
        );
        for (const [href, count] of links) {
          await page.goto(`${url}${href}`);
          const total = await page.getAttribute("data[data-total=customers]", "value");
          hold(total === count, `${path}${place} says ${count}, and ${href} lists ${total}`);
          followed += 1;
        }
      }
    }
    hold(followed >= 40, "only", followed, "bars led to customers");
    await page.goto(`${url}/customers?quarter=${quarter}&type=LOYAL&locale=en`);
    const total = Number(await page.getAttribute("data[data-total=customers]", "value"));
    const codes = new Set();
    for (;;) {
      for (const code of await page.locator("tbody th a").allTextContents()) codes.add(code);
      const next = page.locator("a[rel=next]");
      if ((await next.count()) === 0) break;
      await next.click();
    }
    hold(codes.size === total, `${codes.size} customers were listed of ${total}`);
    await page.click("tbody th a");
    await page.waitForURL(/\/customers\/[^?]+\?/);
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "roles"() {
    for (const role of ["viewer", "analyst"]) {
      const { context, page } = await open();
      await signIn(page, role);
      const open_ = new Set();
      for (const path of pages[role]) {
        await page.goto(`${url}${path}?quarter=${quarter}&locale=en`);
        for (const href of await page.locator("a[href^='/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")))) {
          if (!href.startsWith("/q/") && !href.startsWith("/charts/")) open_.add(href);
        }
      }
      if (role === "viewer") hold(![...open_].some((href) => href.startsWith("/customers")), "a viewer is led to customers");
      hold(![...open_].some((href) => href.startsWith("/jobs")), role, "is led to the jobs");
      for (const href of [...open_].filter((_, place) => place % 5 === 0)) {
        const response = await context.request.get(`${url}${href}`);
        hold(response.status() === 200, role, "is led to", href, "which answers", response.status());
      }
      const forbidden = role === "viewer" ? ["/customers", "/customers/nobody", "/care", "/jobs"] : ["/jobs"];
      for (const path of forbidden) {
        const response = await page.goto(`${url}${path}`);
        hold(response.status() === 403, role, "gets", path, response.status());
      }
      await context.close();
    }
  },

  async "downloads"() {
    const { context, page, wrong } = await open();
    await signIn(page, "analyst", `/loyalty?quarter=${quarter}&locale=en`);
    const kinds = { PNG: "\x89PNG", SVG: "<svg", CSV: "quarter,", Excel: "PK" };
    for (const [label, begin] of Object.entries(kinds)) {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("main a[download]", { hasText: label }).first().click(),
      ]);
      const name = file.suggestedFilename();
      hold(name.includes(quarter), label, "is named", name);
      const bytes = await readFile(await file.path());
      hold(bytes.length > 200 && bytes.subarray(0, 200).toString("latin1").includes(begin), label, "is something else");
    }
    await page.goto(`${url}/?quarter=${quarter}&locale=zh-CN`);
    for (const [ending, begin] of Object.entries({ pdf: "%PDF", xlsx: "PK", zip: "PK" })) {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(`main a[download][href^="/report/${quarter}.${ending}"]`).click(),
      ]);
      const name = file.suggestedFilename();
      hold(name.includes(`${quarter}-r1-report`) && name.endsWith(`zh.${ending}`), ending, "is named", name);
      const bytes = await readFile(await file.path());
      hold(bytes.length > 20000 && bytes.subarray(0, 8).toString("latin1").includes(begin), ending, "is something else");
    }
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "care"() {
    const { context, page, wrong } = await open();
    await signIn(page, "operator", `/care?quarter=${quarter}&locale=en`);
    const values = await page.locator("tbody td.number data").evaluateAll((all) => all.map((one) => Number(one.value)));
    hold(values.length >= 5 && values.every((one, at) => at === 0 || one <= values[at - 1]), "the most at risk is not first:", values);
    await page.selectOption("select[name=manager]", { index: 1 });
    await page.click("form[role=search] button");
    await page.waitForURL(/manager=[^&]+/);
    const line = page.locator("tbody tr").first();
    const code = await line.locator("th a").textContent();
    await line.locator("a[href*='#log-title']").click();
    hold((await page.inputValue("form[method=post] input[name=customer]")) === code, "the form is not filled in with", code);
    await page.selectOption("select[name=outcome]", "reached");
    await page.fill("textarea[name=note]", "will order again");
    await page.click("form[method=post][action^='/care'] button");
    await page.waitForURL(/\/customers\/[^?]+\?.*#contacts-title/);
    hold((await page.textContent("section[aria-labelledby=contacts-title] tbody")).includes("will order again"), "the contact is not shown");
    await page.goto(`${url}/care?quarter=${quarter}&locale=zh-CN`);
    await page.locator("tbody th a").first().click();
    await page.waitForURL(/\/customers\/[^?]+\?/);
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "jobs"() {
    const { context, page, wrong } = await open();
    await signIn(page, "operator", "/jobs?locale=en");
    await page.locator("tr", { hasText: "prune" }).first().locator("button").click();
    await page.waitForURL(/\/jobs\?locale=en/);
    hold((await page.locator("#runs tbody tr th", { hasText: "prune" }).count()) >= 1, "the run is not shown");
    hold(wrong.length === 0, wrong);
    await context.close();
  },

  async "bad input"() {
    const { context, page, wrong } = await open();
    await signIn(page, "analyst");
    const evil = [
      ["quarter", "1999-Q1", 404], ["quarter", "soon", 400], ["segment", "region:nowhere", 404], ["segment", "x".repeat(500), 400],
      ["locale", "fr", 400], ["segment", "region:<script>alert(1)</script>", 404], ["quarter", "\u202e2026-Q3", 400],
      ["metric", "NOPE", 400], ["quarter", "🙂", 400],
    ];
    for (const [name, value, status] of evil) {
      const path = name === "metric" ? "/indexes" : "/";
      const response = await page.goto(`${url}${path}?${name}=${encodeURIComponent(value)}`);
      hold(response.status() === status, name, value, "answers", response.status());
      hold((await page.locator("script").count()) === 0, "markup came through");
      hold((await page.textContent("h1")).length > 5, "nothing is said");
      await hasNoBarrier(page, `${name}=${value}`);
    }
    for (const path of ["/customers/%3Cb%3Enobody%3C%2Fb%3E", "/customers?type=NOPE", "/customers?order=NOPE", "/customers?after=NOPE", "/care?reason=NOPE", "/care?after=NOPE"]) {
      const status = (await page.goto(`${url}${path}`)).status();
      hold(status >= 400 && status < 500, path, "answers", status);
    }
    hold(wrong.length === 0, wrong);
    await context.close();
  },
};

async function firstCustomer(page) {
  await page.goto(`${url}/customers?quarter=${quarter}&order=WINDOW_REVENUE_DESC`);
  return new URL(await page.getAttribute("tbody th a", "href"), url).pathname;
}

/** The path of a case that is open, with forms for operators. */
async function firstCase(page) {
  await page.goto(`${url}/complaints?quarter=${quarter}&locale=en`);
  const href = await page.locator("main a[href^='/complaints/']").first().getAttribute("href");
  return href.split("?")[0];
}

/** The path of an action, with its effects. */
async function firstAction(page) {
  await page.goto(`${url}/actions?quarter=${quarter}&locale=en`);
  const href = await page.locator("main a[href^='/actions/']").first().getAttribute("href");
  return href.split("?")[0];
}

async function someSegments(page) {
  await page.goto(`${url}/?quarter=${quarter}`);
  const all = await page.locator("select[name=segment] option").evaluateAll((options) => options.map((one) => one.value));
  return all.filter((one) => one !== "all").slice(0, 2).map((one) => `&segment=${encodeURIComponent(one)}`);
}

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`failed ${name}: ${error.stack}`);
  }
}
await browser.close();
process.exit(failed);
