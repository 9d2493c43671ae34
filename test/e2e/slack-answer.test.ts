import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { answerText, settled } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** As long as first words may gather; at 200 tokens a second there are enough of them after the first look, 80 ms after the first token. */
const gatheringMs = 150;
/** Each opens a stream, of which Slack takes twenty in a minute. */
const mostTries = 8;

describe('an answer on Slack', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 200 } });
	});
	afterAll(async () => await workplace.close());

	it("streams the model's text into the thread of a mention, whole", async () => {
		const { slack, ollama, channels, ask, answered } = workplace;
		// Comes over a second and a half: its first sight is not its last one on a slow machine either.
		const text = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ');
		ollama.answer(text);
		const ts = await ask('count for me');
		const answer = await answered(channels.general, ts);
		expect(answer.visibleText).toBe(text);
		expect(answer.threadTs).toBe(ts);
		expect(answer.history.length).toBeGreaterThan(1);
		expect(answer.buttons.map((button) => button.actionId)).toContain('openccb_feedback');
		expect(slack.calls.filter((call) => call.httpStatus === 429)).toEqual([]);
	});

	it('shows its first words as soon as there are enough of them, and does not wait for more', async () => {
		const { slack, ollama, people } = workplace;
		ollama.answer(answerText(12));
		const direct = slack.workspace.openDirect(people.tom).id;
		const waitsMs: number[] = [];
		// A busy machine can take longer, but not always.
		while (waitsMs.length < mostTries && waitsMs.every((waitMs) => waitMs >= gatheringMs)) {
			const { ts } = await slack.say({ user: people.tom, channel: direct, text: 'say it' });
			const { history } = await workplace.answered(direct, ts);
			const firstTokenAtMs = ollama.requests.findLast(({ path }) => path === '/api/chat')?.firstTokenAtMs ?? 0;
			waitsMs.push((history[0]?.atMs ?? Number.POSITIVE_INFINITY) - firstTokenAtMs);
		}
		expect(waitsMs.at(-1), waitsMs.join()).toBeLessThan(gatheringMs);
	});

	it('answers a direct message without a mention, in the thread of that message', async () => {
		const { slack, ollama, people } = workplace;
		ollama.answer('Hola, Lucía.');
		const direct = slack.workspace.openDirect(people.lucia);
		const { ts } = await slack.say({ user: people.lucia, channel: direct.id, text: '¿Hola?' });
		expect((await workplace.answered(direct.id, ts)).visibleText).toBe('Hola, Lucía.');
	});

	it('follows a thread it takes part in without another mention, and remembers what was said', async () => {
		const { slack, ollama, people, channels, ask, answered } = workplace;
		ollama.answer('Noted: blue.');
		const ts = await ask('my colour is blue');
		await answered(channels.general, ts);
		ollama.answer('Your colour is blue.');
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'which colour was it?' });
		await eventually(() => workplace.answers(channels.general, ts).some((message) => message.visibleText === 'Your colour is blue.'));
		const last = ollama.requests.filter((request) => request.path === '/api/chat').at(-1);
		expect(JSON.stringify(last?.body)).toContain('my colour is blue');
		expect(JSON.stringify(last?.body)).toContain('Noted: blue.');
	});

	it('answers a mention once although Slack sends it as two events, and again', async () => {
		const { slack, ollama, channels, ask, answered } = workplace;
		slack.duplicateDeliveries(true);
		ollama.answer('Once.');
		const ts = await ask('how often?');
		await answered(channels.general, ts);
		slack.duplicateDeliveries(false);
		await eventually(async () => (await workplace.program.metric('openccb_events_total', 'result="duplicate"')) >= 3);
		expect(workplace.answers(channels.general, ts)).toHaveLength(1);
	});

	/** Until the answer has come to rest. @returns what readers see of it, message by message. */
	async function texts(ts: string): Promise<string[]> {
		const { channels } = workplace;
		await eventually(() => {
			const all = workplace.answers(channels.general, ts);
			return all.length > 0 && all.every(({ streaming }) => streaming !== 'in_progress') && all.some(({ buttons }) => buttons.length !== 1);
		}, 30_000);
		await settled(workplace.program);
		return workplace.answers(channels.general, ts).map(({ visibleText }) => visibleText);
	}

	it('of many small blocks goes on in further messages, for Slack takes fifty in each', async () => {
		const { slack, ollama, ask } = workplace;
		const parts = Array.from({ length: 40 }, (_, index) => `## Part ${index}\n\ntext ${index}\n\n---`);
		ollama.answer(parts.join('\n\n'));
		const ts = await ask('in forty parts');
		const shown = await texts(ts);
		expect(shown.length).toBeGreaterThanOrEqual(3);
		expect(shown.join('\n\n')).toBe(parts.join('\n\n'));
		expect(slack.calls.filter(({ error }) => error !== undefined)).toEqual([]);
	});

	it.each([
		['its first post', ['chat.startStream', 'chat.postMessage']],
		['all that follows its first words', ['chat.appendStream', 'chat.stopStream', 'chat.update']],
		['its end', ['chat.stopStream', 'chat.update']],
	])('whose form Slack refuses at %s is there whole all the same, and leaves nothing half', async (_name, methods) => {
		const { slack, ollama, ask } = workplace;
		const text = answerText(120);
		ollama.answer(text);
		for (const method of methods)
			slack.fail({ method, kind: 'error', error: 'invalid_blocks', times: method === 'chat.postMessage' ? 1 : 1_000 });
		const ts = await ask('in what form');
		expect(await texts(ts)).toEqual([text]);
		slack.clearFaults();
	});
});
