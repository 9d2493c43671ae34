/** `my-data`: all that is held of whoever asks, to take along or to erase. */

import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';

const action = choiceOf({
	export: { en: 'export', es: 'exportar' },
	delete: { en: 'delete', es: 'borrar', otherWords: ['erase', 'eliminar'] },
});

export const myDataCommand = defineCommand({
	names: { en: 'my-data', es: 'mis-datos' },
	otherWords: ['my data', 'mis datos'],
	audience: 'everyone',
	answer: 'direct-chat',
	arguments: { action },
	examples: ['my-data', 'my-data export', 'my-data delete', 'mis-datos', 'mis-datos exportar', 'mis-datos borrar'],
	isArgument: (typed) => typed !== '' && action.schema.safeParse(typed).success,
	explain: (_argument, { words }) => words.myData.what,
	async run({ person, account, platform, place, words, signal, services: { ownRequests } }, { action: wanted }) {
		if (wanted === undefined) return [words.myData.what];
		const asked = { person, account, platform, place, words, signal };
		if (wanted === 'delete') {
			await ownRequests.askToErase(asked);
			return [words.myData.deleting];
		}
		const takesFiles = platform.capabilities.files?.kinds.includes(place.kind) === true;
		if (!takesFiles && platform.offerFile === undefined) return [words.myData.noFiles];
		await ownRequests.beginExport(asked);
		return [takesFiles ? words.myData.exporting : words.myData.offering];
	},
});
