// The bench and the table through the station page, typed as a wedge scanner
// types, on a real office.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, scan, signIn } from "./browser.mjs";
import { Office } from "./office.mjs";
import { codesOf, corner } from "./paper.mjs";

let office, browser, ids;

before(async () => {
	office = await new Office().make().fill().serve();
	ids = office.run("ruth", "pairing", "list", "--json");
	browser = await openBrowser();
});
after(async () => {
	await browser.close();
	await office.remove();
});

const fromInside = n => ids[n].inside_id;
const fromOutside = n => ids[n].outside_id;

async function station(user = "vera", letter = "A", more = {}) {
	const page = await openPage(browser, office, more);
	await signIn(page, user, "station", letter);
	await page.waitForSelector("#big:not(:empty)");
	page.hands = 0;
	return page;
}

const big = page => page.innerText("#big");
const number = page => page.innerText("#number");

// One action of the hand: a scan, or something typed and Enter; what the
// screen says after it.
async function hand(page, text, expected) {
	page.hands++;
	await scan(page, text);
	if (expected === undefined)
		return;
	try {
		await page.waitForFunction(words => words.includes(
			document.getElementById("big").textContent), expected.split("|"));
	} catch {
		assert.equal(await page.innerText("#band"), expected, text);
	}
}

const good = "FIRST LETTER|GOOD|SECOND TODAY";

async function letter(page, id) {
	const before = await page.innerText("#plain");
	await hand(page, id, good);
	await page.waitForFunction(was => document.getElementById("plain").textContent
		!== was, before);
	return number(page);
}

test("a plain letter is two actions at the bench", async () => {
	const page = await station();
	assert.equal(await letter(page, fromInside(1)), "A1");
	assert.match(await page.innerText("#extras"), /On file: .+ Nothing to press/);
	await hand(page, "2", "DONE");
	assert.equal(page.hands, 2);
	assert.equal(await page.inputValue("#line"), "");
	// 30 mm at 96 pixels an inch, as the capitals stand.
	const size = await page.$eval("#number", n => parseFloat(getComputedStyle(n).fontSize));
	assert.ok(size * 0.73 * 25.4 / 96 > 29.9);
	await noFaults(page);
	await page.context().close();
});

test("what is not plain has its key, its colour and its tray", async () => {
	const page = await station();
	await letter(page, fromOutside(2));
	await hand(page, "M", "HELD");
	assert.equal(await page.getAttribute("#band", "class"), "red");
	await lookAt(page, "station-held");
	await letter(page, fromOutside(3));
	await hand(page, "P", "HELD");
	await hand(page, "U", "UNDONE");
	await hand(page, "1", "DONE");
	await lookAt(page, "station-done");
	await hand(page, "E", "SAME ENVELOPE");
	await hand(page, fromOutside(4), good);
	await hand(page, "3", "DONE");
	await hand(page, "N", "NO ID");
	await lookAt(page, "station-no-id");
	await hand(page, "B", "CAME BACK");
	await lookAt(page, "station-came-back");
	await hand(page, fromOutside(5), good);
	await lookAt(page, "station-good");
	await noFaults(page);
	await page.context().close();
});

test("a code that cannot be read opens the finder; a digit chooses", async () => {
	const page = await station();
	const id = fromInside(6).replaceAll("-", "");
	await hand(page, id.slice(0, 4) + "?" + id.slice(5), "LOOK AGAIN");
	await page.waitForSelector("#extras button.choice");
	assert.match(await page.innerText("#extras"), /^You typed /);
	const marks = await page.$$eval("#extras mark", all => all.map(m => m.textContent));
	assert.deepEqual(marks, ["?", id[4]]);
	assert.match(await page.innerText("#extras button.choice"), /^1 .+ to .+$/);
	await lookAt(page, "station-finder");
	await hand(page, "1", good);
	await hand(page, "1", "DONE");
	// And by finger.
	await hand(page, id.slice(0, 7) + "?" + id.slice(8), "LOOK AGAIN");
	await page.click("#extras button.choice");
	await page.waitForFunction(() => document.getElementById("big").textContent !== "LOOK AGAIN");
	await page.context().close();
});

test("whatever is touched, the next scan reaches the field alone", async () => {
	const page = await station();
	await page.click("#band");
	await hand(page, fromInside(7), good);
	await page.click("#keys");
	await page.waitForSelector("dialog.keys");
	await lookAt(page, "station-keys");
	await hand(page, "2", "DONE");
	assert.equal(await page.$("dialog"), null);
	await page.click(".looks summary");
	await page.focus("select[name=theme]");
	await hand(page, fromInside(8), good);
	assert.equal(await page.evaluate(() => localStorage.getItem("mailroom.theme")), null);
	await page.focus("#head nav a");
	await hand(page, "1", "DONE");
	assert.equal(new URL(page.url()).pathname, "/station");
	await page.context().close();
});

test("a hostile barcode presses no key of the browser, and does nothing", async () => {
	const page = await station();
	const was = await page.$$eval("#list tr", rows => rows.length);
	for (const key of ["L", "2", "Control+s", "Control+p", "Control+u", "F3", "Alt+ArrowLeft", "K"])
		await page.keyboard.press(key);
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => document.getElementById("big").textContent === "NOT OURS");
	assert.equal(page.context().pages().length, 1);
	await hand(page, "https://example.org/?a=1&b=<script>alert(1)</script>", "NOT OURS");
	// A layout that is not the scanner's, Caps Lock, lost keys, two at once.
	const stub = `L${fromInside(1).replaceAll("-", "")}XXX2${"3".repeat(6)}`;
	await hand(page, stub.toLowerCase());
	await page.waitForFunction(() => /keyboard|layout|Caps/i.test(
		document.getElementById("plain").textContent));
	await hand(page, "K7M4RP", "LOOK AGAIN");
	await hand(page, stub.slice(0, 10) + "K7M" + stub.slice(10));
	await page.waitForFunction(() => /NOT OURS|LOOK AGAIN/.test(
		document.getElementById("big").textContent));
	assert.equal(await page.$$eval("#list tr", rows => rows.length), was);
	await noFaults(page);
	await page.context().close();
});
