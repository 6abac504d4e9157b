// The trays, through their page: what staff do, what a volunteer may not.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";
import { leaks, Post } from "./post.mjs";

let office, browser, page, post;
const letter = {};

before(async () => {
	office = new Office().make().fill();
	post = new Post(office);
	letter.sent = post.receive(0, "inside");
	post.seal(letter.sent);
	letter.other = post.receive(1, "inside");
	post.seal(letter.other);
	office.run("ruth", "batch", "close", "-o", "m.pdf");
	const held = (name, n, ...how) => {
		letter[name] = post.receive(n, "inside");
		office.run("ruth", "letter", "hold", letter[name].code, ...how);
	};
	held("photo", 2, "photo", "--until", "2030-01-01");
	held("threat", 3, "threat");
	held("goes", 4, "language");
	held("closed", 5, "illegible");
	letter.noid = office.run("ruth", "letter", "receive", "--no-id", "--sheets",
		"1", "--json");
	letter.piece = office.run("ruth", "letter", "back", "--json");
	letter.back = office.run("ruth", "letter", "back", letter.other.code, "--json");
	letter.money = post.receive(6, "inside");
	office.run("ruth", "letter", "flag", letter.money.code, "money", "--money", "20");
	await office.serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "sam", "trays");
	await page.waitForSelector(".tray");
});
after(async () => {
	await browser.close();
	await office.remove();
});

const state = one => office.run("ruth", "letter", "show", one.code, "--json");
const button = (what, one) => `[aria-label="${what}: ${one.number}"]`;

async function choose(what, one) {
	const more = page.locator(button("More", one));
	if (!await page.isVisible(button(what, one)))
		await more.click();
	await page.click(button(what, one));
}

const gone = one => page.waitForFunction(code => !document.getElementById(code), one.code);

test("each tray lies there with its age, its reason and what is next", async () => {
	const text = await page.innerText("#trays");
	assert.match(text, /There is a photo in it\.\s+Here since today\. Look again on Jan 1, 2030/);
	assert.match(text, /No ID that can be read/);
	assert.match(text, /nobody has looked at the sticker/);
	const numbers = await page.$$eval(".tray h2", all => all.map(h => h.textContent));
	assert.equal(numbers.at(-1), letter.photo.number, "the least urgent is last");
	await sees(page, "#filter", /Red: held \(5\)/);
	assert.deepEqual(await leaks(page), []);
	await lookAt(page, "trays");
});

test("a held letter goes on, its card goes, and undo brings it back", async () => {
	await choose("Let it go on", letter.goes);
	await page.click("dialog button.main");
	await gone(letter.goes);
	assert.equal(state(letter.goes).state, "cleared");
	assert.equal(await page.evaluate(() => document.activeElement.tagName), "H2");
	await page.click("#undo");
	await page.waitForSelector(`[id="${letter.goes.code}"]`);
	assert.equal(state(letter.goes).reason, "language");
});

test("with the keyboard alone: another reason, until another day", async () => {
	await page.focus(button("More", letter.goes));
	await page.keyboard.press("Enter");
	for (let i = 0; i < 12; i++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => document.activeElement.textContent);
		if (at === "Hold for another reason or day")
			break;
	}
	await page.keyboard.press("Enter");
	await page.waitForSelector("dialog select[name=reason]");
	await page.focus("dialog select[name=reason]");
	await page.keyboard.type("It can");
	await page.focus("dialog input[name=until]");
	await page.keyboard.type("12312030");
	await lookAt(page, "trays-hold");
	await page.keyboard.press("Enter");
	await page.waitForSelector("text=Look again on Dec 31, 2030");
	const now = state(letter.goes);
	assert.deepEqual([now.reason, now.until], ["illegible", "2030-12-31"]);
});

test("what was in a letter is settled before it goes on", async () => {
	await choose("What was in it", letter.money);
	await page.waitForSelector("dialog select");
	await page.selectOption("dialog select", "return");
	await page.click("dialog button.main");
	await page.waitForFunction(label => document.querySelector(label) !== null,
		`.acts > ${button("Let it go on", letter.money)}`);
	assert.equal(office.run("ruth", "enclosure", "list", letter.money.code,
		"--json")[0].disposition, "return");
});

test("a letter is turned back, and another is not sent on", async () => {
	await choose("Turn back to its writer", letter.photo);
	await page.click("dialog button.main");
	await gone(letter.photo);
	assert.equal(state(letter.photo).way, "back");
	await choose("Do not send it on", letter.closed);
	await page.selectOption("dialog select[name=disposition]", "handed-back");
	await page.click("dialog button.main");
	await gone(letter.closed);
	assert.equal(state(letter.closed).reason, "handed-back");
});

test("staff release no safety hold: the refusal says who does", async () => {
	await choose("Let it go on", letter.threat);
	await page.click("dialog button.main");
	await page.waitForSelector("#notice.bad");
	await sees(page, "#notice", /A coordinator releases this letter/);
	assert.equal(state(letter.threat).state, "held");
});

test("without an ID: the names tell whose it is", async () => {
	const pair = post.pairs[7];
	await choose("Whose is it?", letter.noid);
	await page.fill("dialog input[name=dear]", pair.outside_name);
	await page.fill("dialog input[name=signed_by]", pair.inside_name);
	await page.keyboard.press("Enter");
	await page.waitForSelector(".candidates button");
	await lookAt(page, "trays-whose");
	await page.click(`.candidates button:has-text("(${pair.pairing})")`);
	await gone(letter.noid);
	assert.equal(state(letter.noid).pairing, pair.pairing);
});

test("what came back: whose sticker, which words, and posted again", async () => {
	await choose("What does the sticker say?", letter.back);
	await page.check("dialog input[value=yellow]");
	await page.selectOption("dialog select[name=reason]", "postage-due");
	await lookAt(page, "trays-sticker");
	await page.click("dialog button.main");
	await page.waitForSelector(`.acts > ${button("Post it again", letter.back)}`);
	await page.click(button("Post it again", letter.back));
	await page.click("dialog button.main");
	await gone(letter.back);
	assert.equal(state(letter.back).state, "cleared");
});

test("an envelope without a code is found by the ID in its corner", async () => {
	await choose("What does the sticker say?", letter.piece);
	await page.fill("dialog input[name=id]", post.pairs[0].inside_id);
	await page.keyboard.press("Enter");
	await page.click(`.candidates button:has-text("${letter.sent.number}")`);
	await page.check("dialog input[value=yellow]");
	await page.selectOption("dialog select[name=reason]", "vacant");
	await page.click("dialog button.main");
	await gone(letter.piece);
	const now = state(letter.sent);
	assert.deepEqual([now.state, now.reason], ["returned", "vacant"]);
	await noFaults(page);
});

test("a volunteer sees the trays, but no safety, and only says whose it is", async () => {
	letter.second = office.run("ruth", "letter", "receive", "--no-id", "--sheets", "1",
		"--json");
	const other = await openPage(browser, office, { language: "es" });
	await signIn(other, "vera", "trays", "B");
	await other.waitForSelector(".tray");
	const html = await other.content();
	assert.doesNotMatch(html, /threat|amenaza/i);
	const words = new Set(await other.$$eval(".acts button", all =>
		all.map(b => b.textContent)));
	assert.deepEqual([...words].sort(), ["Anotar qué había dentro",
		"Retener por otro motivo o hasta otro día", "¿De quién es?"]);
	assert.doesNotMatch(await other.innerText("body"), /\[[a-z]/);
	assert.deepEqual(await leaks(other), []);
	await lookAt(other, "trays-es");
	await noFaults(other);
	await other.context().close();
});
