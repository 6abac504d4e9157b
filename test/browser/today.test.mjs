// The day as a till, through its page.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";

let office, browser, page;

before(async () => {
	office = await new Office().make().fill().serve();
	browser = await openBrowser();
	page = await openPage(browser, office);
	await signIn(page, "sam", "today");
});
after(async () => {
	await browser.close();
	await office.remove();
});

const count = (name, n) => page.fill(`#count-form input[name=${name}]`, String(n));

test("a day begins with what hands counted, and the count is corrected", async () => {
	await page.fill("input[name=pieces]", "5");
	await page.click("#till form button.main");
	await page.waitForSelector("#count-form");
	await sees(page, "#till", /Counted in the box: 5/);
	await page.click("text=Correct the count");
	await page.fill("dialog input[name=pieces]", "4");
	await page.click("dialog button.main");
	await page.waitForSelector("text=Counted in the box: 4");
});

test("nothing of the program's figures shows before hands have counted", async () => {
	const [pair] = office.run("ruth", "pairing", "list", "--json");
	office.run("ruth", "letter", "receive", pair.outside_id, "--sheets", "2");
	office.run("ruth", "letter", "receive", "--no-id", "--station", "B");
	office.run("ruth", "enclosure", "add", "A1", "money", "--money", "20");
	await page.reload();
	await page.waitForSelector("#count-form");
	assert.equal(await page.$("figure.till"), null);
	await sees(page, "#waits", /E1/);
	await lookAt(page, "today-open");
});

test("a count that is off is refused, and then tells where to look", async () => {
	await count("sealed", 0);
	await count("stubs", 0);
	await page.click("#count-form button.main");
	await page.waitForSelector("#differs");
	const said = await page.innerText("#differs");
	assert.match(said, /2 counted and never logged/);
	assert.match(said, /differ by 2/);
	assert.match(said, /You counted 0\.00|you counted 0\.00/);
	assert.match(said, /A\s+1\s+0/);
	assert.match(said, /B\s+1\s+0/);
	await lookAt(page, "today-differs");
});

test("counted right but for what is lost, it closes with a reason", async () => {
	await count("yellow", 1);
	await count("bench", 1);
	await page.fill("#count-form input[name=money]", "20.00");
	await page.selectOption("#count-form select[name=accept]", "miscount");
	await page.click("#count-form button.main");
	await page.waitForSelector("text=Closed with a difference: close it: a miscount");
	assert.equal(office.run("ruth", "day", "show", "--json").state, "closed");
	await lookAt(page, "today-closed");
});

test("a second person signs for what the first one decided", async () => {
	await page.click("text=Decide E1");
	await page.selectOption("dialog select[name=disposition]", "forward");
	await page.click("dialog button.main");
	await page.waitForSelector("text=somebody else signs this");
	const other = await openPage(browser, office);
	await signIn(other, "ruth", "today");
	await other.click("text=/^Sign S/");
	await other.click("dialog button.main");
	await other.waitForSelector("text=Nothing waits for a signature.");
	await noFaults(other);
	await other.context().close();
});

test("the day sheet is drawn for the day", async () => {
	await page.click("#till >> text=Day sheet");
	const link = await page.waitForSelector("dialog a[download]");
	assert.match(await link.getAttribute("download"), /\.pdf$/);
	await page.click("dialog button.main");
	await noFaults(page);
});
