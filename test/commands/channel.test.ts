import { describe, expect, it } from 'vitest';
import type { ChannelDecision, DigestMode } from '#src/administration/channel-orders.ts';
import type { ChoiceScope } from '#src/choices/model-choices.ts';
import { channelCommand } from '#src/commands/channel.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import type { BackfillAnswer, BackfillOrder } from '#src/knowledge/ingest/backfills.ts';
import { english } from '#src/locales/english.ts';
import type { PlaceRules, StoredRules } from '#src/rules/place-rules.ts';
import { createFakeRules } from '#test/fakes/rules.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { channel: words, files } = english;

function setUp(
	person = administrator,
	place = placeOfKind('channel'),
	isAllowed = true,
	given: { answer?: BackfillAnswer; digest?: DigestMode; held?: Partial<PlaceRules>; own?: StoredRules } = {},
) {
	const { answer = 'begun', digest = null, held = {}, own = {} } = given;
	const ordered: (string | null)[] = [];
	const decided: ChannelDecision[] = [];
	const noted: (string | null)[] = [];
	const chosen: [ChoiceScope, string | null][] = [];
	const services = {
		files: { standing: async () => ({ ingestion: 'ask' as const, asked: 0 }), take: async () => 0, leave: async () => 0 },
		rules: { ...createFakeRules(held), own: async () => own },
		choices: {
			choose: async (_who: unknown, _place: unknown, scope: ChoiceScope, model: string | null) => {
				chosen.push([scope, model]);
				return { type: 'chosen' as const, chosen: model, current: { model: 'fake-model', origin: scope } };
			},
			current: async () => ({ model: 'fake-model', origin: 'default' as const }),
			allowed: () => ['fake-model'],
		},
		uses: { of: async () => ({ use: 'only' as const, areNone: false, staleAfterDays: 365 }) },
		channelOrders: {
			decide: async (_asker: unknown, _place: unknown, decision: ChannelDecision) => {
				decided.push(decision);
				return isAllowed;
			},
			digestOf: async () => digest,
			readPast: async ({ since }: BackfillOrder) => {
				ordered.push(since);
				return answer;
			},
			stopReading: async () => isAllowed,
			noteModel: async (_asker: unknown, _place: unknown, model: string | null) => void noted.push(model),
		},
	};
	return { decided, ordered, chosen, noted, say: (typed: string) => runCommand(channelCommand, typed, { services, person, place }) };
}

describe('the command channel', () => {
	const standing = `${words.mode.threads}\n${files.here.ask}\n${words.knowledge.only}\n${words.stale(365)}`;

	it('shows everybody what holds', async () => {
		expect(await setUp(employee).say('')).toBe(standing);
		expect(await setUp(employee, placeOfKind('direct')).say('')).toBe(
			`${files.personalAlways}\n${words.knowledge.only}\n${words.stale(365)}`,
		);
	});

	it('decides for administrators, and shows what holds then', async () => {
		const { say, decided } = setUp();
		expect(await say('ingest ask')).toBe(standing);
		expect(await say('knowledge only')).toBe(standing);
		expect(await say('knowledge default')).toBe(standing);
		expect(await say('stale 365')).toBe(standing);
		expect(await say('stale default')).toBe(standing);
		expect(decided).toEqual([
			{ ingest: 'ask' },
			{ knowledge: 'only' },
			{ knowledge: null },
			{ staleAfterDays: 365 },
			{ staleAfterDays: null },
		]);
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
		const { say, decided } = setUp(administrator, placeOfKind('channel'), true, { digest: 'here' });
		expect(await say('digest here')).toBe(`${standing}\n${english.digest.standing.here}`);
		for (const typed of ['digest on', 'digest off']) await say(typed);
		expect(decided).toEqual([{ digest: 'here' }, { digest: 'private' }, { digest: null }]);
		expect(await setUp(employee).say('digest on')).toBe(files.administratorsDecide);
		expect(await setUp(administrator, placeOfKind('direct')).say('digest on')).toBe(english.digest.notPersonal);
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

	it.each<[string, ChannelDecision]>([
		['mode off', { rule: 'mode', value: 'off', everywhere: false }],
		['mode mention everywhere', { rule: 'mode', value: 'mention', everywhere: true }],
		['modo hilos', { rule: 'mode', value: 'threads', everywhere: false }],
		['mode default', { rule: 'mode', everywhere: false }],
		['locale spanish', { rule: 'language', value: 'es', everywhere: false }],
		['idioma inglés general', { rule: 'language', value: 'en', everywhere: true }],
		['quiet 22:00-7', { rule: 'quiet', value: { from: 1_320, to: 420, zone: null }, everywhere: false }],
		[
			'silencio 20:30-08:00 Europe/Madrid general',
			{ rule: 'quiet', value: { from: 1_230, to: 480, zone: 'Europe/Madrid' }, everywhere: true },
		],
		['quiet off', { rule: 'quiet', value: null, everywhere: false }],
		['budget 200000', { rule: 'tokensPerDay', value: 200_000, everywhere: false }],
		['presupuesto desactivar', { rule: 'tokensPerDay', value: null, everywhere: false }],
		['retention 90', { rule: 'keepDays', value: 90, everywhere: false }],
		['conservación 365 general', { rule: 'keepDays', value: 365, everywhere: true }],
	])('decides “%s” for administrators, and for nobody else', async (typed, decision) => {
		const { say, decided } = setUp();
		expect(await say(typed)).toBe(standing);
		expect(decided).toEqual([decision]);
		const other = setUp(employee);
		expect(await other.say(typed)).toBe(files.administratorsDecide);
		expect(other.decided).toEqual([]);
	});

	it('chooses the model of the channel as “model NAME channel” does', async () => {
		const { say, chosen, noted } = setUp();
		expect(await say('model gemma4:26b')).toContain(english.model.chosen.channel('gemma4:26b'));
		expect(await say('modelo predeterminado')).toContain(english.model.takenBack.channel);
		expect(chosen).toEqual([
			['channel', 'gemma4:26b'],
			['channel', null],
		]);
		expect(noted).toEqual(['gemma4:26b', null]);
		expect(await setUp(employee).say('model gemma4:26b')).toBe(english.model.onlyAdministrators);
	});

	it('shows members every rule, and which are those of the whole organisation', async () => {
		const held = { mode: 'mention', language: 'es', quiet: { from: 0, to: 60, zone: null }, tokensPerDay: 1_000, keepDays: 30 } as const;
		const { say } = setUp(employee, placeOfKind('channel'), true, { held, own: { mode: 'mention', tokensPerDay: 1_000 } });
		const shown = [
			words.mode.mention,
			words.everywhere(words.language.es),
			words.everywhere(words.quiet('00:00', '01:00', null)),
			words.budget(1_000),
			words.everywhere(words.keepDays(30)),
		];
		expect((await say('show')).split('\n').slice(0, 5)).toEqual(shown);
		const personal = setUp(employee, placeOfKind('direct'), true, { held });
		expect((await personal.say('ver')).split('\n')[0]).toBe(words.everywhere(words.keepDays(30)));
	});

	it('is decided in a personal chat only for all channels of the tenant', async () => {
		const { say, decided } = setUp(administrator, placeOfKind('direct'));
		expect(await say('mode off')).toBe(words.notPersonal);
		await say('retention 365 everywhere');
		expect(decided).toEqual([{ rule: 'keepDays', value: 365, everywhere: true }]);
		expect(await setUp(employee, placeOfKind('direct')).say('retention 365 everywhere')).toBe(files.administratorsDecide);
	});

	it.each(['channel mode of operation in our plant', 'canal modelo de negocio de la empresa', 'channel mode of', 'channel surfing'])(
		'is not meant by “%s”',
		(said) => {
			expect(createCommandRegistry([channelCommand]).findSpoken(said)).toBeNull();
		},
	);

	it.each(['ingest backfill', 'ingest stop'])('does “%s” for nobody else', async (typed) => {
		const { say, ordered } = setUp(employee);
		expect(await say(typed)).toBe(files.administratorsDecide);
		expect(ordered).toEqual([]);
	});

	it.each(['running', 'unlisted', 'unread'] as const)('says why nothing is looked through: %s', async (answer) => {
		const { say } = setUp(administrator, placeOfKind('channel'), true, { answer });
		expect(await say('ingest backfill')).toBe(files.backfill[answer]);
	});

	it('says that the bot is not there', async () => {
		const { say } = setUp(administrator, placeOfKind('channel'), true, { answer: 'elsewhere' });
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

	it.each([
		'digest ask',
		'knowledge here',
		'ingest',
		'stale',
		'stale ask',
		'stale 0',
		'ingest 365',
		'ingest only',
		'knowledge ask',
		'knowledge on',
		'off',
		'whatever',
		'mode',
		'mode on',
		'mode 5',
		'mode off Europe/Madrid',
		'quiet 22:00',
		'quiet 22:00-25:00',
		'quiet 7-7',
		'quiet 22-7 Madrid',
		'quiet on',
		'budget 0',
		'budget -5',
		'budget 1e9',
		'retention 36501',
		'stale 4000',
		'locale french',
		'knowledge only everywhere',
		'model',
		'model gemma4 and more',
		'mode all gemma4:26b',
	])('says how it goes after “%s”', async (typed) => {
		const { say, decided } = setUp();
		expect(await say(typed)).toBe(words.how);
		expect(decided).toEqual([]);
	});
});
