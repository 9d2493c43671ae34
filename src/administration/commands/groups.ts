/** `map` and `unmap`: groups of the platforms that stand for a role. */

import { z } from 'zod';
import { RoleMapping } from '../../database/entities/role.ts';
import { shownRole } from '../../database/roles.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';
import { requirePlatform } from '../people.ts';
import { requireRole } from '../required-role.ts';
import { groupSchema, shownGroup } from '../typed-people.ts';
import { joinedAsTyped } from '../typed-words.ts';

export const mapCommand = defineAdminCommand({
	name: 'map',
	split: ([first, ...rest]) => (first === undefined || rest.length === 0 ? null : { group: first.text, role: joinedAsTyped(rest) }),
	arguments: z.object({ group: groupSchema, role: z.string() }),
	examples: ['map slack:T0123:S0123 employee'],
	async run(scene, { group, role: typedRole }) {
		const role = await requireRole(scene, typedRole);
		requirePlatform(scene, group.platform);
		await scene.transaction.em.upsert(RoleMapping, { ...group, role });
		const shown = shownGroup(group);
		return {
			result: [scene.words.done.mapped(shown, shownRole(role))],
			change: { subjectUserId: null, details: { group: shown, role } },
		};
	},
});

export const unmapCommand = defineAdminCommand({
	name: 'unmap',
	split: ([first, ...rest]) => (first === undefined || rest.length > 0 ? null : { group: first.text }),
	arguments: z.object({ group: groupSchema }),
	examples: ['unmap slack:T0123:S0123'],
	async run({ transaction: { em }, words }, { group }) {
		const mapping = await em.findOne(RoleMapping, { ...group });
		const isGone = (await em.nativeDelete(RoleMapping, { ...group })) > 0;
		if (mapping === null || !isGone) throw new CommandRefusal('nothing-there', words.refused.nothingThere);
		const shown = shownGroup(group);
		return { result: [words.done.unmapped(shown)], change: { subjectUserId: null, details: { group: shown, before: mapping.role.name } } };
	},
});
