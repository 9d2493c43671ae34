/** `files`: whether files that are shared here are taken, and what becomes of those that somebody was asked about. */

import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';

const action = choiceOf({
	show: { en: 'show', es: 'ver' },
	take: { en: 'take', es: 'incorporar' },
	leave: { en: 'leave', es: 'descartar' },
	on: { en: 'on', es: 'activar' },
	off: { en: 'off', es: 'desactivar' },
	ask: { en: 'ask', es: 'preguntar' },
});

export const filesCommand = defineCommand({
	names: { en: 'files', es: 'archivos' },
	audience: 'everyone',
	answer: 'private',
	arguments: { action },
	examples: ['files', 'files take', 'files leave', 'files off', 'archivos incorporar', 'archivos descartar', 'archivos preguntar'],
	isArgument: (typed) => action.schema.safeParse(typed).success,
	async run({ person, place, words: { files: words }, services: { files } }, { action: wanted = 'show' }) {
		if (wanted === 'take') return [words.taken(await files.take(place, person.userId))];
		if (wanted === 'leave') return [words.left(await files.leave(place, person.userId))];
		if (wanted !== 'show') {
			// It decides for everybody who reads there.
			if (person.role !== 'ccb_admin') return [words.administratorsDecide];
			if (place.kind === 'direct') return [words.personalAlways];
			await files.decide(place, wanted);
		}
		const { ingestion, asked } = await files.standing(place, person.userId);
		const standing = place.kind === 'direct' ? words.personalAlways : words.here[ingestion];
		return asked === 0 ? [standing] : [standing, words.askedAbout(asked)];
	},
});
