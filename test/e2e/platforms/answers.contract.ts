/** What people are promised of answers, on every platform. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { modelRequests, queryDatabase, requestsFor } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { type Company, expectGoodManners, expectOneAnswer, type OpenStage, openCompany, whole } from './company.ts';
import { bait, formattedAnswer, longAnswer, longAnswerMarks } from './texts.ts';

/** Long enough to be seen before the mark that ends them. */
const thoughts = 'I muse on this and that. '.repeat(40);

export function describeAnswers(openStage: OpenStage): void {
	let company: Company;
	beforeAll(async () => {
		company = await openCompany(openStage, {
			ollama: { tokensPerSecond: 1_000 },
			environment: { OLLAMA_CONTEXT_TOKENS: '32768', OLLAMA_ANSWER_TOKENS: '16000' },
		});
	});
	beforeEach(() => company.ollama.answer(answerText(8)));
	afterEach(() => expectGoodManners(company));
	afterAll(async () => await company.close());

	describe.each(['direct', 'channel'] as const)('an answer in a %s', (kind) => {
		it('says what the model said, however it is formatted', async () => {
			const { stage, ollama } = company;
			ollama.answer(formattedAnswer);
			const asked = await stage.ask({ room: stage.openRoom(kind), text: question('in many forms') });
			const [answer, ...others] = await whole(company, asked);
			expect(others).toEqual([]);
			const letters = (text = '') => text.replaceAll(/[^a-z0-9]/gi, '');
			expect(letters(answer?.text)).toBe(letters(formattedAnswer));
		});

		it('knows what was said before in the conversation, and nothing of other ones', async () => {
			const { stage } = company;
			const room = stage.openRoom(kind);
			const first = await stage.ask({ room, text: question('my dog is called Bruno') });
			await whole(company, first);
			const second = await stage.ask({ room, text: question(`what is it called in a ${kind}`), after: first });
			await whole(company, second);
			const other = await stage.ask({ room: stage.openRoom(kind), text: question(`what do you know in a ${kind}`) });
			await whole(company, other);
			const asked = (text: string) => requestsFor(company, text).map((request) => request.text);
			expect(asked(`called in a ${kind}`)).toEqual([expect.stringContaining('my dog is called Bruno')]);
			expect(asked(`called in a ${kind}`)).toEqual([expect.stringContaining(answerText(8))]);
			expect(asked(`know in a ${kind}`)).toEqual([expect.not.stringContaining('Bruno')]);
		});

		it('is given once to what is delivered twice', async () => {
			const { stage } = company;
			stage.deliverTwice(true);
			const asked = await stage.ask({ room: stage.openRoom(kind), text: question(`how often in a ${kind}`) });
			await expectOneAnswer(company, asked, answerText(8));
			stage.deliverTwice(false);
			await eventually(() => stage.hasDelivered());
			await settled(company.program);
			expect(stage.answers(asked)).toHaveLength(1);
			expect(requestsFor(company, `how often in a ${kind}`)).toHaveLength(1);
		});

		it('is not given to the bot itself, to other apps, or to what the platform writes', async () => {
			const { stage } = company;
			const room = stage.openRoom(kind);
			const first = await stage.ask({ room, text: question('begin') });
			await whole(company, first);
			const before = modelRequests(company).length;
			await stage.chatter(first);
			const second = await stage.ask({ room, text: question('still there'), after: first });
			await whole(company, second);
			await eventually(() => stage.hasDelivered());
			await settled(company.program);
			expect(modelRequests(company)).toHaveLength(before + 1);
			expect(stage.answers(first)).toHaveLength(2);
		});

		it('of three thousand tokens arrives whole, in messages that each stand alone', async () => {
			const { stage, ollama } = company;
			ollama.answer(longAnswer);
			const asked = await stage.ask({ room: stage.openRoom(kind), text: question('all of it') });
			const answers = await whole(company, asked);
			expect(answers.length).toBeGreaterThanOrEqual(Math.ceil(longAnswer.length / stage.messageCharacters));
			for (const { text } of answers) {
				expect(text.match(/^```/gm)?.length ?? 0, text).toSatisfy((count: number) => count % 2 === 0);
				expect(text.length).toBeLessThanOrEqual(stage.messageCharacters);
			}
			const text = answers.map((answer) => answer.text).join('\n');
			const found = [...text.matchAll(/mark\d+x\d+/g)].map(([mark]) => mark);
			expect(found).toEqual(longAnswerMarks);
			expect(answers.filter(({ buttons }) => buttons.length > 0)).toEqual([answers.at(-1)]);
		});

		it('notifies nobody, whatever the model says', async () => {
			const { stage, ollama } = company;
			const room = stage.openRoom(kind);
			ollama.answer(bait([room.asker, ...(kind === 'channel' ? [stage.colleagueIn(room)] : [])]));
			const asked = await stage.ask({ room, text: question('call them all') });
			const answers = await whole(company, asked);
			expect(answers.map((answer) => answer.text).join('')).toContain('the end');
			for (const answer of answers) expect(stage.notified(answer)).toEqual([]);
		});

		it('has nothing of what the model thought, in no form that its marks come in, and remembers nothing of it', async () => {
			const { stage, ollama } = company;
			ollama.answer(`<think>\n${thoughts}\n</think>\n\n${answerText(8)}`);
			const first = await stage.ask({ room: stage.openRoom(kind), text: question(`think in a ${kind}`) });
			const answer = await expectOneAnswer(company, first, answerText(8));
			for (const shown of answer.history) expect(shown.text).not.toContain('muse');
			ollama.answer(`${thoughts}\n</think>\n\n${answerText(9)}`);
			const second = await stage.ask({ room: first.room, text: question(`think again in a ${kind}`), after: first });
			await eventually(() => whole(company, second));
			expect(stage.answers(second).at(-1)?.text).toBe(answerText(9));
			ollama.answer('<think>I muse, and that is all.');
			const third = await stage.ask({ room: first.room, text: question(`think and be silent in a ${kind}`), after: first });
			await whole(company, third);
			expect(stage.answers(third).at(-1)?.text).toContain(english.failure.emptyAnswer);
			expect(
				stage
					.answers(third)
					.map(({ text }) => text)
					.join(),
			).not.toContain('muse');
			for (const { text } of requestsFor(company, `in a ${kind}`)) expect(text).not.toContain('muse');
		});

		it('is rated by everybody who reads it, with a reason where there is room for one', async () => {
			const { stage, program } = company;
			const given = async (rating: string) => await program.metric('openccb_feedback_total', `rating="${rating}"`);
			const [up, down] = [await given('up'), await given('down')];
			const room = stage.openRoom(kind);
			const asked = await stage.ask({ room, text: question(`rate me in a ${kind}`) });
			const answer = await expectOneAnswer(company, asked, answerText(8));
			const raters = kind === 'channel' ? [asked.user, stage.colleagueIn(room)] : [asked.user];
			for (const user of raters) expect((await stage.press(answer, 'up', user)).failure).toBeUndefined();
			await eventually(async () => (await given('up')) === up + raters.length);
			expect((await stage.press(answer, 'down', asked.user, 'Too short, my wombat.')).failure).toBeUndefined();
			await eventually(async () => (await given('down')) === down + 1);
			expect(await ratingsOf(company, asked.text)).toEqual([
				{ rating: -1, comment: stage.takesComments ? 'Too short, my wombat.' : null },
				...raters.slice(1).map(() => ({ rating: 1, comment: null })),
			]);
		});
	});

	it('an answer to one of several people is written by a model that knows who said what, and who asks when', async () => {
		const { stage } = company;
		const room = stage.openRoom('channel');
		const first = await stage.ask({ room, text: question('I am in the Berlin office') });
		await whole(company, first);
		const second = await stage.ask({ room, user: stage.colleagueIn(room), text: question('I am in the Lisbon office'), after: first });
		await whole(company, second);
		const third = await stage.ask({ room, text: question('which office am I in'), after: first });
		await whole(company, third);
		const said = linesFor(company, 'which office am I in');
		const inOffice = (name: string) => said.find(({ text }) => text?.includes(name));
		expect(inOffice('Berlin')?.['person']).not.toBe(inOffice('Lisbon')?.['person']);
		const [{ from, person } = {}] = [inOffice('Berlin')];
		const now = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
		expect(said.find((line) => 'asker' in line)).toMatchObject({ asker: from, person, now, time_zone: expect.any(String) });
	});

	it('nobody outside of the company is answered; they get one polite sentence', async () => {
		const { stage } = company;
		const before = modelRequests(company).length;
		for (const { who, id, room } of stage.outsiders()) {
			const told = stage.privateWords(room, id).length;
			await stage.ask({ room, user: id, text: question('will you answer me') });
			await eventually(() => stage.privateWords(room, id).length > told).catch((cause) => {
				throw new Error(`${who} was told nothing in a ${room.kind}`, { cause });
			});
			await settled(company.program);
			expect(stage.privateWords(room, id).toSpliced(0, told), who).toEqual([english.refusal.guest]);
		}
		expect(modelRequests(company)).toHaveLength(before);
	});
}

/** What the model was told in frames for the last question with this text. */
function linesFor(company: Company, text: string): Record<string, string>[] {
	const messages = requestsFor(company, text).at(-1)?.body.messages ?? [];
	const lines = messages.filter(({ role }) => role === 'user').flatMap(({ content }) => content.split('\n'));
	return lines.filter((line) => line.startsWith('{"')).map((line) => JSON.parse(line) as Record<string, string>);
}

async function ratingsOf(company: Company, text: string): Promise<{ rating: number; comment: string | null }[]> {
	const sql = `select f.rating, f.comment from feedback f join messages a on a.id = f.message_id
		join messages q on q.id = a.in_reply_to where q.content = $1 order by f.rating`;
	return await queryDatabase(company, sql, [text]);
}
