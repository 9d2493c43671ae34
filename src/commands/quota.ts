/** `quota`: what a person may use, what they have used of it, and when it is back. */

import type { Quota } from '../limits/limits.ts';
import type { Words } from '../locales/locales.ts';
import type { Rows } from '../platform/command-result.ts';
import { defineCommand } from './definition.ts';

export const quotaCommand = defineCommand({
	names: { en: 'quota', es: 'cuota' },
	otherWords: ['límites', 'limites', 'limits'],
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['quota', 'cuota'],
	async run({ person, words, services: { limits, readableCharacters } }) {
		const quota = await limits.quota(person);
		// Administrators call a role by this name too.
		const role = words.limits.quota.role(person.role.replace(/^ccb_/, ''));
		return [role, { rows: [...counted(quota, words), ...sizes(quota, readableCharacters, words), ...restrictions(quota, words)] }];
	},
});

type Row = Rows['rows'][number];

function counted({ allowed, used }: Quota, { limits: { quota: words } }: Words): Row[] {
	return (['requestsPerMinute', 'tokensPerDay', 'uploadsPerDay'] as const).map((limit) => {
		const most = allowed[limit];
		const now = used[limit];
		if (most === null) return [words[limit], words.unlimited(now.used)];
		if (now.used === 0) return [words[limit], most === 0 ? words.notAllowed : words.untouched(most)];
		return [words[limit], words.used(now.used, most, now.resetInMs)];
	});
}

function sizes({ allowed }: Quota, readableCharacters: number, { limits: { quota: words } }: Words): Row[] {
	const { repliesInFlight, messageCharacters, uploadBytes } = allowed;
	return [
		[words.repliesInFlight, repliesInFlight === null ? words.noLimit : words.atMost(repliesInFlight)],
		[words.messageCharacters, words.atMost(Math.min(messageCharacters ?? readableCharacters, readableCharacters))],
		[words.uploadBytes, uploadBytes === null ? words.noLimit : words.fileSize(uploadBytes)],
	];
}

/** Only what somebody may not use everything of. */
function restrictions({ allowed }: Quota, { limits: { quota: words } }: Words): Row[] {
	return (['models', 'tools'] as const).flatMap((kind): Row[] => {
		const names = allowed[kind];
		return names === null ? [] : [[words[kind], names.length === 0 ? words.notAllowed : names.join(', ')]];
	});
}
