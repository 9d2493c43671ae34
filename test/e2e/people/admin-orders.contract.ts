/**
 * Every order behind `admin` on every platform, as an administrator gives it; employees and guests are refused before one is read, so each order is
 * tried by them on one platform. An order that no row of the table gives fails the test: whoever adds one adds a row, with what its answer holds.
 */

import { describe, expect, it } from 'vitest';
import { adminCommands, readAdminCommand } from '#src/administration/admin-commands.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { eventually } from '../eventually.ts';
import { type Colleague, command, type Everywhere, employee, otherModel, platformNames } from './everywhere.ts';

const { administration: words, refusal } = english;
const { broadcast, digest, evaluation, feedback, ingest, jobs, operating, records, refused } = words;
const nobody = 'nobody:at:all';
const noJob = '6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5';
const noCase = 99_999_999;

/** Discord has people who may not write yet in their place. */
const isGuest = /^a guest$|has not agreed/;

/** The beginning of a sentence: marks and quotes further on are written otherwise on each platform. */
const begins = (sentence: string) => sentence.slice(0, 24);
const unread = begins(words.misread(''));
const unknownAccount = refused.unknownAccount(nobody);
const unknownPlatform = begins(refused.unknownPlatform('nobody', ''));
const unknownJob = refused.unknownJob('').slice(0, 13);
const unknownFile = begins(refused.unknownFile);

/** What is typed after `admin`, and what the answer holds: one of these. What brings something into the chat afterwards comes last. */
const rows: readonly (readonly [typed: string, ...told: string[]])[] = [
	['help', words.help.heading],
	['ayuda personas', words.help.topic.people],
	[`grant ${nobody} employee`, unknownPlatform],
	[`revoke ${nobody}`, unknownAccount],
	[`deactivate ${nobody}`, unknownAccount],
	[`activate ${nobody}`, unknownAccount],
	[`who ${nobody}`, unknownAccount],
	['roles', 'employee'],
	['role create 2nd', begins(refused.roleName)],
	['role drop admin', refused.roleBuiltIn('admin')],
	['map x employee', unread],
	['unmap x', unread],
	[`admit ${nobody} employee`, unknownPlatform],
	[`dismiss ${nobody}`, unknownAccount],
	['account add lucia.gil', begins(words.account.off)],
	['account reset lucia.gil', begins(words.account.off)],
	['account factor lucia.gil', begins(words.account.off)],
	['limit somebody wishes 3', words.limitNames('').slice(0, 14)],
	['match x off', unread],
	['jobs', begins(jobs.none), jobs.unfinished, jobs.failed],
	[`jobs retry ${noJob}`, unknownJob],
	[`jobs drop ${noJob}`, unknownJob],
	['ingest', ingest.state.ready],
	['ingest retry 1', unknownFile],
	['ingest quarantine', ingest.noQuarantine],
	['ingest release 1', unknownFile],
	['ingest delete 1', unknownFile],
	['models', otherModel],
	['models default', begins(operating.models.standard.ofSettings(''))],
	['models pull gpt-oss:120b-cloud', 'gpt-oss:120b-cloud runs in'],
	['models unload none:1', operating.models.refused.notLoaded('none:1')],
	['models embed', words.vectors.searched, begins(words.vectors.refused.noPgvector)],
	['feedback', begins(feedback.none), feedback.candidates],
	[`feedback show ${noCase}`, begins(feedback.noCase(noCase)), begins(words.audit.off)],
	['feedback shown', begins(feedback.noneShown), begins(feedback.shownToYou)],
	[`feedback accept ${noCase} nothing`, begins(feedback.noCase(noCase))],
	[`feedback reject ${noCase}`, begins(feedback.noCase(noCase))],
	['digest now', begins(digest.none)],
	['health', 'database'],
	['usage', begins(operating.usage.none), operating.usage.by.person],
	['broadcast all is well', begins(broadcast.refused.off)],
	['audit find zyxomatic', begins(operating.found.nothing(''))],
	['log', 'UTC', words.log.empty],
	['feedback export', records.brought, begins(records.offered), records.name.feedback],
	['audit export', records.brought, begins(records.offered), records.name.audit],
	['evaluate', begins(evaluation.begun), begins(evaluation.noCases), records.name.audit],
];

/** Before their answers may stand the file that the order before them brings. */
const behindFiles = new Set(['audit export', 'evaluate']);

export function describeAdminOrders(everywhere: () => Everywhere): void {
	it('every order of administrators is in the table', () => {
		const given = rows.map(([typed]) => readAdminCommand(typed));
		const names = given.map((read) => ('command' in read ? read.command.name : ''));
		expect(adminCommands.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
	});

	/** What was answered otherwise. */
	async function wrongAnswers({ stage, user, chat: room }: Colleague, given: typeof rows): Promise<string[]> {
		const wrong: string[] = [];
		for (const [typed, ...parts] of given) {
			const { told, failure } = await stage.command({ room, user, text: `admin ${typed}` });
			const isRight = (words: string) => parts.some((part) => words.includes(part));
			const first = failure ?? (await eventually(() => told().find((words) => words !== '')));
			const isAnswered = async () => await eventually(() => told().some(isRight)).catch(() => false);
			if (!isRight(first) && !(behindFiles.has(typed) && (await isAnswered()))) wrong.push(`${typed}: ${told().join('; ')}`);
		}
		return wrong;
	}

	const shareOf = (platform: (typeof platformNames)[number]) =>
		rows.filter((_row, index) => index % platformNames.length === platformNames.indexOf(platform));

	describe.each(platformNames)('every order of administrators on %s', (name) => {
		it('is carried out, or says why not', async () => {
			const { administrators, [name]: stage } = everywhere();
			// Somebody of their own: whoever is told so much is told no more for a minute.
			const person = employee(stage);
			await command(administrators[name], `admin grant ${person.reference} admin`);
			expect(await wrongAnswers(person, rows)).toEqual([]);
		});

		it('is refused to an employee, who learns nothing', async () => {
			const person = employee(everywhere()[name]);
			const told = [english, spanish].map(({ refusal: said }) => said.administratorsOnly(person.reference));
			expect(
				await wrongAnswers(
					person,
					shareOf(name).map(([typed]) => [typed, ...told] as const),
				),
			).toEqual([]);
		});

		it('is refused to a guest', async () => {
			const stage = everywhere()[name];
			const guest = stage.outsiders().find(({ who, room }) => isGuest.test(who) && room.kind === 'direct');
			if (guest === undefined) throw new TypeError('no guest writes to the bot');
			const person = { stage, user: guest.id, reference: stage.reference(guest.id), chat: guest.room };
			expect(
				await wrongAnswers(
					person,
					shareOf(name).map(([typed]) => [typed, refusal.guest] as const),
				),
			).toEqual([]);
		});
	});
}
