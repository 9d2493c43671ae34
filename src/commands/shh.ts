/** `shh`: the bot is quiet in a thread until somebody mentions it again. */

import { defineCommand } from './definition.ts';

export const shhCommand = defineCommand({
	names: { en: 'shh', es: 'silencio' },
	otherWords: ['shhh', 'quiet', 'hush', 'chis', 'chitón', 'chiton'],
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['shh', 'silencio'],
	async run({ person, place, isConversation, words: { channel }, services: { store, rules } }) {
		if (place.kind === 'direct') return [channel.muted.personal];
		// Some platforms have threads that are channels of their own.
		if (!isConversation && !(await store.exists(place))) return [channel.muted.notThread];
		await store.setMuted(person, place, true);
		await rules.forget();
		return [channel.muted.done];
	},
});
