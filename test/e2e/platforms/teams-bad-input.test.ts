import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { Json } from '#test/emulators/teams/types.ts';
import { eventually } from '../eventually.ts';
import { modelRequests } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { type Company, expectGoodManners, expectOneAnswer, openCompany } from './company.ts';
import { openTeamsStage, type TeamsStage } from './teams-stage.ts';

type Token = NonNullable<Parameters<TeamsStage['teams']['deliver']>[1]>['token'];

describe('bad input from the side of Teams', () => {
	let company: Company;
	let stage: TeamsStage;
	beforeAll(async () => {
		company = await openCompany(async (options) => {
			stage = await openTeamsStage(options);
			return stage;
		});
		company.ollama.answer(answerText(8));
		// The keys of the connector are known from now on.
		await expectWell();
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

	/** It answers as before, and thus has done with whatever came. */
	async function expectWell(): Promise<void> {
		const asked = await stage.ask({ room: stage.openRoom('direct'), text: question('are you well') });
		await expectOneAnswer(company, asked, answerText(8));
		expect((await company.program.readiness()).status).toBe(200);
	}

	/** A message that Teams could have sent, but for the changes; in a chat of its own, so that answers to it have room. */
	function good(changes: Json = {}): Json {
		const { asker, id } = stage.openRoom('direct');
		return { ...stage.teams.compose({ user: asker, conversation: id, text: 'forged?' }), ...changes };
	}
	const rejected = async (reason: string) =>
		await company.program.metric('openccb_intake_rejected_total', 'platform="teams"', `reason="${reason}"`);

	/** Sends it several times, and sees that each is refused, is counted once, and causes neither work nor a call. */
	async function expectRefused(body: Json | string, token: Token, status: number, reason: string): Promise<void> {
		const before = await rejected(reason);
		const events = await company.program.metric('openccb_events_total');
		const calls = stage.teams.calls.length;
		for (let count = 0; count < 5; count++) {
			expect(await stage.teams.deliver(body, { token })).toMatchObject({ status, body: '' });
		}
		expect(await rejected(reason)).toBe(before + 5);
		expect(await company.program.metric('openccb_events_total')).toBe(events);
		expect(stage.teams.calls.slice(calls).filter(({ operation }) => operation !== 'keys')).toEqual([]);
	}

	it.each<[name: string, token: Token, reason: string]>([
		['no token', 'none', 'token'],
		['something that is no token', { authorization: 'Bearer a.b.c' }, 'token'],
		['a password', { authorization: 'Basic dG9tOnRvbQ==' }, 'token'],
		['a token of two hours ago', 'expired', 'token'],
		['a token for another bot', 'wrong-audience', 'token'],
		['a token of another issuer', 'wrong-issuer', 'token'],
		['a token of the Bot Framework Emulator', 'emulator-issuer', 'token'],
		['a token signed with an unknown key', 'unknown-key', 'token'],
		['a token whose signature is forged', 'forged-signature', 'token'],
		['a token of another channel', 'missing-endorsement', 'endorsement'],
	])('%s is refused, and leaves nothing behind', async (_name, token, reason) => {
		await expectRefused(good(), token, 401, reason);
	});

	it('however many tokens are forged, nobody is asked for keys again and again', async () => {
		const forged = ['emulator-issuer', 'unknown-key', 'forged-signature'] as const;
		const asked = () => stage.teams.callsTo('keys').length;
		const before = asked();
		const sent = Array.from({ length: 60 }, (_, index) => stage.teams.deliver(good(), { token: forged[index % forged.length] }));
		for (const { status } of await Promise.all(sent)) expect(status).toBe(401);
		expect(asked() - before).toBeLessThan(3);
		await expectWell();
	});

	it('a person of another tenant, or of two at once, gets one polite sentence', async () => {
		const before = modelRequests(company).length;
		const { tenant } = stage.teams;
		const foreign = tenant.addUser({ name: 'Eve', tenantId: tenant.nextUuid() });
		const chat = tenant.openPersonalChat(foreign.id);
		const { conversation, ...rest } = good();
		const activities: Json[] = [
			stage.teams.compose({ user: foreign.id, conversation: chat.id, text: 'let me in' }),
			{ ...rest, conversation: { ...(conversation as Json), tenantId: foreign.tenantId } },
			good({ channelData: { tenant: { id: foreign.tenantId } } }),
		];
		for (const activity of activities) {
			expect((await stage.teams.deliver(activity)).status).toBe(200);
			const { id } = activity['conversation'] as { id: string };
			const told = () => stage.teams.messages(id).map(({ visibleText }) => visibleText);
			await eventually(() => told().length > 0);
			await settled(company.program);
			expect(told()).toEqual([english.refusal.guest]);
		}
		expect(modelRequests(company)).toHaveLength(before);
	});

	it('an activity of no tenant is acknowledged and counted', async () => {
		const { tenantId: _tenantId, ...conversation } = good()['conversation'] as Json;
		await expectRefused(good({ conversation, channelData: null }), undefined, 200, 'ignored');
	});

	it.each<[name: string, serviceUrl: unknown, token: Token]>([
		['other than the token names', 'https://evil.example/', undefined],
		['that the token names, and is not Microsoft’s', 'https://elsewhere.example.test/', 'wrong-service-url'],
		['of no kind', null, undefined],
		['with a name before the host', 'http://smba.trafficmanager.net@evil.example/', undefined],
	])('a service URL %s is refused, and no token is sent there', async (_name, serviceUrl, token) => {
		await expectRefused(good({ serviceUrl }), token, 401, 'service-url');
	});

	it.each([
		['no JSON', '{"type":', 400, 'body'],
		['a list', '[]', 400, 'body'],
		['a number', '7', 400, 'body'],
		['nothing at all', '', 400, 'body'],
	])('a body that is %s is refused', async (_name, body, status, reason) => {
		await expectRefused(body, undefined, status, reason);
	});

	it('a body of more than a megabyte is refused before it is read', async () => {
		const before = await rejected('size');
		// Teams is still writing when the answer comes, and may not read it.
		expect([413, null]).toContain((await stage.teams.deliver({ padding: 'x'.repeat(1024 * 1024) })).status);
		expect(await rejected('size')).toBe(before + 1);
	});

	it('an activity that lacks what every activity has, or is of no known kind, is acknowledged and counted', async () => {
		const before = modelRequests(company).length;
		const taken = await rejected('ignored');
		const bad: Json[] = [
			...['id', 'conversation', 'from', 'type', 'channelId'].flatMap((field) => [good({ [field]: null }), good({ [field]: [] })]),
			good({ type: 'telepathy' }),
			good({ type: 'invoke', name: 'telepathy' }),
			good({ type: 'messageUpdate' }),
			good({ type: 'messageDelete' }),
			good({ type: 'conversationUpdate', membersAdded: null }),
			good({ type: 'installationUpdate', action: ['add'] }),
		];
		for (const activity of bad) {
			const { status } = await stage.teams.deliver(activity);
			expect([200, 401, 501], JSON.stringify(activity)).toContain(status);
		}
		expect(await rejected('ignored')).toBeGreaterThan(taken);
		await settled(company.program);
		await expectWell();
		expect(modelRequests(company)).toHaveLength(before + 1);
	});

	it.each<[name: string, changes: Json]>([
		['no text', { text: null }],
		['a text that is a list', { text: ['a'] }],
		['entities that are null', { entities: null }],
		['entities of nulls', { entities: [null, 1, { type: 'mention', mentioned: null }] }],
		['attachments that are null', { attachments: null }],
		['attachments of nulls', { attachments: [null, 'x', {}] }],
		['a time beyond all calendars', { timestamp: '+999999-01-01T00:00:00Z' }],
		['a language that is an object', { locale: {} }],
		['null characters', { text: 'a\0b', id: '17\0' }],
		['a value that is null', { value: null }],
		['a value of somebody else’s card', { text: '', value: { openccb: { name: 'stop', replyId: { $ne: null } } } }],
	])('a message with %s harms nobody', async (_name, changes) => {
		expect((await stage.teams.deliver(good(changes))).status).toBe(200);
		await settled(company.program);
		await expectWell();
	});
});
