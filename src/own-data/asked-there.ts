/** Where somebody asked for what is done later, and in which language: there they are told of it, whatever is known of them by then. */

import { z } from 'zod';
import type { Language } from '../locales/locales.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Place } from '../platform/place.ts';

/** The data of a job that is done for one person: ids, and no word of theirs. */
export const askedThere = z.object({
	userId: z.uuid(),
	/** Their personal chat. */
	place: z.custom<Place>((place) => typeof place === 'object' && place !== null),
	account: z.custom<Actor>((account) => typeof account === 'object' && account !== null),
	language: z.custom<Language>((language) => language === 'en' || language === 'es'),
});

export type AskedThere = z.infer<typeof askedThere>;

export interface TellThereDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

/** False where that platform is not connected any more. @throws BotError as `ChatPlatform.sendPrivately`. */
export async function tellThere(
	{ platforms, pacers }: TellThereDependencies,
	{ place, account }: AskedThere,
	told: CommandResult,
	signal: AbortSignal,
): Promise<boolean> {
	const platform = platforms.get(place.platform);
	if (platform === undefined) return false;
	const call = { operation: 'send-privately', place, priority: 'update' } as const;
	await pacers(platform).run(call, signal, () => platform.sendPrivately(place, account, told, undefined, signal));
	return true;
}
