// Pictures of the outgoing bench, the trays and the look-up.

import { openPage, scan, signIn } from "./browser.mjs";
import { Office } from "./office.mjs";
import { Post } from "./post.mjs";

// Two letters to match, one in each tray.
function fill(office, post) {
	post.receive(0, "outside");
	const pair = [1, 2].map(n => post.receive(n, "inside"));
	const stubs = pair.map(letter => post.sheet(letter));
	const envelopes = pair.map(letter => post.envelope(letter));
	const held = post.receive(3, "inside");
	office.run("ruth", "letter", "hold", held.code, "photo");
	office.run("ruth", "letter", "receive", "--no-id", "--sheets", "1");
	office.run("ruth", "letter", "back");
	return { stubs, envelopes, held };
}

// shoot(page, name) takes one.
export async function tableShots(browser, shoot) {
	const office = new Office().make().fill();
	try {
		const post = new Post(office), { stubs, envelopes, held } = fill(office, post);
		await office.serve();
		const page = await openPage(browser, office);
		const big = text => page.waitForFunction(words =>
			document.getElementById("big").textContent === words, text);
		await signIn(page, "ruth", "outgoing");
		await page.waitForSelector(".group");
		await scan(page, stubs[0]);
		await big("STUB");
		await scan(page, envelopes[1]);
		await big("STOP");
		await shoot(page, "outgoing-stop");
		await scan(page, envelopes[0]);
		await big("MATCH");
		await page.waitForSelector("#stubs-form");
		await shoot(page, "outgoing");
		await page.goto("/trays");
		await page.waitForSelector(".tray");
		await shoot(page, "trays");
		await page.goto(`/history?q=${held.code}`);
		await page.waitForSelector(".timeline");
		await shoot(page, "look-up");
		await page.context().close();
	} finally {
		await office.remove();
	}
}
