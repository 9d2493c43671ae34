/** `role create` and `role drop`: roles of the company's own, each a role of the database too. */

import { z } from 'zod';
import { Identity } from '../../database/entities/identity.ts';
import { Role, RoleMapping, Tenant } from '../../database/entities/role.ts';
import { User } from '../../database/entities/user.ts';
import { shownRole, type UserRole } from '../../database/roles.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toBotError } from '../../errors.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { type AdminContext, CommandRefusal } from '../admin-context.ts';
import { requireRole, requireRoleName } from '../required-role.ts';
import { isBuiltIn } from '../role-names.ts';
import { joinedAsTyped } from '../typed-words.ts';

/** Above employees, whose rank is 100: whoever is given another role by a group is to have that one. */
const usualRank = 200;
const leastRank = 1;
const mostRank = 999;

export const roleCreateCommand = defineAdminCommand({
	name: 'role-create',
	split(words) {
		const [before, last] = words.slice(-2);
		const isRanked = words.length >= 3 && before?.isQuoted === false && before.text.toLowerCase() === 'rank';
		const name = isRanked ? words.slice(0, -2) : words;
		return name.length === 0 ? null : { role: joinedAsTyped(name), rank: isRanked ? last?.text : null };
	},
	arguments: z.object({
		role: z.string(),
		rank: z
			.string()
			.regex(/^\d{1,4}$/)
			.transform(Number)
			.nullable(),
	}),
	write: ({ role = '', rank = '' }) => (rank === '' ? role : `${role} rank ${rank}`),
	ownWords: ['rank'],
	examples: ['role create contractor', 'role create contractor rank 50'],
	async run(scene, { role: typed, rank: typedRank }) {
		const { transaction, words } = scene;
		const rank = typedRank ?? usualRank;
		const name = requireRoleName(words, typed);
		if (rank < leastRank || rank > mostRank) throw new CommandRefusal('rank', words.refused.rank);
		// An upsert of the entity would not tell whether it was there.
		const made = await transaction.query('insert into roles (name, rank) values ($1, $2) on conflict do nothing returning name', [
			name,
			rank,
		]);
		if (made.length === 0) throw new CommandRefusal('role-exists', words.refused.roleExists(shownRole(name)));
		await makeDatabaseRole(scene, name);
		return { result: [words.done.roleCreated(shownRole(name), rank)], change: { subjectUserId: null, details: { role: name, rank } } };
	},
});

export const roleDropCommand = defineAdminCommand({
	name: 'role-drop',
	split: (words) => (words.length === 0 ? null : { role: joinedAsTyped(words) }),
	arguments: z.object({ role: z.string() }),
	examples: ['role drop contractor'],
	async run(scene, { role: typed }) {
		const { transaction, words } = scene;
		const name = await requireRole(scene, typed);
		const shown = shownRole(name);
		if (isBuiltIn(name)) throw new CommandRefusal('role-built-in', words.refused.roleBuiltIn(shown));
		const { people, rules } = await countUses(transaction, name);
		if (people + rules > 0) throw new CommandRefusal('role-in-use', words.refused.roleInUse(shown, people, rules));
		await transaction.em.nativeDelete(Role, { name });
		await transaction.query('select ccb_drop_role($1)', [name]);
		return { result: [words.done.roleDropped(shown)], change: { subjectUserId: null, details: { role: name } } };
	},
});

async function countUses({ em }: Transaction, role: UserRole): Promise<{ people: number; rules: number }> {
	return {
		people: (await em.count(User, { role })) + (await em.count(Identity, { admittedAs: role })),
		rules: (await em.count(RoleMapping, { role })) + (await em.count(Tenant, { $or: [{ guestsAs: role }, { strangersAs: role }] })),
	};
}

async function makeDatabaseRole({ transaction, words }: AdminContext, name: UserRole): Promise<void> {
	try {
		await transaction.query('select ccb_create_role($1)', [name]);
	} catch (thrown) {
		const { code, reason } = toBotError(thrown);
		// The function's own word for a role of the database that may more than an employee.
		if (reason === '0P000') throw new CommandRefusal('role-taken', words.refused.roleTaken(shownRole(name)));
		// The row was written, so it is the login that lacks the right.
		if (code === 'FORBIDDEN') throw new CommandRefusal('no-createrole', words.refused.noCreateRole);
		throw thrown;
	}
}
