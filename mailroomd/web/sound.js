// A sound for each verdict: its colour is the pitch, its bells the count.

const pitches = { green: 880, plain: 660, yellow: 440, blue: 550, red: 220 };
let context;

export function ring(colour, bells) {
	if (bells === 0 || localStorage.getItem("mailroom.sound") === "off")
		return;
	context ??= new AudioContext();
	for (let i = 0; i < bells; i++) {
		const at = context.currentTime + i * 0.18;
		const tone = new OscillatorNode(context, { frequency: pitches[colour],
			type: colour === "red" ? "square" : "sine" });
		const loud = new GainNode(context, { gain: 0.2 });
		loud.gain.setTargetAtTime(0, at + 0.09, 0.02);
		tone.connect(loud).connect(context.destination);
		tone.start(at);
		tone.stop(at + 0.16);
	}
}
