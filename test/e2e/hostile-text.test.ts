import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { RecordedCall, VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import { requestsFor } from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** Nothing in it moves when Markdown is read: what arrives must be it, but for blanks where messages meet. */
const squeeze = (text: string) => text.replace(/\s+/g, '');

describe('what a model says, on its way to Slack', () => {
	let workplace: Workplace;
	let channels: string[];
	let next = 0;
	beforeAll(async () => {
		workplace = await openWorkplace({
			ollama: { tokensPerSecond: 5_000 },
			environment: { OLLAMA_TOTAL_SECONDS: '20', OLLAMA_CONTEXT_TOKENS: '32768', OLLAMA_ANSWER_TOKENS: '16000' },
		});
		// Posts are rationed by channel: several channels keep the tests short.
		const { slack, people } = workplace;
		channels = Array.from({ length: 8 }, (_, index) => slack.workspace.addChannel({ name: `room-${index}`, members: [people.tom] }).id);
	});
	afterAll(async () => await workplace.close());

	interface Told {
		messages: VisibleMessage[];
		/** Everything that was sent to Slack meanwhile. */
		calls: RecordedCall[];
		whole: string;
	}

	/** Asks, with the model saying `text`, and waits until the answer is whole. */
	async function tell(text: string | string[], withinMs?: number): Promise<Told> {
		const { slack, ollama } = workplace;
		ollama.answer(typeof text === 'string' ? text : { tokens: text });
		next += 1;
		const channel = channels[next % channels.length] ?? '';
		const before = slack.calls.length;
		const ts = await workplace.ask(`question ${next}`, { channel });
		await workplace.answered(channel, ts, withinMs);
		const messages = workplace.answers(channel, ts);
		return { messages, calls: slack.calls.slice(before), whole: messages.map(({ visibleText }) => visibleText).join('\n') };
	}

	/** Every text in a call, however deep. */
	function textsOf(value: unknown): string[] {
		if (typeof value === 'string') return [value];
		return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
	}

	const bait = {
		'<!channel>': /<!channel/,
		'<!here|here>': /<!here/,
		'<!everyone>': /<!everyone/,
		'<!subteam^S0BUYERS|@buyers>': /<!subteam/,
		'<@U0000000001>': /<@U/,
		'@channel look': /@channel/,
		'@here look': /@here/,
		'@everyone look': /@everyone/,
	};
	it.each(
		Object.entries(bait).flatMap(
			([text, forbidden]) =>
				[
					[text, forbidden, text],
					[`${text} in bold`, forbidden, `**${text}** and _${text}_`],
					[`${text} in a list, a table and a quote`, forbidden, `- ${text}\n\n| a |\n|---|\n| ${text} |\n\n> ${text}`],
				] as const,
		),
	)('%s pings nobody, in whichever call', async (_name, forbidden, text) => {
		const { calls, whole } = await tell(text);
		for (const sent of calls.flatMap((call) => textsOf(call.arguments))) expect(sent).not.toMatch(forbidden);
		expect(whole).not.toBe('');
	});

	it('breaks what would ping in code too, and leaves the rest of the code alone', async () => {
		const { calls, whole } = await tell('```html\n<!DOCTYPE html>\n<!channel> <@U0000000001>\n```');
		for (const sent of calls.flatMap((call) => textsOf(call.arguments))) expect(sent).not.toMatch(/<!channel|<@U/);
		expect(whole).toContain('<!DOCTYPE html>');
	});

	it('never lets Slack fetch a preview', async () => {
		const { calls } = await tell('See https://evil.example/?secret=1 and ![a picture](https://evil.example/p.png?q=2)');
		const posts = calls.filter(({ method }) => method === 'chat.postMessage');
		for (const { arguments: given } of posts)
			expect([given['unfurl_links'], given['unfurl_media']].map(String)).toEqual(['false', 'false']);
		for (const sent of calls.flatMap((call) => textsOf(call.arguments))) expect(sent).not.toMatch(/!\[/);
	});

	it.each([
		['[https://bank.example](https://evil.example/login)', '(evil.example)'],
		['[my-bank.com](https://evil.example)', '(evil.example)'],
		['[click](https://bank.example@evil.example/)', '(evil.example)'],
		['[click](javascript:alert(1))', '`javascript:alert(1)`'],
		['<https://evil.example|https://bank.example>', 'https://evil.example|'],
	])('shows where %s leads', async (text, shown) => {
		const { whole } = await tell(text);
		const withoutAddresses = whole.replace(/\]\([^ ]*\)/g, ']');
		expect(withoutAddresses).toContain(shown);
		expect(whole).not.toMatch(/<https?:/);
	});

	it.each([
		['ten thousand nested marks', '*'.repeat(5_000) + '['.repeat(5_000)],
		['ten thousand nested quotes', '> '.repeat(10_000)],
		['ten thousand open brackets with text', '[a]('.repeat(2_500)],
		['ten thousand backquotes', '`'.repeat(10_000)],
		['ten thousand open tags', '<@'.repeat(5_000)],
		['one line of twenty thousand characters', 'abcdefghij'.repeat(2_000)],
	])('survives %s, in time and whole', async (_name, text) => {
		const beganAtMs = performance.now();
		const { messages, whole } = await tell(text);
		expect(performance.now() - beganAtMs).toBeLessThan(15_000);
		for (const message of messages) expect(Buffer.byteLength(message.visibleText)).toBeLessThanOrEqual(11_000);
		const letters = (source: string) => source.replace(/[^a-z]/g, '');
		expect(letters(whole)).toContain(letters(text));
	});

	it('shows a long answer with fences and tables whole, in messages that each stand alone', async () => {
		const section = (index: number) =>
			[
				`## Part ${index}`,
				`A paragraph about part ${index} that says a thing or two. `.repeat(4).trim(),
				`\`\`\`ts\n${Array.from({ length: 12 }, (_, line) => `const value${index}x${line} = '${'x'.repeat(20)}';`).join('\n')}\n\`\`\``,
				`| key | value |\n|---|---|\n${Array.from({ length: 8 }, (_, row) => `| row ${index}.${row} | ${'cell '.repeat(4).trim()} |`).join('\n')}`,
			].join('\n\n');
		const text = Array.from({ length: 14 }, (_, index) => section(index)).join('\n\n');
		const { messages, whole } = await tell(text);
		expect(messages.length).toBeGreaterThan(1);
		for (const { visibleText } of messages) {
			expect(visibleText.match(/^```/gm)?.length ?? 0, visibleText).toSatisfy((count: number) => count % 2 === 0);
			expect(Buffer.byteLength(visibleText)).toBeLessThanOrEqual(9_000);
		}
		for (let index = 0; index < 14; index++) {
			expect(whole).toContain(`## Part ${index}`);
			for (let line = 0; line < 12; line++) expect(whole.split(`value${index}x${line} `)).toHaveLength(2);
			for (let row = 0; row < 8; row++) expect(whole.split(`row ${index}.${row} `)).toHaveLength(2);
		}
		const order = [...whole.matchAll(/## Part (\d+)/g)].map(([, index]) => Number(index));
		expect(order).toEqual(order.toSorted((left, right) => left - right));
	});

	it('shows plain text exactly, over several messages', async () => {
		const text = Array.from({ length: 4_000 }, (_, index) => `word${index}`).join(' ');
		const { whole } = await tell(text);
		expect(squeeze(whole)).toBe(squeeze(text));
	});

	it.each([
		['nothing', []],
		['only blanks', ['  ', '\n\n', '\t ']],
		['only characters that nobody sees', ['\u202e', '\u200f', '\0', '\u0007']],
	])('says so when the model says %s', async (_name, tokens) => {
		const { whole } = await tell(tokens);
		expect(whole).toBe(english.failure.emptyAnswer);
	});

	it('cleans control characters, reversals and broken Unicode out of what the model says', async () => {
		const { whole } = await tell(['safe \u202e', 'txt\u0000.', 'exe \u001b[31m', 'half \ud83d', ' end']);
		for (const unwanted of ['\u202e', '\0', '\u001b']) expect(whole).not.toContain(unwanted);
		expect(whole.isWellFormed()).toBe(true);
		expect(whole).toContain('end');
	});

	it('puts surrogate pairs together that were cut in two', async () => {
		expect((await tell(['a \ud83d', '\ude80 b'])).whole).toContain('🚀');
	});

	it('ends an answer that would never end, and hangs up', async () => {
		const { ollama } = workplace;
		ollama.fail({ kind: 'endless' });
		const { whole, messages } = await tell('on and on ');
		const { record } = requestsFor(workplace, `question ${next}`).at(-1) ?? {};
		expect(record?.hungUpAtMs).not.toBeNull();
		expect([english.notice.interrupted, english.notice.lengthLimit].some((notice) => whole.includes(notice))).toBe(true);
		for (const message of messages) expect(message.streaming).not.toBe('in_progress');
	});

	it('leaves the program well', async () => {
		const { program, slack } = workplace;
		expect((await program.readiness()).status).toBe(200);
		expect(slack.calls.filter(({ httpStatus }) => httpStatus === 429)).toEqual([]);
		expect(program.log.filter(({ level }) => level === 'error')).toEqual([]);
		await eventually(async () => (await program.metric('openccb_running_turns')) === 0);
	});
});
