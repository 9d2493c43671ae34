/** `limit`: what a role or one person may use. */

import { z } from 'zod';
import { Role } from '../../database/entities/role.ts';
import { shownRole, type UserRole } from '../../database/roles.ts';
import { defineAdminCommand } from '../admin-command.ts';
import type { AdminContext } from '../admin-context.ts';
import { limitNamed, limitTerms, readLimit, shownLimit, termOf } from '../limit-terms.ts';
import { findOrEnterPerson, shownPerson } from '../people.ts';
import { readRoleName } from '../role-names.ts';
import { joined, type TypedWord } from '../typed-words.ts';

/** One limit is changed in one statement, so that two administrators can change two at once. */
const changes = {
	set: (table: string, key: string) => `update ${table} set limits = limits || $2::jsonb where ${key} = $1`,
	standard: (table: string, key: string) => `update ${table} set limits = limits - $2::text where ${key} = $1`,
	/** What came along with an account holds until an administrator says something. */
	lift: 'update users set ceilings = ceilings - $2::text where id = $1 and ceilings ? $2::text',
};

/** Which numbers and words a limit takes depends on the limit. */
const limitSchema = z
	.object({ target: z.string(), isName: z.boolean(), limit: z.string(), value: z.string() })
	.transform((typed, context) => {
		const limit = limitNamed(typed.limit);
		const read = limit === null ? null : readLimit(limit, typed.value);
		if (limit !== null && read !== null) return { target: typed.target, isName: typed.isName, limit, value: read.value };
		context.addIssue({ code: 'custom', path: [limit === null ? 'limit' : 'value'] });
		return z.NEVER;
	});

/** A role by its name, unless it stands in quotes; else a person. */
export const limitCommand = defineAdminCommand({
	name: 'limit',
	split: splitAtLimit,
	arguments: limitSchema,
	fields: ['target', 'limit', 'value'],
	choices: { limit: limitTerms },
	explain: (argument, words) => (argument === 'limit' ? words.limitNames(limitTerms.join(', ')) : words.limitValues),
	ownWords: ['none', 'standard'],
	examples: ['limit employee requests-per-minute 10', 'limit "Ana Pérez" models gemma4:e4b,llama3', 'limit employee tokens-per-day none'],
	async run(scene, { target: typed, isName, limit, value }) {
		const role = isName ? null : await findRole(scene, typed);
		const person = role === null ? await findOrEnterPerson(scene, typed) : null;
		const [table, key, id] = person === null ? ['roles', 'name', role] : ['users', 'id', person.userId];
		if (value === 'standard') await scene.transaction.query(changes.standard(table, key), [id, limit]);
		else await scene.transaction.query(changes.set(table, key), [id, JSON.stringify({ [limit]: value })]);
		if (person !== null) await scene.transaction.query(changes.lift, [person.userId, limit]);
		const target = person === null ? shownRole(role ?? '') : shownPerson(person);
		return {
			result: [scene.words.done.limited(target, termOf(limit), shownLimit(value))],
			change: {
				subjectUserId: person?.userId ?? null,
				details: { ...(role === null ? {} : { role }), limit: termOf(limit), value: shownLimit(value) },
			},
		};
	},
});

/** Whom it is about goes up to the first word that is the name of a limit. */
function splitAtLimit(words: readonly TypedWord[]): object | null {
	if (words.length < 2) return null;
	const at = words.findIndex((word, index) => index > 0 && !word.isQuoted && limitNamed(word.text) !== null);
	const target = words.slice(0, Math.max(0, at));
	const isName = target.some(({ isQuoted }) => isQuoted);
	return { target: joined(target), isName, limit: words[at]?.text ?? '', value: joined(words.slice(at + 1)) };
}

async function findRole({ transaction }: AdminContext, typed: string): Promise<UserRole | null> {
	const name = readRoleName(typed);
	if (name === null) return null;
	const role = await transaction.em.findOne(Role, { name });
	return role?.name ?? null;
}
