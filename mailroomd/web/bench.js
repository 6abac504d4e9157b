// Lines on their way to the office computer.  Each is kept in the browser,
// with a key of its own, until it is answered; they are sent one by one in the
// order of the hand.  While nobody answers they wait, over a reload too, and
// what becomes of one that waited stays on a list until a person ticks it off.

import { newKey, send, whoIsIt } from "./api.js";
import { goesOn, idOf } from "./code.js";

const patience = 1500; // ms until a line is shown as waiting
const retry = 2000;    // ms between two tries
const bounce = 3000;   // ms in which the office takes an ID for the same letter
const margin = 300;

const load = (name, standard) => {
	try {
		return JSON.parse(localStorage.getItem(`mailroom.bench.${name}`)) ?? standard;
	} catch {
		return standard;
	}
};

const sleep = ms => new Promise(done => setTimeout(done, ms));

// Nobody answered, or somebody who only says that the office is not there.
const away = problem => [0, 429, 502, 503, 504].includes(problem.status);

export class Bench {
	// me: the session.  on: what the page does when something happens:
	// view(view, line), waits(), kept(), ended(), full().
	constructor(me, on) {
		Object.assign(this, { me, on, running: false, waiting: false });
		this.lines = load("lines", []);
		this.came = load("came", []);
		this.recent = load("recent", []);
		this.broken = load("broken", false);
		this.hand = load("hand", {});
		for (const line of this.lines)
			line.late = true;
		this.waiting = this.mine().length > 0;
		// What was in the hand counts for lines that were typed then.
		if (!this.waiting || this.hand.user !== me.user ||
		    this.hand.station !== me.station)
			this.hand = {};
	}

	// What the office says is in the hand, without a line.
	met(view) {
		this.hand = { user: this.me.user, station: this.me.station,
			hand: view.hand?.code ?? this.hand.hand,
			stub: view.stub?.code ?? this.hand.stub, wants: view.wants };
		this.keep("hand");
	}

	keep(...names) {
		try {
			for (const name of names)
				localStorage.setItem(`mailroom.bench.${name}`,
					JSON.stringify(this[name]));
			return true;
		} catch {
			this.on.full();
			return false;
		}
	}

	// Lines of somebody else, or of another station.
	foreign() {
		return this.lines.filter(line => line.user !== this.me.user ||
			line.station !== this.me.station);
	}

	mine() {
		return this.lines.filter(line => line.user === this.me.user &&
			line.station === this.me.station);
	}

	add(text) {
		const line = { key: newKey(), line: text, at: Date.now(),
			user: this.me.user, station: this.me.station, late: this.waiting };
		this.lines.push(line);
		this.keep("lines");
		if (this.waiting) {
			this.on.waits();
			this.on.kept();
		}
		this.pump();
	}

	// Let nothing stand between two tries any longer.
	hurry() {
		this.wake?.();
	}

	async pump() {
		if (this.running)
			return;
		this.running = true;
		try {
			let line;
			while ((line = this.mine()[0]) !== undefined)
				if (!await this.settle(line))
					break;
		} finally {
			this.running = false;
		}
	}

	// One line, until it is answered.  false: not now.
	async settle(line) {
		if (line.late && this.broken && goesOn(line.line)) {
			this.finish(line, { done: false, unsent: true });
			return true;
		}
		await this.pace(line);
		const slow = setTimeout(() => this.late(line), patience);
		try {
			const view = await this.post(line);
			clearTimeout(slow);
			this.answered(line, view);
		} catch (problem) {
			clearTimeout(slow);
			if (problem.status === 401) {
				this.on.ended();
				return false;
			}
			if (away(problem)) {
				this.late(line);
				await Promise.race([sleep(retry),
					new Promise(wake => this.wake = wake)]);
			} else {
				this.finish(line, { done: false, problem });
			}
		}
		return true;
	}

	// It waits, and so does all that is behind it.
	late(line) {
		const first = !this.waiting;
		this.waiting = true;
		line.late = true;
		for (const behind of this.mine())
			behind.late = true;
		this.keep("lines");
		if (first)
			this.on.waits();
		this.on.kept();
	}

	async post(line) {
		const { hand, stub, wants } = this.hand;
		const printer = name => localStorage.getItem(`mailroom.${name}`) || undefined;
		const ask = async () => (await send("POST", "/api/station", {
			json: { line: line.line, request: line.key, hand, stub, wants,
				sheets: printer("sheets"), envelopes: printer("envelopes") },
			signal: AbortSignal.timeout(15000) })).json();
		try {
			return await ask();
		} catch (problem) {
			// Signed in again in another window: its token is another.
			if (problem.status !== 403 || await whoIsIt() === null)
				throw problem;
			return ask();
		}
	}

	// Two letters of one ID, as the hand had them more than three seconds
	// apart, must not be a bounce because they are sent at one go.
	async pace(line) {
		const id = idOf(line.line), before = this.recent.findLast(r => r.id === id);
		if (id === "" || before === undefined || line.at - before.at <= bounce)
			return;
		const rest = before.answered + bounce + margin - Date.now();
		if (rest > 0 && rest <= bounce + margin)
			await sleep(rest);
	}

	answered(line, view) {
		this.hand = { user: this.me.user, station: this.me.station,
			hand: view.hand?.code, stub: view.stub?.code, wants: view.wants };
		const now = Date.now(), id = idOf(line.line);
		this.recent = this.recent.filter(r => now - r.answered < 2 * bounce);
		if (id !== "")
			this.recent.push({ id, at: line.at, answered: now });
		this.keep("hand", "recent");
		this.finish(line, { done: view.done, view });
	}

	// A line is through; one that waited goes on the list.
	finish(line, { done, view, problem, unsent }) {
		this.lines = this.lines.filter(l => l.key !== line.key);
		const waited = line.late;
		if (waited) {
			const stop = view?.verdict.startsWith("STOP");
			this.came.push({ ...line, done: done && !stop, unsent,
				number: done ? view.list?.[0]?.number ?? "" : "",
				big: view?.big, colour: view?.colour,
				plain: view?.plain ?? problem?.message ?? "" });
			if (!goesOn(line.line) || !done)
				this.broken = !done;
		}
		if (this.mine().length === 0)
			this.waiting = this.broken = false;
		this.keep("came", "lines", "broken");
		if (view !== undefined || problem !== undefined)
			this.on.view(view, problem, line);
		if (waited)
			this.on.kept();
	}

	// A person saw to it.
	tick(keys) {
		this.came = this.came.filter(line => !keys.includes(line.key));
		this.keep("came");
		this.on.kept();
	}

	// What nobody will send any more is for hands.
	byHand() {
		const gone = this.foreign();
		this.came.push(...gone.map(line => ({ ...line, done: false, foreign: true,
			plain: "" })));
		this.lines = this.mine();
		this.keep("came", "lines");
		this.on.kept();
	}
}
