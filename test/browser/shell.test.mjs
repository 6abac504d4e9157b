// What every page has around it.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, openBrowser, openPage, signIn } from "./browser.mjs";
import { busyOffice } from "./busy.mjs";

let office, browser, post, letters;

before(async () => {
	({ office, post, letters } = busyOffice());
	await office.serve();
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
				await page.waitForSelector("#head nav a", { state: "attached" });
				assert.equal(await page.getAttribute("html", "lang"), language);
				assert.doesNotMatch(await page.innerText("body"), /\[[a-z]/,
					`${name} lacks a word in ${language}`);
				await lookAt(page, `${name}-${language}`);
				assert.deepEqual(page.faults, []);
			}
			await page.context().close();
		}
});

// Every page with something on it, and what shows that it is there.
const full = () => ({
	ruth: { "station": "#big:not(:empty)", "outgoing": ".group", "trays": ".tray",
		[`history?q=${letters.photo.code}`]: ".timeline",
		[`history?q=${post.pairs[0].pairing}`]: ".timeline",
		"today": "#count-form", "desk#pairings/P4": "#one h2",
		"desk#correspondents/C1": "#one h2", "desk#facilities/TDG": "#one h2",
		"desk#imports": "input[type=file]", "desk#audit": "td.event" },
	admin: { "admin": "html[data-ready]" },
});

// look(page, name) at each, in a window of that size.
async function eachPage(how, look) {
	const open = async (user, first) => {
		const page = await openPage(browser, office, how);
		await signIn(page, user, first, user === "admin" ? "B" : "A");
		return page;
	};
	for (const [user, views] of Object.entries(full())) {
		const page = await open(user, pages[user][0]);
		for (const [path, there] of Object.entries(views)) {
			await page.goto("about:blank");
			await page.goto(`${office.url}/${path}`);
			await page.waitForSelector(there);
			await look(page, path.replace(/=.*/, ""));
		}
		assert.deepEqual(page.faults, []);
		await page.context().close();
	}
}

const sideways = page => page.evaluate(() => {
	const wide = [...document.querySelectorAll("html, main, dialog, .scroll, .card")]
		.filter(node => node.scrollWidth > node.clientWidth + 1);
	return wide.map(node => `${node.tagName}.${node.className} ${node.scrollWidth}`);
});

// WCAG 1.4.10: 1280 x 1024 at 400 %.
test("nothing scrolls sideways at 320 pixels, in the longer language", async () => {
	await eachPage({ viewport: { width: 320, height: 256 }, language: "es" },
		async (page, name) => assert.deepEqual(await sideways(page), [], name));
});

test("nothing scrolls sideways in the largest letters", async () => {
	await eachPage({ language: "es" }, async (page, name) => {
		await page.evaluate(() => {
			localStorage.setItem("mailroom.size", "larger");
			dispatchEvent(new Event("looks"));
		});
		assert.deepEqual(await sideways(page), [], name);
	});
});

// A box is hit by its label too; a link in a sentence is as high as its line.
const tooSmall = page => page.evaluate(() => {
	const hit = node => /checkbox|radio/.test(node.type)
		? node.labels[0] ?? node : node;
	return [...document.querySelectorAll("a, button, select, input, summary")]
		.filter(node => node.offsetParent !== null && !node.matches("p a, .skip"))
		.map(node => [node, hit(node).getBoundingClientRect()])
		.filter(([node, { width, height }]) => height < 43.9 || width < 43.9 &&
			!/checkbox|radio/.test(node.type))
		.map(([node, { width, height }]) =>
			`${node.tagName} ${node.textContent} ${width} x ${height}`);
});

test("whatever is pressed is 44 pixels high and wide", async () => {
	await eachPage({}, async (page, name) =>
		assert.deepEqual(await tooSmall(page), [], name));
	await eachPage({ viewport: { width: 390, height: 844 }, language: "es" },
		async (page, name) => assert.deepEqual(await tooSmall(page), [], name));
});

test("on a phone the pages stand behind a button, with the keyboard too", async () => {
	const page = await openPage(browser, office, { viewport: { width: 390, height: 844 } });
	await signIn(page, "sam", "trays");
	const shown = () => page.isVisible("#head nav a");
	assert.equal(await shown(), false);
	await page.focus("#menu");
	await page.keyboard.press("Enter");
	assert.equal(await shown(), true);
	await page.keyboard.press("Escape");
	assert.equal(await shown(), false);
	await page.keyboard.press("Enter");
	await page.click("#head nav a >> text=Today");
	await page.waitForURL("**/today");
	await page.context().close();
});

test("the day number is 30 mm high, and colours follow the computer", async () => {
	const page = await openPage(browser, office, { colorScheme: "dark" });
	await signIn(page, "vera", "station", "C");
	await page.waitForSelector("#big:not(:empty)");
	// Capitals of the page's letters are 0.73 as high as their size.
	const high = await page.evaluate(() =>
		parseFloat(getComputedStyle(document.getElementById("number")).fontSize) * 0.73);
	assert.ok(Math.abs(high - 30 / 25.4 * 96) < 0.5, `${high} px`);
	// The page hears of a change a moment after it.
	const follows = theme => page.waitForSelector(`html[data-theme=${theme}]`);
	await follows("dark");
	await page.emulateMedia({ colorScheme: "light" });
	await follows("light");
	await page.emulateMedia({ contrast: "more" });
	await follows("contrast");
	await page.context().close();
});

test("a long list comes in parts, is searched, and keeps the focus", async () => {
	const page = await openPage(browser, office);
	await signIn(page, "ruth", "desk");
	await page.waitForSelector("td.pairing");
	const rows = () => page.locator("td.pairing").count();
	assert.equal(await rows(), 25);
	await page.click("text=Show 25 more");
	assert.equal(await rows(), 50);
	assert.equal(await page.evaluate(() => document.activeElement
		=== document.querySelectorAll("td.pairing a")[25]), true);
	const name = post.pairs[40].pairing;
	await page.fill("input[type=search]", name);
	assert.ok((await page.locator("td.pairing").allInnerTexts()).includes(name));
	assert.ok(await rows() < 25);
	await page.context().close();
});

test("nothing is left under a message at the end of a page", async () => {
	const page = await openPage(browser, office);
	await signIn(page, "ruth", "today");
	await page.waitForSelector("#count-form");
	await page.evaluate(async () =>
		(await import("/web/dom.js")).notice("Something to be read", "bad"));
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	const [end, bar] = await page.evaluate(() => ["past", "notice"].map(id =>
		document.getElementById(id).getBoundingClientRect())
		.map((box, i) => i === 0 ? box.bottom : box.top));
	assert.ok(end <= bar, `${end} is over ${bar}`);
	await page.click("#dismiss");
	assert.equal(await page.innerText("#said"), "");
	await page.context().close();
});

test("a page that came while nobody answered goes on by itself", async () => {
	const page = await openPage(browser, office);
	await signIn(page, "sam", "history");
	let busy = true;
	await page.route("**/api/session*", route => busy
		? route.fulfill({ status: 503, body: "busy" }) : route.continue());
	await page.reload();
	await page.waitForSelector("#notice.bad");
	assert.equal(await page.$("#head nav a"), null);
	busy = false;
	await page.waitForSelector("#head nav a", { state: "attached" });
	assert.equal(await page.$("#notice.bad"), null);
	await page.context().close();
});
