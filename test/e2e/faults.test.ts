/** Ollama and Slack fail in the middle of things: people are told, lose nothing, and get one answer. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { Failure } from '#test/emulators/ollama/types.ts';
import { eventually } from './eventually.ts';
import { modelRequests } from './observe.ts';
import { answerText, expectOneAnswer, leaks, question, settled } from './promises.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { modelName, openWorkplace, type Workplace } from './workplace.ts';

const text = answerText(60);
const actionsOf = (message: { buttons: { actionId: string }[] }) => message.buttons.map((button) => button.actionId);

async function pressRetry({ slack, channels }: Workplace, user: string, ts: string): Promise<void> {
	const { failure } = await slack.press({ user, channel: channels.general, ts, actionId: 'openccb_retry' });
	expect(failure).toBeUndefined();
}

/** As somebody does who is told that it does not work yet: a host that was looked at within the last second is not asked again. */
async function retryUntilAnswered(workplace: Workplace, user: string, threadTs: string): Promise<void> {
	await eventually(async () => {
		const { visibleText, ts } = await workplace.answered(workplace.channels.general, threadTs);
		if (visibleText === text) return true;
		await pressRetry(workplace, user, ts);
		await settled(workplace.program);
		return false;
	});
}

describe('Ollama', () => {
	let workplace: Workplace;
	let other: OllamaEmulator;
	let proxy: TcpProxy;
	let ask: (text: string, options?: { user?: string; threadTs?: string }) => Promise<string>;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 100 }, start: false });
		const { hostname, port } = new URL(workplace.ollama.url);
		proxy = await startTcpProxy({ host: hostname, port: Number(port) });
		workplace.environment['OLLAMA_HOST'] = `http://127.0.0.1:${proxy.port}`;
		await workplace.start();
		ask = (words, options) => workplace.ask(question(words), options);
	});
	afterEach(async () => {
		await proxy.restore();
		expect(leaks(workplace)).toEqual([]);
	});
	afterAll(async () => {
		await workplace.close();
		await proxy.close();
		await other?.close();
	});

	const readModels = async () => (await workplace.program.readiness()).body.parts['models'];

	it('away: the asker is told in their language, and the same message becomes the answer when they try again', async () => {
		const { channels, people, program } = workplace;
		await proxy.cut();
		const threadTs = await ask('quién anda ahí', { user: people.lucia });
		const told = await workplace.answered(channels.general, threadTs);
		expect(told.visibleText).toContain('no llego al modelo de lenguaje');
		expect(told.buttons).toEqual([expect.objectContaining({ actionId: 'openccb_retry', label: 'Reintentar' })]);
		expect((await program.readiness()).status).toBe(200);
		expect((await readModels())?.state).toBe('down');
		await expect.poll(() => program.metric('openccb_replies_total', 'outcome="failed"', 'code="MODEL_UNAVAILABLE"')).toBe(1);
		await proxy.restore();
		workplace.ollama.answer(text);
		await retryUntilAnswered(workplace, people.lucia, threadTs);
		expect((await expectOneAnswer(workplace, threadTs, text)).ts).toBe(told.ts);
		await expect.poll(() => program.metric('openccb_replies_total', 'outcome="answered"')).toBe(1);
	});

	it.each(['reset', 'no-done', 'mid-stream-error'] as const)(
		'dying in the middle of an answer (%s): what was said stays, with a notice and Retry',
		async (kind) => {
			const { channels, people } = workplace;
			workplace.ollama.answer(text);
			workplace.ollama.fail({ kind, afterTokens: 40 });
			const threadTs = await ask('and then');
			const partial = await workplace.answered(channels.general, threadTs);
			expect(partial.visibleText).toMatch(/^quokka0 .*quokka8.*The model broke off here\. Press “Try again”/s);
			expect(actionsOf(partial)).toEqual(['openccb_retry']);
			await pressRetry(workplace, people.tom, partial.ts);
			await eventually(() => workplace.answers(channels.general, threadTs).some((message) => message.visibleText === text));
			await settled(workplace.program);
			expect(workplace.answers(channels.general, threadTs).map((message) => message.visibleText)).toEqual([partial.visibleText, text]);
			expect(workplace.slack.status(channels.general, threadTs)).toBe('');
		},
	);

	it('without the model: the asker is told how to install it, and is answered once it is there', async () => {
		const { channels, people, ollama } = workplace;
		ollama.removeModel(modelName);
		const threadTs = await ask('what now');
		const told = await workplace.answered(channels.general, threadTs);
		expect(told.visibleText).toContain(`ollama pull ${modelName}`);
		expect(await readModels()).toMatchObject({ state: 'down', reason: expect.stringContaining(`ollama pull ${modelName}`) });
		ollama.addModel({ name: modelName });
		ollama.answer(text);
		await retryUntilAnswered(workplace, people.tom, threadTs);
		expect((await expectOneAnswer(workplace, threadTs, text)).ts).toBe(told.ts);
	});

	it('failing before the first token on one host: another host answers', async () => {
		await workplace.program.kill();
		other = await startOllamaEmulator({ parallel: 8, tokensPerSecond: 100 });
		workplace.environment['OLLAMA_HOST'] = `http://127.0.0.1:${proxy.port},${other.url}`;
		await workplace.start();
		for (const host of [workplace.ollama, other]) host.answer(text);
		const asked = modelRequests(workplace).length;
		const threadTs = await ask('who answers');
		await expectOneAnswer(workplace, threadTs, text);
		// The conversation stays with its host: that one fails now.
		const [own, spare] = modelRequests(workplace).length > asked ? [workplace.ollama, other] : [other, workplace.ollama];
		own.fail({ kind: 'reset', afterTokens: 0, times: 2 });
		spare.answer(answerText(20));
		await ask('and now', { threadTs });
		await eventually(() =>
			workplace.answers(workplace.channels.general, threadTs).some((message) => message.visibleText === answerText(20)),
		);
		await settled(workplace.program);
		expect(workplace.answers(workplace.channels.general, threadTs)).toHaveLength(2);
		expect(await workplace.program.metric('openccb_model_failovers_total')).toBe(1);
	});
});

describe.concurrent('a model that lets people wait', () => {
	it('for somebody else, on a host that answers one at a time: they see their place, and are answered however long it takes', async () => {
		await using workplace = await openWorkplace({
			ollama: { parallel: 1, tokensPerSecond: 25 },
			environment: { OLLAMA_FIRST_TOKEN_SECONDS: '3' },
		});
		const { slack, channels, people, ollama } = workplace;
		const long = answerText(115);
		ollama.answer(({ messages }) => (messages?.at(-1)?.content.includes('at length') ? long : text));
		const first = await workplace.ask(question('tell me at length'));
		await eventually(() => workplace.answers(channels.general, first).length > 0);
		const second = await workplace.ask(question('y a mí'), { user: people.lucia });
		await eventually(() => slack.status(channels.general, second).includes('puesto 1'), 15_000);
		await expectOneAnswer(workplace, first, long);
		await expectOneAnswer(workplace, second, text);
		const [asked, waited] = ollama.requests.filter(({ tokensSent }) => tokensSent > 0);
		expect((waited?.firstTokenAtMs ?? 0) - (waited?.atMs ?? 0)).toBeGreaterThan(3_000);
		expect(asked?.endedAtMs).toBeLessThanOrEqual(waited?.firstTokenAtMs ?? 0);
	}, 60_000);

	it.each<[string, Failure, string, RegExp]>([
		['before an answer', { kind: 'stall-before-headers' }, 'which is busy or silent for', /^.*Stopped\./],
		['within an answer', { kind: 'stall-between-tokens', afterTokens: 40 }, 'which paused', /^quokka0 .*Stopped\./s],
	])(
		'and says nothing %s: after 15 s they read so, and can stop it',
		async (_, failure, sign, stopped) => {
			await using workplace = await openWorkplace();
			const { slack, channels, people, ollama } = workplace;
			ollama.answer(text);
			ollama.fail(failure);
			const threadTs = await workplace.ask(question('and then'));
			await eventually(() => slack.status(channels.general, threadTs).includes(sign), 30_000);
			await slack.say({ user: people.tom, channel: channels.general, text: `<@${slack.botUserId}> stop`, threadTs });
			expect((await workplace.answered(channels.general, threadTs)).visibleText).toMatch(stopped);
			await eventually(() => slack.status(channels.general, threadTs) === '');
		},
		90_000,
	);
});

describe.each(['native', 'edit'] as const)('Slack, where answers appear in the way "%s"', (streaming) => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({
			environment: { SLACK_STREAMING: streaming },
			// Long enough for an update before the end.
			ollama: { tokensPerSecond: 70 },
		});
		workplace.ollama.answer(text);
	});
	afterEach(() => expect(leaks(workplace)).toEqual([]));
	afterAll(async () => await workplace.close());

	const operations =
		streaming === 'native'
			? { 'chat.startStream': 'open-stream', 'chat.appendStream': 'append-stream', 'chat.stopStream': 'close-stream' }
			: { 'chat.postMessage': 'post', 'chat.update': 'edit' };
	const kinds = ['429', '502', 'stored-then-502', 'reset'] as const;
	const faults = Object.entries(operations).flatMap(([method, operation]) => kinds.map((kind) => ({ method, operation, kind })));

	it.each(faults)('failing $method with $kind: the answer is whole and there once', async ({ method, operation, kind }) => {
		const limited = () => workplace.program.metric('openccb_platform_limited_total', `"${operation}"`);
		const before = await limited();
		workplace.slack.fail({ method, kind });
		const threadTs = await workplace.ask(question('is it there'));
		await expectOneAnswer(workplace, threadTs, text);
		expect(await limited()).toBe(kind === '429' ? before + 1 : before);
	});
});

describe('a token that Slack refuses', () => {
	it('leaves the process alive, not ready for a reason that says what to do, and is taken as soon as Slack takes it', async () => {
		await using workplace = await openWorkplace({ start: false });
		const { slack, ollama } = workplace;
		slack.fail({ method: 'auth.test', kind: 'error', error: 'invalid_auth', times: 2 });
		const program = await workplace.start({ ready: false });
		const refused = await eventually(async () => {
			const { status, body } = await program.readiness();
			return body.parts['slack']?.state === 'down' ? { status, slack: body.parts['slack'] } : undefined;
		});
		expect(refused.status).toBe(503);
		expect(refused.slack.reason).toMatch(/SLACK_BOT_TOKEN.*invalid_auth/);
		expect(refused.slack.reason).not.toContain(slack.botToken);
		expect((await fetch(`${program.address}/healthz`)).status).toBe(200);
		await eventually(async () => (await program.readiness()).status === 200);
		ollama.answer(text);
		await expectOneAnswer(workplace, await workplace.ask(question('and now')), text);
		expect(workplace.programs).toEqual([program]);
		expect(leaks(workplace)).toEqual([]);
	});
});
