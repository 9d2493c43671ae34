/**
 * Waits until a process of the bot takes messages in, then asks it for a word that it cannot know beforehand. Ends with 0 when the word came, else
 * with 1 and one line: a key for a sentence, and a detail.
 *
 * node probe.mjs <port for operations> <seconds for each of both> <number of the process>
 */

import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const [port = '', seconds = '', processId = ''] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const patienceMs = Number(seconds) * 1_000;
/** Often enough for whoever watches. */
const pauseMs = 250;
const words = ['quokka', 'walrus', 'otter', 'heron', 'badger', 'lizard', 'falcon', 'beaver', 'rabbit', 'turtle'];

const problem = (await awaitIntake()) ?? (await askWord(words[randomInt(words.length)] ?? ''));
if (problem !== null) process.stderr.write(`${problem}\n`);
process.exit(problem === null ? 0 : 1);

/** @returns {Promise<string | null>} */
async function awaitIntake() {
	const deadlineMs = performance.now() + patienceMs;
	let last = 'no answer';
	while (performance.now() < deadlineMs && lives()) {
		try {
			const { ok, status } = await fetch(`${address}/healthz/intake`, { signal: AbortSignal.timeout(2_000) });
			if (ok) return null;
			last = `status ${status}`;
		} catch {
			last = 'no answer';
		}
		await pause(pauseMs);
	}
	return `not_ready ${last}`;
}

/** Nobody waits for one that has ended, whatever is started in its place. */
function lives() {
	try {
		// 0 is nobody's, and would ask about ourselves.
		return processId !== '0' && process.kill(Number(processId), 0);
	} catch {
		return false;
	}
}

/**
 * @param {string} word
 * @returns {Promise<string | null>}
 */
async function askWord(word) {
	try {
		const response = await fetch(`${address}/probe?word=${word}`, { method: 'POST', signal: AbortSignal.timeout(patienceMs) });
		const { text = '', code, reason = '' } = /** @type {{ text?: string, code?: string, reason?: string }} */ (await response.json());
		if (!response.ok) return `no_answer ${code ?? response.status} ${reason}`.trimEnd();
		return text.toLowerCase().includes(word) ? null : 'wrong_answer -';
	} catch (thrown) {
		return `no_answer ${thrown instanceof Error ? thrown.name : 'unknown'}`;
	}
}
