// An office to test with, made by the command line, and a mailroomd on it on
// a port of its own, ended by its process id.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const build = resolve(process.env.MAILROOM_BUILD ?? "build");
const mailroom = join(build, "mailroom");
const daemon = join(build, "mailroomd/mailroomd");
export const data = resolve(import.meta.dirname ?? ".", "../data");

// All of them are made up.
export const people = {
	ruth: "plum orchard seven lantern quiet",
	sam: "copper kettle nine window slow",
	vera: "amber ladder three garden north",
	admin: "silver button eight meadow still",
	tom: "winter ribbon four candle east",
};
export const pin = "482913";

export class Office {
	constructor() {
		this.dir = mkdtempSync(join(tmpdir(), "mailroom-browser-"));
		this.office = join(this.dir, "office");
	}

	// One command of ours; its answer as a program reads it.  At `clock`, where
	// that is set: an office to practise in.
	run(user, ...words) {
		const at = this.clock ? ["--now", this.clock] : [];
		const out = execFileSync(mailroom, [...at, ...words], {
			cwd: this.dir, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, MAILROOM_OFFICE: this.office,
				MAILROOM_USER: user, MAILROOM_PASSPHRASE: people[user],
				MAILROOM_NEW_PASSPHRASE: people[user],
				MAILROOM_NEW_PIN: pin, TZ: "UTC",
				LC_ALL: "C.UTF-8" } });
		try {
			return JSON.parse(out);
		} catch {
			return out;
		}
	}

	// An office with a user of each role; ruth is its coordinator.
	make({ name = "Bridge Letters", zone = "America/New_York" } = {}) {
		this.run("ruth", "init", this.office, "--name", name, "--street",
			"PO BOX 1138", "--city", "Danbury", "--state", "CT", "--zip",
			"06810", "--zone", zone, "--coordinator", "ruth",
			...this.clock ? ["--practice"] : []);
		this.run("admin", "user", "passphrase");
		for (const [user, role] of [["sam", "staff"], ["vera", "volunteer"]]) {
			this.run("admin", "user", "add", user, role);
			this.run(user, "user", "passphrase");
		}
		this.run("ruth", "user", "grant", "sam");
		return this;
	}

	// With the facilities, correspondents and pairings of test/data.
	fill() {
		for (const noun of ["facility", "correspondent", "pairing"])
			this.run("ruth", noun, "import", join(data, `${
				{ facility: "facilities-federal", correspondent: "correspondents",
					pairing: "pairings" }[noun]}.csv`));
		return this;
	}

	// Start to serve; more: flags of mailroomd.
	async serve(...more) {
		this.process = spawn(daemon, ["--office", this.office, "--listen",
			`127.0.0.1:${this.port ?? 0}`, ...more],
			{ stdio: ["ignore", "ignore", "pipe"] });
		this.said = "";
		await new Promise((done, failed) => {
			this.process.stderr.on("data", text => {
				this.said += text;
				const at = /open: port (\d+)/.exec(this.said);
				if (at) {
					this.port = Number(at[1]);
					done();
				}
			});
			this.process.on("exit", () => failed(new Error(this.said)));
		});
		this.url = `http://127.0.0.1:${this.port}`;
		return this;
	}

	// signal "SIGKILL" is a power cut.
	async stop(signal = "SIGTERM") {
		const { process: child } = this;
		if (!child || child.exitCode !== null)
			return;
		const ended = new Promise(done => child.once("exit", done));
		child.kill(signal);
		await ended;
		this.process = null;
	}

	async remove() {
		await this.stop();
		rmSync(this.dir, { recursive: true, force: true });
	}
}
