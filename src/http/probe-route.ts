/** `POST /probe?word=…` for whoever puts a new version in place: asks the model, and says what it answered. One at a time, since it takes a slot of a model. */

import type { FastifyInstance } from 'fastify';
import { toBotError } from '../errors.ts';
import type { Probe } from '../probe/probe.ts';

/** Longer than any model takes to load and to say a word. Whoever asks may hang up sooner, which ends it too. */
const withinMs = 300_000;

/** 200 with what was answered, 400 for a word that is none, 409 while another one runs, else 503 with the code of the error. */
export function addProbeRoute(server: FastifyInstance, probe: Probe): void {
	let isRunning = false;
	server.post<{ Querystring: { word?: unknown } }>('/probe', async ({ query: { word } }, reply) => {
		if (typeof word !== 'string' || !/^[a-z]{1,20}$/.test(word)) return await reply.code(400).send({ code: 'word' });
		if (isRunning) return await reply.code(409).send({ code: 'running' });
		isRunning = true;
		const hungUp = new AbortController();
		reply.raw.once('close', () => hungUp.abort());
		try {
			return await probe(word, AbortSignal.any([hungUp.signal, AbortSignal.timeout(withinMs)]));
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			return await reply.code(503).send({ code, reason });
		} finally {
			isRunning = false;
		}
	});
}
