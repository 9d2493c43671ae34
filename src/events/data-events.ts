/** What the buttons of an answer from a company's database do: they show whoever asked the statement, or all of its rows as a file, under the rights of now. */

import type { CompanyData } from '../connectors/company-data/company-data.ts';
import type { AnswerRow } from '../history/stored.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';

export interface DataButtonDependencies {
	companyData: Pick<CompanyData, 'mayShow' | 'fileOf'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	privateWords: PrivateWords;
}

export function createDataHandler({ companyData, pacers, privateWords }: DataButtonDependencies) {
	const { tell, decline } = privateWords;

	/** @param answer of a question of whoever presses. */
	return async (
		event: ButtonPressed,
		wanted: 'sql' | 'csv',
		{ dataQuery, questionId }: AnswerRow,
		scene: EventContext,
	): Promise<Outcome> => {
		const { person, platform, words, attempt, signal } = scene;
		const reader = { person, account: event.actor, platform, place: event.place, words, questionId };
		if (dataQuery === null) return await decline(event, words.companyData.csvGone, scene);
		if (wanted === 'sql') {
			const may = await companyData.mayShow(reader, dataQuery, signal);
			if (!may) return await decline(event, words.companyData.csvGone, scene);
			return await tell(event, [words.companyData.sql(dataQuery.connector), dataQuery.sql], scene);
		}
		const { files } = platform.capabilities;
		if (files === null || !files.kinds.includes(event.place.kind)) return await decline(event, words.companyData.csvNotHere, scene);
		// Whether an earlier attempt has brought the file, nobody knows: whoever misses it presses again.
		if (attempt > 1) return 'ignored';
		const made = await companyData.fileOf(reader, dataQuery, signal);
		if ('sentence' in made) return await decline(event, made.sentence, scene);
		const call = { operation: 'send-file', place: event.place, priority: 'first' } as const;
		await pacers(platform).run(call, signal, () => platform.sendFile(event.place, made.file, made.comment, signal));
		return 'commanded';
	};
}
