/** Services of commands that note what is asked of them, in a few words, and do nothing. */

import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { createCommands } from '#src/commands/commands.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { createStandardLimits } from '#src/limits/standard-limits.ts';
import { standardRules } from '#src/rules/place-rules.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';

/** @param done what they noted, in its order. */
export function notingServices(done: string[]): Parameters<typeof createCommands>[0] {
	const note = (what: string) => void done.push(what);
	const models = createFakeModelPool();
	const noted = async <Value>(what: string, value: Value) => {
		note(what);
		return value;
	};
	const untouched = { used: 0, resetInMs: 0 };
	return {
		build: { version: '1.2.3', commit: 'abc1234' },
		store: { forgetChannel: async () => note('forget'), exists: async () => true, setMuted: async () => note('mute') } as never,
		rules: { of: async () => standardRules, own: async () => ({}), forget: async () => {} },
		running: createRunningTurns(createMemoryCache(), 'p'),
		models: {
			...models,
			queue: async () => {
				note('look');
				return models.view;
			},
			setQueueState: async (state) => note(state),
		},
		cache: createMemoryCache(),
		limits: {
			quota: async () => {
				note('look');
				return {
					allowed: createStandardLimits({ requestsPerMinute: 20, tokensPerDay: 500_000, repliesInFlight: 10 })('ccb_employee'),
					used: { requestsPerMinute: untouched, tokensPerDay: untouched, uploadsPerDay: untouched },
				};
			},
		} as never,
		choices: {
			current: async () => {
				note('current');
				return { model: 'fake-model', origin: 'default' };
			},
			choose: async (_person, _place, scope, model) => {
				note(`${model} for the ${scope}`);
				return { type: 'chosen', chosen: model, current: { model: 'fake-model', origin: scope } };
			},
			allowed: () => ['fake-model'],
		},
		files: {
			standing: () => noted('standing', { ingestion: 'on', asked: 0 }),
			take: () => noted('take', 1),
			leave: () => noted('leave', 1),
		},
		shelf: {
			list: () => noted('list', []),
			find: (_reader, which) => noted(`find ${which}`, []),
			findToForget: (_reader, which) => noted(`find ${which} to forget`, []),
			sharerOf: async () => null,
		},
		uses: {
			of: async () => {
				note('use');
				return { use: 'prefer' as const, areNone: false, staleAfterDays: null };
			},
		},
		channelOrders: {
			decide: async (_person, _place, decision) => {
				note(`decide ${JSON.stringify(decision)}`);
				return true;
			},
			digestOf: async () => null,
			readPast: async ({ since }) => {
				note(`read past since ${since}`);
				return 'begun';
			},
			stopReading: async () => {
				note('stop reading');
				return true;
			},
			noteModel: async (_person, _place, model) => note(`note model ${model}`),
		},
		shelfChanges: { forget: async () => null },
		documentOrders: { forget: async () => null, publish: async () => true, withdraw: async () => true },
		history: {
			list: async () => {
				note('list conversations');
				return [];
			},
			find: async (_person, number) => {
				note(`find conversation ${number}`);
				return null;
			},
			said: async () => [],
			rename: async () => {},
			takeAway: async () => 'removed',
		},
		ownRequests: {
			beginExport: async () => note('export'),
			askToErase: async () => note('ask to erase'),
		},
		recaps: {
			now: () => new Date(0),
			zoneOf: () => 'UTC',
			read: () => noted('read', 'nothing'),
			linkTo: async () => null,
		},
		lastAnswers: {
			of: async () => {
				note('last answer');
				return null;
			},
		},
		dropped: {
			last: async () => {
				note('last dropped');
				return null;
			},
		},
		passages: {
			titles: async () => [],
			lastCited: async () => {
				note('last cited');
				return null;
			},
		},
		links: {
			issue: async () => {
				note('issue');
				return 'K7QF-2M9X';
			},
			redeem: async (_person, code) => {
				note(`redeem ${code}`);
				return { linked: true, displayName: 'Ana', counts: null };
			},
			unlink: async () => {
				note('unlink');
				return 1;
			},
		},
		languages: notingLanguages(note),
		web: {
			link: async () => {
				note('link');
				return 'https://bot.example.com/enter#secret';
			},
			browserOf: async (_person, code) => {
				note(`browser of ${code}`);
				return { agent: 'Firefox', address: '192.0.2.7' };
			},
			confirm: async (_person, code) => {
				note(`confirm ${code}`);
				return 'confirmed';
			},
		},
		connectors: {
			usableBy: async () => {
				note('look');
				return [];
			},
		} as never,
		connectorOrders: {
			list: async () => ({ connectors: [], broken: [] }),
			add: async (_asker, name) => {
				note(`add ${name}`);
				return 'added';
			},
			test: async (_asker, name, reason) => {
				note(`test ${name}${reason === null ? '' : ` because “${reason}”`}`);
				return { state: 'unknown' };
			},
			approve: async (_asker, name) => {
				note(`approve ${name}`);
				return { state: 'untested' };
			},
			revoke: async (_asker, name) => {
				note(`revoke ${name}`);
				return true;
			},
			logOf: async (_asker, { person, reason }) => {
				note(`log of ${person} for “${reason}”`);
				return { refusal: '' };
			},
		},
		queryLog: {
			own: async (_asker, _count, here) => {
				note(here === undefined ? 'own' : 'own here');
				return [];
			},
		},
		companyData: {} as never,
		administration: {
			run: async (order) => {
				note(`give ${JSON.stringify(order)}`);
				return { outcome: 'done', result: [] };
			},
			endings: async () => [],
		},
		reading: {
			isOn: true,
			read: async ({ person, count, reason }) => {
				note(`read ${count} of ${person} for ${JSON.stringify(reason)}`);
				return [];
			},
		},
		readableCharacters: 11_000,
	};
}

function notingLanguages(note: (what: string) => void): Parameters<typeof createCommands>[0]['languages'] {
	return {
		of: async () => {
			note('chosen language');
			return null;
		},
		choose: async (_person, language) => note(`speak ${language}`),
	};
}
