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

const lettersOf = () => office.run("sam", "letter", "list", "--json", "--limit", "1000");
const keptLines = page => page.$$eval("#kept li .code", all => all.map(n => n.textContent));

test("a network that drops loses nothing and doubles nothing", async () => {
	const page = await station("vera", "D");
	await hand(page, fromInside(20), good);
	await hand(page, "2", "DONE");
	const was = lettersOf().length;
	await page.context().setOffline(true);
	await hand(page, fromInside(21), "WAITING");
	assert.match(await page.innerText("#plain"), /Saved here\. Grey tray/);
	await hand(page, "3");
	await hand(page, "K7M4RPTM8");
	await hand(page, "1");
	await page.waitForFunction(() =>
		document.querySelectorAll("#kept li").length === 4);
	assert.equal(await page.inputValue("#line"), "");
	await lookAt(page, "station-waiting");
	// The same ID again, later than a bounce: a letter of its own.
	await page.waitForTimeout(3100);
	await hand(page, fromInside(21));
	await hand(page, "4");
	await page.context().setOffline(false);
	await page.waitForSelector("#kept h2:not(:has-text('Waiting'))");
	await page.waitForFunction(() => document.getElementById("big").textContent === "DONE");
	const list = lettersOf();
	assert.equal(list.length, was + 2);
	assert.deepEqual(list.filter(l => l.number === "D2" || l.number === "D3")
		.map(l => l.sheets).sort(), [3, 4]);
	// What did not fit stays until it is seen to, over a reload too.
	await lookAt(page, "station-exceptions");
	await page.reload();
	await page.waitForSelector("#kept .failed li");
	assert.equal((await page.$$("#kept .failed li")).length, 2);
	assert.match(await page.innerText("#kept .failed"), /line before it/);
	await page.click("#kept button.main");
	for (let n = 2; n > 0; n--)
		await page.click("#kept .failed button");
	assert.equal(await page.isHidden("#kept"), true);
	await noFaults({ ...page, faults: page.faults.filter(f => !/ERR_INTERNET/.test(f)),
		evaluate: page.evaluate.bind(page) });
	await page.context().close();
});

test("a daemon that is killed in the middle, and a page that is loaded again", async () => {
	const page = await station("vera", "E");
	await hand(page, fromInside(25), good);
	const was = lettersOf().length;
	await office.stop("SIGKILL");
	await hand(page, "2", "WAITING");
	await hand(page, fromInside(26));
	await hand(page, "5");
	assert.equal((await keptLines(page)).length, 3);
	await page.waitForTimeout(2500);
	await office.serve();
	// Its sessions are gone: sign in, and what waited is sent.
	await page.waitForURL("**/sign-in?ended=1&to=/station");
	await signIn(page, "vera", "station", "E");
	await page.waitForFunction(() => document.querySelectorAll("#kept li").length === 3 &&
		!document.getElementById("kept").textContent.includes("Waiting"));
	const list = lettersOf();
	assert.equal(list.length, was + 1);
	assert.deepEqual(["E1", "E2"].map(n => list.find(l => l.number === n).sheets), [2, 5]);
	await page.context().close();
});

test("after a power cut the page says what was saved, and what was printed", async () => {
	const page = await station("vera", "D");
	assert.match(await page.innerText("#extras"), /Last saved D3, .*Pencilled D4 or higher/);
	await hand(page, fromInside(30), good);
	await page.context().close();
});

test("another's lines wait for the other", async () => {
	const page = await station("vera", "F");
	await page.context().setOffline(true);
	await hand(page, fromInside(31), "WAITING");
	await page.context().clearCookies();
	await page.context().setOffline(false);
	await page.waitForURL("**/sign-in?ended=1&to=/station");
	await signIn(page, "sam", "station", "F");
	await page.waitForSelector("#kept:not([hidden])");
	assert.match(await page.innerText("#kept"), /Lines of vera, station F, wait here: 1/);
	await page.click("#leave");
	await page.waitForURL("**/sign-in");
	await signIn(page, "vera", "station", "F");
	await page.waitForFunction(() => document.querySelector("#kept strong")?.textContent === "F1");
	await page.context().close();
});

test("a second window of a station does not send", async () => {
	const page = await station("vera", "G");
	const second = await page.context().newPage();
	await second.goto("/station");
	await second.waitForSelector("#elsewhere:not([hidden])");
	assert.equal(await second.isVisible("#line"), false);
	await page.close();
	await second.waitForSelector("#line:visible");
	await hand(Object.assign(second, { hands: 0 }), fromInside(32), good);
	await second.context().close();
});

test("in Spanish, and in very large letters", async () => {
	const page = await station("vera", "H", { language: "es" });
	await hand(page, fromInside(33), "PRIMERA CARTA|BIEN|SEGUNDA HOY");
	await page.evaluate(() => document.documentElement.dataset.size = "larger");
	await lookAt(page, "station-es");
	assert.doesNotMatch(await page.innerText("body"), /\[[a-z]/);
	await page.context().close();
});
