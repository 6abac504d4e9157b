// The look-up page: one box for everything.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, scan, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";
import { leaks, Post } from "./post.mjs";

let office, browser, page, post, pair, stub;
const letters = [];

// A letter that came and went on days of the past.
function past(from, came, station = "A") {
	const letter = post.receive(0, from, "--day", came, "--station", station);
	post.sheet(letter);
	return letter;
}

// The office is in New York, where it may be yesterday still.
const today = new Intl.DateTimeFormat("sv", { timeZone: "America/New_York" })
	.format();
const ago = days => new Date(Date.parse(today) - days * 864e5).toISOString().slice(0, 10);

before(async () => {
	office = new Office().make().fill();
	post = new Post(office);
	pair = post.pairs[0];
	letters.push(past("inside", ago(24)), past("inside", ago(11), "B"));
	for (const letter of letters)
		post.seal(letter);
	office.run("ruth", "batch", "close", "-o", "m.pdf");
	letters.push(past("outside", ago(3)));
	office.run("ruth", "letter", "return", letters[1].code, "yellow", "--reason",
		"vacant");
	stub = post.sheet(letters[2]);
	office.run("ruth", "letter", "hold", letters[2].code, "photo");
	await office.serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "ruth", "history");
	await page.waitForFunction(() => document.activeElement.id === "q");
});
after(async () => {
	await browser.close();
	await office.remove();
});

async function look(text, heading, at = page) {
	await at.focus("#q");
	await at.fill("#q", "");
	await at.evaluate(() => document.getElementById("found").replaceChildren());
	await scan(at, text);
	await at.waitForFunction(words => document.getElementById("what")?.textContent
		.includes(words), heading);
	assert.equal(await at.evaluate(() => document.activeElement.id), "what");
	assert.deepEqual(await leaks(at), []);
}

test("a stub, a code and a number are the same letter, with all that happened", async () => {
	const { number, code } = letters[2];
	for (const key of [stub, code, code.toLowerCase().replaceAll("-", " "), number])
		await look(key, `${number} is held`);
	const text = await page.innerText("#found");
	assert.match(text, /There is a photo in it/);
	const steps = await page.$$eval(".timeline li", all => all.length);
	assert.ok(steps >= 3, `${steps} steps`);
	assert.match(text, /ruth, station A/);
	await lookAt(page, "history-letter");
});

test("a number, an ID and a pen name lead to the pairing and its people", async () => {
	await look(pair.inside_id, "Forwarding ID");
	await page.click(`#found button:has-text("${pair.pairing}")`);
	await page.waitForSelector("svg.exchange");
	await look(pair.pairing, pair.pairing);
	await page.click(`#found button:has-text("${pair.outside}")`);
	await page.waitForFunction(who => document.getElementById("what").textContent
		.startsWith(who), pair.outside);
	await lookAt(page, "history-person");
	await look(pair.outside, pair.outside_name);
	await look(pair.outside_name, pair.outside_name);
	await look("B1", "Batch B1");
});

test("the exchange is a picture, and the same as a table", async () => {
	await look(pair.pairing, `${pair.outside_name} and ${pair.inside_name}`);
	const told = await page.getAttribute("svg.exchange", "aria-label");
	assert.match(told, /Letters: 3; posted: 2; days with us, on average: 18; came back: 1/);
	assert.equal(await page.$$eval("svg.exchange .cross", all => all.length), 2);
	assert.equal(await page.$$eval("svg.exchange .waits", all => all.length), 1);
	await lookAt(page, "history-pairing");
	await page.click("figure summary");
	const rows = await page.$$eval("figure tbody tr", all => all.map(r => r.innerText));
	assert.equal(rows.length, 3);
	assert.match(rows.find(row => row.includes("came back")), /11/);
	await page.click(`figure tbody button:has-text("${letters[2].number}")`);
	await page.waitForFunction(n => document.getElementById("what").textContent
		.startsWith(n), letters[2].number);
});

test("a history is printed, and that is written down", async () => {
	await look(letters[2].code, "is held");
	await page.click("text=Print this history");
	await page.waitForSelector("dialog a.button.main");
	await sees(page, "dialog", /The page is ready/);
	await page.click("dialog button.main");
});

test("what is nobody's is said so, and a legal name is asked for apart", async () => {
	await look("Zebulon", "Nothing was found");
	await page.click("text=Look it up as a legal name");
	await page.waitForFunction(() => !document.querySelector("#found button"));
	await look("https://example.com/x?y=1", "Nothing was found");
	await look("K7M-4RP-TMK", "never");
	await noFaults(page);
});

test("staff see what is in the house; its history elsewhere is not theirs", async () => {
	const other = await openPage(browser, office, { language: "es" });
	await signIn(other, "sam", "history", "B");
	await look(letters[2].code, letters[2].number, other);
	assert.ok(await other.$(".timeline"));
	await look(letters[0].code, letters[0].number, other);
	assert.equal(await other.$(".timeline"), null);
	await look(pair.pairing, pair.pairing, other);
	assert.doesNotMatch(await other.innerText("body"), /\[[a-z]/);
	await lookAt(other, "history-es");
	await noFaults(other);
	await other.context().close();
});

test("a volunteer finds a letter by its number, and nobody by name", async () => {
	const other = await openPage(browser, office);
	await signIn(other, "vera", "history", "C");
	await look(letters[2].number, `${letters[2].number} is held`, other);
	assert.equal(await other.$(".timeline"), null);
	await look(pair.outside_name, "Nothing was found", other);
	await sees(other, "#found", /Names are looked up by staff/);
	assert.equal(await other.$("#found button"), null);
	await lookAt(other, "history-volunteer");
	await noFaults(other);
	await other.context().close();
});
