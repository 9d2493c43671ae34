import { describe, expect, it, onTestFinished } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createBoundedServer } from '#src/http/bounded-server.ts';
import { addProbeRoute } from '#src/http/probe-route.ts';
import type { Probe } from '#src/probe/probe.ts';

const answer = { text: 'quokka', storedMs: 1, answeredMs: 2 };

describe('the question for whoever puts a new version in place', () => {
	it('gives what was answered', async () => {
		const { post } = await open(async () => answer);
		expect(await post('quokka')).toEqual({ status: 200, body: answer });
	});

	it('takes words alone', async () => {
		const { post } = await open(async () => answer);
		for (const word of ['', 'Two words', 'x'.repeat(21), 'quokka&word=other']) expect(await post(word)).toMatchObject({ status: 400 });
	});

	it('names the code of what failed, and says nothing else of it', async () => {
		const { post } = await open(async () => {
			throw new BotError('TIMEOUT', 'something that nobody shall read', { reason: 'first-token' });
		});
		expect(await post('quokka')).toEqual({ status: 503, body: { code: 'TIMEOUT', reason: 'first-token' } });
	});

	it('runs once at a time, and ends when nobody waits for it any more', async () => {
		const begun = Promise.withResolvers<AbortSignal>();
		const { post, address } = await open(async (_word, signal) => {
			begun.resolve(signal);
			await new Promise((resolve) => signal.addEventListener('abort', resolve));
			return answer;
		});
		const leaving = new AbortController();
		const first = fetch(`${address}/probe?word=quokka`, { method: 'POST', signal: leaving.signal }).catch(() => 'left');
		const signal = await begun.promise;
		expect(await post('quokka')).toMatchObject({ status: 409 });
		const ended = new Promise((resolve) => signal.addEventListener('abort', resolve));
		leaving.abort();
		await ended;
		expect(await first).toBe('left');
	});
});

async function open(probe: Probe) {
	const server = createBoundedServer();
	addProbeRoute(server, probe);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	onTestFinished(() => server.close());
	const post = async (word: string) => {
		const response = await fetch(`${address}/probe?word=${word}`, { method: 'POST' });
		return { status: response.status, body: await response.json() };
	};
	return { address, post };
}
