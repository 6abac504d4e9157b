// A hand at a station: what it types, and what the screen says then.

import assert from "node:assert/strict";
import { openPage, scan, signIn } from "./browser.mjs";

export const good = "FIRST LETTER|GOOD|SECOND TODAY";

// A station of that letter, signed in; page.hands counts what hands did.
export async function sit(browser, office, user, letter, more = {}) {
	const page = await openPage(browser, office, more);
	await signIn(page, user, "station", letter);
	await page.waitForSelector("#big:not(:empty)");
	page.hands = 0;
	return page;
}

export const big = page => page.innerText("#big");

// One action: a scan, or something typed and Enter; then one of the big words
// that are expected.
export async function hand(page, text, expected) {
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

// A letter by its ID; its day number.
export async function letter(page, id) {
	const before = await page.innerText("#plain");
	await hand(page, id, good);
	await page.waitForFunction(was => document.getElementById("plain").textContent
		!== was, before);
	return page.innerText("#number");
}
