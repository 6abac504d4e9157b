// The bench and the table through the station page, typed as a wedge scanner
// types, on a real office.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, sees } from "./browser.mjs";
import { big, good, hand, letter, sit } from "./hands.mjs";
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
const station = (user = "vera", at = "A", more = {}) => sit(browser, office, user, at, more);

test("a plain letter is two actions at the bench", async () => {
	const page = await station();
	assert.equal(await letter(page, fromInside(1)), "A1");
	await sees(page, "#extras", /On file: .+ Nothing to press/);
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
	await sees(page, "#extras", /^You typed /);
	const marks = await page.$$eval("#extras mark", all => all.map(m => m.textContent));
	assert.deepEqual(marks, ["?", id[4]]);
	await sees(page, "#extras button.choice", /^1 .+ to .+$/);
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

// Letters that are cleared, with their stubs and envelopes as a scanner reads
// them: {code, stub, envelope: scan or null, corner: groups}.
function onTheTable(ids, user = "sam") {
	return ids.map(id => {
		const { code } = office.run("vera", "letter", "receive", id, "--sheets", "2",
			"--json");
		office.run("vera", "sheet", "print", code, "-o", "sheet.pdf");
		office.run(user, "envelope", "print", code, "-o", "envelope.pdf");
		const [stub] = codesOf(office, "sheet.pdf").filter(c => c.startsWith("L"));
		const [envelope] = codesOf(office, "envelope.pdf").filter(c => c.startsWith("E"));
		return { code, stub, envelope, corner: envelope ? null
			: corner(office, "envelope.pdf") };
	});
}

// What is scanned, or read off the corner as the station asks.
async function envelopeOf(page, letter) {
	if (letter.envelope)
		return letter.envelope;
	const asked = await page.innerText("#plain");
	const at = ["FIRST", "SECOND", "THIRD"].findIndex(word => asked.includes(word));
	return letter.corner.at(asked.includes("LAST") ? -1 : at);
}

test("at the table a letter is two actions; a wrong envelope stops all", async () => {
	const [out, into, third] = onTheTable([fromInside(11), fromOutside(12), fromInside(13)]);
	const page = await station("sam", "B");
	await hand(page, out.stub, "STUB");
	await lookAt(page, "station-stub");
	await hand(page, out.envelope, "MATCH");
	assert.equal(page.hands, 2);
	await lookAt(page, "station-match");
	await hand(page, into.stub, "STUB");
	await hand(page, await envelopeOf(page, into), "MATCH");
	assert.equal(page.hands, 4);
	// A wrong one: over the whole screen, until the right one.
	const [fourth] = onTheTable([fromInside(14)]);
	await hand(page, third.stub, "STUB");
	await hand(page, fourth.envelope, "STOP");
	assert.ok(await page.$("main.stop"));
	const box = await (await page.$("main")).boundingBox();
	assert.deepEqual(box, { x: 0, y: 0, width: 1024, height: 600 });
	await lookAt(page, "station-stop");
	await hand(page, "HELLO/THERE");
	await page.waitForSelector("#besides:not(:empty)");
	assert.equal(await big(page), "STOP");
	await hand(page, third.envelope, "MATCH");
	assert.equal(await page.$("main.stop"), null);
	await noFaults(page);
	await page.context().close();
});

test("where there is no printer, Enter shows the page to print", async () => {
	const page = await station("sam", "P");
	await letter(page, fromInside(50));
	// A scanner that ends a line twice prints nothing.
	await page.keyboard.type("2");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#print");
	assert.equal(await page.$("dialog"), null);
	await page.waitForTimeout(800);
	await page.keyboard.press("Enter");
	await page.waitForSelector("dialog a.button");
	await page.click("dialog button.main");
	await page.waitForSelector("#print", { state: "detached" });
	// At the table: the envelope, and then its stub by itself.
	const { code } = office.run("sam", "letter", "show", "P1", "--station", "P", "--json");
	await hand(page, code, "NOT DONE");
	await page.waitForTimeout(800);
	await page.keyboard.press("Enter");
	await page.waitForSelector("dialog a.button");
	await page.click("dialog button.main");
	await page.waitForFunction(() => document.getElementById("big").textContent === "STUB");
	await page.click("#printers");
	await page.waitForSelector("dialog select[name=sheets]");
	await lookAt(page, "station-printers");
	await page.click("dialog button:not(.main)");
	await noFaults(page);
	await page.context().close();
});

test("two stations that race for one letter: one seals it", async () => {
	const [one] = onTheTable([fromInside(15)]);
	const pages = [await station("sam", "B"), await station("ruth", "C")];
	for (const page of pages)
		await hand(page, one.stub, "STUB");
	await Promise.all(pages.map(page => hand(page, one.envelope)));
	const words = await Promise.all(pages.map(async page => {
		await page.waitForFunction(() =>
			document.getElementById("big").textContent !== "STUB");
		return big(page);
	}));
	assert.equal(words.filter(w => w === "MATCH").length, 1, words.join());
	const { state } = office.run("sam", "letter", "show", one.code, "--json");
	assert.equal(state, "sealed");
	for (const page of pages)
		await page.context().close();
});

// One symbol read as another that looks like none of it.
const misread = id => (id.startsWith("H") ? "K" : "H") + id.slice(1);

// The pieces of the mail day that are not plain, each with what is typed and
// what the screen must say.
function pieces() {
	const retired = fromInside(40);
	office.run("ruth", "pairing", "rotate", ids[40].pairing, "compromised", "--side",
		"inside");
	office.run("ruth", "pairing", "pause", ids[41].pairing, "lockdown");
	return [
		["the writer has moved", [fromOutside(42), good], ["A", "HELD"]],
		["two letters in one envelope", [fromOutside(43), good], ["2", "DONE"],
			["E", "SAME ENVELOPE"], [fromOutside(44), good], ["1", "DONE"]],
		["another name", [fromInside(44), good], ["W", "HELD"]],
		["a misread ID", [misread(fromOutside(45)), "LOOK AGAIN"], ["1", good],
			["2", "DONE"]],
		["a paused pairing", [fromOutside(41), "HELD"]],
		["legal mail", [fromOutside(46), good], ["L", "HELD"]],
		["no ID at all", ["N", "NO ID"],
			[`${ids[47].inside_name}/${ids[47].outside_name}`, "LOOK AGAIN"],
			["1", "HELD"]],
		["a retired ID", [retired, "HELD"]],
		["somebody new", ["N", "NO ID"]],
		["our own, white sticker", ["B", "CAME BACK"]],
		["undone", [fromInside(48), good], ["U", "UNDONE"]],
	];
}

test("the pieces of a mail day that are not plain", async () => {
	const page = await station("vera", "M");
	for (const [what, ...lines] of pieces())
		for (const [line, words] of lines) {
			const was = await page.innerText("#plain");
			await hand(page, line, words);
			await page.waitForFunction(text => document.getElementById("plain")
				.textContent !== text, was).catch(() => assert.fail(what));
		}
	const states = office.run("sam", "letter", "list", "--json", "--limit", "1000")
		.filter(l => l.number.startsWith("M")).map(l => l.state).sort();
	assert.deepEqual(states, ["cleared", "cleared", "cleared", "closed", "held", "held",
		"held", "held", "held", "held", "unidentified", "unidentified"]);
	await page.context().close();
});

test("in Spanish, and in very large letters", async () => {
	const page = await station("vera", "H", { language: "es" });
	await hand(page, fromInside(33), "PRIMERA CARTA|BIEN|SEGUNDA HOY");
	await page.evaluate(() => document.documentElement.dataset.size = "larger");
	await lookAt(page, "station-es");
	assert.doesNotMatch(await page.innerText("body"), /\[[a-z]/);
	await page.context().close();
});
