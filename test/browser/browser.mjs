// A person at a page: a real browser, a scanner that types, eyes that look
// for what axe finds, and pictures for ours.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { people } from "./office.mjs";

const axe = readFileSync(createRequire(import.meta.url)
	.resolve("axe-core/axe.min.js"), "utf8");
const shots = join(resolve(process.env.MAILROOM_BUILD ?? "build"), "shots");
mkdirSync(shots, { recursive: true });

// Chromium without a window of its own, for half the work; or $CHROMIUM.
export function openBrowser(more = {}) {
	return chromium.launch({ executablePath: process.env.CHROMIUM ??
		"/usr/bin/chromium-headless-shell",
	args: ["--no-sandbox", "--disable-gpu"], ...more });
}

// A station: 1024 x 600, with its own cookies.  An error on the page fails
// the test that asks page.faults.
export async function openPage(browser, office, { language = "en", ...more } = {}) {
	const context = await browser.newContext({ baseURL: office.url,
		viewport: { width: 1024, height: 600 }, locale: language, ...more });
	const page = await context.newPage();
	// A wait is no check: a busy machine may take long.
	page.setDefaultTimeout(60000);
	page.faults = [];
	page.on("pageerror", error => page.faults.push(String(error)));
	page.on("console", message => {
		if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
			page.faults.push(message.text());
	});
	return page;
}

export async function signIn(page, user, to = "station", station = "A") {
	await page.goto(`/sign-in?to=/${to}`);
	await page.fill("input[name=user]", user);
	await page.fill("input[name=passphrase]", people[user]);
	await page.selectOption("#passphrase-form select[name=station]", station);
	await page.click("form#passphrase-form button.main");
	try {
		await page.waitForURL(url => url.pathname === `/${to}`);
		await page.waitForSelector("#head nav a", { state: "attached" });
	} catch (problem) {
		// What the page said to that.
		throw new Error(`${page.url()}: ${(await page.locator("[role=alert], #notice")
			.allInnerTexts()).join(" ")}: ${problem.message}`);
	}
}

// As a wedge scanner types: fast keys, and Enter.
export async function scan(page, text) {
	await page.keyboard.type(text, { delay: 1 });
	await page.keyboard.press("Enter");
}

// Wait until the text there says so: a page draws itself in parts.
export async function sees(page, selector, words) {
	for (let tries = 600; tries > 0; tries--) {
		if (words.test(await page.innerText(selector)))
			return;
		await page.waitForTimeout(100);
	}
	assert.match(await page.innerText(selector), words);
}

// What axe-core finds against WCAG 2.2 AA, as text; "" is none.  rules: only
// those.
export async function faultsOf(page, rules) {
	// Its own script may not come in through the page's rules; it comes as
	// the debugger does, and once a page.
	if (await page.evaluate("typeof axe") === "undefined")
		await page.evaluate(`{ ${axe} }`);
	const found = await page.evaluate(only => globalThis.axe.run(document, {
		resultTypes: ["violations"],
		runOnly: only ?? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice"] }).then(r => r.violations.map(v => `${v.id}: ${
		v.nodes.map(n => n.target.join(" ")).join(", ")}`)), rules);
	return found.join("\n");
}

export async function noFaults(page) {
	assert.equal(await faultsOf(page), "");
	assert.deepEqual(page.faults, []);
}

// Look in every theme: all of axe in the first, what colours can break in the
// others, and a picture of each to look at.
export async function lookAt(page, name) {
	for (const [theme, rules] of [["light"], ["dark", ["color-contrast"]],
		["contrast", ["color-contrast"]]]) {
		await page.evaluate(t => document.documentElement.dataset.theme = t, theme);
		await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
		assert.equal(await faultsOf(page, rules), "", `${name} in ${theme}`);
	}
	await page.evaluate(() => document.documentElement.dataset.theme = "light");
}
