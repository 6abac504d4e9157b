import { begin } from "./shell.js";

await begin({ en: {}, es: {} });
