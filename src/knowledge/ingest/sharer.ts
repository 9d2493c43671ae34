/** Who shared a file, where files of theirs may be taken. */

import type { Identities } from '../../identity/identity.ts';
import type { Person } from '../../identity/person.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { FileShared } from '../../platform/place-event.ts';

/** Null for guests, strangers and whoever has left. @throws BotError as `Identities.resolve`. */
export type FindSharer = (event: FileShared, signal: AbortSignal) => Promise<Person | null>;

export interface SharerDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	identities: Pick<Identities, 'resolve'>;
}

export function createFindSharer({ platforms, identities }: SharerDependencies): FindSharer {
	return async (event, signal) => {
		const { platform = event.platform } = event.sharedBy;
		const home = platforms.get(platform);
		if (home === undefined) return null;
		// What the event tells of a profile is its own platform's word.
		const met = platform === event.platform ? event : { ...event, place: null, profile: undefined };
		const person = await identities.resolve(home, event.sharedBy, met, signal);
		return person.standing === 'member' ? person : null;
	};
}
