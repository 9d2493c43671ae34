/** One person with accounts on several platforms: codes that link, and codes that do not. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { queryDatabase } from '../observe.ts';
import { question } from '../promises.ts';
import { answerTo, ask, type Colleague, command, type Everywhere, employee, userIdOf, usualAnswer } from './everywhere.ts';

const { link, limits } = english;

export function describeLinks(everywhere: () => Everywhere): void {
	/** @returns the code, which is a person's own secret until it is used. */
	async function codeOf(person: Colleague): Promise<string> {
		const told = await command(person, 'link');
		const [code = 'none'] = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(told) ?? [];
		expect(told).toContain(link.code(code, 10).split('\n').at(-1));
		return code;
	}

	async function asksAreCounted(person: Colleague, count: number): Promise<void> {
		const quota = await command(person, 'quota');
		expect(quota).toContain(count === 0 ? limits.quota.untouched(20) : limits.quota.used(count, 20, 1).split(';')[0]);
	}

	async function refusalsOf(company: Everywhere, person: Colleague): Promise<unknown[]> {
		const select = `select details->>'refusal' as refusal from audit_log where action = 'link' and outcome = 'refused' and subject_user_id = $1 order by sequence`;
		const rows = await queryDatabase<{ refusal: string }>(company, select, [await userIdOf(company, person)]);
		return rows.map(({ refusal }) => refusal);
	}

	describe('links between accounts', () => {
		it('make one person of accounts on all platforms, with one quota, until they are taken apart', async () => {
			const company = everywhere();
			const [slack, teams, discord] = [employee(company.slack), employee(company.teams), employee(company.discord)];
			expect(await command(discord, `link ${await codeOf(slack)}`)).toMatch(/^Done: this account is linked with /);
			// Small letters without the dash are as good.
			expect(await command(teams, `link ${(await codeOf(slack)).replace('-', '').toLowerCase()}`)).toMatch(/^Done: /);
			const userId = await userIdOf(company, slack);
			expect(await userIdOf(company, discord)).toBe(userId);
			expect(await userIdOf(company, teams)).toBe(userId);
			for (const person of [slack, teams, discord]) {
				expect(await answerTo(person, await ask(person, question('it is me again')))).toBe(usualAnswer);
			}
			for (const person of [slack, teams, discord]) await asksAreCounted(person, 3);
			const authors = `select distinct author_user_id as "userId" from messages where content like '%it is me again%'`;
			expect(await queryDatabase(company, authors)).toEqual([{ userId }]);

			expect(await command(teams, 'unlink')).toBe(link.unlinked(1));
			expect(await userIdOf(company, teams)).not.toBe(userId);
			// Whoever was one person today has one quota today.
			await asksAreCounted(teams, 3);
			await asksAreCounted(slack, 3);
			expect(await command(slack, 'unlink')).toBe(link.unlinked(1));
			expect(await userIdOf(company, discord)).not.toBe(userId);
			expect(await command(discord, 'unlink')).toBe(link.notLinked);
			const mine = 'select content from messages where author_user_id = $1';
			expect(await queryDatabase(company, mine, [await userIdOf(company, discord)])).toHaveLength(1);
		});

		it('are made once by a code, and by nobody in the same workspace', async () => {
			const company = everywhere();
			const [owner, other, thief, late] = [company.discord, company.slack, company.teams, company.teams].map(employee) as [
				Colleague,
				Colleague,
				Colleague,
				Colleague,
			];
			const used = await codeOf(owner);
			expect(await command(other, `link ${used}`)).toMatch(/^Done: /);
			expect(await command(thief, `link ${used}`)).toBe(link.refused.used);
			const overheard = await codeOf(thief);
			expect(await command(late, `link ${overheard}`)).toBe(link.refused['other-person']);
			expect(await command(owner, `link ${overheard}`)).toBe(link.refused.used);
			expect(await refusalsOf(company, thief)).toEqual(['used']);
			expect(await refusalsOf(company, late)).toEqual(['other-person']);
		});

		it('are not to be guessed: five wrong codes, and not even the right one is taken', async () => {
			const company = everywhere();
			const [owner, guesser] = [employee(company.slack), employee(company.teams)];
			for (const guess of ['AAAA-AAAA', 'AAAA-AAAB', 'AAAA-AAAC', 'AAAA-AAAD', 'AAAA-AAAE']) {
				expect(await command(guesser, `link ${guess}`)).toBe(link.refused.unknown);
			}
			expect(await command(guesser, `link ${await codeOf(owner)}`)).toBe(link.refused.locked(60));
			expect(await refusalsOf(company, guesser)).toEqual([...Array(5).fill('unknown'), 'locked']);
			expect(await userIdOf(company, guesser)).not.toBe(await userIdOf(company, owner));
		});
	});
}
