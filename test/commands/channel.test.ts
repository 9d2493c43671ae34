import { describe, expect, it } from 'vitest';
import type { ChannelDecision } from '#src/administration/channel-orders.ts';
import { channelCommand } from '#src/commands/channel.ts';
import type { BackfillAnswer, BackfillOrder } from '#src/knowledge/ingest/backfills.ts';
import { english } from '#src/locales/english.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { channel: words, files } = english;

function setUp(person = administrator, place = placeOfKind('channel'), isAllowed = true, answer: BackfillAnswer = 'begun') {
	const ordered: (string | null)[] = [];
	const decided: ChannelDecision[] = [];
	const services = {
		files: { standing: async () => ({ ingestion: 'ask' as const, asked: 0 }), take: async () => 0, leave: async () => 0 },
		uses: { of: async () => ({ use: 'only' as const, areNone: false }) },
		channelOrders: {
			decide: async (_asker: unknown, _place: unknown, decision: ChannelDecision) => {
				decided.push(decision);
				return isAllowed;
			},
			readPast: async ({ since }: BackfillOrder) => {
				ordered.push(since);
				return answer;
			},
			stopReading: async () => isAllowed,
		},
	};
	return { decided, ordered, say: (typed: string) => runCommand(channelCommand, typed, { services, person, place }) };
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

	it('looks through what was shared before for administrators, from a day on where one is said, until they stop it', async () => {
		const { say, ordered } = setUp();
		expect(await say('ingest backfill')).toBe(files.backfill.begun);
		expect(await say('ingest backfill 2026-01-31')).toBe(files.backfill.begun);
		expect(ordered).toEqual([null, '2026-01-31T00:00:00.000Z']);
		expect(await say('ingest stop')).toBe(files.backfill.stopped);
		expect(await setUp(administrator, placeOfKind('channel'), false).say('ingest stop')).toBe(files.backfill.notRunning);
		expect(await setUp(administrator, placeOfKind('direct')).say('ingest backfill')).toBe(files.personalAlways);
	});

	it.each(['ingest backfill', 'ingest stop'])('does “%s” for nobody else', async (typed) => {
		const { say, ordered } = setUp(employee);
		expect(await say(typed)).toBe(files.administratorsDecide);
		expect(ordered).toEqual([]);
	});

	it.each(['running', 'unlisted', 'unread'] as const)('says why nothing is looked through: %s', async (answer) => {
		const { say } = setUp(administrator, placeOfKind('channel'), true, answer);
		expect(await say('ingest backfill')).toBe(files.backfill[answer]);
	});

	it('says that the bot is not there', async () => {
		const { say } = setUp(administrator, placeOfKind('channel'), true, 'elsewhere');
		expect(await say('ingest backfill')).toBe(files.offer.elsewhere);
	});

	it.each(['ingest backfill yesterday', 'ingest stop 2026-01-31', 'ingest on 2026-01-31', 'knowledge backfill', 'knowledge stop'])(
		'says how it goes after “%s”',
		async (typed) => {
			const { say, ordered } = setUp();
			expect(await say(typed)).toBe(words.how);
			expect(ordered).toEqual([]);
		},
	);

	it.each(['ingest', 'ingest only', 'knowledge ask', 'knowledge on', 'off', 'whatever'])('says how it goes after “%s”', async (typed) => {
		const { say, decided } = setUp();
		expect(await say(typed)).toBe(words.how);
		expect(decided).toEqual([]);
	});
});
