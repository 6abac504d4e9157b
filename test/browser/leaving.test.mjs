// What stays in a browser when somebody goes: nothing that they typed, nothing
// that they saw.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { openBrowser, openPage, signIn } from "./browser.mjs";
import { Office, people, pin } from "./office.mjs";

let office, browser;

before(async () => {
	office = await new Office().make().serve();
	browser = await openBrowser();
});
after(async () => {
	await browser.close();
	await office.remove();
});

const late = 1500;

// The page has its form before it has its script, on a slow line.
for (const slow of ["**/web/sign-in.js", "**/api/session"])
	test(`who types before ${slow} came leaves nothing in the address`, async () => {
		const page = await openPage(browser, office), seen = [];
		page.on("framenavigated", frame => seen.push(frame.url()));
		page.on("request", request => seen.push(request.url()));
		await page.route(slow, async route => {
			await new Promise(done => setTimeout(done, late));
			await route.continue();
		});
		await page.goto("/sign-in", { waitUntil: "commit" });
		await page.fill("#passphrase", people.ruth);
		await page.fill("#user", "ruth");
		await page.keyboard.press("Enter");
		await page.fill("#badge", "U22222222222222222222");
		await page.fill("#pin", pin);
		await page.keyboard.press("Enter");
		await page.waitForLoadState("networkidle");
		for (const url of seen)
			assert.doesNotMatch(decodeURIComponent(url.replaceAll("+", " ")),
				/plum|482913|U2222/);
		// And once it is there, what was typed signs in.
		await page.click("#passphrase-form button.main");
		await page.waitForURL("**/station");
		await page.context().close();
	});

test("going back after signing out shows nothing of before", async () => {
	// As people have it: a page that was left is kept to go back to.
	const keeps = await openBrowser({
		ignoreDefaultArgs: ["--disable-back-forward-cache"] });
	const page = await openPage(keeps, office);
	await signIn(page, "ruth", "desk");
	await page.evaluate(() => document.body.append("19 Elm Street"));
	await page.click("#leave");
	await page.waitForURL("**/sign-in");
	await page.waitForSelector("#passphrase");
	await page.goBack();
	await page.waitForURL("**/sign-in**");
	assert.doesNotMatch(await page.innerText("body"), /Elm Street/);
	await keeps.close();
});
