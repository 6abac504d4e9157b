// Who works here: from being added to the first sign-in, and out again.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, scan, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";

let office, browser, page;

before(async () => {
	office = await new Office().make().serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "admin", "admin");
	await page.waitForSelector("html[data-ready]");
});
after(async () => {
	await browser.close();
	await office.remove();
});

const confirm = async secret => {
	await page.fill("dialog input[name=secret]", secret);
	await page.click("dialog button.main");
};
const admins = "silver button eight meadow still";

test("somebody is added, gets a code, and chooses a passphrase with it", async () => {
	await page.click("summary >> text=Add somebody");
	await page.fill("details[open] input[name=name]", "nora");
	await page.selectOption("details[open] select[name=role]", "staff");
	await page.click("details[open] button.main");
	await confirm(admins);
	const code = await page.innerText("dialog .code");
	await page.click("dialog button.main");
	await page.waitForSelector("tr:has-text('nora') >> text=has no passphrase");
	await lookAt(page, "admin-people");

	const nora = await openPage(browser, office);
	await nora.goto("/sign-in");
	await nora.click("summary >> text=The first time");
	await nora.fill("#code-user", "nora");
	await nora.fill("#code", code);
	await nora.click("#code-form button.main");
	await nora.fill("dialog input[name=secret]", "quiet river under nine bridges");
	await nora.fill("dialog input[name=twice]", "quiet river under nine bridge");
	await nora.click("dialog button.main");
	await nora.waitForSelector("text=The two were not the same");
	await nora.fill("dialog input[name=secret]", "quiet river under nine bridges");
	await nora.fill("dialog input[name=twice]", "quiet river under nine bridges");
	await nora.click("dialog button.main");
	await nora.waitForSelector("text=Your passphrase is set");
	await nora.fill("#passphrase", "quiet river under nine bridges");
	await nora.click("#passphrase-form button.main");
	await nora.waitForURL("**/station");
	// The code is used up.
	const again = await openPage(browser, office);
	await again.goto("/sign-in");
	await again.click("summary >> text=The first time");
	await again.fill("#code-user", "nora");
	await again.fill("#code", code);
	await again.click("#code-form button.main");
	await again.waitForSelector("#code-form .wrong[role=alert]");
	await nora.context().close();
	await again.context().close();
});

test("a volunteer gets a badge and a PIN and signs in with them", async () => {
	await page.reload();
	await page.waitForSelector("html[data-ready]");
	await page.click("[aria-label='PIN: vera']");
	await confirm(admins);
	// One that is tried first is refused where it was typed.
	await page.fill("dialog input[name=twice]", "123456");
	await confirm("123456");
	await page.waitForSelector("dialog .wrong >> text=tried first");
	await page.fill("dialog input[name=twice]", "738205");
	await confirm("738205");
	await page.waitForSelector("#notice.good");
	await page.click("[aria-label='Badge: vera']");
	const saving = page.waitForEvent("download");
	await page.click("dialog a[download]");
	const badge = scanPdf(await (await saving).path());
	await page.click("dialog button.main");

	const vera = await openPage(browser, office);
	await vera.goto("/sign-in");
	// Scanned while the hand was elsewhere, twice, or past the field.
	await vera.click("h1");
	await scan(vera, badge);
	assert.equal(await vera.inputValue("#badge"), badge);
	await vera.focus("#badge");
	await scan(vera, badge);
	assert.equal(await vera.inputValue("#badge"), badge);
	await vera.focus("#pin");
	await scan(vera, badge);
	assert.deepEqual([await vera.inputValue("#badge"), await vera.inputValue("#pin")],
		[badge, ""]);
	await vera.keyboard.type("738205");
	await vera.keyboard.press("Enter");
	await vera.waitForURL("**/station");
	await sees(vera, "#head", /vera, station A/);
	await noFaults(vera);
	await vera.context().close();
});

// What a scanner reads on it.
function scanPdf(path) {
	execFileSync("pdftoppm", ["-r", "200", "-gray", "-png", "-singlefile", path, "badge"],
		{ cwd: office.dir });
	return execFileSync("zbarimg", ["-q", "--raw", "badge.png"],
		{ cwd: office.dir, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n")
		.find(line => line.startsWith("U"));
}

test("who is shut out is out at once", async () => {
	const sam = await openPage(browser, office);
	await signIn(sam, "sam", "today", "C");
	await page.reload();
	await page.click("[aria-label='Sign out sam at station C']");
	await page.waitForSelector("[aria-label='Sign out sam at station C']", { state: "detached" });
	await sam.reload();
	await sam.waitForURL("**/sign-in?to=/today");
	await signIn(sam, "sam", "today", "C");
	await page.click("[aria-label='Shut out: sam']");
	await page.click("dialog button.main");
	await page.waitForSelector("tr:has-text('sam') >> text=shut out");
	await sam.reload();
	await sam.waitForURL("**/sign-in?to=/today");
	await sam.context().close();
	await noFaults(page);
});

test("a setting is changed, the office is checked and backed up", async () => {
	await page.click("text=Change screening");
	await page.selectOption("dialog select[name=value]", "read");
	await page.click("dialog button.main");
	await page.waitForSelector("#notice.good");
	assert.equal(office.run("ruth", "setting", "show", "screening", "--json").value, "read");
	await page.click("text=Check the database");
	await page.waitForSelector("td.check");
	await page.click("text=Make a backup now");
	await page.click("dialog button.main");
	await page.waitForSelector("#notice.good");
	await lookAt(page, "admin");
	await noFaults(page);
});

test("no page of the admin's shows a person", async () => {
	await page.goto("/desk");
	await page.waitForSelector("#head nav a", { state: "attached" });
	assert.equal(await page.$("#head nav a[href='/desk']"), null);
	assert.doesNotMatch(await page.innerText("main"), /C\d/);
});
