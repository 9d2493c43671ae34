/** Who is answered, who is refused, and what the database says of them. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { modelRequests, requestsFor } from '../observe.ts';
import type { Outsider, PlatformStage } from '../platforms/stage.ts';
import { question } from '../promises.ts';
import {
	accountRows,
	answerTo,
	ask,
	colleague,
	command,
	type Everywhere,
	employee,
	keptTimes,
	outcomeOf,
	platformNames,
	quiet,
	usualAnswer,
} from './everywhere.ts';

export function describeStanding(everywhere: () => Everywhere): void {
	const member = { isGuest: false, isExternal: false, isClosed: false, isLocked: false };

	describe.each(platformNames)('who somebody is on %s', (name) => {
		it('people of the company are answered, and are nothing more', async () => {
			const company = everywhere();
			const person = employee(company[name]);
			expect(await answerTo(person, await ask(person, question('who am I')))).toBe(usualAnswer);
			const [row] = await accountRows(company, person);
			expect(row).toMatchObject({ ...member, role: null, homeUserId: row?.userId });
		});

		it('whom the configuration names is an administrator', async () => {
			const company = everywhere();
			const person = company.administrators[name];
			expect(await command(person, 'quota')).toContain(english.limits.quota.role('admin'));
			expect(await accountRows(company, person)).toMatchObject([{ ...member, role: 'ccb_admin' }]);
		});

		it('people from outside are told no in one sentence that nobody else sees, and nothing of them is kept', async () => {
			const company = everywhere();
			const asked = modelRequests(company).length;
			for (const outsider of company[name].outsiders()) {
				await expectRefused(company, company[name], outsider);
			}
			expect(modelRequests(company)).toHaveLength(asked);
			expect(await keptTimes(company, 'a secret of mine')).toBe(0);
		});
	});

	describe('who somebody is no longer', () => {
		it('somebody who has left the Discord server is told nothing, and nothing of them is kept', async () => {
			const company = everywhere();
			const { discord } = company;
			const person = employee(discord);
			discord.discord.world.removeMember(discord.guild, person.user);
			expect(await outcomeOf(company, await ask(person, question('a leaving present')))).toBe('refused');
			expect(requestsFor(company, 'a leaving present')).toEqual([]);
			expect(discord.privateWords(person.chat, person.user)).toEqual([]);
			expect(await keptTimes(company, 'a leaving present')).toBe(0);
		});

		it('somebody whose Slack account was closed is refused from their next word on, until it is opened again', async () => {
			const company = everywhere();
			const { slack } = company.slack;
			const person = employee(company.slack);
			expect(await answerTo(person, await ask(person, question('my last day')))).toBe(usualAnswer);
			await slack.changeUser(person.user, { deleted: true });
			await quiet(company);
			expect(await accountRows(company, person)).toMatchObject([{ isClosed: true }]);
			expect(await answerTo(person, await ask(person, question('one more thing')))).toBe(english.refusal.deactivated);
			await quiet(company);
			expect(requestsFor(company, 'one more thing')).toEqual([]);
			expect(await keptTimes(company, 'one more thing')).toBe(0);
			await slack.tellOldUser(person.user, { deleted: false });
			await quiet(company);
			expect(await answerTo(person, await ask(person, question('an open door')))).toBe(english.refusal.deactivated);
			await slack.changeUser(person.user, { deleted: false });
			await quiet(company);
			expect(await answerTo(person, await ask(person, question('my return')))).toBe(usualAnswer);
		});
	});
}

async function expectRefused(company: Everywhere, stage: PlatformStage, { room, id: user, who }: Outsider): Promise<void> {
	const before = stage.privateWords(room, user).length;
	const told = () => stage.privateWords(room, user).slice(before);
	const bystander = room.kind === 'channel' ? stage.colleagueIn(room) : null;
	const said = await stage.ask({ room, user, text: question('a secret of mine') });
	await eventually(() => told().length > 0);
	await quiet(company);
	expect(told(), who).toEqual([english.refusal.guest]);
	if (bystander !== null) {
		expect(stage.answers(said), who).toEqual([]);
		expect(stage.privateWords(room, bystander), who).toEqual([]);
	}
	const rows = await accountRows(company, colleague(stage, user, room));
	expect(rows, who).not.toEqual([]);
	for (const row of rows) expect([row.isGuest || row.isExternal, row.role], who).toEqual([true, null]);
}
