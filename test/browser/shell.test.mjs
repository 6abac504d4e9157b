// What every page has around it.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, openBrowser, openPage, signIn } from "./browser.mjs";
import { Office } from "./office.mjs";

let office, browser;

before(async () => {
	office = await new Office().make().serve();
	browser = await openBrowser();
});
after(async () => {
	await browser.close();
	await office.remove();
});

const pages = {
	vera: ["station", "trays", "history"],
	sam: ["station", "outgoing", "trays", "history", "today"],
	ruth: ["station", "outgoing", "trays", "history", "today", "desk"],
	admin: ["admin"],
};

test("who is not signed in comes to the sign-in page, and then back", async () => {
	const page = await openPage(browser, office);
	await page.goto("/history");
	await page.waitForURL("**/sign-in?to=/history");
	await signIn(page, "sam", "history");
	await page.click("#leave");
	await page.waitForURL("**/sign-in");
	await page.goto("/history");
	await page.waitForURL("**/sign-in?to=/history");
	await page.context().close();
});

test("each role is shown its pages and no other", async () => {
	for (const [user, names] of Object.entries(pages)) {
		const page = await openPage(browser, office);
		await signIn(page, user, names[0]);
		const links = await page.$$eval("#head nav a", all =>
			all.map(a => a.getAttribute("href").slice(1)));
		assert.deepEqual(links, names);
		await page.context().close();
	}
});

test("every page holds up in every theme, in both languages", async () => {
	for (const language of ["en", "es"])
		for (const user of ["ruth", "admin"]) {
			const page = await openPage(browser, office, { language });
			await signIn(page, user, pages[user][0]);
			for (const name of pages[user]) {
				await page.goto(`/${name}`);
				await page.waitForSelector("#head nav a");
				assert.equal(await page.getAttribute("html", "lang"), language);
				assert.doesNotMatch(await page.innerText("body"), /\[[a-z]/,
					`${name} lacks a word in ${language}`);
				await lookAt(page, `${name}-${language}`);
				assert.deepEqual(page.faults, []);
			}
			await page.context().close();
		}
});
