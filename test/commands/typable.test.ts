/** Everything that people can type to command the bot, and what it does: in menus and messages alike, in both languages. */

import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createCommands } from '#src/commands/commands.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { createStandardLimits } from '#src/limits/standard-limits.ts';
import { languages } from '#src/locales/locales.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { account, administrator, placeOfKind } from './command-scene.ts';

/** What is typed after the root command, and what comes of it. */
const typed: [text: string, meaning: string][] = [
	['', 'help'],
	['help', 'help'],
	['ayuda', 'help'],
	['AYUDA', 'help'],
	['new', 'new: forget'],
	['nuevo', 'new: forget'],
	['reset', 'new: forget'],
	['stop', 'stop'],
	['para', 'stop'],
	['parar', 'stop'],
	['detente', 'stop'],
	['cancel', 'stop'],
	['cancelar', 'stop'],
	['cancela', 'stop'],
	['stop now please', 'stop'],
	['status', 'status'],
	['estado', 'status'],
	['quota', 'quota: look'],
	['cuota', 'quota: look'],
	['límites', 'quota: look'],
	['limites', 'quota: look'],
	['limits', 'quota: look'],
	['model', 'model: current'],
	['modelo', 'model: current'],
	['modelos', 'model: current'],
	['model fake-model', 'model: fake-model for the conversation'],
	['modelo Fake-Model:latest yo', 'model: Fake-Model:latest for the person'],
	['model fake-model ME!', 'model: fake-model for the person'],
	['modelo fake-model canal', 'model: fake-model for the channel'],
	['model default', 'model: null for the conversation'],
	['modelo predeterminado yo', 'model: null for the person'],
	['model fake-model for everybody', 'model'],
	['docs take', 'docs: take'],
	['documentos descartar', 'docs: leave'],
	['channel', 'channel: standing, use'],
	['canal', 'channel: standing, use'],
	['canal conocimiento solo', 'channel: decide {"knowledge":"only"}, standing, use'],
	['channel knowledge default', 'channel: decide {"knowledge":null}, standing, use'],
	['channel stale 365', 'channel: decide {"staleAfterDays":365}, standing, use'],
	['canal caducidad 365', 'channel: decide {"staleAfterDays":365}, standing, use'],
	['channel stale default', 'channel: decide {"staleAfterDays":null}, standing, use'],
	['channel stale', 'channel'],
	['channel stale 0', 'channel'],
	['canal resumen aquí', 'channel'],
	['channel knowledge on', 'channel'],
	['channel ingest off', 'channel'],
	['canal incorporar anteriores 2026-01-31', 'channel'],
	['channel ingest in 2026', 'channel'],
	['channel ingest', 'channel'],
	['channel whatever', 'channel'],
	['docs', 'docs: list, standing'],
	['documentos lista', 'docs: list, standing'],
	['docs show plan.pdf of May', 'docs: find plan.pdf of May'],
	['docs show', 'docs'],
	['documentos olvidar «plan de mayo.pdf»', 'docs: find plan de mayo.pdf to forget'],
	['docs forget #4821903', 'docs: find #4821903 to forget'],
	['docs publish 4821903', 'docs: find 4821903'],
	['docs publish 365 4821903', 'docs: find 4821903'],
	['docs publish 365', 'docs: find 365'],
	['docs show 2024 plan.pdf', 'docs: find 2024 plan.pdf'],
	['documentos retirar 4821903', 'docs: find 4821903'],
	['docs dance', 'docs: find dance'],
	['sources', 'sources: last cited'],
	['fuentes', 'sources: last cited'],
	['why', 'why: last answer, last dropped'],
	['porque', 'why: last answer, last dropped'],
	['por qué', 'why: last answer, last dropped'],
	['¿Por qué?', 'why: last answer, last dropped'],
	['ccb why', 'why: last answer, last dropped'],
	['link', 'link: issue'],
	['vincular', 'link: issue'],
	['link K7QF-2M9X', 'link: redeem K7QF-2M9X'],
	['vincular k7qf2m9x', 'link: redeem k7qf2m9x'],
	['link code', 'link'],
	['vincular código', 'link'],
	['link please', 'link'],
	['web', 'web: link'],
	['web K7QF-2M9X', 'web: browser of K7QF-2M9X'],
	['navegador', 'web: link'],
	['navegador k7qf2m9x sí', 'web: confirm k7qf2m9x'],
	['web please', 'web'],
	['unlink', 'unlink: unlink'],
	['desvincular', 'unlink: unlink'],
	['queue', 'queue: look'],
	['cola', 'queue: look'],
	['queue show', 'queue: look'],
	['cola ver', 'queue: look'],
	['queue pause', 'queue: paused, look'],
	['cola pausar', 'queue: paused, look'],
	['cola pausa', 'queue: paused, look'],
	['queue resume', 'queue: open, look'],
	['cola reanudar', 'queue: open, look'],
	['queue drain', 'queue: draining, look'],
	['cola vaciar', 'queue: draining, look'],
	['Queue  PAUSE!', 'queue: paused, look'],
	['queue explode', 'queue'],
	['admin', 'admin: give ""'],
	['administrar', 'admin: give ""'],
	['admin help', 'admin: give "help"'],
	['admin grant “Ana  Pérez” admin', 'admin: give "grant “Ana  Pérez” admin"'],
	['administrar roles', 'admin: give "roles"'],
	['admin dance', 'admin: give "dance"'],
	['audit slack:T1:U1 complaint of May', 'audit: read 20 of slack:T1:U1 for "complaint of May"'],
	['auditar «Ana Pérez» 5 queja de mayo', 'audit: read 5 of Ana Pérez for "queja de mayo"'],
	['audit Ana 999 complaint of May', 'audit: read 50 of Ana for "complaint of May"'],
	['audit Ana 5 "complaint of May"', 'audit: read 5 of Ana for "complaint of May"'],
	['audit', 'audit'],
	['audit Ana because', 'audit'],
	['sql', 'sql: look'],
	['consultas', 'sql: look'],
	['sql named', 'sql: look'],
	['sql ask stock city="A Coruña"', 'sql: look'],
	['consultas preguntar existencias ciudad=Valencia', 'sql: look'],
	['sql why', 'sql: own here'],
	['consultas porqué', 'sql: own here'],
	['sql log', 'sql: own'],
	['sql log "Ana Pérez" complaint of May', 'sql: log of Ana Pérez for “complaint of May”'],
	['sql log Ana', 'sql'],
	['sql add shop', 'sql: add shop'],
	['consultas añadir tienda', 'sql: add tienda'],
	['sql test shop', 'sql: test shop'],
	['sql test shop "owns its views until June"', 'sql: test shop because “owns its views until June”'],
	['sql approve shop', 'sql: approve shop'],
	['sql revoke shop', 'sql: revoke shop'],
	['sql explode', 'sql'],
	['dance', 'nothing'],
	['please stop', 'nothing'],
];

/** Whole messages to the bot, and what comes of them; `nothing`: they are questions like any other. */
const said: [text: string, meaning: string][] = [
	...typed.filter(([text, meaning]) => text !== '' && !text.includes(' ') && !meaning.startsWith('why')),
	...typed.filter(([text]) => text !== '' && !text.includes(' ')).map(([text, meaning]): [string, string] => [`ccb ${text}`, meaning]),
	['why', 'nothing'],
	['porque', 'nothing'],
	['/ccb Status!', 'status'],
	['ccb model trains', 'nothing'],
	['ccb help me with this', 'nothing'],
	['¡Para!', 'stop'],
	['¿Ayuda?', 'help'],
	['stop now please', 'nothing'],
	['reset my password', 'nothing'],
	['model fake-model', 'model: fake-model for the conversation'],
	['Modelo other:7b yo', 'model: other:7b for the person'],
	['model default', 'model: null for the conversation'],
	['docs take', 'docs: take'],
	['docs of last year, where are they?', 'nothing'],
	['docs forget 4821903', 'docs: find 4821903 to forget'],
	['documentos ver «plan.pdf»', 'docs: find plan.pdf'],
	['docs show me the plan', 'nothing'],
	['channel knowledge only', 'channel: decide {"knowledge":"only"}, standing, use'],
	['channel knowledge in our company', 'nothing'],
	['documents for the audit, where are they?', 'nothing'],
	['sources of energy in Spain', 'nothing'],
	['model trains', 'nothing'],
	['model fake-model is better than others, is it not?', 'nothing'],
	['modelos de negocio', 'nothing'],
	['link K7QF-2M9X', 'link: redeem K7QF-2M9X'],
	['vincular k7qf2m9x', 'link: redeem k7qf2m9x'],
	['link code', 'link'],
	['web', 'web: link'],
	['web K7QF-2M9X', 'web: browser of K7QF-2M9X'],
	['web K7QF-2M9X yes', 'web: confirm K7QF-2M9X'],
	['web please', 'nothing'],
	['link please', 'nothing'],
	['Queue pause!', 'queue: paused, look'],
	['cola vaciar', 'queue: draining, look'],
	['queue explode', 'nothing'],
	['admin help', 'admin: give "help"'],
	['Administrar grant slack:T1:U1 admin', 'admin: give "grant slack:T1:U1 admin"'],
	['admin log 5', 'admin: give "log 5"'],
	['admin roles of kings in history', 'nothing'],
	['admin who is that?', 'nothing'],
	['audit slack:T1:U1 complaint of May', 'audit: read 20 of slack:T1:U1 for "complaint of May"'],
	['auditar «Ana Pérez» 5 queja de mayo', 'audit: read 5 of Ana Pérez for "queja de mayo"'],
	['audit our books and tell me the result', 'nothing'],
	['sql is a language, is it not?', 'nothing'],
	['sql test my query, please', 'nothing'],
	['sql add shop', 'sql: add shop'],
	['consultas por mes y por tienda', 'nothing'],
];

describe.each(['en', 'es'] as const)('in %s', (language) => {
	it.each(typed)('“/ccb %s” means %s', async (text, meaning) => expect(await meaningOf('find', text, language)).toBe(meaning));

	it.each(said)('“%s” as a message means %s', async (text, meaning) => expect(await meaningOf('findSpoken', text, language)).toBe(meaning));
});

/** The command's name, and what it asked of the rest of the program. */
async function meaningOf(how: 'find' | 'findSpoken', text: string, language: 'en' | 'es'): Promise<string> {
	const done: string[] = [];
	const commands = createCommands(services(done));
	const found = commands[how](text);
	if (found === null) return 'nothing';
	const { command, typed: given } = found;
	await commands.run(command, given, {
		...{ person: administrator, account, platform: createFakePlatform(), signal: new AbortController().signal },
		words: languages[language],
		place: placeOfKind('direct'),
		isConversation: true,
	});
	return [command.names.en, ...(done.length === 0 ? [] : [done.join(', ')])].join(': ');
}

function services(done: string[]): Parameters<typeof createCommands>[0] {
	const note = (what: string) => void done.push(what);
	const models = createFakeModelPool();
	const untouched = { used: 0, resetInMs: 0 };
	return {
		build: { version: '1.2.3', commit: 'abc1234' },
		store: { forgetChannel: async () => note('forget') } as never,
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
			standing: async () => {
				note('standing');
				return { ingestion: 'on', asked: 0 };
			},
			take: async () => {
				note('take');
				return 1;
			},
			leave: async () => {
				note('leave');
				return 1;
			},
		},
		shelf: {
			list: async () => {
				note('list');
				return [];
			},
			find: async (_reader, which) => {
				note(`find ${which}`);
				return [];
			},
			findToForget: async (_reader, which) => {
				note(`find ${which} to forget`);
				return [];
			},
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
		},
		shelfChanges: { forget: async () => null },
		documentOrders: { forget: async () => null, publish: async () => true, withdraw: async () => true },
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
		addresses: {} as never,
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
