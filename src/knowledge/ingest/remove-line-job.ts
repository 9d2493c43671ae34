/** Takes the bot's message about files away when all of them are gone. */

import { z } from 'zod';
import { toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';

const obsoleteLine = z.object({
	place: z.custom<Place>((place) => typeof place === 'object' && place !== null && 'platform' in place),
	messageId: z.string(),
});

export type ObsoleteLine = z.infer<typeof obsoleteLine>;

export interface RemoveLineDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

export function createRemoveLineJob({ platforms, pacers }: RemoveLineDependencies): JobDefinition<ObsoleteLine> {
	return {
		name: 'remove-files-line',
		data: obsoleteLine,
		async run({ place, messageId }, { signal }) {
			const platform = platforms.get(place.platform);
			if (platform === undefined) return;
			const call = { operation: 'remove', place, priority: 'update' } as const;
			await pacers(platform)
				.run(call, signal, () => platform.remove({ place, messageId }, signal))
				.catch((thrown) => {
					// It is gone, with its place or without.
					if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
				});
		},
	};
}
