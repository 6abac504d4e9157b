// Pictures of the pages for docs/, in few colours and small.
//	node shots.mjs FOLDER

import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openBrowser } from "./browser.mjs";
import { fewColours } from "./few.mjs";
import { hand, letter, sit } from "./hands.mjs";
import { Office } from "./office.mjs";
import { officeShots } from "./shots-office.mjs";
import { tableShots } from "./shots-table.mjs";

const folder = resolve(process.argv[2]), most = 60 * 1024;
const office = await new Office().make().fill().serve();
const browser = await openBrowser();

async function shoot(page, name) {
	const bytes = await fewColours(browser, page);
	if (bytes.length > most)
		throw new Error(`${name} has ${bytes.length} bytes`);
	writeFileSync(join(folder, `${name}.png`), bytes);
}

try {
	const ids = office.run("ruth", "pairing", "list", "--json");
	const page = await sit(browser, office, "vera", "A");
	await letter(page, ids[1].outside_id);
	await hand(page, "2", "DONE");
	await letter(page, ids[2].inside_id);
	for (const theme of ["light", "dark", "contrast"]) {
		await page.evaluate(t => document.documentElement.dataset.theme = t, theme);
		await shoot(page, `station-${theme}`);
	}
	await page.evaluate(() => document.documentElement.dataset.theme = "light");
	await hand(page, "M", "HELD");
	await shoot(page, "station-held");
	await page.context().setOffline(true);
	await hand(page, ids[3].inside_id, "WAITING");
	await shoot(page, "station-waiting");
	await tableShots(browser, shoot);
	await officeShots(browser, shoot);
} finally {
	await browser.close();
	await office.remove();
}
