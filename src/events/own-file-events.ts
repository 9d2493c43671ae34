/** What somebody says to the offer of a file with all that is held of them: it is made anew and brought, or the offer goes. */

import { toBotError } from '../errors.ts';
import type { OwnRequests } from '../own-data/own-requests.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';

export interface OwnFileDependencies {
	ownRequests: Pick<OwnRequests, 'takeExport'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	privateWords: Pick<PrivateWords, 'decline'>;
}

export function createOwnFileHandler({ ownRequests, pacers, privateWords }: OwnFileDependencies) {
	/** A question that was answered is not to be answered again. */
	async function takeOfferAway({ place, messageId }: ButtonPressed, { platform, signal }: EventContext): Promise<void> {
		if (messageId === '') return;
		const call = { operation: 'remove', place, priority: 'update' } as const;
		await pacers(platform).run(call, signal, () => platform.remove({ place, messageId }, signal));
	}

	/** @returns null for a file that somebody else offers. */
	return async (event: ButtonPressed, id: string, taken: string | null, scene: EventContext): Promise<Outcome | null> => {
		const { person, platform, words, signal } = scene;
		const result = await ownRequests.takeExport(person, id, words);
		if (result === null) return null;
		if (typeof result === 'string') return await privateWords.decline(event, words.myData.fileRefused[result], scene);
		try {
			const { place } = event;
			const call = { operation: 'send-file', place, priority: 'first' } as const;
			if (taken !== null && place.kind === 'direct') {
				await pacers(platform).run(call, signal, async () => await platform.bringFile?.(place, result, taken, signal));
			}
			await takeOfferAway(event, scene);
			return 'commanded';
		} catch (thrown) {
			if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
			return await privateWords.decline(event, words.myData.notExported, scene);
		}
	};
}
