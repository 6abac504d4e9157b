// Two mailrooms on one database, through their pages: the second is made at
// the desk of the first, and a letter comes in at one and leaves from the
// other.  Before that nothing is said of sites.

import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, scan, sees, signIn }
	from "./browser.mjs";
import { Office, people } from "./office.mjs";
import { leaks, Post } from "./post.mjs";

let east, west, browser, post;
const letters = [], stubs = [], envelopes = [];

before(async () => {
	east = new Office().make().fill();
	post = new Post(east);
	await east.serve();
	browser = await openBrowser();
});
after(async () => {
	await browser.close();
	await west?.stop();
	await east.remove();
});

const big = (page, words) => page.waitForFunction(text =>
	document.getElementById("big").textContent === text, words);

async function keyCard(page) {
	await page.click("#keys");
	const text = await page.innerText("dialog.keys");
	await page.keyboard.press("Escape");
	await page.waitForSelector("dialog", { state: "detached" });
	return text;
}

test("an office of one site hears nothing of sites", async () => {
	const page = await openPage(browser, east);
	await signIn(page, "ruth", "station");
	await page.waitForSelector("#big:not(:empty)");
	assert.doesNotMatch(await keyCard(page), /site|\bT\b/i);
	await scan(page, "T");
	await sees(page, "#plain", /T is no key here/);
	for (const name of ["trays", "history", "today", "outgoing", "desk"]) {
		await page.goto(`/${name}`);
		await page.waitForLoadState("networkidle");
		assert.doesNotMatch(await page.innerText("body"), /\bsites?\b/i, name);
	}
	await noFaults(page);
	await page.context().close();
	const admin = await openPage(browser, east);
	await signIn(admin, "admin", "admin");
	await admin.waitForSelector("html[data-ready]");
	assert.equal(await admin.innerText("#sites"), "");
	await admin.context().close();
});

test("a second site is made at the desk, which says what to do then", async () => {
	const page = await openPage(browser, east);
	await signIn(page, "ruth", "desk");
	await page.goto("/desk#audit");
	await page.click("#one-more summary");
	await page.click("#one-more a");
	await page.click("#add-site summary");
	const given = { name: "Bridge Letters West", street: "PO BOX 77", city: "Boise",
		state: "ID", zip: "83701", zone: "America/Nowhere" };
	for (const [name, value] of Object.entries(given))
		await page.fill(`#add-site input[name=${name}]`, value);
	await page.click("#add-site button.main");
	// What matters asks for the passphrase once more, where it does.
	const secret = page.locator("dialog input[type=password]");
	await page.waitForSelector("dialog input[type=password], .wrong");
	if (await secret.count() > 0) {
		await secret.fill(people.ruth);
		await page.click("dialog button.main");
	}
	await sees(page, ".wrong", /is no time zone/);
	await page.fill("#add-site input[name=zone]", "America/Boise");
	await lookAt(page, "sites-add");
	await page.click("#add-site button.main");
	await page.waitForSelector("dialog pre, dialog input[type=password]");
	if (await secret.count() > 0) {
		await secret.fill(people.ruth);
		await page.click("dialog button.main");
	}
	await page.waitForSelector("dialog pre");
	await sees(page, "dialog", /Site 1 is made[\s\S]*site-1[\s\S]*Carry it there by hand/);
	await lookAt(page, "sites-made");
	await page.click("dialog button.main");
	await sees(page, "#section", /Bridge Letters West\s+Boise, ID/);
	await sees(page, "#sections", /Sites/);
	await lookAt(page, "sites-desk");
	await noFaults(page);
	await page.context().close();

	// The other machine: a file as database is found by its address.
	west = new Office();
	west.office = join(east.office, "site-1");
	west.dir = east.dir;
	const conf = join(west.office, "mailroom.conf");
	if (!existsSync(conf))
		writeFileSync(conf, `db = sqlite:${join(east.office, "mailroom.db")}\n`);
	assert.equal(west.run("ruth", "office", "show", "--json").site, 1);
	await west.serve();
});

test("an admin sees the sites", async () => {
	const page = await openPage(browser, east);
	await signIn(page, "admin", "admin");
	await page.waitForSelector("html[data-ready]");
	await sees(page, "#sites", /Bridge Letters West/);
	await page.locator("#sites").scrollIntoViewIfNeeded();
	await lookAt(page, "sites-admin");
	await page.context().close();
});

test("a stub of the other site says where it lies, and T takes it over", async () => {
	for (let i = 0; i < 4; i++) {
		letters[i] = post.receive(i, "inside");
		stubs[i] = post.sheet(letters[i]);
		envelopes[i] = post.envelope(letters[i]);
	}
	const page = await openPage(browser, west);
	await signIn(page, "vera", "station");
	await page.waitForSelector("#big:not(:empty)");
	assert.match(await keyCard(page), /T\s+A letter of another site: take it over/);
	await page.focus("#line");
	await scan(page, stubs[0]);
	await big(page, "OTHER SITE");
	await sees(page, "#plain", /lies at site 0 \(Danbury\)\. Is it in your hand\? Then take it over, and write its new number on it\. If not, leave it to them\./);
	await sees(page, "#extras", /At this station: T takes it over/);
	await lookAt(page, "sites-other");
	await page.click("#take");
	await big(page, "TAKEN OVER");
	await sees(page, "#number", /^A1$/);
	await sees(page, "#plain", /Taken over from site 0 \(Danbury\): it is A1 here/);
	assert.equal(await page.$("#take"), null);
	await lookAt(page, "sites-taken");
	// By hand alone.
	await scan(page, stubs[1]);
	await big(page, "OTHER SITE");
	await scan(page, "t");
	await big(page, "TAKEN OVER");
	await sees(page, "#number", /^A2$/);
	assert.deepEqual(await leaks(page), []);
	await noFaults(page);
	await page.context().close();
});

test("at the look-up and at the trays it is taken over as well", async () => {
	const page = await openPage(browser, west);
	await signIn(page, "sam", "history");
	await page.fill("#q", stubs[2]);
	await page.keyboard.press("Enter");
	await sees(page, "#where", /lies at site 0 \(Danbury\)/);
	await lookAt(page, "sites-look-up");
	await page.click("#take");
	await sees(page, "dialog", /Take it over only when it is in your hand/);
	await page.click("dialog button.main");
	await sees(page, "dialog", /It is A3 here/);
	await lookAt(page, "sites-look-up-taken");
	await page.click("dialog button.main");
	await page.waitForSelector("#where", { state: "detached" });
	await sees(page, "#found h2", /^A3 is/);

	east.run("ruth", "letter", "hold", letters[3].code, "photo");
	await page.goto("/trays");
	await page.fill("#courier input", stubs[3]);
	await lookAt(page, "sites-courier");
	await page.keyboard.press("Enter");
	await page.click("dialog button.main");
	await sees(page, "dialog", /It is A4 here/);
	await page.click("dialog button.main");
	await sees(page, ".tray h2", /^A4$/);
	await noFaults(page);
	await page.context().close();
});

test("it leaves from the second site, and both tills say so", async () => {
	const page = await openPage(browser, west);
	await signIn(page, "sam", "outgoing");
	await page.waitForSelector(".group");
	await sees(page, "#groups", /What goes out: 3/);
	await page.focus("#line");
	await scan(page, stubs[0]);
	await big(page, "STUB");
	await scan(page, envelopes[0]);
	await big(page, "MATCH");
	await page.waitForFunction(() => document.getElementById("batch").textContent
		.includes("is open since"));
	await page.fill("input[name=stubs]", "1");
	await page.keyboard.press("Enter");
	await page.click("#close");
	await page.click("dialog button.main");
	await page.waitForSelector("dialog a.button.main");
	await page.click("dialog button.main");
	await page.waitForFunction(() => document.getElementById("batch").textContent
		.includes("No batch is open"));
	await noFaults(page);
	await page.context().close();
	const [there, here] = [east, west].map(office =>
		office.run("ruth", "letter", "show", letters[0].code, "--json"));
	assert.deepEqual([there.state, here.state, here.number], ["posted", "posted", "A1"]);
	for (const office of [east, west])
		assert.equal(office.run("ruth", "audit", "verify", "--json").found, 0);
	const till = office => {
		office.run("ruth", "day", "open", "--pieces", "0");
		return office.run("ruth", "day", "balance", "--json");
	};
	assert.equal(till(west).from_site, 4);
	assert.equal(till(east).to_site, 4);
	const today = await openPage(browser, west);
	await signIn(today, "ruth", "today");
	await today.waitForSelector("#count-form");
	await today.context().close();
});

test("the same in Spanish", async () => {
	letters[4] = post.receive(4, "inside");
	stubs[4] = post.sheet(letters[4]);
	const page = await openPage(browser, west, { language: "es" });
	await signIn(page, "ruth", "station", "B");
	await page.waitForSelector("#big:not(:empty)");
	await scan(page, stubs[4]);
	await big(page, "OTRA SEDE");
	await sees(page, "#plain", /está en la sede 0 \(Danbury\)\. ¿La tiene usted en la mano\?/);
	await lookAt(page, "sites-other-es");
	await scan(page, "T");
	await big(page, "RECIBIDA");
	await sees(page, "#plain", /aquí es B1/);
	await page.goto("/desk#sites");
	await sees(page, "#section", /Sedes de esta oficina/);
	assert.doesNotMatch(await page.innerText("body"), /\[[a-z]/);
	await lookAt(page, "sites-desk-es");
	await noFaults(page);
	await page.context().close();
});
