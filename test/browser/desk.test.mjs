// The coordinator's desk: pairings, people, facilities, lists, the audit.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, signIn } from "./browser.mjs";
import { data, Office, people } from "./office.mjs";

let office, browser, page;

before(async () => {
	office = await new Office().make().fill().serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "ruth", "desk");
});
after(async () => {
	await browser.close();
	await office.remove();
});

const go = async (hash, text) => {
	await page.goto(`/desk#${hash}`);
	await page.waitForSelector(`text=${text}`);
};

// Everything that the imported list keeps sealed.
function sealed() {
	const [head, ...rows] = readFileSync(join(data, "correspondents.csv"), "utf8")
		.trim().split("\n").map(line => line.split(","));
	return rows.flatMap(row => ["legal_name", "register_number", "street"]
		.map(name => row[head.indexOf(name)]).filter(value => value?.length > 4));
}

test("pairings show how they do, and one is paused and taken up again", async () => {
	await go("pairings", "110 pairings");
	await lookAt(page, "desk-pairings");
	await page.click("td.pairing a");
	await page.waitForSelector("#one h2");
	await page.click("#one >> text=Pause");
	await page.selectOption("dialog select[name=reason]", "lockdown");
	await page.click("dialog button.main");
	await page.waitForSelector("#one >> text=paused lockdown");
	await lookAt(page, "desk-pairing");
	await page.click("#one >> text=Resume");
	await page.click("dialog button.main");
	await page.waitForSelector("#one >> text=Pause");
	await noFaults(page);
});

test("who chose a passphrase waits for the key, and is given it", async () => {
	office.run("admin", "user", "add", "tom", "staff");
	await page.reload();
	await page.waitForSelector("#one");
	assert.equal(await page.$("text=has a passphrase and no key"), null);
	office.run("tom", "user", "passphrase");
	await page.reload();
	await page.click("[aria-label='Give the key: tom']");
	await page.click("dialog button.main");
	await page.fill("dialog input[name=secret]", people.ruth);
	await page.click("dialog button.main");
	await page.waitForSelector("text=tom has the key");
	assert.equal(await page.$("text=has a passphrase and no key"), null);
	assert.equal(office.run("ruth", "user", "list", "--json")
		.find(user => user.name === "tom").vault, true);
	await noFaults(page);
});

test("a pairing is opened, and a refusal keeps what was typed", async () => {
	await go("pairings", "110 pairings");
	await page.click("summary >> text=Open a pairing");
	await page.fill("details input[name=outside]", "C1");
	await page.fill("details input[name=inside]", "C2");
	await page.click("details[open] button.main");
	await page.waitForSelector("details .wrong[role=alert]");
	assert.equal(await page.inputValue("details input[name=outside]"), "C1");
	const waiting = office.run("ruth", "correspondent", "list", "--waiting", "--json");
	const of = kind => waiting.find(c => c.kind === kind && c.pairings === 0).correspondent;
	await page.fill("details input[name=outside]", of("outside"));
	await page.fill("details input[name=inside]", of("inside"));
	await page.click("details[open] button.main");
	await page.waitForSelector("#one >> text=P111");
	await noFaults(page);
});

test("somebody is added, corrected and moved, and no address is shown", async () => {
	await go("correspondents", "Find by legal name");
	await page.click("summary >> text=Add somebody outside");
	const form = page.locator("details[open] form");
	for (const [name, value] of Object.entries({ pen_name: "Tansy", legal_name: "Amara Quill",
		street: "17 Sorrel Lane", city: "Danbury", state: "CT", zip: "06810" }))
		await form.locator(`[name=${name}]`).fill(value);
	await form.locator("button.main").click();
	await page.waitForSelector("#one h2 >> text=Tansy");
	await page.click("#one >> text=Correct");
	await page.fill("dialog input[name=interests]", "geese");
	await page.click("dialog button.main");
	await page.waitForSelector("#notice.good");
	await page.click("#one >> text=Moved");
	await page.fill("dialog input[name=street]", "18 Sorrel Lane");
	await page.fill("dialog input[name=city]", "Danbury");
	await page.fill("dialog input[name=state]", "CT");
	await page.fill("dialog input[name=zip]", "06810");
	await page.click("dialog button.main");
	await page.waitForSelector("#notice.good");
	const html = await page.content();
	assert.doesNotMatch(html, /Quill|Sorrel/);
	await lookAt(page, "desk-person");
});

test("what is sealed is shown for a reason and the passphrase, and noted", async () => {
	await page.goto("/desk#correspondents/C1");
	await page.waitForSelector("#one h2 >> text=Sparrow C.");
	await page.click("#one >> text=Show what is sealed");
	await page.selectOption("dialog select[name=reason]", "returned-mail");
	await page.click("dialog button.main");
	await page.fill("dialog input[name=secret]", people.ruth);
	await page.click("dialog button.main");
	await page.waitForSelector(".revealed dd");
	const shown = await page.innerText(".revealed");
	assert.ok(sealed().some(value => shown.includes(value)));
	await page.click("dialog button.main");
	await page.waitForSelector(".revealed", { state: "detached" });
	const html = await page.content();
	assert.ok(!sealed().some(value => html.includes(value)));
	const events = office.run("ruth", "audit", "show", "--last", "5", "--json");
	assert.ok(events.some(e => e.operation === "correspondent reveal"));
	await noFaults(page);
});

test("whoever was shown before goes at once, before the next is there", async () => {
	await page.goto("/desk#correspondents/C1");
	await page.waitForSelector("#one h2 >> text=Sparrow C.");
	let answer;
	const held = new Promise(go_ => answer = go_);
	await page.route("**/api/site/list*", async route => {
		await held;
		await route.continue();
	});
	await page.evaluate(() => location.hash = "#correspondents/C2");
	await page.waitForSelector("#one h2", { state: "detached" });
	await page.evaluate(() => location.hash = "#pairings");
	answer();
	await page.waitForSelector("text=pairings");
	await page.waitForSelector("#section table");
	assert.equal(await page.$("#one h2"), null);
	await page.unroute("**/api/site/list*");
	await noFaults(page);
});

test("somebody is found by the exact name only", async () => {
	await go("correspondents", "Find by legal name");
	await page.click("summary >> text=Find by legal name");
	await page.fill("details[open] input[name=name]", "amara quill");
	await page.click("details[open] button.main");
	await page.waitForSelector("td.pen_name >> text=Tansy");
	await page.fill("details[open] input[name=name]", "amara");
	await page.click("details[open] button.main");
	await page.waitForSelector("text=Nobody like that.");
	await noFaults(page);
});

test("a facility's rule is changed with its source", async () => {
	await go("facilities", "Name or code");
	await page.fill("#section input[name=name]", "Alderson");
	await page.click("#section button");
	await page.waitForSelector("text=1 facilities");
	await page.click("td.code a");
	await page.waitForSelector("#one h2");
	await page.click("#one >> text=Change most sheets");
	await page.fill("dialog input[name=value]", "6");
	await page.fill("dialog input[name=source]", "letter of 2026-11-02");
	await page.click("dialog button.main");
	await page.waitForSelector("tr:has-text('the most sheets') >> text=letter of 2026-11-02");
	await lookAt(page, "desk-facility");
});

test("a list is looked at first, and imported only then", async () => {
	await go("imports", "Show what would change");
	const before_ = office.run("ruth", "office", "show", "--json").events;
	const file = join(office.dir, "more.csv");
	const head = readFileSync(join(data, "correspondents.csv"), "utf8").split("\n")[0];
	const row = values => head.split(",").map(name => values[name] ?? "").join(",");
	writeFileSync(file, `${head}\n${row({ ref: "O-90001", kind: "outside", pen_name: "Juniper",
		legal_name: "Odalys Brandt", street: "4 Fern Ct", city: "Danbury", state: "CT",
		zip: "06810", country: "US", language: "en", slots: "2" })}\n`);
	await page.setInputFiles("input[type=file]", file);
	await page.click("#section button.main");
	await page.waitForSelector("#one >> text=New: 1");
	assert.equal(office.run("ruth", "office", "show", "--json").events, before_);
	await lookAt(page, "desk-import");
	await page.click("#one button.main");
	await page.waitForSelector("#notice.good");
	assert.ok(office.run("ruth", "correspondent", "list", "--json")
		.some(c => c.pen_name === "Juniper"));
	writeFileSync(file, `${head}\n${row({ ref: "O-90002", kind: "sideways" })}\n`);
	await page.setInputFiles("input[type=file]", file);
	await page.click("#section button.main");
	await page.waitForSelector("#one >> text=Mend the faults");
	assert.equal(await page.$("#one button.main"), null);
	await noFaults(page);
});

test("the audit is verified, with words from paper too", async () => {
	await go("audit", "Verify the audit");
	const signed = office.run("ruth", "audit", "checkpoint", "--json");
	await page.fill("input[name=witness]", signed.words);
	await page.fill("input[name=event]", String(signed.event));
	await page.click("#section form.card button.main");
	await page.waitForSelector("#proof.good");
	await lookAt(page, "desk-audit");
	await page.fill("input[name=witness]", "222-222-222 222-222-222 222-222-222");
	await page.click("#section form.card button.main");
	await page.waitForSelector("#proof.bad, .wrong");
	await noFaults(page);
});
