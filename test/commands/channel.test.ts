import { describe, expect, it } from 'vitest';
import type { ChannelDecision, DigestMode } from '#src/administration/channel-orders.ts';
import { channelCommand } from '#src/commands/channel.ts';
import { english } from '#src/locales/english.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { channel: words, files } = english;

function setUp(person = administrator, place = placeOfKind('channel'), isAllowed = true, digest: DigestMode | null = null) {
	const decided: ChannelDecision[] = [];
	const services = {
		files: { standing: async () => ({ ingestion: 'ask' as const, asked: 0 }), take: async () => 0, leave: async () => 0 },
		uses: { of: async () => ({ use: 'only' as const, areNone: false }) },
		channelOrders: {
			decide: async (_asker: unknown, _place: unknown, decision: ChannelDecision) => {
				decided.push(decision);
				return isAllowed;
			},
			digestOf: async () => digest,
		},
	};
	return { decided, say: (typed: string) => runCommand(channelCommand, typed, { services, person, place }) };
}

describe('the command channel', () => {
	const standing = `${files.here.ask}\n${words.knowledge.only}`;

	it('shows everybody what holds', async () => {
		expect(await setUp(employee).say('')).toBe(standing);
		expect(await setUp(employee, placeOfKind('direct')).say('')).toBe(`${files.personalAlways}\n${words.knowledge.only}`);
	});

	it('decides for administrators, and shows what holds then', async () => {
		const { say, decided } = setUp();
		expect(await say('ingest ask')).toBe(standing);
		expect(await say('knowledge only')).toBe(standing);
		expect(await say('knowledge default')).toBe(standing);
		expect(decided).toEqual([{ ingest: 'ask' }, { knowledge: 'only' }, { knowledge: null }]);
	});

	it('decides for nobody else but in their personal chat, where files are always read', async () => {
		expect(await setUp(employee).say('ingest off')).toBe(files.administratorsDecide);
		expect(await setUp(administrator, placeOfKind('channel'), false).say('ingest off')).toBe(files.administratorsDecide);
		const personal = setUp(employee, placeOfKind('direct'));
		expect(await personal.say('ingest off')).toBe(files.personalAlways);
		await personal.say('knowledge off');
		expect(personal.decided).toEqual([{ knowledge: 'off' }]);
	});

	it('switches the weekly digest, and says where it goes', async () => {
		const { say, decided } = setUp(administrator, placeOfKind('channel'), true, 'here');
		expect(await say('digest here')).toBe(`${standing}\n${english.digest.standing.here}`);
		for (const typed of ['digest on', 'digest off']) await say(typed);
		expect(decided).toEqual([{ digest: 'here' }, { digest: 'private' }, { digest: null }]);
		expect(await setUp(employee).say('digest on')).toBe(files.administratorsDecide);
		expect(await setUp(administrator, placeOfKind('direct')).say('digest on')).toBe(english.digest.notPersonal);
	});

	it.each(['digest ask', 'knowledge here', 'ingest', 'ingest only', 'knowledge ask', 'knowledge on', 'off', 'whatever'])(
		'says how it goes after “%s”',
		async (typed) => {
			const { say, decided } = setUp();
			expect(await say(typed)).toBe(words.how);
			expect(decided).toEqual([]);
		},
	);
});
