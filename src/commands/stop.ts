/** `stop`: the answers that are being written for this person in this place end at once. */

import { defineCommand } from './definition.ts';

export const stopCommand = defineCommand({
	names: { en: 'stop', es: 'parar' },
	otherWords: ['para', 'detente', 'cancel', 'cancelar', 'cancela'],
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	mindsNothing: true,
	examples: ['stop', 'parar'],
	async run({ person, place, words, services: { running } }) {
		const stopped = await running.stop({ userId: person.userId, place });
		return [stopped === 0 ? words.command.nothingToStop : words.command.stopped(stopped)];
	},
});
