import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Saying } from '#test/emulators/teams/saying.ts';
import { eventually } from '../eventually.ts';
import type { ModelRequest } from '../observe.ts';
import { answerText, settled } from '../promises.ts';
import { describeAnswers } from './answers.contract.ts';
import { askedBy, type Company, expectGoodManners, openCompany } from './company.ts';
import type { Room } from './stage.ts';
import { describeTalk } from './talk.contract.ts';
import { openTeamsStage, type TeamsStage } from './teams-stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Teams: answers', () => describeAnswers(openTeamsStage));
describe('on Teams: writing', () => describeWriting(openTeamsStage));

describe('on Teams: what a message says', () => {
	let company: Company;
	let stage: TeamsStage;
	let room: Room;
	beforeAll(async () => {
		company = await openCompany(async (options) => {
			stage = await openTeamsStage({ ...options, hasGraph: true });
			return stage;
		});
		company.ollama.answer(answerText(8));
	});
	beforeEach(() => {
		room = stage.openRoom('channel');
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

	const say = async (saying: Partial<Saying>) =>
		(await stage.teams.say({ user: room.asker, conversation: room.id, text: '', mentionBot: true, ...saying })).id;

	describeTalk(() => company);

	const asked = (act: () => Promise<unknown>) => askedBy(company, act);
	/** The asker's own words. */
	const lastOf = ({ body }: ModelRequest) => body.messages?.at(-1)?.content ?? '';

	it('is what stands in it, and who said the rest', async () => {
		const colleague = stage.colleagueIn(room);
		const name = stage.teams.tenant.user(colleague)?.name ?? '';
		const id = await say({ user: colleague, text: 'The disk of db-1 is full', mentionBot: false });
		const quoting = await asked(() => say({ text: 'is this still true?', quotes: [id] }));
		expect(lastOf(quoting)).toBe('is this still true?');
		expect(quoting.text).toMatch(new RegExp(`"cited":"quoted","from":"${name}","at":"[^"]*","text":"The disk of db-1 is full"`));
		const forwarding = await asked(() => say({ text: 'what do we do?', forwards: { conversation: room.id, id } }));
		expect(lastOf(forwarding)).toBe('what do we do?');
		expect(forwarding.text).toContain('"cited":"forwarded","text":"The disk of db-1 is full"');
		for (const { text } of [quoting, forwarding]) expect(text.split('The disk of db-1 is full')).toHaveLength(2);
		const formatted = await asked(() => say({ html: '<ul><li>first the disk</li><li>then orders</li></ul>' }));
		expect(lastOf(formatted)).toBe('- first the disk\n- then orders');
	});

	it('is told from what it quotes where the HTML alone quotes, as old clients have it', async () => {
		const { teams } = stage;
		const { asker: user, id: conversation } = stage.openRoom('direct');
		const { id } = await teams.say({ user, conversation, text: 'The disk of db-1 is full' });
		await eventually(() => teams.messages(conversation).some(({ from, streaming }) => from === 'bot' && streaming === 'done'));
		await settled(company.program);
		const composed = teams.compose({ user, conversation, text: 'is this still true?', quotes: [id] });
		const { text: _marked, entities: _quoted, ...old } = composed;
		const quoting = await asked(() => teams.deliver(old));
		expect(lastOf(quoting)).toBe('is this still true?');
		const from = teams.tenant.user(user)?.name;
		expect(quoting.text).toMatch(new RegExp(`"cited":"quoted","from":"${from}","at":"[^"]*","text":"The disk of db-1 is full"`));
	});

	it('is known again when its deletion was undone', async () => {
		const place = { user: room.asker, conversation: room.id };
		let id = '';
		await asked(async () => {
			id = await say({ text: 'my number is 1729' });
		});
		await stage.teams.remove({ ...place, id });
		await eventually(() => stage.hasDelivered());
		await settled(company.program);
		expect((await asked(() => say({ text: 'which one?', threadRootId: id }))).text).not.toContain('1729');
		await stage.teams.undelete({ ...place, id });
		await eventually(() => stage.hasDelivered());
		await settled(company.program);
		expect((await asked(() => say({ text: 'and now?', threadRootId: id }))).text).toContain('my number is 1729');
	});

	it('comes with the time of whoever says it', async () => {
		const user = stage.teams.tenant.addUser({ name: 'Yuki', timeZone: 'Asia/Tokyo' }).id;
		const conversation = stage.teams.tenant.openPersonalChat(user).id;
		expect((await asked(() => say({ user, conversation, text: 'which day is tomorrow?' }))).text).toContain('"time_zone":"Asia/Tokyo"');
	});
});
