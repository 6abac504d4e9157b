// A whole mail day through the pages, by each role, typed as a wedge scanner
// types: mail from the box to the batch, the till, and the proof afterwards.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { noFaults, openBrowser, openPage, scan, sees, signIn } from "./browser.mjs";
import { act, day, Morning, sheet } from "./mailday.mjs";
import { pin } from "./office.mjs";
import { asked, codesOf, corners, textOf } from "./paper.mjs";
import { leaks, secrets } from "./post.mjs";

let office, browser, morning;
const page = {};                  // by user
const numbers = new Map();        // day numbers of what is not plain, by what it is
const hands = { plain: [], table: [] }; // lists of actions, a letter each
let clicks = 0, bench = 0;

before(async () => {
	morning = new Morning();
	office = await morning.office.serve();
	browser = await openBrowser();
});
after(async () => {
	await browser?.close();
	await office?.remove();
});

// A press of a button or a link, counted.
async function press(who, selector) {
	clicks++;
	await who.click(selector);
}

async function sit(user, to, station) {
	const one = page[user] = await openPage(browser, office);
	one.hands = [];
	await signIn(one, user, to, station);
	return one;
}

test("the coordinator's desk knows who was moved, and pauses a pairing", async () => {
	const ruth = await sit("ruth", "desk", "C");
	const moved = morning.pairs.get("P25").inside;
	await ruth.goto(`/desk#correspondents/${moved}`);
	await press(ruth, "#one >> text=Moved");
	await ruth.fill("dialog input[name=facility]", "TDG");
	await ruth.fill("dialog input[name=from]", day(-1));
	await press(ruth, "dialog button.main");
	await ruth.waitForSelector("#one a[href='#facilities/TDG']");
	await ruth.goto("/desk#pairings/P17");
	await press(ruth, "#one >> text=Pause");
	await ruth.selectOption("dialog select[name=reason]", "lockdown");
	await press(ruth, "dialog button.main");
	await ruth.waitForSelector("#one >> text=paused");
});

test("the box is emptied, and its pieces are counted by hand", async () => {
	const sam = await sit("sam", "today", "B");
	await sam.fill("input[name=pieces]", "32");
	await press(sam, "#till form button.main");
	await sam.waitForSelector("text=Counted in the box: 32");
});

// Everything that the volunteer's browser is given.
const shown = [];
function watch(one) {
	one.on("response", async answer => {
		if (/json|html/.test(answer.headers()["content-type"] ?? ""))
			shown.push(await answer.text().catch(() => ""));
	});
}

test("a volunteer logs 32 pieces: a plain one takes two actions", async t => {
	const vera = page.vera = await openPage(browser, office);
	vera.hands = [];
	watch(vera);
	await vera.goto("/sign-in");
	await vera.waitForFunction(() => document.activeElement.id === "badge");
	await scan(vera, morning.badge);
	await vera.keyboard.type(pin);
	await vera.keyboard.press("Enter");
	await vera.waitForURL("**/station");
	await vera.waitForSelector("#big:not(:empty)");
	const pieces = morning.pieces();
	assert.equal(pieces.length, 32);
	for (const [what, ...lines] of pieces) {
		vera.hands = [];
		for (const [text, words] of lines) {
			await act(vera, text, words);
			assert.deepEqual(await leaks(vera), [], what);
		}
		bench += vera.hands.length;
		if (what === "plain")
			hands.plain.push(vera.hands);
		else
			numbers.set(what, await vera.innerText("#number"));
	}
	const most = Math.max(...hands.plain.map(list => list.length));
	t.diagnostic(`at the bench: ${bench} actions for 32 pieces; of ${
		hands.plain.length} plain ones each took at most ${most}`);
	assert.equal(most, 2);
	await noFaults(vera);
});

// What is done with a letter at the trays, behind "More" or not.
async function choose(who, what, number) {
	const button = `[aria-label="${what}: ${number}"]`;
	await who.waitForSelector(button, { state: "attached" });
	if (!await who.isVisible(button))
		await press(who, `[aria-label="More: ${number}"]`);
	await press(who, button);
}

const sure = who => press(who, "dialog button.main");
const chip = (who, number, tray) => who.waitForSelector(
	`article:has(h2:text-is("${number}")) .chip:text-is("${tray}")`);
const gone = (who, number) => who.waitForSelector(`h2:text-is("${number}")`,
	{ state: "detached" });

test("staff empty the red tray of what can go on", async () => {
	const { ruth, sam } = page;
	const [writer, money, legal, retired] = ["the writer has moved", "twenty dollars",
		"legal mail, left sealed", "a retired ID"].map(what => numbers.get(what));
	await ruth.goto(`/desk#correspondents/${morning.pairs.get("P9").outside}`);
	await press(ruth, "#one >> text=Moved");
	for (const [name, value] of Object.entries({ street: "12 New Harbor Rd",
		city: "Alderbrook", state: "CT", zip: "06334" }))
		await ruth.fill(`dialog input[name=${name}]`, value);
	await sure(ruth);
	await ruth.waitForSelector("#notice.good");

	await sam.goto("/trays");
	await choose(sam, "Let it go on", writer);
	await sure(sam);
	await chip(sam, writer, "On the bench");
	await choose(sam, "Write down what was in it", money);
	await sam.selectOption("dialog select[name=kind]", "money");
	await sam.fill("dialog input[name=money]", "20.00");
	await sure(sam);
	await choose(sam, "What was in it", money);
	await sam.selectOption("dialog select", "return");
	await sure(sam);
	await sam.waitForSelector(`.acts > [aria-label="Let it go on: ${money}"]`);
	await choose(sam, "Let it go on", money);
	await sure(sam);
	await chip(sam, money, "On the bench");
	await choose(sam, "Do not send it on", legal);
	await sam.selectOption("dialog select[name=disposition]", "handed-back");
	await sure(sam);
	await gone(sam, legal);
	// Whoever found the ID out may have written it: the coordinator's.
	await choose(sam, "Hold for another reason or day", retired);
	await sam.selectOption("dialog select[name=reason]", "threat");
	await sure(sam);
	await sam.waitForSelector("dialog", { state: "detached" });
});

test("a coordinator releases what is held for safety, and nobody else", async () => {
	const { ruth, sam, vera } = page, number = numbers.get("a retired ID");
	await choose(sam, "Let it go on", number);
	await sure(sam);
	await sam.waitForSelector("#notice.bad");
	await sees(sam, "#notice", /A coordinator releases this letter/);
	await vera.goto("/trays");
	await vera.waitForSelector(`h2:text-is("${number}")`);
	assert.doesNotMatch(await vera.innerText("main"), /threat/i);
	assert.deepEqual(await leaks(vera), []);
	await ruth.goto("/trays");
	await choose(ruth, "Let it go on", number);
	await sure(ruth);
	await chip(ruth, number, "On the bench");
});

test("a letter without an ID gets its pairing, and its writer a letter of ours", async () => {
	const { sam } = page, number = numbers.get("no ID at all");
	const pair = morning.pairs.get("P14");
	await choose(sam, "Whose is it?", number);
	await sam.fill("dialog input[name=dear]", pair.inside_name);
	await sam.fill("dialog input[name=signed_by]", pair.outside_name);
	await sam.keyboard.press("Enter");
	await press(sam, '.candidates button:has-text("(P14)")');
	await chip(sam, number, "On the bench");
	await choose(sam, "Write a letter of ours", number);
	await sam.selectOption("dialog select[name=form]", "add-your-id");
	await sure(sam);
	await save(sam, "page");
	await sam.waitForSelector("#notice:has-text('is written')");

	const fresh = numbers.get("somebody new, without an ID");
	await choose(sam, "Whose is it?", fresh);
	await press(sam, "dialog summary");
	await sam.fill("dialog input[name=person]", "I-00001");
	await sam.keyboard.press("Enter");
	await chip(sam, fresh, "Yellow: whose is it");
});

// The document that is offered, saved beside the office.
async function save(who, name) {
	await who.waitForSelector("dialog a[download]");
	const saving = who.waitForEvent("download");
	await press(who, "dialog a[download]");
	await (await saving).saveAs(`${office.dir}/${name}.pdf`);
	await sure(who);
	await who.waitForSelector("dialog", { state: "detached" });
	return `${name}.pdf`;
}

test("what came back: one waits for an address, one goes to its writer", async () => {
	const { sam } = page, yellow = numbers.get("yellow sticker, our label on it");
	const white = numbers.get("white sticker, no code on it");
	await choose(sam, "What does the sticker say?", yellow);
	await press(sam, "dialog input[value=yellow]");
	await sam.selectOption("dialog select[name=reason]", "attempted-not-known");
	await sure(sam);
	await sam.waitForSelector(`[aria-label="Post it again: ${yellow}"]`);
	await choose(sam, "What does the sticker say?", white);
	await sam.fill("dialog input[name=id]", morning.pairs.get("P21").inside_id);
	await sam.keyboard.press("Enter");
	await press(sam, ".candidates button");
	await press(sam, "dialog input[value=white]");
	await sam.selectOption("dialog select[name=reason]", "no-or-wrong-id");
	await sure(sam);
	await choose(sam, "Turn back to its writer", white);
	await sure(sam);
	await gone(sam, white);
});

test("what may go on is counted at the bench, by its number", async () => {
	const { vera } = page;
	await vera.goto("/station");
	await vera.waitForSelector("#big:not(:empty)");
	for (const [what, sheets] of [["the writer has moved", "2"], ["twenty dollars", "2"],
		["a retired ID", "1"], ["no ID at all", "2"]]) {
		vera.hands = [];
		await act(vera, numbers.get(what), "GOOD");
		await act(vera, sheets, "DONE");
		bench += vera.hands.length;
		assert.deepEqual(await leaks(vera), [], what);
	}
	const count = state => office.run("ruth", "letter", "list", "--state", state,
		"--json").length;
	assert.deepEqual(["cleared", "held", "returned"].map(count), [29, 3, 1]);
	await noFaults(vera);
});

test("sheets, labels and envelopes are drawn at the outgoing bench", async () => {
	const { sam } = page;
	await sam.goto("/outgoing");
	await sam.waitForSelector("#groups >> text=What goes out: 29");
	assert.doesNotMatch(await sam.innerText("#groups"), /without their page/);
	await press(sam, "#groups >> text=Print cover sheets");
	const sheets = await save(sam, "today-sheets");
	const all = '[aria-label="Print labels: everything that waits"]';
	await press(sam, all);
	await sam.selectOption("dialog select[name=stock]", "avery-5163");
	await sure(sam);
	const labels = await save(sam, "today-labels");
	await sam.waitForSelector(all, { state: "detached" });
	await press(sam, '[aria-label="Print envelopes: everything that waits"]');
	const envelopes = await save(sam, "today-envelopes");
	await sam.waitForSelector("#groups >> text=To print", { state: "detached" });
	const codes = codesOf(office, sheets, { dpi: 300, area: sheet });
	morning.stubs = codes.filter(code => code.startsWith("L"));
	morning.labels = codesOf(office, labels, { dpi: 300 });
	morning.corners = corners(office, envelopes);
	assert.deepEqual([morning.stubs, codes, morning.labels, morning.corners]
		.map(list => list.length), [29, 29 + 12, 13, 16]);
	assert.ok(morning.labels.every(code => code.startsWith("E")));
	assert.match(textOf(office, sheets).join(), /Una carta para Opal/);
	const to = morning.pairs.get("P25").inside_id.split("-");
	assert.ok(textOf(office, envelopes).some((text, i) => /TALLADEGA AL/.test(text) &&
		morning.corners[i].join() === to.join()));
});

test("a wrong pair is stopped over the whole screen, and nothing is sealed", async () => {
	const { sam } = page;
	const [first, other] = morning.labels;
	const stub = morning.stubs.find(code => code.slice(1, 13) === first.slice(1, 13));
	await sam.focus("#line");
	sam.hands = [];
	await act(sam, stub, "STUB");
	await act(sam, other, "STOP");
	assert.ok(await sam.$("main.stop"));
	assert.deepEqual(await sam.locator("main").boundingBox(),
		{ x: 0, y: 0, width: 1024, height: 600 });
	assert.equal(await sam.isVisible("#work"), false);
	assert.equal(office.run("ruth", "letter", "show", stub.slice(1, 13), "--json").state,
		"cleared");
});

test("29 letters are sealed: each takes two actions at the table", async t => {
	const { sam } = page;
	const inside = morning.corners.values();
	for (const stub of morning.stubs) {
		sam.hands = [];
		const { plain } = await act(sam, stub, "STUB");
		const label = morning.labels.find(one => one.slice(1, 13) === stub.slice(1, 13));
		await act(sam, label ?? asked(plain, inside.next().value), "MATCH");
		hands.table.push(sam.hands);
	}
	assert.equal(inside.next().done, true);
	const most = Math.max(...hands.table.map(list => list.length));
	t.diagnostic(`at the table: ${hands.table.flat().length} actions for ${
		hands.table.length} letters, each at most ${most}; 1 wrong pair stopped`);
	assert.equal(most, 2);
});

test("stubs are counted, the batch is closed, its manifest has three words", async () => {
	const { sam } = page;
	await sam.waitForSelector("#groups >> text=What goes out: 0");
	await sam.fill("input[name=stubs]", "29");
	await sam.keyboard.press("Enter");
	await press(sam, "#close");
	await sure(sam);
	const manifest = textOf(office, await save(sam, "today-manifest")).join("\n");
	const word = "[2-8CDFHKMPRTVWX]{3}(?:-[2-8CDFHKMPRTVWX]{3}){2}";
	const found = new RegExp(`entry (\\d+)\\s+(${word})\\s+(${word})\\s+(${word})`)
		.exec(manifest);
	assert.ok(found, "no three words on the manifest");
	morning.witness = { event: found[1], words: found.slice(2) };
});

// The figures of the till, by the names that the page gives them.
const till = { "brought forward": 0, "counted in the box": 32, "found inside others": 1,
	"office letters": 1, "posted": 29, "handed back": 1, "thrown away": 0,
	"carried forward": 4 };

test("hands count first; one envelope behind the desk, then all is accounted for", async t => {
	const { sam } = page;
	await sam.goto("/today");
	await sam.waitForSelector("#count-form");
	assert.equal(await sam.$("figure.till"), null);
	const counted = { sealed: 28, stubs: 29, red: 2, yellow: 1, blue: 1 };
	for (const [name, n] of Object.entries(counted))
		await sam.fill(`#count-form input[name=${name}]`, String(n));
	await press(sam, "#count-form button.main");
	await sam.waitForSelector("#differs");
	await sees(sam, "#differs", /you counted 28, the program has 29/);
	await sam.fill("#count-form input[name=sealed]", "29");
	await press(sam, "#count-form button.main");
	await sam.waitForSelector("#till >> text=Every letter that came in is accounted for.");
	await press(sam, "#till summary");
	const rows = await sam.$$eval("figure.till tbody tr", all => all.map(row =>
		[...row.cells].map(cell => cell.textContent)));
	const figures = Object.fromEntries(rows.map(([name, n]) => [name, Number(n)]));
	assert.deepEqual(figures, { ...till, "found again": 0 });
	t.diagnostic(`the till: ${rows.map(([name, n]) => `${name} ${n}`).join(", ")}`);
	await noFaults(sam);
});

test("what went out: 16 inside, 11 outside, 1 back, 1 of ours", async () => {
	const posted = office.run("ruth", "letter", "list", "--state", "posted", "--json",
		"--limit", "500").filter(letter => letter.batch === "B2");
	const count = (way, direction) => posted.filter(letter => letter.way === way &&
		(!direction || letter.direction === direction)).length;
	assert.deepEqual([count("forward", "to inside"), count("forward", "to outside"),
		count("back"), count("office")], [16, 11, 1, 1]);
});

test("the coordinator proves the words of the manifest at her desk", async () => {
	const { ruth } = page, { event, words } = morning.witness;
	await ruth.goto("/desk#audit");
	await ruth.fill("input[name=witness]", words.join(" "));
	await ruth.fill("input[name=event]", event);
	await press(ruth, "#section form.card button.main");
	await ruth.waitForSelector("#proof.good");
	await sees(ruth, "#proof", new RegExp(`those of event ${event}`));
	const [a, b, c] = words;
	// One symbol off, which every word shows by itself.
	const off = (a[0] === "2" ? "3" : "2") + a.slice(1);
	await ruth.fill("input[name=witness]", `${off} ${b} ${c}`);
	await ruth.fill("input[name=event]", "");
	await press(ruth, "#section form.card button.main");
	await ruth.waitForSelector(".wrong >> text=Word 1 of three");
});

test("the writer who waits gets a pen pal, and the letter may go tomorrow", async () => {
	const { ruth } = page, waiting = office.run("ruth", "correspondent", "list", "--waiting",
		"--kind", "outside", "--json").find(one => one.pairings === 0);
	await ruth.goto("/desk#pairings");
	await press(ruth, "summary >> text=Open a pairing");
	await ruth.fill("details input[name=outside]", waiting.correspondent);
	await ruth.fill("details input[name=inside]", "I-00001");
	await press(ruth, "details[open] button.main");
	await ruth.waitForSelector("#one >> text=P111");
	await sees(ruth, "#notice", /waited for it: 1/);
	const number = numbers.get("somebody new, without an ID");
	await ruth.goto("/trays");
	await choose(ruth, "Whose is it?", number);
	await press(ruth, '.candidates button:has-text("(P111)")');
	await chip(ruth, number, "On the bench");
	await noFaults(ruth);
});

test("what one person decided alone, another one signs", async () => {
	const { ruth, sam } = page;
	for (const [who, owed] of [[sam, 3], [ruth, 1]]) {
		await who.goto("/today");
		const buttons = who.locator("#waits button:text-matches('^Sign S')");
		await buttons.first().waitFor();
		assert.equal(await buttons.count(), owed);
		for (let left = owed; left > 0; left--) {
			const name = await buttons.first().innerText();
			await press(who, `#waits button:text-is("${name}")`);
			await sure(who);
			await who.waitForSelector(`#waits button:text-is("${name}")`,
				{ state: "detached" });
		}
	}
	await ruth.waitForSelector("text=Nothing waits for a signature.");
	await noFaults(ruth);
});

test("afterwards the audit is clean, the office whole, and nobody saw too much", async t => {
	assert.equal(office.run("ruth", "audit", "verify", "--json").found, 0);
	for (const { check, result } of office.run("ruth", "office", "check", "--json"))
		assert.equal(result, "in order", check);
	const all = [...secrets(), "New Harbor"];
	assert.ok(shown.length > 80 && all.length > 300, `${shown.length}, ${all.length}`);
	assert.ok(shown.some(text => text.includes(morning.pairs.get("P14").inside_name)));
	assert.equal(all.filter(value => shown.some(text => text.includes(value))).length, 0);
	for (const one of Object.values(page))
		assert.deepEqual(one.faults, []);
	t.diagnostic(`${bench} + ${hands.table.flat().length} actions at bench and table, ${
		clicks} presses at the other pages; ${shown.length} answers that the volunteer got`);
});
