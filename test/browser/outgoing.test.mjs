// The outgoing bench, through its page.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, scan, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";
import { leaks, Post } from "./post.mjs";

let office, browser, page, post;
const letters = [], stubs = [], envelopes = [];

before(async () => {
	office = new Office().make().fill();
	post = new Post(office);
	for (let i = 0; i < 3; i++) {
		letters[i] = post.receive(i, "inside");
		stubs[i] = post.sheet(letters[i]);
	}
	letters.push(post.receive(3, "outside"), post.receive(4, "outside"));
	for (let i = 0; i < 2; i++)
		envelopes[i] = post.envelope(letters[i]);
	await office.serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "sam", "outgoing");
	await page.waitForSelector(".group");
});
after(async () => {
	await browser.close();
	await office.remove();
});

const big = words => page.waitForFunction(text =>
	document.getElementById("big").textContent === text, words);
const place = letter => office.run("ruth", "letter", "outgoing", "--json")
	.find(one => one.code === letter.code).place;

test("what is cleared stands by where it goes, and nothing of whom", async () => {
	const text = await page.innerText("#groups");
	assert.match(text, /What goes out: 5/);
	assert.match(text, /Volunteers outside\s+Letters: 3\s+To print: 1/);
	assert.ok(text.includes(place(letters[3])));
	assert.match(text, /Without a cover sheet yet: 2/);
	assert.deepEqual(await leaks(page), []);
	await lookAt(page, "outgoing");
});

test("a group's envelopes are printed in one go", async () => {
	const [answer] = await Promise.all([page.waitForResponse("**/api/envelope/print"),
		page.click(`[aria-label="Print envelopes: ${place(letters[3])}"]`)]);
	await page.waitForSelector("dialog a.button.main");
	await sees(page, "dialog", /shows an address/);
	const { document, secret } = await answer.json();
	assert.equal(Buffer.from(document, "base64").toString("latin1", 0, 5), "%PDF-");
	assert.equal(secret, true);
	await page.click("dialog button.main");
	await page.waitForFunction(where => document.querySelector(
		`[aria-label="Print envelopes: ${where}"]`) === null, place(letters[3]));
	assert.equal(await page.evaluate(() => document.activeElement.id), "line");
});

test("what is marked is printed on labels from the place that is left", async () => {
	await page.click('[aria-label="One by one: Volunteers outside"]');
	await page.check(`[aria-label="Mark ${letters[2].number}"]`);
	await sees(page, "#marked", /Marked: 1/);
	await page.click('[aria-label="Print labels: what is marked"]');
	await page.waitForSelector("dialog select[name=stock]");
	await page.selectOption("dialog select[name=stock]", "avery-5163");
	await page.fill("dialog input[name=start]", "4");
	await page.click("dialog button.main");
	await page.waitForSelector("dialog a.button.main");
	await page.click("dialog button.main");
	await page.waitForFunction(() =>
		!document.querySelector('[aria-label="Print envelopes: Volunteers outside"]'));
});

test("a stub and another's envelope: STOP over everything, and nothing sealed", async () => {
	await page.focus("#line");
	await scan(page, stubs[0]);
	await big("STUB");
	await scan(page, envelopes[1]);
	await big("STOP");
	const box = await page.locator("main.stop").boundingBox();
	assert.deepEqual([box.width, box.height], [1024, 600]);
	assert.equal(await page.isVisible("#work"), false);
	assert.match(await page.innerText("#plain"),
		new RegExp(`This envelope is ${letters[1].number}'s`));
	await lookAt(page, "outgoing-stop");
	assert.equal(office.run("ruth", "letter", "show", letters[0].code, "--json").state,
		"cleared");
});

test("its own envelope: MATCH, and it is in the batch", async () => {
	await scan(page, envelopes[0]);
	await big("MATCH");
	assert.equal(await page.$("main.stop"), null);
	await sees(page, "#plain", /Stamps: 1/);
	await page.waitForFunction(() => document.getElementById("batch").textContent
		.includes("is open since"));
	await lookAt(page, "outgoing-match");
	await scan(page, stubs[1]);
	await big("STUB");
	await scan(page, envelopes[1]);
	await big("MATCH");
});

test("what is typed stays, when the batch is drawn anew under it", async () => {
	let answer;
	const held = new Promise(go => answer = go);
	await page.route("**/api/batch/list*", async route => {
		await held;
		await route.continue();
	});
	await page.evaluate(() => {
		document.querySelector("#batch h2").dataset.old = "yes";
		document.dispatchEvent(new CustomEvent("view",
			{ detail: { verdict: "STUB", done: true } }));
	});
	await page.fill("input[name=stubs]", "7");
	answer();
	await page.waitForSelector("#batch h2[data-old]", { state: "detached" });
	assert.equal(await page.inputValue("input[name=stubs]"), "7");
	assert.equal(await page.evaluate(() => document.activeElement.name), "stubs");
	await page.unroute("**/api/batch/list*");
	await page.fill("input[name=stubs]", "");
});

test("a batch is closed by hands that counted right, and only by them", async () => {
	assert.doesNotMatch(await page.innerText("#batch"), /In the batch|postage/i);
	await page.fill("input[name=stubs]", "3");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#compared");
	await sees(page, "#compared", /You counted 3; in the batch are 2/);
	assert.equal(await page.$("#close"), null);
	await sees(page, "#batch", /stamps: 2, postage 1\.56/);
	await lookAt(page, "outgoing-count");
	await page.fill("input[name=stubs]", "2");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#close");
	await page.click("#close");
	await page.click("dialog button.main");
	await page.waitForSelector("dialog a.button.main");
	await sees(page, "dialog", /The page is ready/);
	await page.click("dialog button.main");
	await page.waitForFunction(() => document.getElementById("batch").textContent
		.includes("No batch is open"));
	for (const letter of letters.slice(0, 2))
		assert.equal(office.run("ruth", "letter", "show", letter.code, "--json").state,
			"posted");
	assert.deepEqual(await leaks(page), []);
	await noFaults(page);
});

test("a letter that is heavy is weighed where it was matched", async () => {
	office.run("ruth", "letter", "finish", letters[2].code, "7");
	const stub = post.sheet(letters[2]), envelope = post.envelope(letters[2]);
	await page.focus("#line");
	await scan(page, stub);
	await big("STUB");
	await scan(page, envelope);
	await page.waitForFunction(() =>
		document.getElementById("plain").textContent.includes("Weigh it"));
	await page.click("#extras button.main");
	await page.fill("dialog input[name=grams]", "43");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() =>
		document.getElementById("notice").textContent.includes("Stamps: 2"));
});

test("the same in Spanish", async () => {
	const other = await openPage(browser, office, { language: "es" });
	await signIn(other, "ruth", "outgoing", "B");
	await other.waitForSelector(".group");
	await sees(other, "#groups", /Lo que sale: 2/);
	assert.doesNotMatch(await other.innerText("body"), /\[[a-z]/);
	await lookAt(other, "outgoing-es");
	await noFaults(other);
	await other.context().close();
});
