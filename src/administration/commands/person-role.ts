/** `grant` and `revoke`: the role that an administrator gives somebody. */

import { z } from 'zod';
import { User } from '../../database/entities/user.ts';
import { shownRole } from '../../database/roles.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';
import { findOrEnterPerson, findPerson, isOutside, shownPerson } from '../people.ts';
import { changedPerson, refuseListed } from '../people-changes.ts';
import { requireRole } from '../required-role.ts';
import { personAlone, personAndRole } from '../typed-people.ts';

export const grantCommand = defineAdminCommand({
	name: 'grant',
	split: personAndRole,
	arguments: z.object({ person: z.string(), role: z.string() }),
	examples: ['grant slack:T0123:U0123 admin', 'grant "Ana Pérez" employee'],
	async run(scene, { person: typedPerson, role: typedRole }) {
		const { words, transaction } = scene;
		const role = await requireRole(scene, typedRole);
		const person = await findOrEnterPerson(scene, typedPerson);
		if (role !== 'ccb_admin') refuseListed(scene, person);
		if (person.accounts.every(isOutside)) throw new CommandRefusal('outsider', words.refused.outsider(shownPerson(person)));
		await transaction.em.nativeUpdate(User, person.userId, { role });
		return changedPerson(scene, person, words.done.granted(shownPerson(person), shownRole(role)), { role, before: person.role });
	},
});

/** Throws BotError with the reason `users_last_admin` for the last one. */
export const revokeCommand = defineAdminCommand({
	name: 'revoke',
	split: personAlone,
	arguments: z.object({ person: z.string() }),
	examples: ['revoke slack:T0123:U0123'],
	async run(scene, { person: typed }) {
		const { words, transaction } = scene;
		const person = await findPerson(scene, typed);
		refuseListed(scene, person);
		if (person.role === null) throw new CommandRefusal('nothing-there', words.refused.nothingThere);
		await transaction.em.nativeUpdate(User, person.userId, { role: null });
		return changedPerson(scene, person, words.done.revoked(shownPerson(person)), { before: person.role });
	},
});
