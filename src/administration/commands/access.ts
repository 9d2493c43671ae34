/** `deactivate` and `activate`: locks somebody out at once, everywhere, and lets them in again. */

import { z } from 'zod';
import { now } from '../../database/entities/columns.ts';
import { User } from '../../database/entities/user.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';
import { findPerson, shownPerson } from '../people.ts';
import { changedPerson, refuseListed } from '../people-changes.ts';
import { personAlone } from '../typed-people.ts';

/** Throws BotError with the reason `users_last_admin` for the last administrator. */
export const deactivateCommand = defineAdminCommand({
	name: 'deactivate',
	split: personAlone,
	arguments: z.object({ person: z.string() }),
	examples: ['deactivate slack:T0123:U0123'],
	async run(scene, { person: typed }) {
		const { words, transaction } = scene;
		const person = await findPerson(scene, typed);
		refuseListed(scene, person);
		await transaction.em.nativeUpdate(User, { id: person.userId, deactivatedAt: null }, { deactivatedAt: now() });
		const effect = changedPerson(scene, person, words.done.deactivated(shownPerson(person)), {});
		return { ...effect, change: { ...effect.change, lostAccess: person.userId } };
	},
});

export const activateCommand = defineAdminCommand({
	name: 'activate',
	split: personAlone,
	arguments: z.object({ person: z.string() }),
	examples: ['activate "Ana Pérez"'],
	async run(scene, { person: typed }) {
		const { words, transaction } = scene;
		const person = await findPerson(scene, typed);
		if (person.deactivatedAt === null) throw new CommandRefusal('nothing-there', words.refused.nothingThere);
		await transaction.em.nativeUpdate(User, person.userId, { deactivatedAt: null });
		return changedPerson(scene, person, words.done.activated(shownPerson(person)), {});
	},
});
