/** `new`: what was said here is not remembered any more. */

import { defineCommand } from './definition.ts';

export const newCommand = defineCommand({
	names: { en: 'new', es: 'nuevo' },
	otherWords: ['reset'],
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['new', 'nuevo'],
	async run({ person, place, words, services: { store } }) {
		await store.forgetChannel(person, place);
		return [words.command.fresh];
	},
});
