/** What the other doors cost: what `/v1` adds to the model's first token, and what a flood of wrong passwords costs whoever is signed in. */

import { randomUUID } from 'node:crypto';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { systemClock } from '#src/clock.ts';
import { publicUrl, type WebBrowser } from '#test/e2e/web-page.ts';
import { openWebScene, type WebScene, writing } from '#test/e2e/web-scene.ts';
import { processFigures } from '../processes.ts';
import { quantile } from '../report.ts';

/** Every 20 ms, somebody reads who they are. */
const readEveryMs = 20;
const wrongASecond = 100;

/** Markdown. @param count How many questions, one after the other. */
export async function measureCompatible(count: number): Promise<string> {
	await using scene = await openWebScene({ environment: { OPENCCB_REQUESTS_PER_MINUTE: 'none', OPENCCB_TOKENS_PER_DAY: 'none' } });
	scene.ollama.answer({ tokens: ['Because', ' it', ' is', ' so.'] });
	const token = await tokenOf(await scene.signIn(scene.meet()));
	const rows: string[] = [];
	for (const model of ['openccb', 'demo:latest']) {
		const added: number[] = [];
		for (let number = 0; number < count + 5; number++) {
			const took = await firstTokenMs(scene, token, model);
			if (number >= 5) added.push(took - writing.firstTokenMs);
		}
		rows.push(`| ${model} | ${count} | ${[0.5, 0.95].map((share) => quantile(added, share).toFixed(1)).join(' / ')} |`);
	}
	return [
		'What `/v1/chat/completions` adds to the first token:\n',
		'| model | questions | ms p50 / p95 |',
		'| --- | --- | --- |',
		...rows,
	].join('\n');
}

/** Markdown. @param seconds How long wrong passwords come. */
export async function measurePasswordFlood(seconds: number): Promise<string> {
	await using scene = await openWebScene({
		environment: { OPENCCB_SIGN_IN_PASSWORDS: 'on', OPENCCB_TRUSTED_PROXIES: '127.0.0.1', OPENCCB_WEB_IDLE_HOURS: '12' },
	});
	const browser = await scene.signIn(scene.meet());
	await readFor(browser, 2);
	const alone = await readFor(browser, seconds);
	const before = processFigures(scene.program.pid).processorMs;
	const [flood, beside] = await Promise.all([floodFor(scene, seconds), readFor(browser, seconds)]);
	const processorMs = processFigures(scene.program.pid).processorMs - before;
	const shown = (values: readonly number[]) => [0.5, 0.95].map((share) => quantile(values, share).toFixed(1)).join(' / ');
	return [
		`\`GET /me\` of whoever is signed in, beside ${wrongASecond} wrong passwords a second, each from an address and for a name of its own:\n`,
		'| | requests | ms p50 / p95 |',
		'| --- | --- | --- |',
		`| alone | ${alone.length} | ${shown(alone)} |`,
		`| beside the flood | ${beside.length} | ${shown(beside)} |`,
		`\nOf ${flood.length} tries ${flood.filter((status) => status === 403).length} were looked at and ${flood.filter((status) => status === 429).length} told to come later; ${(processorMs / seconds).toFixed(0)} ms of processor time a second.`,
	].join('\n');
}

async function tokenOf(browser: WebBrowser): Promise<string> {
	const wanted = { name: 'bench', scopes: ['chat'], days: 1 };
	const { status, body } = await browser.call<{ secret: string }>('POST', '/tokens', wanted);
	if (status !== 200) throw new Error(`no token was made: ${status} ${JSON.stringify(body)}`);
	return body.secret;
}

function send(scene: WebScene, path: string, headers: OutgoingHttpHeaders, body: object) {
	const json = JSON.stringify(body);
	const all = { host: new URL(publicUrl).host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(json), ...headers };
	const sent = request(new URL(path, scene.program.address), { method: 'POST', headers: all });
	sent.end(json);
	return sent;
}

/** From sending the question to the first text. */
async function firstTokenMs(scene: WebScene, token: string, model: string): Promise<number> {
	const from = performance.now();
	const body = { model, stream: true, messages: [{ role: 'user', content: randomUUID() }] };
	const sent = send(scene, '/v1/chat/completions', { authorization: `Bearer ${token}` }, body);
	return await new Promise<number>((resolve, reject) => {
		sent.on('error', reject).on('response', (response) => {
			let text = '';
			let first: number | null = null;
			response.setEncoding('utf8');
			response.on('data', (piece: string) => {
				text += piece;
				if (first === null && /"content":"[^"]/.test(text)) first = performance.now() - from;
			});
			response.on('end', () => (first === null ? reject(new Error(`no text came: ${text.slice(0, 300)}`)) : resolve(first)));
		});
	});
}

async function readFor(browser: WebBrowser, seconds: number): Promise<number[]> {
	const took: number[] = [];
	const until = performance.now() + seconds * 1_000;
	while (performance.now() < until) {
		const from = performance.now();
		await browser.call('GET', '/me');
		took.push(performance.now() - from);
		await systemClock.wait(readEveryMs);
	}
	return took;
}

/** @returns the statuses. */
async function floodFor(scene: WebScene, seconds: number): Promise<number[]> {
	const tries: Promise<number>[] = [];
	const startedAt = performance.now();
	for (let number = 0; number < seconds * wrongASecond; number++) {
		const dueInMs = startedAt + (number * 1_000) / wrongASecond - performance.now();
		if (dueInMs > 0) await systemClock.wait(dueInMs);
		const headers = { 'x-forwarded-for': `10.1.${Math.floor(number / 250)}.${number % 250}`, 'sec-fetch-site': 'same-origin' };
		const sent = send(scene, '/api/v1/sign-in/password', headers, { name: `name-${number}`, password: 'not the password' });
		tries.push(
			new Promise((resolve) => {
				sent
					.on('error', () => resolve(0))
					.on('response', (response) => {
						response.resume().on('end', () => resolve(response.statusCode ?? 0));
					});
			}),
		);
	}
	return await Promise.all(tries);
}
