/**
 * Every command on every platform, as an employee, an administrator and a guest give it. A command that no row of the table gives fails the test:
 * whoever adds one adds a row, with what the words of its answer must hold. The order in which rows stand is the order in which they are given.
 */

import { describe, expect, it } from 'vitest';
import { allCommands } from '#src/commands/commands.ts';
import { spokenAs } from '#src/commands/registry.ts';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { queryDatabase } from '../observe.ts';
import type { Room } from '../platforms/stage.ts';
import { publicUrl } from '../web-page.ts';
import { type Colleague, colleague, type Everywhere, command as giveOrder, otherModel, platformNames, usualAnswer } from './everywhere.ts';

/** What an answer must hold. */
type Told = string | ((person: Colleague) => string);

interface Row {
	/** The command's English name, and what belongs to it. */
	typed: string;
	/** Their own chat with the bot when not given. */
	in?: 'channel';
	employee: Told;
	/** The same as an employee is told when not given. */
	administrator?: Told;
}

const { administration, channel, command, history, limits, link, myData, recap, refusal, sources, sql, why } = english;
/** Of all that, one line can be traced to what was said, and leads nowhere else. */
const answerOfModel = [
	'You missed this:',
	'- The fair of the pumps moves to Friday [1]',
	'- More about the fair at https://evil.example/pumps [1]',
	'- All else is well.',
].join('\n');
const notForThem = ({ reference }: Colleague) => refusal.administratorsOnly(reference);
const forEverybody = (typed: string, told: Told): Row => ({ typed, employee: told });
const inChannel = (typed: string, told: Told): Row => ({ typed, in: 'channel', employee: told });
const forAdministrators = (typed: string, told: Told): Row => ({ typed, employee: notForThem, administrator: told });

const rows: readonly Row[] = [
	{ ...forEverybody('help', command.about.summarize), administrator: command.about.audit },
	forEverybody('new', command.fresh),
	forEverybody('stop', command.nothingToStop),
	forEverybody('status', command.statusFine),
	{ ...forEverybody('quota', limits.quota.role('employee')), administrator: limits.quota.role('admin') },
	forEverybody('model', otherModel),
	inChannel('channel show', channel.mode.threads),
	forEverybody('shh', channel.muted.personal),
	forEverybody('docs', english.docs.none.everywhere),
	forEverybody('sources', sources.noAnswer),
	forEverybody('why', why.reason['not-addressed']),
	inChannel('summarize', recap.nothing),
	inChannel('catchup 2 days', recap.nothing),
	forEverybody('catchup', recap.nothingMissed),
	forEverybody('history', history.none),
	inChannel('history', command.directOnly),
	forEverybody('my-data', myData.what.split('\n')[0] ?? ''),
	forEverybody('lang english', english.language.chosen.en),
	forEverybody('web', publicUrl),
	forEverybody('sql', sql.none),
	forEverybody('link', link.code('X', 10).split('\n').at(-1) ?? ''),
	forEverybody('unlink', link.notLinked),
	forAdministrators('queue show', english.queue.command.nobodyWaits),
	forAdministrators('admin roles', 'employee'),
	forAdministrators('audit nobody:at:all just to look', administration.refused.unknownAccount('nobody:at:all')),
];

export function describeCommands(everywhere: () => Everywhere): void {
	it('every command is in the table', () => {
		const given = new Set(rows.map(({ typed }) => typed.split(' ', 1)[0]));
		expect(allCommands.map(({ names: { en } }) => en).filter((name) => !given.has(name))).toEqual([]);
	});

	/** As people give it there: where a platform only writes the words for one, these are what is spoken. */
	async function give({ stage, user }: Colleague, room: Room, typed: string): Promise<string> {
		const [name = '', ...rest] = typed.split(' ');
		const found = allCommands.find(({ names: { en } }) => en === name);
		const spoken = stage.name === 'teams' && found !== undefined ? spokenAs(found, 'en') : name;
		const { told, failure } = await stage.command({ room, user, text: [spoken, ...rest].join(' ') });
		if (failure !== undefined) throw new Error(`"${typed}" was not taken: ${failure}`);
		return await eventually(() => told().find((words) => words !== ''));
	}

	/** Of what one missed; null before it is written down. */
	async function sourcesOfNewest(company: Everywhere, platform: string): Promise<{ position: number; url: string }[] | null> {
		const select = `select m.sources from messages m join conversations c on c.id = m.conversation_id
			where c.platform = $1 and m.role = 'assistant' and m.content like '%moves to Friday%' and m.sources <> '[]'`;
		const [row] = await queryDatabase<{ sources: { position: number; url: string }[] }>(company, select, [platform]);
		return row?.sources ?? null;
	}

	async function giveAll(person: Colleague, shared: Room, toldFor: (row: Row) => Told): Promise<void> {
		for (const row of rows) {
			const told = toldFor(row);
			const words = await give(person, row.in === 'channel' ? shared : person.chat, row.typed);
			expect([row.typed, words]).toEqual([row.typed, expect.stringContaining(typeof told === 'string' ? told : told(person))]);
		}
	}

	describe.each(platformNames)('every command on %s', (name) => {
		it('tells an employee what it gives, and whoever may not give it that', async () => {
			const stage = everywhere()[name];
			const shared = stage.openRoom('channel');
			await giveAll(colleague(stage, shared.asker, stage.chatOf(shared.asker)), shared, (row) => row.employee);
		});

		it('does for an administrator what administrators may do', async () => {
			const { administrators, [name]: stage } = everywhere();
			const shared = stage.openRoom('channel');
			const person = colleague(stage, shared.asker, stage.chatOf(shared.asker));
			await giveOrder(administrators[name], `admin grant ${person.reference} admin`);
			await giveAll(person, shared, (row) => row.administrator ?? row.employee);
		});

		it('tells a guest, or whoever is none of us yet, nothing but that they get no answers', async () => {
			const stage = everywhere()[name];
			const guest = stage.outsiders().find(({ room }) => room.kind === 'direct');
			if (guest === undefined) throw new TypeError('no guest writes to the bot');
			const person = colleague(stage, guest.id, guest.room);
			for (const { typed } of rows) expect([typed, await give(person, guest.room, typed)]).toEqual([typed, refusal.guest]);
		});

		it('catchup tells alone what was said where one is, each line with its message, and nothing where one is no more', async () => {
			const company = everywhere();
			const stage = company[name];
			const shared = stage.openRoom('channel');
			const [asker, other] = [colleague(stage, shared.asker, stage.chatOf(shared.asker)), stage.colleagueIn(shared)];
			const said = await stage.talk({ room: shared, user: other, text: 'The fair of the pumps moves to Friday' });
			const elsewhere = stage.openClosedChannel();
			const secret = await stage.talk({ room: elsewhere, text: 'The director leaves in May' });
			company.ollama.answer(answerOfModel);
			expect(await give(asker, shared, 'catchup 2 days')).toBe(recap.elsewhere);
			const answer = await eventually(() => stage.privateWords(asker.chat, asker.user).find((words) => words.includes('moves to Friday')));
			expect(answer).not.toMatch(/You missed this|All else|evil/);
			expect(answer).not.toContain(recap.nothingCited);
			const { pathname } = new URL(stage.linkTo(said));
			const [source] = await eventually(async () => await sourcesOfNewest(company, name));
			expect(source).toMatchObject({ position: 1, url: expect.stringContaining(pathname) });
			expect(stage.answers(said)).toEqual([]);
			await give(asker, asker.chat, `catchup 2 days ${stage.linkTo(secret)}`);
			await eventually(() => stage.privateWords(asker.chat, asker.user).some((words) => words.includes(recap.notThere)));
			company.ollama.answer(usualAnswer);
		});
	});
}
