// A station while nobody answers: lines wait in the browser, and each is sent
// once.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, sees, signIn } from "./browser.mjs";
import { good, hand, sit } from "./hands.mjs";
import { Office } from "./office.mjs";

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
const station = (user, letter) => sit(browser, office, user, letter);

const lettersOf = () => office.run("sam", "letter", "list", "--json", "--limit", "1000");
const keptLines = page => page.$$eval("#kept li .code", all => all.map(n => n.textContent));

test("a network that drops loses nothing and doubles nothing", async () => {
	const page = await station("vera", "D");
	await hand(page, fromInside(20), good);
	await hand(page, "2", "DONE");
	const was = lettersOf().length;
	await page.context().setOffline(true);
	await hand(page, fromInside(21), "WAITING");
	await sees(page, "#plain", /Saved here\. Grey tray/);
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
	await sees(page, "#kept .failed", /line before it/);
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
	await page.waitForFunction(() => document.querySelectorAll("#kept li").length === 2 &&
		!document.getElementById("kept").textContent.includes("Waiting"));
	const list = lettersOf();
	assert.equal(list.length, was + 1);
	assert.deepEqual(["E1", "E2"].map(n => list.find(l => l.number === n).sheets), [2, 5]);
	await page.context().close();
});

test("after a power cut the page says what was saved, and what was printed", async () => {
	const page = await station("vera", "D");
	await sees(page, "#extras", /Last saved D3, .*Pencilled D4 or higher/);
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
	await sees(page, "#kept", /Lines of vera, station F, wait here: 1/);
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
