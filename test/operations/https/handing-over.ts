/** The real program behind a front, beside one that goes: what Slack sends through the front is answered. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '#test/e2e/eventually.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { call, type Server } from './caller.ts';
import type { Prove } from './prove.ts';
import type { StandInProgram } from './stand-in-program.ts';

export interface RealProgram {
	slack: SlackEmulator;
	close(): Promise<void>;
}

/** @param folder for its data. Resolves when it is ready. */
export async function startRealProgram(port: number, folder: string): Promise<RealProgram> {
	const [slack, ollama] = await Promise.all([startSlackEmulator(), startOllamaEmulator()]);
	await copyTemplate(folder);
	const program: Program = await startProgram({
		PORT: `${port}`,
		OPENCCB_DATA: folder,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo:latest',
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
	});
	return {
		slack,
		async close() {
			await program.terminate();
			await Promise.all([slack.close(), ollama.close()]);
		},
	};
}

/** As long as the program takes what comes after it has said that it goes; each proxy has noticed by then. */
const oldStaysMs = 3_000;

export async function proveHandingOver(server: Server, old: StandInProgram, { slack }: RealProgram, prove: Prove): Promise<void> {
	// Unsigned, so the program refuses it, and the stand-in does not.
	const answeredBy = async () => (await call(server, { body: '{}' })).status;
	await prove('loses nothing while one process goes and another is there', async () => {
		await eventually(async () => (await answeredBy()) === 401);
		old.leave();
		const answers: number[] = [];
		const handedOver = performance.now() + oldStaysMs;
		while (performance.now() < handedOver) answers.push(await answeredBy());
		old.close();
		for (let time = 0; time < 20; time += 1) answers.push(await answeredBy());
		assert.deepEqual(new Set(answers.filter((status) => status !== 200)), new Set([401]));
		assert.equal(answers.at(-1), 401);
	});
	await prove('brings the program what Slack has signed, as it was signed', async () => {
		const way = await startWayFor(server);
		slack.setEventsUrl(`http://127.0.0.1:${(way.address() as AddressInfo).port}/slack/events`);
		const user = slack.workspace.addUser({ name: slack.workspace.nextId('person'), locale: 'en-GB' }).id;
		const { id: channel } = slack.workspace.openDirect(user);
		const { ts } = await slack.say({ user, channel, text: 'hello' });
		await eventually(() => slack.messages(channel, { threadTs: ts }).some(({ botId }) => botId === slack.botId));
		// The other front's proof has a way of its own, which is gone before the last of its events.
		const deliveries = () => slack.deliveries.filter(({ key }) => key.startsWith(`${channel}:`));
		const reached = () => new Set(deliveries().flatMap(({ httpStatus, eventId }) => (httpStatus === 200 ? [eventId] : [])));
		await eventually(() => deliveries().every(({ eventId }) => reached().has(eventId)));
		way.closeAllConnections();
		await once(way.close(), 'close');
	});
}

/** The emulated Slack speaks no TLS: this carries what it sends through the front, byte for byte. */
async function startWayFor(server: Server): Promise<HttpServer> {
	const way = createServer(async (request, response) => {
		const body: Buffer[] = [];
		for await (const piece of request) body.push(piece as Buffer);
		const { host, connection, ...headers } = request.headers as Record<string, string>;
		try {
			const { status, text } = await call(server, { method: 'POST', path: request.url ?? '', headers, body: Buffer.concat(body) });
			response.writeHead(status).end(text);
		} catch {
			// As Slack sees it: nobody answers, so it comes again.
			response.destroy();
		}
	}).listen(0, '127.0.0.1');
	await once(way, 'listening');
	return way;
}
