// An office in the middle of a mail day: letters in every state, a batch that
// is open, somebody's count, what waits for a signature.

import { Office } from "./office.mjs";
import { Post } from "./post.mjs";

// Not served yet.  letters: by what became of them.
export function busyOffice() {
	const office = new Office().make().fill(), post = new Post(office);
	const letters = {};
	const sealed = n => {
		const letter = post.receive(n, "inside");
		post.seal(letter);
		return letter;
	};
	const held = (n, ...how) => {
		const letter = post.receive(n, "inside");
		office.run("ruth", "letter", "hold", letter.code, ...how);
		return letter;
	};
	office.run("ruth", "day", "open", "13");
	letters.posted = sealed(0);
	letters.back = sealed(1);
	office.run("ruth", "batch", "close", "-o", "manifest.pdf");
	office.run("ruth", "letter", "back", letters.back.code);
	letters.sealed = sealed(2);
	letters.photo = held(3, "photo", "--until", "2030-01-01");
	letters.threat = held(4, "threat");
	letters.noid = office.run("ruth", "letter", "receive", "--no-id", "--sheets",
		"1", "--json");
	office.run("ruth", "letter", "back");
	letters.money = post.receive(5, "inside");
	office.run("ruth", "letter", "flag", letters.money.code, "money", "--money", "20");
	letters.out = [6, 7].map(n => post.receive(n, "outside"));
	letters.in = [8, 9].map(n => post.receive(n, "inside"));
	return { office, post, letters };
}
