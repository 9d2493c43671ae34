/** What somebody says to an offer of records: where the file belongs, or that they do not want it. It is made anew, under the rights of now. */

import type { RecordFiles, RecordName } from '../administration/record-files.ts';
import { toBotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import type { Replays } from './replays.ts';

export interface RecordButtonDependencies {
	records: Pick<RecordFiles, 'offered' | 'make'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	privateWords: PrivateWords;
	replays: Pick<Replays, 'refuse'>;
}

export function createRecordHandler({ records, pacers, privateWords: { decline }, replays }: RecordButtonDependencies) {
	async function takeOfferAway({ place, messageId }: ButtonPressed, { platform, signal }: EventContext): Promise<Outcome> {
		if (messageId === '') return 'commanded';
		const call = { operation: 'remove', place, priority: 'update' } as const;
		await pacers(platform).run(call, signal, () => platform.remove({ place, messageId }, signal));
		return 'commanded';
	}

	/** @param taken As the button brought it; null for who wants none. */
	return async (event: ButtonPressed, name: RecordName, taken: string | null, scene: EventContext): Promise<Outcome> => {
		const { person, platform, words, attempt, signal } = scene;
		if (taken === null) return await takeOfferAway(event, scene);
		if (person.role !== 'ccb_admin') return await replays.refuse(event, 'not-allowed', words.refusal.notYours, scene);
		// Whether an earlier attempt has brought it, nobody knows: whoever misses it asks again.
		if (attempt > 1) return 'ignored';
		const { file } = await records.make(person, { name }, words.administration);
		const call = { operation: 'send-file', place: event.place, priority: 'first' } as const;
		try {
			await pacers(platform).run(call, signal, async () => await platform.bringFile?.(event.place, file, taken, signal));
			return await takeOfferAway(event, scene);
		} catch (thrown) {
			if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
			return await decline(event, words.companyData.csvRefused, scene);
		}
	};
}
