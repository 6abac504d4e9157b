// Pictures of signing in, the day, the desk, the settings, and of a phone.

import { openPage, signIn } from "./browser.mjs";
import { busyOffice } from "./busy.mjs";

// What stands where, once it is there.
async function see(page, path, there) {
	await page.goto("about:blank");
	await page.goto(path);
	await page.waitForSelector(there);
}

// shoot(page, name) takes one.
export async function officeShots(browser, shoot) {
	const { office } = busyOffice();
	try {
		await office.serve();
		const page = await openPage(browser, office);
		await see(page, `${office.url}/sign-in`, "#badge");
		await shoot(page, "sign-in");
		await signIn(page, "ruth", "today");
		await page.waitForSelector("#count-form");
		await shoot(page, "today");
		await page.fill("#count-form [name=sealed]", "3");
		await page.fill("#count-form [name=stubs]", "2");
		await page.click("#count-form button.main");
		await page.waitForSelector("#differs");
		await shoot(page, "today-differs");
		await see(page, `${office.url}/desk#pairings`, "td.pairing");
		await shoot(page, "desk-pairings");
		await see(page, `${office.url}/desk#correspondents/C1`, "#one h2");
		await shoot(page, "desk-person");
		await page.context().close();
		const admin = await openPage(browser, office);
		await signIn(admin, "admin", "admin", "B");
		await admin.waitForSelector("html[data-ready]");
		await shoot(admin, "settings");
		await admin.context().close();
		const phone = await openPage(browser, office,
			{ viewport: { width: 390, height: 844 } });
		await signIn(phone, "ruth", "trays", "C");
		await phone.waitForSelector(".tray");
		await shoot(phone, "trays-phone");
		await phone.context().close();
	} finally {
		await office.remove();
	}
}
