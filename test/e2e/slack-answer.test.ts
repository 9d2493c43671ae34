import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('an answer on Slack', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 200 } });
	});
	afterAll(async () => await workplace.close());

	it("streams the model's text into the thread of a mention, whole", async () => {
		const { slack, ollama, channels, ask, answered } = workplace;
		const text = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
		ollama.answer(text);
		const ts = await ask('count for me');
		const answer = await answered(channels.general, ts);
		expect(answer.visibleText).toBe(text);
		expect(answer.threadTs).toBe(ts);
		expect(answer.history.length).toBeGreaterThan(1);
		expect(answer.buttons.map((button) => button.actionId)).toContain('openccb_feedback');
		expect(slack.calls.filter((call) => call.httpStatus === 429)).toEqual([]);
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
});
